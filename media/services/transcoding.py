"""The transcoding job: probe, encode, verify, publish the directory once."""

import logging
import shutil
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core import audit, jobs
from core.models import Job, JobState
from media import production, storage
from media.ffmpeg import binary
from media.ffmpeg.runner import CommandError
from media.models import FailureCode, RecordingVersion, SourceFile, VersionState
from media.pictures import ImageBombError
from media.rules.admission import Facts, Refusal, refusal_of
from media.rules.ladder import Plan
from media.services.captioning import fit_captions
from media.services.publishing import publish_if_wanted
from media.services.receiving import queue_transcode
from media.services.telling import tell_of_failure

HEARTBEAT_SECONDS = 15

logger = logging.getLogger(__name__)


class _Refused(Exception):
    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class _Reporter:
    """Tells the job row how far the work is; a lost lease ends the work here."""

    def __init__(self, run: jobs.JobRun) -> None:
        self.run = run
        self.percent = -1
        self.next_beat = time.monotonic() + HEARTBEAT_SECONDS

    def progress(self, percent: int) -> None:
        if percent > self.percent:
            self.percent = percent
            self.run.progress(percent, 100)

    def tick(self) -> None:
        if time.monotonic() >= self.next_beat:
            self.next_beat = time.monotonic() + HEARTBEAT_SECONDS
            self.run.heartbeat()


def transcode_version(*, run: jobs.JobRun, version_id: UUID) -> None:
    """Encode one cut and publish its directory; delivered twice or killed anywhere, once.

    Raises core.jobs.Failed with a readable reason when the source is refused.
    """
    version = _begin(run, version_id)
    if version is None:
        return
    sweep_files()
    try:
        facts = _accepted_facts(version)
        plan = production.plan_for(
            facts,
            source_sha256=version.source_id,
            encoder=binary.version(),
            language=version.recording.language,
        )
        _make_and_publish(run, version, plan)
    except _Refused as refused:
        _fail(run, version, refused)


@transaction.atomic
def retry_transcode(*, actor: Any, version: RecordingVersion, as_audio: bool = False) -> bool:
    """Queue a failed cut once more, with consent to audio alone if given.

    False when it has not failed; two clicks queue one attempt.
    """
    failed = Q(state=VersionState.FAILED)
    job = Job.objects.filter(pk=version.job_id).first() if version.job_id else None
    if job is not None and job.state in (JobState.FAILED, JobState.CANCELLED):
        failed |= Q(state__in=[VersionState.WAITING, VersionState.ENCODING], job_id=job.pk)
    changed = RecordingVersion.objects.filter(failed, pk=version.pk).update(
        state=VersionState.WAITING,
        failure_code="",
        failure_detail={},
        audio_accepted=version.audio_accepted or as_audio,
    )
    if not changed:
        return False
    job_id = queue_transcode(actor, version.pk)
    RecordingVersion.objects.filter(pk=version.pk).update(job_id=job_id)
    audit.record(actor, "media.recording.retried", version.recording, version=version.number)
    return True


def sweep_files() -> None:
    """Remove what killed uploads left a day ago: files that no row names."""
    storage.drop_forgotten_texts()
    for directory in storage.forgotten_sources():
        if not SourceFile.objects.filter(directory=directory).exists():
            storage.drop_source(directory)


def _begin(run: jobs.JobRun, version_id: UUID) -> RecordingVersion | None:
    with run.holding():
        version = RecordingVersion.objects.select_related("recording", "source").get(pk=version_id)
        if version.is_encoded or version.job_id != run.job_id:
            return None
        version.state = VersionState.ENCODING
        version.save(update_fields=["state"])
        return version


def _accepted_facts(version: RecordingVersion) -> Facts:
    facts = production.probe(storage.source_path(version.source.directory))
    refusal = refusal_of(facts, audio_accepted=version.audio_accepted)
    if refusal is not None:
        raise _refused(refusal)
    return facts


def _make_and_publish(run: jobs.JobRun, version: RecordingVersion, plan: Plan) -> None:
    published = storage.published(plan.address)
    staging = storage.fresh_staging(version.pk)
    try:
        product = production.finished(published) or _produced(run, version, plan, staging)
        with run.holding():
            if staging.is_dir():
                production.move_into_place(staging, published)
            _mark_ready(version, plan, product)
            publish_if_wanted(actor=None, version=version)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    storage.clear_staging(version.pk)


def _produced(
    run: jobs.JobRun, version: RecordingVersion, plan: Plan, staging: Path
) -> production.Product:
    reporter = _Reporter(run)
    source = storage.source_path(version.source.directory)
    number = str(run.job_id)[:8]
    try:
        return production.produce(
            plan, source, staging, on_progress=reporter.progress, on_tick=reporter.tick
        )
    except production.RefusedSourceError as error:
        raise _refused(error.refusal) from error
    except CommandError as error:
        logger.error("encoding %s: %s: %s", version.pk, error, error.stderr)
        raise _refused_command(error, number) from error
    except production.FaultyOutputError as error:
        logger.error("encoding %s: %s", version.pk, error)
        raise _Refused(FailureCode.OUTPUT, number=number) from error
    except ImageBombError as error:
        raise _Refused(FailureCode.IMAGE_BOMB) from error
    except OSError as error:
        if error.errno not in storage.FULL_DISK:
            raise
        raise _Refused(FailureCode.STORAGE, number=number) from error


def _mark_ready(version: RecordingVersion, plan: Plan, product: production.Product) -> None:
    version.state = VersionState.READY
    version.plan = asdict(plan)
    version.directory = product.address
    version.duration_ms = product.duration_ms
    version.has_picture = plan.video_stream is not None
    version.has_sound = plan.audio_stream is not None
    version.failure_code = ""
    version.failure_detail = {}
    version.save()
    fit_captions(version)


def _fail(run: jobs.JobRun, version: RecordingVersion, refused: _Refused) -> None:
    with run.holding():
        version.state = VersionState.FAILED
        version.failure_code = refused.code
        version.failure_detail = refused.detail
        version.save(update_fields=["state", "failure_code", "failure_detail"])
        tell_of_failure(version, actor_id=run.actor_id)
    raise jobs.Failed(refused.code, version.failure_text)


def _refused(refusal: Refusal) -> _Refused:
    if refusal.code != FailureCode.TRUNCATED:
        return _Refused(refusal.code)
    return _Refused(
        refusal.code, received=refusal.received_seconds, expected=refusal.expected_seconds
    )


def _refused_command(error: CommandError, number: str) -> _Refused:
    if error.reason == "timeout":
        return _Refused(FailureCode.TIMEOUT, number=number)
    if error.reason == "file_limit":
        return _Refused(FailureCode.STORAGE, number=number)
    return _Refused(FailureCode.CODEC)
