"""Keeping everything that an editor filled in on the page of one recording."""

import hashlib
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid
from media.models import Recording
from media.selectors import latest_version, transcript_text
from media.services.captioning import attach_captions, set_transcript
from media.services.receiving import receive_upload, rename_recording


def keep_recording(
    *,
    actor: Any,
    recording: Recording,
    title: str,
    transcript: str | None = None,
    seen: str = "",
    checked: bool = False,
    captions: "File[bytes] | BinaryIO | None" = None,
    language: str = "",
    file: "File[bytes] | BinaryIO | None" = None,
    ticket: UUID | None = None,
) -> int:
    """Save title, captions and transcript, all or none, then take in a new cut if there is one.

    `seen` is the digest of the transcript that the page showed (`words_digest`): words that were
    not changed are left alone, and words that somebody else has changed since are not overwritten.
    `checked` says that somebody read them against the captions: only then a draft becomes the
    transcript, and older words count as up to date. It says nothing of captions sent with it.
    Answers how many captions reach beyond the end. Raises Invalid naming the fields; repeating is
    harmless.
    """
    beyond = 0
    with transaction.atomic():
        if title.strip() != recording.title:
            rename_recording(actor=actor, recording=recording, title=title)
        if captions is not None:
            _track, beyond = attach_captions(
                actor=actor, recording=recording, file=captions, language=language
            )
        if transcript is not None:
            _keep_words(actor, recording, transcript, seen, checked and captions is None)
    if file is not None:
        receive_upload(actor=actor, file=file, title="", recording=recording, ticket=ticket)
    return beyond


def words_digest(text: str) -> str:
    """A short mark of a transcript that does not depend on how lines end."""
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:32]


def _keep_words(actor: Any, recording: Recording, text: str, seen: str, checked: bool) -> None:
    recording = Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)
    version = latest_version(recording)
    stored = transcript_text(version) if version else ""
    is_stored = _plain(text) == _plain(stored)
    if is_stored and not (stored and checked):
        return
    if not is_stored and seen and words_digest(text) == seen and (stored or not checked):
        return
    if not is_stored and stored and seen and words_digest(stored) != seen:
        message = _(
            "您打开本页以后，别人保存了新的文字稿。请先核对；再保存一次，就以您的文字为准。"
        )
        raise Invalid(fields={"transcript": message})
    set_transcript(actor=actor, recording=recording, text=text)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
