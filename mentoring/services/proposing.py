"""Computing a school's assignment: a row, a job, and nothing saved without its proof."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, jobs
from core.errors import DomainError, Missing
from mentoring.models import AssignmentRun, ProposedPair, RuleSet, RunState
from mentoring.permissions import plans_in
from mentoring.rules.assigning import ENGINE_VERSION, Optimum, assign_mentors
from mentoring.rules.certificate import NotProven
from mentoring.rules.dossier import (
    instance_sha256,
    write_certificate,
    write_instance,
    write_shortage,
)
from mentoring.rules.flow import SolverRefused
from mentoring.rules.instance import Instance
from mentoring.rules.lottery import RangeTooNarrow
from mentoring.rules.shortage import Shortage
from mentoring.selectors.instances import instance_of, rules_on
from schools.models import Term, Unit

KIND = "mentoring.assign"
PAIRS_AT_ONCE = 1_000


class NoPupils(DomainError):
    """The school has no pupils in classes on that day."""

    code = "no_pupils"
    message = _("这所学校还没有在班学生，请先导入学生名册。")


class TermOver(DomainError):
    """The term has ended."""

    code = "term_over"
    message = _("这个学期已经结束，不能再分配导师。")


class NoRules(DomainError):
    """No version of the rules is in force on that day."""

    code = "no_rules"
    message = _("这一天还没有导师工作规则，请联系市局。")


def effective_on(term: Term) -> date:
    """The day from which an assignment for the term holds: today, or the term's first day."""
    return max(clock.today(), term.starts_on)


@transaction.atomic
def propose_assignment(*, actor: Any, unit: Unit, term: Term) -> AssignmentRun:
    """Compute an assignment of the school for the term in the background; nothing is effective.

    While one is being computed, that one is returned; where its job has failed it starts again.
    `actor` None is the system's operator. Raises Missing without the right, TermOver, NoRules.
    """
    _refuse_strangers(actor, unit)
    run = AssignmentRun.objects.filter(unit=unit, term=term, state=RunState.COMPUTING).first()
    if run is not None and run.job_id is not None:
        jobs.restart(run.job_id)
        return run
    run = _new_run(actor, unit, term)
    job = jobs.enqueue(KIND, actor=actor, key=f"{KIND}:{run.pk}", payload={"run": str(run.pk)})
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    return run


def solve_for(unit: Unit, term: Term) -> tuple[Instance, Optimum | Shortage]:
    """What a school's register gives today: the instance and its optimum or shortage.

    Raises NoPupils; jobs.Failed where the result fails its proof or the weights are too large.
    """
    instance = instance_of(unit, term, effective_on(term))
    if not instance.pupils:
        raise NoPupils
    try:
        return instance, assign_mentors(instance)
    except RangeTooNarrow as error:
        raise jobs.Failed(
            "too_large", _("权重过大，超出求解器的数值范围，请减小后重试。")
        ) from error
    except (NotProven, SolverRefused) as error:
        raise jobs.Failed("not_proven", _("结果未通过最优性证明，未保存任何内容。")) from error


@transaction.atomic
def assign_school(
    *, actor: Any, unit: Unit, term: Term
) -> tuple[AssignmentRun, tuple[Instance, Optimum | Shortage]]:
    """Compute an assignment at once and keep it as a run, as `propose_assignment` does later.

    Raises Missing without the right, TermOver, NoRules, NoPupils, jobs.Failed.
    """
    _refuse_strangers(actor, unit)
    run = _new_run(actor, unit, term)
    solved = solve_for(unit, term)
    keep_result(run, *solved)
    return run, solved


def compute_assignment(*, run: jobs.JobRun) -> None:
    """Solve one run and keep its preview, or its shortage; a run that is solved stays as it is."""
    row = AssignmentRun.objects.select_related("unit", "term").get(pk=UUID(run.payload["run"]))
    try:
        instance, result = solve_for(row.unit, row.term)
    except (NoPupils, jobs.Failed) as error:
        with run.holding():
            _still_computing(row.pk).update(state=RunState.FAILED, failure=error.code)
        raise jobs.Failed(error.code, error.message) from error
    with run.holding():
        if _still_computing(row.pk).exists():
            keep_result(row, instance, result)


def keep_result(run: AssignmentRun, instance: Instance, result: Optimum | Shortage) -> None:
    """Write what was computed into the run, in the caller's transaction."""
    run.engine = ENGINE_VERSION
    run.instance = write_instance(instance)
    run.instance_sha256 = instance_sha256(instance)
    if isinstance(result, Shortage):
        run.state, run.shortage = RunState.INFEASIBLE, write_shortage(result)
    else:
        run.state, run.objective, run.moves = RunState.PREVIEWED, result.objective, result.moves
        run.max_load, run.solution_sha256 = result.max_load, result.sha256
        run.certificate = write_certificate(instance, result)
        _keep_pairs(run, instance, result)
    run.save()


def _refuse_strangers(actor: Any, unit: Unit) -> None:
    if actor is not None and not plans_in(actor, unit):
        raise Missing


def _new_run(actor: Any, unit: Unit, term: Term) -> AssignmentRun:
    if clock.today() >= term.ends_on:
        raise TermOver
    try:
        rules = rules_on(effective_on(term))
    except RuleSet.DoesNotExist as error:
        raise NoRules from error
    try:
        with transaction.atomic():
            run = AssignmentRun.objects.create(
                unit=unit, term=term, rule_set=rules, proposed_by=actor
            )
    except IntegrityError:
        return AssignmentRun.objects.get(unit=unit, term=term, state=RunState.COMPUTING)
    audit.record(actor, "mentoring.propose", run, unit=unit)
    return run


def _still_computing(run_id: UUID) -> Any:
    return AssignmentRun.objects.filter(pk=run_id, state=RunState.COMPUTING)


def _keep_pairs(run: AssignmentRun, instance: Instance, result: Optimum) -> None:
    pairs = []
    for pupil in instance.pupils:
        mentor = instance.mentor_by_id[result.mentor_of[pupil.id]]
        pairs.append(
            ProposedPair(
                run=run,
                pupil_id=UUID(pupil.id),
                mentor_id=UUID(mentor.id),
                closeness=instance.closeness(pupil, mentor),
                bonus=instance.bonus(pupil, mentor.id),
            )
        )
    ProposedPair.objects.bulk_create(pairs, batch_size=PAIRS_AT_ONCE)
