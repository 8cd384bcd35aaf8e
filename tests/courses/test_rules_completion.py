"""Completion rules: judged as data, explained part by part, kind to those already under way."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.completion import (
    Explanation,
    Facts,
    RuleMalformed,
    best,
    check_rule,
    evaluate,
    lessons_of,
    rule_of_lessons,
)

FILM, TEXT, QUIZ = (UUID(int=number) for number in (1, 2, 3))
ALL = rule_of_lessons([FILM, TEXT, QUIZ])
ONE_OF_TWO_AND_QUIZ = {
    "all": [
        {"at_least": 1, "of": [{"lesson": str(FILM)}, {"lesson": str(TEXT)}]},
        {"lesson": str(QUIZ)},
    ]
}


def facts(*done, percents=None, withdrawn=()):
    return Facts(frozenset(done), percents or {}, frozenset(withdrawn))


def test_a_rule_of_lessons_asks_for_each():
    verdict = evaluate(ALL, facts(FILM, percents={TEXT: 50}))
    assert (verdict.met, verdict.percent) == (False, 50)
    assert verdict.missing() == (TEXT, QUIZ)
    assert evaluate(ALL, facts(FILM, TEXT, QUIZ)).percent == 100


def test_a_lesson_at_99_per_cent_is_not_done():
    verdict = evaluate(ALL, facts(FILM, TEXT, percents={QUIZ: 100}))
    assert verdict == Explanation(
        "all",
        False,
        99,
        needed=3,
        parts=(
            Explanation("lesson", True, 100, FILM),
            Explanation("lesson", True, 100, TEXT),
            Explanation("lesson", False, 99, QUIZ),
        ),
    )


def test_one_of_two_counts_the_furthest():
    assert evaluate(ONE_OF_TWO_AND_QUIZ, facts(percents={FILM: 10, TEXT: 80})).percent == 40
    verdict = evaluate(ONE_OF_TWO_AND_QUIZ, facts(TEXT, QUIZ))
    assert verdict.met
    assert verdict.missing() == ()


def test_a_lesson_withdrawn_unfinished_falls_out_and_a_finished_one_stays():
    assert evaluate(ALL, facts(FILM, TEXT, withdrawn=[QUIZ])).met
    assert evaluate(ALL, facts(FILM, withdrawn=[FILM, TEXT])).percent == 50


def test_a_choice_that_shrinks_asks_for_no_more_than_is_left():
    rule = {"at_least": 2, "of": [{"lesson": str(FILM)}, {"lesson": str(TEXT)}]}
    assert evaluate(rule, facts(FILM, withdrawn=[TEXT])).met


def test_when_everything_is_withdrawn_who_had_begun_is_done():
    assert evaluate(ALL, facts(withdrawn=[FILM, TEXT, QUIZ])) == Explanation("all", False, 0)
    nested = {"all": [{"all": [{"lesson": str(TEXT)}]}]}
    assert evaluate(nested, facts(FILM, withdrawn=[TEXT])) == Explanation("all", True, 100)


def test_the_kindest_verdict_holds():
    strict, easy = Explanation("all", False, 66), Explanation("all", True, 100)
    assert best([(1, strict), (2, easy)]) == (2, easy)
    assert best([(1, Explanation("all", False, 10)), (2, strict)]) == (2, strict)
    assert best([(1, easy), (2, easy)]) == (1, easy), "of equals the one in force at the start"


def test_a_rule_names_its_lessons_in_order():
    assert lessons_of(ONE_OF_TWO_AND_QUIZ) == (FILM, TEXT, QUIZ)
    check_rule(ALL)
    check_rule(ONE_OF_TWO_AND_QUIZ)


def deep(levels):
    return {"lesson": str(FILM)} if levels == 0 else {"all": [deep(levels - 1)]}


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        {"lesson": "nonsense"},
        {"all": []},
        {"all": "ab"},
        {"all": [{"other": 1}]},
        {"at_least": 0, "of": [{"lesson": str(FILM)}]},
        {"at_least": 2, "of": [{"lesson": str(FILM)}]},
        {"at_least": True, "of": [{"lesson": str(FILM)}]},
        {"at_least": 1, "of": []},
        {"lesson": str(FILM), "all": []},
        deep(9),
    ],
)
def test_what_is_not_a_rule_is_refused(broken):
    with pytest.raises(RuleMalformed):
        check_rule(broken)


LESSONS = [UUID(int=number) for number in range(1, 6)]
LEAF = st.sampled_from(LESSONS).map(lambda lesson: {"lesson": str(lesson)})


def nodes(children):
    parts = st.lists(children, min_size=1, max_size=4)
    return parts.map(lambda of: {"all": of}) | parts.flatmap(
        lambda of: st.integers(1, len(of)).map(lambda count: {"at_least": count, "of": of})
    )


RULES = st.recursive(LEAF, nodes, max_leaves=8)
SETS = st.frozensets(st.sampled_from(LESSONS))
PERCENTS = st.dictionaries(st.sampled_from(LESSONS), st.integers(0, 100))


@given(RULES, SETS, SETS, PERCENTS)
def test_progress_stays_between_0_and_100_and_100_means_met(rule, done, withdrawn, percents):
    check_rule(rule)
    verdict = evaluate(rule, Facts(done, percents, withdrawn))
    assert 0 <= verdict.percent <= 100
    assert (verdict.percent == 100) is verdict.met


@given(RULES, SETS, SETS, SETS, PERCENTS)
def test_completing_more_never_takes_progress_away(rule, done, more, withdrawn, percents):
    before = evaluate(rule, Facts(done, percents, withdrawn))
    after = evaluate(rule, Facts(done | more, percents, withdrawn))
    if not before.met and not (withdrawn & more) - done:
        assert after.percent >= before.percent
    if before.met:
        assert after.met


@given(RULES, SETS, SETS, PERCENTS)
def test_nobody_is_stuck_whoever_does_everything_offered_is_done(rule, withdrawn, done, percents):
    offered = frozenset(LESSONS) - withdrawn
    verdict = evaluate(rule, Facts(done | offered, percents, withdrawn))
    if done | offered:
        assert verdict.met
