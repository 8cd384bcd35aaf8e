"""What the editors' pages show of a recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from media import selectors, services
from media.forms import RecordingForm
from media.models import (
    CaptionTrack,
    Recording,
    RecordingState,
    RecordingVersion,
    VersionState,
)
from media.selectors import Progress

PREVIEW_SECONDS = 4 * 60 * 60


@dataclass(frozen=True)
class Card:
    """A recording in the list: itself, its newest cut and how that is doing."""

    recording: Recording
    version: RecordingVersion | None
    progress: Progress | None
    state_label: str
    duration: str

    @property
    def is_published(self) -> bool:
        """Whether people can see the recording."""
        return self.recording.state == RecordingState.PUBLISHED


def card_of(recording: Recording) -> Card:
    """A recording as its list row and its progress fragment show it."""
    version = selectors.latest_version(recording)
    progress = selectors.progress_of(version) if version else None
    return Card(
        recording=recording,
        version=version,
        progress=progress,
        state_label=str(VersionState(progress.state).label) if progress else "",
        duration=clock_time(version.duration_ms) if version and version.duration_ms else "",
    )


def clock_time(milliseconds: int) -> str:
    """A duration as hours, minutes and seconds."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def crumbs(*labels: str) -> dict[str, Any]:
    """Header and breadcrumb of a page in the content administration."""
    items = [
        {"url": reverse("wagtailadmin_home"), "label": _("首页")},
        {"url": reverse("recordings:index"), "label": _("录像")},
        *({"url": "", "label": label} for label in labels),
    ]
    return {
        "breadcrumbs_items": items,
        "header_title": labels[-1] if labels else _("录像"),
        "header_icon": "media",
    }


def detail_context(recording: Recording, form: Form | None = None) -> dict[str, Any]:
    """Everything the page of one recording shows; a form that was refused keeps its text."""
    card = card_of(recording)
    version = card.version
    playable = version is not None and version.is_encoded
    form = form or form_of(recording, version)
    outdated = version is not None and selectors.is_outdated(version)
    if not outdated and not _is_draft(version):
        del form.fields["checked"]
    return crumbs(recording.title) | {
        "form": form,
        "is_refused": form.is_bound,
        "outdated": outdated,
        "card": card,
        "tracks": _tracks(version),
        "lacks": selectors.missing_for_publication(version) if version else (),
        "playback": selectors.playback_of(version, seconds=PREVIEW_SECONDS)
        if version and playable
        else None,
        "can_publish": playable and not _is_shown(recording, version),
    }


def form_of(recording: Recording, version: RecordingVersion | None) -> RecordingForm:
    """The form as it is first shown: what is stored, else a draft."""
    words = _words(version)
    return RecordingForm(
        initial={
            "title": recording.title,
            "language": recording.language,
            "transcript": words,
            "seen": services.words_digest(words),
        }
    )


def seen_now(recording: Recording) -> str:
    """The digest of the words that are stored, for a form that is shown once more."""
    return services.words_digest(_words(selectors.latest_version(recording)))


def _is_shown(recording: Recording, version: RecordingVersion | None) -> bool:
    published = recording.state == RecordingState.PUBLISHED
    return published and version is not None and version.state == VersionState.PUBLISHED


def _tracks(version: RecordingVersion | None) -> list[CaptionTrack]:
    return list(version.caption_tracks.order_by("language")) if version else []


def _is_draft(version: RecordingVersion | None) -> bool:
    """Whether the words that the page shows are not anybody's transcript yet."""
    return version is not None and not selectors.transcript_text(version) and bool(_words(version))


def _words(version: RecordingVersion | None) -> str:
    if version is None:
        return ""
    return selectors.transcript_text(version) or services.draft_transcript(version)
