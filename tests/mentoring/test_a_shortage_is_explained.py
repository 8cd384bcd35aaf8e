"""Schools that cannot place everybody: who lacks what, and the cheapest way out."""

from __future__ import annotations

import dataclasses

import pytest

from mentoring.rules.assigning import assign_mentors
from mentoring.rules.instance import Instance, MentorOffer, PupilNeed
from mentoring.rules.shortage import Shortage
from tests.mentoring.making import a_school, optimum_by_highs


def pupils(count: int, *, needing: int = 0, **values) -> tuple[PupilNeed, ...]:
    return tuple(
        PupilNeed(f"学生{n:02}", "2024", "2024-1", needs_qualified=n < needing, **values)
        for n in range(count)
    )


def mentors(*rows: tuple[str, int, bool]) -> tuple[MentorOffer, ...]:
    return tuple(MentorOffer(name, cap, cap, qualified) for name, cap, qualified in rows)


def shortage(needs, offers) -> Shortage:
    found = assign_mentors(Instance("教学点", "2026-1", b"seed", needs, offers))
    assert isinstance(found, Shortage)
    return found


def test_a_teaching_point_with_one_teacher_and_thirty_pupils_lacks_ten_places():
    found = shortage(pupils(30), mentors(("王老师", 20, True)))
    [lack] = found.lacks
    assert (lack.binds, len(lack.pupils), lack.mentors) == ("capacity", 30, ("王老师",))
    assert (lack.places, lack.short, found.unplaced) == (20, 10, 10)
    assert found.repairs[0].extra_places == {"王老师": 10}
    assert found.repairs[0].without == ()


def test_extra_places_are_spread_before_anybody_takes_two():
    found = shortage(
        pupils(12), mentors(("王老师", 3, False), ("陈老师", 3, False), ("周老师", 3, False))
    )
    assert found.repairs[0].extra_places == {"周老师": 1, "王老师": 1, "陈老师": 1}


def test_too_few_qualified_mentors_is_told_apart_from_too_few_places():
    found = shortage(pupils(10, needing=5), mentors(("王老师", 20, False), ("陈老师", 2, True)))
    [lack] = found.lacks
    assert (lack.binds, len(lack.pupils), lack.mentors) == ("qualification", 5, ("陈老师",))
    assert (lack.places, lack.short) == (2, 3)
    best = found.repairs[0]
    assert best.extra_places == {"陈老师": 2}
    assert best.supervised == ("学生03",)
    only_places = next(row for row in found.repairs if not row.supervised)
    assert only_places.extra_places == {"陈老师": 3}
    only_supervision = next(row for row in found.repairs if not row.extra_places)
    assert len(only_supervision.supervised) == 3
    assert [row.price for row in found.repairs] == sorted(row.price for row in found.repairs)


def test_nobody_qualified_at_all_is_a_lack_of_qualification():
    found = shortage(pupils(2, needing=1), mentors(("王老师", 20, False)))
    assert [lack.binds for lack in found.lacks] == ["qualification"]
    assert found.repairs[0].supervised == ("学生00",)


def test_the_only_qualified_mentor_is_the_parent_and_stays_forbidden():
    [child] = pupils(1, needing=1, forbidden=frozenset(["陈老师"]))
    found = shortage((child,), mentors(("陈老师", 20, True)))
    assert [lack.binds for lack in found.lacks] == ["conflict"]
    assert found.repairs[0].without == ("学生00",)
    assert all("陈老师" not in row.mentor_of.values() for row in found.repairs)


@pytest.mark.parametrize("seed", range(30))
def test_a_repair_that_leaves_nobody_out_is_enough_for_another_solver_too(seed):
    instance = a_school(seed, pupils=60, per_mentor=20, care=0.4, qualified=0.3)
    found = assign_mentors(instance)
    if optimum_by_highs(instance) is not None:
        assert not isinstance(found, Shortage)
        return
    assert isinstance(found, Shortage)
    assert sum(lack.short for lack in found.lacks) >= found.unplaced > 0
    for repair in found.repairs:
        if repair.without:
            continue
        repaired = dataclasses.replace(
            instance,
            pupils=tuple(
                dataclasses.replace(
                    row, needs_qualified=row.needs_qualified and row.id not in repair.supervised
                )
                for row in instance.pupils
            ),
            mentors=tuple(
                dataclasses.replace(row, hard_cap=row.hard_cap + repair.extra_places.get(row.id, 0))
                for row in instance.mentors
            ),
        )
        assert optimum_by_highs(repaired) is not None
