"""A script becomes a published recording, by a job, once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.models import Job
from demo.rules import library
from demo.services import make_film
from demo.services.films import order_film
from media.models import Recording
from media.selectors import current_version, transcript_text

pytestmark = pytest.mark.django_db


def test_the_short_script_becomes_a_published_film_of_twenty_seconds_and_is_made_once(deliver):
    script = library.recordings()["short"]
    recording = order_film(actor=None, script=script)
    assert current_version(recording) is None

    deliver()

    recording = Recording.objects.get(pk=recording.pk)
    version = current_version(recording)
    assert version is not None
    assert 20_000 <= version.duration_ms <= 20_200
    assert version.caption_tracks.get().cues == len(script.sentences)
    assert transcript_text(version) == script.transcript
    job = Job.objects.get(kind="demo.film")
    assert (job.state, job.done, job.total) == ("done", 3, 3)

    make_film(run=SimpleNamespace(payload={"script": "short", "recording": str(recording.pk)}))
    assert recording.versions.count() == 1
