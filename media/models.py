"""Recordings, their cuts, and what belongs to a cut: source, captions, transcript."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Row


class Language(models.TextChoices):
    """Languages of speech and captions, as BCP 47 tags."""

    CHINESE = "zh", _("中文")
    ENGLISH = "en", _("英文")


class RecordingState(models.TextChoices):
    """Whether a recording may be shown."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已下架")


class VersionState(models.TextChoices):
    """How far a cut has come."""

    WAITING = "waiting", _("等待转码")
    ENCODING = "encoding", _("转码中")
    FAILED = "failed", _("转码失败")
    READY = "ready", _("待发布")
    PUBLISHED = "published", _("已发布")
    REPLACED = "replaced", _("已被新版本取代")


class FailureCode(models.TextChoices):
    """Why a cut was not taken; the label is the message people read.

    Source: docs/decisions/0050-a-recording-is-published-by-one-rename.md.
    """

    EMPTY = "empty", _("文件为空，请重新选择")
    NOT_VIDEO = "not_video", _("无法识别为视频，请上传 MP4/MOV/MKV")
    INCOMPLETE = "incomplete", _("文件不完整，请重新上传")
    TRUNCATED = (
        "truncated",
        _("文件不完整（只收到 %(received)s/%(expected)s 秒），请重新上传"),
    )
    TOO_LARGE_DIMS = "too_large_dims", _("分辨率过大（上限 4096×4096）")
    TOO_SMALL_DIMS = "too_small_dims", _("分辨率过小（下限 64×64）")
    TOO_LONG = "too_long", _("时长超过 4 小时，请分段上传")
    NO_VIDEO_TRACK = "no_video_track", _("没有视频画面，是否按音频课发布？")
    CODEC = "codec", _("编码格式不支持，请用 H.264 重新导出")
    TIMEOUT = "timeout", _("转码超时，已通知管理员（编号 %(number)s）")
    IMAGE_BOMB = "image_bomb", _("图片像素过大")
    STORAGE = "storage", _("存储空间不足或输出文件过大，请联系管理员（编号 %(number)s）")
    OUTPUT = "output", _("转码结果未通过校验，请重试；若仍失败，请联系管理员（编号 %(number)s）")


class SourceFile(models.Model):
    """An uploaded file, stored once however often the same content is sent."""

    sha256 = models.CharField(_("内容摘要"), max_length=64, primary_key=True)
    directory = models.CharField(_("存放目录"), max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField(_("字节数"))
    received_at = models.DateTimeField(_("收到时间"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("原始文件")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.sha256[:12]


class Recording(Row):
    """A lesson on video or audio; it lives on while its cuts change."""

    title = models.CharField(_("标题"), max_length=200)
    language = models.CharField(
        _("语言"), max_length=8, choices=Language.choices, default=Language.CHINESE
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=RecordingState.choices, default=RecordingState.DRAFT
    )
    published_at = models.DateTimeField(_("首次发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("录像")
        verbose_name_plural = verbose_name
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="media_recording_published_at",
                violation_error_message=_("发布过的录像要有发布时间。"),
                condition=Q(state="draft") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="media_recording_titled",
                violation_error_message=_("标题不能空白。"),
                condition=~Q(title=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RecordingVersion(Row):
    """One cut of a recording; re-encoding the same cut keeps it."""

    recording = models.ForeignKey(
        Recording, on_delete=models.PROTECT, related_name="versions", verbose_name=_("录像")
    )
    number = models.PositiveIntegerField(_("版本号"))
    source = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="versions", verbose_name=_("原始文件")
    )
    source_name = models.CharField(_("上传时的文件名"), max_length=200)
    audio_accepted = models.BooleanField(_("按音频课发布"), default=False)
    publish_when_ready = models.BooleanField(_("转码完成后自动发布"), default=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=VersionState.choices, default=VersionState.WAITING
    )
    job_id = models.UUIDField(_("转码任务"), null=True, blank=True)
    plan = models.JSONField(_("转码方案"), default=dict, blank=True)
    directory = models.CharField(_("发布目录"), max_length=64, blank=True)
    duration_ms = models.PositiveBigIntegerField(_("时长（毫秒）"), default=0)
    has_picture = models.BooleanField(_("有画面"), default=False)
    has_sound = models.BooleanField(_("有声音"), default=False)
    failure_code = models.CharField(
        _("失败代码"), max_length=20, choices=FailureCode.choices, blank=True
    )
    failure_detail = models.JSONField(_("失败详情"), default=dict, blank=True)

    class Meta:
        verbose_name = _("录像版本")
        verbose_name_plural = verbose_name
        ordering = ["recording", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "number"],
                name="media_version_number_once",
                violation_error_message=_("这个录像的这个版本号已经存在。"),
            ),
            models.UniqueConstraint(
                fields=["recording"],
                condition=Q(state="published"),
                name="media_version_one_published",
                violation_error_message=_("一个录像同时只能有一个已发布的版本。"),
            ),
            models.CheckConstraint(
                name="media_version_shown_is_whole",
                violation_error_message=_("转码完成的版本要有时长和目录。"),
                condition=~Q(state__in=["ready", "published", "replaced"])
                | (Q(duration_ms__gt=0) & ~Q(directory="")),
            ),
            models.CheckConstraint(
                name="media_version_failure_has_reason",
                violation_error_message=_("失败的版本要写明原因。"),
                condition=~Q(state="failed") | ~Q(failure_code=""),
            ),
            models.CheckConstraint(
                name="media_version_from_one",
                violation_error_message=_("录像的版本号从 1 开始。"),
                condition=Q(number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id} v{self.number}"

    @property
    def source_sha256(self) -> str:
        """SHA-256 of the uploaded file, 64 hexadecimal digits."""
        return self.source_id

    @property
    def is_encoded(self) -> bool:
        """Whether a verified directory exists."""
        return self.state in (VersionState.READY, VersionState.PUBLISHED, VersionState.REPLACED)

    @property
    def failure_text(self) -> str:
        """The reason of the failure in the reader's language; empty where there is none."""
        if not self.failure_code:
            return ""
        detail: dict[str, Any] = self.failure_detail
        label = str(FailureCode(self.failure_code).label)
        return label % detail if detail else label


class CaptionTrack(Row):
    """The captions of a cut in one language, as a published WebVTT file."""

    version = models.ForeignKey(
        RecordingVersion,
        on_delete=models.PROTECT,
        related_name="caption_tracks",
        verbose_name=_("录像版本"),
    )
    language = models.CharField(_("语言"), max_length=8, choices=Language.choices)
    directory = models.CharField(_("发布目录"), max_length=64)
    cues = models.PositiveIntegerField(_("条数"))
    updated_at = models.DateTimeField(_("更新时间"), default=clock.now)

    class Meta:
        verbose_name = _("字幕")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"],
                name="media_captions_language_once",
                violation_error_message=_("这个版本已有这种语言的字幕。"),
            ),
            models.CheckConstraint(
                name="media_captions_have_cues",
                violation_error_message=_("字幕至少要有一条。"),
                condition=Q(cues__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}"


class Transcript(Row):
    """What is said and shown in a cut, in words: the equal path for who cannot watch."""

    version = models.OneToOneField(
        RecordingVersion,
        on_delete=models.PROTECT,
        related_name="transcript",
        verbose_name=_("录像版本"),
    )
    text = models.TextField(_("文字稿"))
    updated_at = models.DateTimeField(_("更新时间"), default=clock.now)

    class Meta:
        verbose_name = _("文字稿")
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                name="media_transcript_not_empty",
                violation_error_message=_("文字稿不能空白。"),
                condition=~Q(text=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}"
