"""What an editor fills in."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from media.models import Language


class FileForm(forms.Form):
    """A form with a file: its ticket makes sure that it is taken once, however often it is sent."""

    ticket = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput, required=False)


class UploadForm(FileForm):
    """A new recording."""

    title = forms.CharField(label=_("标题"), max_length=200)
    language = forms.ChoiceField(label=_("语言"), choices=Language.choices)
    file = forms.FileField(
        label=_("视频文件"),
        allow_empty_file=True,
        help_text=_("MP4、MOV、MKV 等常见格式，最长 4 小时，最大 8 GB。"),
        widget=forms.FileInput(attrs={"accept": "video/*,audio/mp4,.mkv"}),
    )
    publish_when_ready = forms.BooleanField(
        label=_("转码完成并补齐字幕、文字稿后自动发布"), required=False
    )


class RecordingForm(FileForm):
    """Everything an editor fills in on the page of one recording: sent as a whole."""

    title = forms.CharField(label=_("标题"), max_length=200)
    language = forms.ChoiceField(label=_("字幕语言"), choices=Language.choices)
    captions = forms.FileField(
        label=_("字幕文件"),
        required=False,
        allow_empty_file=True,
        help_text=_("WebVTT 或 SRT，UTF-8、UTF-16 或 GB18030 编码均可。"),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.txt"}),
    )
    transcript = forms.CharField(
        label=_("文字稿"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "写明讲了什么、画面上出现了什么；看不了录像的人据此学习同样的内容。"
            "还没有文字稿时，这里先填好字幕里的话或上一版的文字稿，核对之后才采用。"
        ),
    )
    checked = forms.BooleanField(
        label=_("文字稿已从头到尾核对"),
        required=False,
        help_text=_("上面的文字稿还没有核对过，或者字幕后来换过。勾选并保存，才算采用。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("新版本的视频文件"),
        required=False,
        allow_empty_file=True,
        help_text=_("新版本转码并发布之前，学员看到的仍是原版本。"),
        widget=forms.FileInput(attrs={"accept": "video/*,audio/mp4,.mkv"}),
    )
