"""Every address with ids × every role × own, other school, other county, missing × GET and POST.

What is out of reach looks exactly like what does not exist; nothing is a 500, no reading request
writes, and no write is taken without its token.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lms.access import ACCESS
from lms.addresses import addresses
from tests.access.examples import EXAMPLES, Case
from tests.access.town import EVERYBODY, build_town
from tests.access.walking import TRACES, Answer, ask, people_at_the_door

WITH_IDS = sorted(
    {
        address.name
        for address in addresses()
        if address.parameters and address.name in ACCESS and ACCESS[address.name].kind != "closed"
    }
    - {"wagtail_serve"}
)
STRANGERS = frozenset({"anonymous", "colleague", "neighbour", "stranger", "root"})
"""Who is asked beside those whom a case lets in; ``make sweep`` asks everybody."""

WRITTEN_BY_PUT = frozenset({"api:answer"})

PRIVATE = sorted(name for name in WITH_IDS if ACCESS[name].kind != "public")


def test_every_address_with_ids_has_examples():
    assert sorted(set(PRIVATE) - set(EXAMPLES)) == [], "add tests/<room>/access_examples.py"
    assert sorted(set(EXAMPLES) - set(WITH_IDS)) == [], "these addresses are gone"


def sweep(name: str, *, chosen: frozenset[str] | None = None, methods: tuple[str, ...]) -> None:
    """Ask every case of one address as every role (or ``chosen`` and those let in)."""
    town = build_town()
    cases = list(EXAMPLES[name](town))
    let_in = {role for case in cases for role in case.open_to}
    hidden = [case for case in cases if EVERYBODY - set(case.open_to)]
    assert hidden or ACCESS[name].kind == "public", "one case must be out of somebody's reach"
    roles = EVERYBODY if chosen is None else chosen | let_in
    for role, browser in people_at_the_door(town, roles).items():
        nothing = {
            method: ask(browser, method, address(name, cases[0].missing_kwargs()), cases[0].body)
            for method in methods
        }
        for method, missing in nothing.items():
            check_answer(f"{role} {method} missing {name}", method, missing)
        for case in cases:
            check_case(name, role, browser, case, nothing)


def check_case(
    name: str, role: str, browser: Client, case: Case, nothing: dict[str, Answer]
) -> None:
    """One object as one role: out of reach it looks missing, in reach it does not."""
    path = address(name, case.kwargs)
    reached = False
    for method, missing in nothing.items():
        answer = ask(browser, method, path, case.body)
        where = f"{role} {method} {case.place} {path}"
        check_answer(where, method, answer)
        if role not in case.open_to:
            assert answer.looks == missing.looks, f"{where} differs from missing"
            assert answer.status in {302, 401, 404, 405}, where
        reached = reached or answer.looks != missing.looks
    assert reached or role not in case.open_to, f"{role} should reach {case.place} {path}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(WITH_IDS) & set(EXAMPLES)))
def test_foreign_looks_like_missing(name: str):
    methods = ("PUT",) if name in WRITTEN_BY_PUT else ("GET", "POST")
    sweep(name, chosen=STRANGERS, methods=methods)


@pytest.mark.full_sweep
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(WITH_IDS) & set(EXAMPLES)))
def test_foreign_looks_like_missing_to_every_role_by_every_method(name: str):
    sweep(name, methods=("GET", "HEAD", "POST", "PUT", "DELETE"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(WITH_IDS) & set(EXAMPLES)))
def test_no_write_without_its_token(name: str):
    town = build_town()
    cases = list(EXAMPLES[name](town))
    case = next((case for case in cases if case.open_to), cases[0])
    roles = frozenset({"anonymous", *sorted(case.open_to)[:2]})
    for role, browser in people_at_the_door(town, roles, csrf=True).items():
        method = "PUT" if name in WRITTEN_BY_PUT else "POST"
        answer = ask(browser, method, address(name, case.kwargs), case.body)
        assert answer.status in {401, 403, 404, 405}, f"{role} {case.place}: {answer.status}"
        assert answer.written <= set(TRACES), f"{role} {case.place} wrote {answer.written}"


def check_answer(where: str, method: str, answer: Answer) -> None:
    """What holds for every answer."""
    assert answer.status < 500, f"{where}: {answer.status} {answer.body[:400]}"
    if method in {"GET", "HEAD"}:
        assert answer.written <= set(TRACES), f"{where} wrote {set(answer.written)}"


def address(name: str, kwargs: dict[str, object]) -> str:
    """The path of an address; a parameter that cannot be spelled counts as a mistake."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch as error:
        raise AssertionError(f"{name} does not take {Case('', kwargs, set())}") from error
