"""Captions and transcript of a cut."""

from datetime import datetime
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import Invalid
from media import storage
from media.models import CaptionTrack, Language, Recording, RecordingVersion, Transcript
from media.rules import captions
from media.rules.admission import LONGEST_MS
from media.selectors import CAPTIONS_FILE
from media.services.publishing import publish_if_wanted

MOST_TRANSCRIPT_SIGNS = 400_000


class UnreadableCaptions(Invalid):
    """The file is neither WebVTT nor SRT, or holds no usable line."""

    code = "captions"
    message = _("无法识别字幕，请上传 WebVTT 或 SRT 文件（UTF-8、UTF-16 或 GB18030 编码）")


class NothingUploaded(Invalid):
    """Captions and transcript belong to a cut, and there is none yet."""

    code = "no_version"
    message = _("请先上传录像文件")


def attach_captions(
    *,
    actor: Any,
    recording: Recording,
    file: "File[bytes] | BinaryIO",
    language: str = Language.CHINESE,
) -> tuple[CaptionTrack, int]:
    """Give the newest cut captions in one language, replacing earlier ones in that language; also
    how many of them reach beyond the end of the recording, which are cut there or left out.

    Takes WebVTT and SRT; the published file is rebuilt as plain text. Raises UnreadableCaptions.
    """
    content = file.read(captions.MOST_BYTES + 1)
    with transaction.atomic():
        version = _newest(recording)
        duration = version.duration_ms or LONGEST_MS
        track = _save_track(version, language, _cues(content, duration))
        beyond = captions.beyond(_cues(content, LONGEST_MS), duration)
        audit.record(
            actor, "media.captions.attached", recording, language=language, cues=track.cues
        )
        publish_if_wanted(actor=actor, version=version)
    return track, beyond


@transaction.atomic
def set_transcript(*, actor: Any, recording: Recording, text: str) -> Transcript:
    """Set the words of the newest cut. Raises Invalid when blank or over 400,000 signs."""
    words = text.replace("\x00", "").strip()
    if not words or len(words) > MOST_TRANSCRIPT_SIGNS:
        raise Invalid(fields={"transcript": _("请填写文字稿（不超过 40 万字）")})
    version = _newest(recording)
    transcript, _created = Transcript.objects.update_or_create(
        version=version, defaults={"text": words, "updated_at": clock.now()}
    )
    audit.record(actor, "media.transcript.set", recording, signs=len(words))
    publish_if_wanted(actor=actor, version=version)
    return transcript


def fit_captions(version: RecordingVersion) -> None:
    """Cut captions that were attached before the duration was known; harmless to repeat."""
    for track in version.caption_tracks.all():
        content = (storage.published(track.directory) / CAPTIONS_FILE).read_bytes()
        try:
            cues = captions.cues_of(content, version.duration_ms)
        except captions.UnreadableCaptionsError:
            track.delete()
            continue
        _save_track(version, track.language, cues, track.updated_at)


def draft_transcript(version: RecordingVersion) -> str:
    """A first draft: the words of the captions in the recording's own language, else the
    transcript of the cut before.
    """
    track = version.caption_tracks.filter(language=version.recording.language).first()
    if track is None:
        earlier = Transcript.objects.filter(
            version__recording=version.recording_id, version__number__lt=version.number
        )
        return earlier.order_by("-version__number").values_list("text", flat=True).first() or ""
    content = (storage.published(track.directory) / CAPTIONS_FILE).read_bytes()
    return captions.text_of(captions.cues_of(content, LONGEST_MS))


def _cues(content: bytes, duration_ms: int) -> tuple[captions.Cue, ...]:
    try:
        return captions.cues_of(content, duration_ms)
    except captions.UnreadableCaptionsError as error:
        raise UnreadableCaptions(fields={"captions": UnreadableCaptions.message}) from error


def _save_track(
    version: RecordingVersion,
    language: str,
    cues: tuple[captions.Cue, ...],
    brought_at: datetime | None = None,
) -> CaptionTrack:
    directory = storage.publish_text(CAPTIONS_FILE, captions.vtt_of(cues))
    track, _created = CaptionTrack.objects.update_or_create(
        version=version,
        language=Language(language),
        defaults={
            "directory": directory,
            "cues": len(cues),
            "updated_at": brought_at or clock.now(),
        },
    )
    return track


def _newest(recording: Recording) -> RecordingVersion:
    version = recording.versions.select_for_update(of=("self",)).order_by("-number").first()
    if version is None:
        raise NothingUploaded
    return version
