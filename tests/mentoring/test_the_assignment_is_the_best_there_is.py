"""The exact assignment: proven, equal to another solver's, the same for every order of rows."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest

from mentoring.rules.assigning import Optimum, assign_mentors
from mentoring.rules.certificate import NotProven, certify
from mentoring.rules.flow import cheapest_flow
from mentoring.rules.instance import Instance, MentorOffer, PupilNeed, Weights, objective
from mentoring.rules.lottery import RangeTooNarrow, bits_for, draws, scale_for
from mentoring.rules.network import draw_network
from mentoring.rules.shortage import Shortage
from tests.mentoring.making import a_school, optimum_by_highs

TIGHT = {"caps": (8, 12), "care": 0.3, "qualified": 0.4}


@pytest.mark.parametrize("seed", range(100))
def test_the_optimum_equals_that_of_highs(seed):
    shape = TIGHT if seed % 2 else {}
    instance = a_school(seed, pupils=20 + seed % 41, present=0.3 * (seed % 3 == 0), **shape)
    found = assign_mentors(instance)
    best = optimum_by_highs(instance)
    if best is None:
        assert isinstance(found, Shortage)
    else:
        assert isinstance(found, Optimum)
        assert found.objective == best
        assert set(found.mentor_of) == {pupil.id for pupil in instance.pupils}


def test_both_kinds_of_school_were_among_the_hundred():
    kinds = {
        optimum_by_highs(a_school(seed, pupils=20 + seed % 41, **(TIGHT if seed % 2 else {})))
        is None
        for seed in range(20)
    }
    assert kinds == {True, False}


@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_shuffles_give_the_same_names(seed):
    instance = a_school(1, pupils=120, present=0.2)
    rng = random.Random(seed)
    shuffled = dataclasses.replace(
        instance,
        pupils=tuple(rng.sample(instance.pupils, len(instance.pupils))),
        mentors=tuple(rng.sample(instance.mentors, len(instance.mentors))),
    )
    assert assign_mentors(shuffled).sha256 == assign_mentors(instance).sha256


def test_another_seed_draws_other_lots_at_the_same_price():
    instance = a_school(1, pupils=120, present=0.2)
    other = dataclasses.replace(instance, seed=b"another seed")
    first, second = assign_mentors(instance), assign_mentors(other)
    assert first.objective == second.objective
    assert first.sha256 != second.sha256


def test_without_the_proof_nothing_is_returned():
    instance = a_school(1, pupils=120)
    network = draw_network(instance)
    flow = cheapest_flow(network, network.cost)
    assert certify(network, flow).objective == assign_mentors(instance).objective
    worse = cheapest_flow(network, -network.cost)
    with pytest.raises(NotProven, match="negative cycle"):
        certify(network, worse)
    with pytest.raises(NotProven, match="conservation"):
        certify(network, np.zeros_like(flow))
    with pytest.raises(NotProven, match="capacity"):
        certify(network, flow * 2)


def test_prices_of_the_proof_leave_no_cheaper_way():
    found = assign_mentors(a_school(1, pupils=120))
    network, price = found.network, found.certificate.prices
    flow = cheapest_flow(network, network.cost)
    reduced = network.cost + price[network.tail] - price[network.head]
    assert (reduced[flow < network.capacity] >= 0).all()
    assert (reduced[flow > 0] <= 0).all()


def test_lots_never_outweigh_one_unit_of_cost():
    instance = a_school(3, pupils=200)
    network = draw_network(instance)
    bits = bits_for(network)
    assert bits == 16
    assert draws(instance.seed, network, bits).max() < 2**bits
    assert scale_for(200, bits) >= 6 * 200 * 2**bits
    assert scale_for(200, bits) < 2 * 6 * 200 * 2**bits


def test_weights_beyond_the_solver_are_refused_before_solving():
    instance = dataclasses.replace(
        a_school(3, pupils=300), weights=Weights(elsewhere=10**14, same_grade=10**13)
    )
    with pytest.raises(RangeTooNarrow):
        assign_mentors(instance)


LI, ZHAO = PupilNeed("李想", "2024", "2024-1"), PupilNeed("赵敏", "2024", "2024-2")
WANG = MentorOffer("王老师", 2, 2, groups=frozenset(["2024-1"]), grades=frozenset(["2024"]))
CHEN = MentorOffer("陈老师", 2, 2, qualified=True)


def school(*pupils: PupilNeed, mentors: tuple[MentorOffer, ...] = (WANG, CHEN)) -> Instance:
    return Instance("学校", "2026-1", b"seed", pupils, mentors)


def test_the_class_teacher_comes_before_the_stranger():
    assert assign_mentors(school(LI)).mentor_of == {"李想": "王老师"}


def test_who_needs_a_qualified_mentor_gets_one_even_far_away():
    needing = dataclasses.replace(LI, needs_qualified=True)
    assert assign_mentors(school(needing)).mentor_of == {"李想": "陈老师"}


def test_a_wish_and_the_mentor_of_last_term_outweigh_distance():
    wishing = dataclasses.replace(LI, wishes=("陈老师",), previous="陈老师")
    found = assign_mentors(school(wishing))
    assert found.mentor_of == {"李想": "陈老师"}
    assert found.objective == 80 - 60 - 100 + 3


def test_a_forbidden_pair_is_never_made_whatever_it_would_save():
    wishing = dataclasses.replace(
        LI, wishes=("王老师",), previous="王老师", forbidden=frozenset(["王老师"])
    )
    assert assign_mentors(school(wishing)).mentor_of == {"李想": "陈老师"}


def test_a_running_term_moves_only_those_who_must_move():
    staying = dataclasses.replace(LI, present="陈老师")
    leaving = dataclasses.replace(ZHAO, present="周老师")
    found = assign_mentors(school(staying, leaving))
    assert found.mentor_of == {"李想": "陈老师", "赵敏": "王老师"}
    assert found.moves == 1


def test_the_soft_cap_yields_only_when_it_must():
    one = dataclasses.replace(WANG, soft_cap=1)
    found = assign_mentors(
        school(LI, dataclasses.replace(ZHAO, group="2024-1"), mentors=(one, CHEN))
    )
    assert sorted(found.mentor_of.values()) == ["王老师", "陈老师"]
    alone = assign_mentors(school(LI, ZHAO, mentors=(one,)))
    assert alone.objective == 0 + 30 + 3 * 4 + 500
    assert alone.objective == objective(school(LI, ZHAO, mentors=(one,)), alone.mentor_of)


def test_a_school_without_pupils_is_done():
    found = assign_mentors(school())
    assert (found.mentor_of, found.objective, found.max_load) == ({}, 0, 0)
