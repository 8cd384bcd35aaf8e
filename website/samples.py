"""Examples for the style guide: invented names, the shapes that real pages use."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SampleForm(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label=gettext_lazy("姓名"), help_text=gettext_lazy("与身份证件一致。"))
    stage = forms.ChoiceField(
        label=gettext_lazy("学段"),
        choices=[
            ("primary", gettext_lazy("小学")),
            ("junior", gettext_lazy("初中")),
            ("senior", gettext_lazy("高中")),
        ],
    )
    hours = forms.DecimalField(
        label=gettext_lazy("学时"), min_value=0, max_digits=5, decimal_places=1
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("培训方式"),
        widget=forms.RadioSelect,
        choices=[("online", gettext_lazy("网上学习")), ("local", gettext_lazy("现场培训"))],
    )
    note = forms.CharField(label=gettext_lazy("备注"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=gettext_lazy("名册文件"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("我已核对以上内容"))


def _playback() -> SimpleNamespace:
    return SimpleNamespace(
        version_id="sample",
        title=_("识别学生情绪危机"),
        playlist="",
        duration_ms=77_000,
        is_audio=False,
        poster="",
        captions=[],
        storyboard="",
    )


def _states() -> list[SimpleNamespace]:
    words = {
        "done": _("已完成"),
        "open": _("报名中"),
        "running": _("处理中"),
        "queued": _("排队中"),
        "due": _("今天到期"),
        "late": _("已逾期"),
        "failed": _("失败"),
        "full": _("已满"),
        "valid": _("有效"),
        "superseded": _("已换发"),
        "revoked": _("已撤销"),
        "expired": _("已过期"),
        "unknown": _("查无此证"),
    }
    return [SimpleNamespace(code=code, text=text) for code, text in words.items()]


def _rows() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            name="陈丽娟", unit="信阳市浉河区第九小学", hours="12.0", state="done", word=_("已完成")
        ),
        SimpleNamespace(
            name="𠮷田明",
            unit="光山县文殊乡中心学校",
            hours="8.5",
            state="running",
            word=_("学习中"),
        ),
        SimpleNamespace(
            name="欧阳建国", unit="固始县高级中学", hours="0.0", state="late", word=_("已逾期")
        ),
    ]


def samples() -> dict[str, Any]:
    """The context of the style guide."""
    wrong = SampleForm({"name": "", "stage": "primary", "hours": "-2", "mode": "online"})
    icons = "bell book-open calendar captions circle-play download file-spreadsheet heart-handshake"
    return {
        "states": _states(),
        "rows": _rows(),
        "form": SampleForm(),
        "wrong_form": wrong,
        "icons": icons.split(),
        "playback": _playback(),
        "numbers": Paginator(range(200), 10).page(4),
        "crumbs": [SimpleNamespace(title=_("培训课程"), url="/courses/")],
        "tones": [
            "paper",
            "surface",
            "sunken",
            "line",
            "ink",
            "teal",
            "seal",
            "good",
            "warn",
            "bad",
            "calm",
        ],
    }
