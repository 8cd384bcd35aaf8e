"""Reading recordings: for players, for course pages, for the editors' list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accounts.permissions import standing_of
from core import clock
from core.errors import Missing
from core.models import Job, JobState
from core.trace import Thing, named
from media import permissions
from media.models import (
    CaptionTrack,
    Language,
    Recording,
    RecordingState,
    RecordingVersion,
    Transcript,
    VersionState,
)
from media.rules import links
from media.rules.ladder import POSTER_WIDTHS

CAPTIONS_FILE = "captions.vtt"


@dataclass(frozen=True)
class Poster:
    """One size of the still picture, in pixels of width."""

    width: int
    webp: str
    jpeg: str


@dataclass(frozen=True)
class Captions:
    """One caption track as the player needs it."""

    language: str
    label: str
    address: str


@dataclass(frozen=True)
class Playback:
    """Everything a player needs; addresses are signed and end at one instant (Unix seconds)."""

    version_id: UUID
    title: str
    language: str
    is_audio: bool
    duration_ms: int
    playlist: str
    poster: str
    posters: tuple[Poster, ...]
    captions: tuple[Captions, ...]
    storyboard: str
    transcript: str
    expires: int


@dataclass(frozen=True)
class Progress:
    """How a cut is doing: state, percent, the reason of a failure, and what may be done."""

    state: str
    percent: int
    reason: str
    is_moving: bool
    can_retry: bool
    asks_for_audio: bool


def published_recordings() -> QuerySet[Recording]:
    """Recordings that lessons and pages may show, newest first."""
    return Recording.objects.filter(
        state=RecordingState.PUBLISHED, versions__state=VersionState.PUBLISHED
    )


def current_version(recording: Recording) -> RecordingVersion | None:
    """The cut people see; None while nothing is published or after withdrawal."""
    if recording.state != RecordingState.PUBLISHED:
        return None
    return recording.versions.filter(state=VersionState.PUBLISHED).first()


def playback_of(version: RecordingVersion, *, seconds: int) -> Playback:
    """Signed addresses that work for `seconds` from now; raises Missing while not encoded."""
    return _playback(version, int(clock.now().timestamp()) + seconds)


def open_playback_of(version: RecordingVersion) -> Playback:
    """Addresses for open pages: good for 30 to 60 days, equal for 30, so the page can be cached."""
    return _playback(version, links.long_expiry(int(clock.now().timestamp())))


def open_posters_of(version: RecordingVersion) -> tuple[Poster, ...]:
    """The still pictures of a cut for open pages, without a query; empty for sound alone."""
    if not (version.is_encoded and version.has_picture):
        return ()
    expires = links.long_expiry(int(clock.now().timestamp()))
    return _posters(links.prefix(_secret(), expires, version.directory))


def recordings_for(viewer: Any) -> QuerySet[Recording]:
    """The editors' list with each recording's cuts, newest first; empty for everybody else."""
    cuts = RecordingVersion.objects.order_by("-number")
    return permissions.editable_recordings(viewer).prefetch_related(Prefetch("versions", cuts))


def recording_names(viewer: Any, wanted: Mapping[str, Collection[str]]) -> dict[Thing, str]:
    """Titles of recordings for the access log, by kind and id; for auditors only."""
    ways = {"media.recording": (Recording.objects.all, str)}
    return named(ways, wanted) if standing_of(viewer).holds("auditor") else {}


def recordings_in_work(viewer: Any) -> QuerySet[Recording]:
    """Of the editors' list those that are not published, oldest first."""
    unfinished = permissions.editable_recordings(viewer).exclude(state=RecordingState.PUBLISHED)
    return unfinished.order_by("created_at")


def get_recording_for(*, viewer: Any, recording_id: UUID) -> Recording:
    """One recording for its editor. Raises Missing otherwise."""
    recording = recordings_for(viewer).filter(pk=recording_id).first()
    if recording is None:
        raise Missing
    return recording


def latest_version(recording: Recording) -> RecordingVersion | None:
    """The newest cut, whatever its state."""
    return max(recording.versions.all(), key=lambda version: version.number, default=None)


def progress_of(version: RecordingVersion) -> Progress:
    """How a cut is doing, its job included."""
    moving = version.state in (VersionState.WAITING, VersionState.ENCODING)
    job = Job.objects.filter(pk=version.job_id).first() if moving and version.job_id else None
    stopped = moving and job is not None and job.state in (JobState.FAILED, JobState.CANCELLED)
    failed = stopped or version.state == VersionState.FAILED
    asks_for_audio = version.failure_code == "no_video_track" and not version.audio_accepted
    return Progress(
        state=VersionState.FAILED if failed else version.state,
        percent=100 if version.is_encoded else (job.percent if job is not None else 0),
        reason=version.failure_text or (job.error if stopped and job is not None else ""),
        is_moving=moving and not stopped,
        can_retry=failed and not asks_for_audio,
        asks_for_audio=failed and asks_for_audio,
    )


def missing_for_publication(version: RecordingVersion) -> tuple[str, ...]:
    """What a cut still lacks before people may see it, as words for the editor."""
    lacks = []
    if not version.is_encoded:
        lacks.append(_("转码完成"))
    may_speak = version.has_sound or not version.is_encoded
    if may_speak and not version.caption_tracks.exists():
        lacks.append(_("字幕"))
    if not Transcript.objects.filter(version=version).exists():
        lacks.append(_("文字稿"))
    return tuple(lacks)


def transcript_text(version: RecordingVersion) -> str:
    """The transcript of a cut; empty where there is none yet."""
    text = Transcript.objects.filter(version=version).values_list("text", flat=True).first()
    return text or ""


def is_outdated(version: RecordingVersion) -> bool:
    """Whether the captions in the spoken language changed after the transcript was last checked."""
    checked = (
        Transcript.objects.filter(version=version).values_list("updated_at", flat=True).first()
    )
    spoken = version.caption_tracks.filter(language=version.recording.language)
    return checked is not None and spoken.filter(updated_at__gt=checked).exists()


def link_state(sig: str, expires: int, asset: str) -> links.LinkState:
    """What a signed prefix is worth now."""
    return links.state_of(_secret(), sig, expires, asset, now=int(clock.now().timestamp()))


def _secret() -> str:
    return str(settings.MEDIA_LINK_SECRET)


def _playback(version: RecordingVersion, expires: int) -> Playback:
    if not version.is_encoded:
        raise Missing
    base = links.prefix(_secret(), expires, version.directory)
    posters = _posters(base) if version.has_picture else ()
    return Playback(
        version_id=version.pk,
        title=version.recording.title,
        language=version.recording.language,
        is_audio=not version.has_picture,
        duration_ms=version.duration_ms,
        playlist=f"{base}master.m3u8",
        poster=posters[1].jpeg if posters else "",
        posters=posters,
        captions=tuple(_captions(track, expires) for track in _tracks(version)),
        storyboard=f"{base}storyboard.vtt" if posters else "",
        transcript=transcript_text(version),
        expires=expires,
    )


def _posters(base: str) -> tuple[Poster, ...]:
    return tuple(
        Poster(width, f"{base}poster_{width}.webp", f"{base}poster_{width}.jpg")
        for width in POSTER_WIDTHS
    )


def _tracks(version: RecordingVersion) -> list[CaptionTrack]:
    spoken = version.recording.language
    tracks = version.caption_tracks.all()
    return sorted(tracks, key=lambda track: (track.language != spoken, track.language))


def _captions(track: CaptionTrack, expires: int) -> Captions:
    base = links.prefix(_secret(), expires, track.directory)
    return Captions(track.language, str(Language(track.language).label), f"{base}{CAPTIONS_FILE}")
