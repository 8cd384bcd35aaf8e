"""Search over real pages, on whichever database the suite runs."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, Or, Phrase, PlainText
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from core.search import backend
from core.search.queries import matching
from courses.models import Course
from tests.courses.build import a_course
from website.models import StandardPage

pytestmark = pytest.mark.django_db

MIND = "青少年心理健康教育"


def page(title: str, lead: str = "") -> StandardPage:
    root = Page.objects.get(depth=1)
    slug = f"page-{StandardPage.objects.count()}"
    return root.add_child(instance=StandardPage(title=title, lead=lead, slug=slug))


def found(query: Any, **options: Any) -> list[str]:
    return [hit.title for hit in StandardPage.objects.all().search(query, **options)]


@pytest.mark.parametrize("query", ["心理", "青少年", "教育", "健康教", "育", "青", MIND])
def test_a_part_of_a_title_finds_the_page(query: str):
    page(MIND)
    page("师德与法治")
    assert found(query) == [MIND]


def test_characters_that_are_not_neighbours_are_not_found():
    page(MIND)
    assert found("心健") == []
    assert found("理心") == []


def test_several_words_must_all_be_there():
    page(MIND, "家校沟通")
    page("家校沟通入门")
    assert found("心理 家校") == [MIND]
    assert found("心理 家校", operator="or") == ["家校沟通入门", MIND]


def test_the_text_is_searched_and_a_title_comes_first():
    page("谈话的方法", "心理辅导")
    page("心理辅导入门")
    page("新的谈话方法", "心理辅导")
    assert found("心理") == ["心理辅导入门", "新的谈话方法", "谈话的方法"]


def test_rare_characters_and_the_round_zero_are_found():
    page("𠮷𬱖老师的课")
    page("二〇二六年计划")
    assert found("𬱖老") == ["𠮷𬱖老师的课"]
    assert found("𠮷") == ["𠮷𬱖老师的课"]
    assert found("〇二") == ["二〇二六年计划"]


@pytest.mark.parametrize(
    "query", ['"', '心理"', "\x00", "心\x00理", "'; --", "心理*", "AND", "{x}:%s"]
)
def test_no_sign_in_a_query_is_an_error(query: str):
    page(MIND)
    assert found(query) in ([], [MIND])


def test_an_empty_query_finds_nothing():
    page(MIND)
    assert found("") == []
    assert found("。，") == []


def test_an_english_word_is_found_whole_and_by_its_beginning_while_typing():
    page("Services for schools")
    assert found("services") == ["Services for schools"]
    assert found("service") == []
    typed = StandardPage.objects.all().autocomplete("serv")
    assert [hit.title for hit in typed] == ["Services for schools"]


def test_a_changed_page_is_found_by_its_new_words_only():
    changed = page(MIND)
    changed.title = "师德与法治"
    changed.save()
    assert found("心理") == []
    assert found("法治") == ["师德与法治"]


def test_a_deleted_page_is_not_found():
    page(MIND).delete()
    assert found("心理") == []


def test_only_the_title_is_searched_on_request():
    page("谈话的方法", "心理辅导")
    page(MIND)
    assert found("心理", fields=["title"]) == [MIND]


def test_results_are_counted_and_cut_without_loading_all():
    for number in range(5):
        page(f"心理课 {number}")
    results = StandardPage.objects.all().search("心理课")
    assert results.count() == 5
    assert [hit.title for hit in results[1:3]] == ["心理课 3", "心理课 2"]


def test_what_matches_can_be_filtered_further_in_one_query(django_assert_num_queries: Any):
    page(MIND)
    page("心理辅导")
    with django_assert_num_queries(1):
        rows = matching(StandardPage.objects.all(), "心理").filter(title__startswith="青")
        assert [row.title for row in rows] == [MIND]
    assert list(matching(StandardPage.objects.all(), "")) == []
    assert list(matching(StandardPage.objects.all(), '"')) == []


def test_two_models_do_not_mix():
    page(MIND)
    assert list(get_image_model().objects.all().search("心理")) == []


def test_saving_a_page_touches_no_other_entry_of_the_index():
    page(MIND)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page("师德与法治")
    index = [q["sql"] for q in queries if "indexentry" in q["sql"].lower()]
    assert index
    assert [sql for sql in index if sql.upper().startswith("UPDATE")] == []


def test_the_index_is_rebuilt_whole(django_assert_max_num_queries: Any):
    pages = [page(f"心理课 {number}") for number in range(20)]
    backend = get_search_backend()
    backend.get_index_for_model(StandardPage).reset()
    assert found("心理课") == []
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(StandardPage))
    index = rebuilder.start()
    with django_assert_max_num_queries(4):
        index.add_items(StandardPage, pages)
    rebuilder.finish()
    assert len(found("心理课")) == 20


def _plan(queryset: Any) -> str:
    sql, params = queryset.query.sql_with_params()
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql, params)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_the_match_runs_once_and_uses_the_index():
    page(MIND)
    results = StandardPage.objects.all().search("心理")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = _plan(results.get_queryset())
        assert "gin" in plan
        assert "'心理'" in plan
    else:
        plan = _plan(results.get_queryset())
        assert "CORRELATED" not in plan
        assert "indexentry_fts VIRTUAL TABLE" in plan
        assert "SEARCH entry USING INTEGER PRIMARY KEY" in plan


def test_a_quoted_phrase_is_found_where_its_words_follow_one_another():
    page("家校沟通的艺术")
    page("沟通家校")
    assert found(Phrase("家校沟通")) == ["家校沟通的艺术"]
    assert found(Phrase("——")) == []


def test_conditions_may_be_joined_and_weighed():
    page(MIND, "家校沟通")
    page("家校沟通入门")
    both = And([PlainText("心理"), Boost(PlainText("家校"), 2)])
    assert found(both) == [MIND]
    assert found(Or([PlainText("心理"), PlainText("入门")])) == ["家校沟通入门", MIND]
    assert found(And([PlainText("心理"), PlainText("——")])) == []
    assert found(Or([PlainText("心理"), PlainText("——")])) == [MIND]


def test_all_and_none_are_queries_too():
    for title in ("甲", "乙", "丙"):
        page(title)
    assert sorted(found(MATCH_ALL)) == ["丙", "乙", "甲"]
    assert len(found(MATCH_ALL)[:2]) == 2
    assert found(MATCH_NONE) == []
    with pytest.raises(NotImplementedError, match="Fuzzy is not a query of this search"):
        found(Fuzzy("心理"))


def test_hits_can_carry_their_rank():
    page("谈话的方法", "心理辅导")
    page("心理辅导入门")
    hits = StandardPage.objects.all().search("心理").annotate_score("rank")
    assert [(hit.title, hit.rank) for hit in hits] == [("心理辅导入门", 1), ("谈话的方法", 0)]


def test_a_word_that_fills_a_text_is_indexed_and_found():
    page("重复", "心理 " * 300)
    assert found("心理") == ["重复"]


def test_a_database_without_a_search_of_ours_is_named(monkeypatch):
    monkeypatch.setattr(backend, "connection", SimpleNamespace(vendor="oracle"))
    with pytest.raises(NotImplementedError, match="no search on oracle"):
        backend.SearchBackend({})


def test_what_has_no_searched_fields_leaves_the_index_as_it_is(monkeypatch):
    index = get_search_backend().get_index_for_model(StandardPage)
    thing = page(MIND)
    before = IndexEntry.objects.count()
    monkeypatch.setattr(StandardPage, "get_search_fields", classmethod(lambda cls: []))
    index.add_items(StandardPage, [thing])
    assert IndexEntry.objects.count() == before


def test_rows_that_are_known_by_a_uuid_are_found():
    a_course(MIND, code="MIND-1")
    a_course("师德与法治", code="LAW-1")
    assert [course.title for course in matching(Course.objects.all(), "青少年")] == [MIND]


def test_hits_may_come_in_the_order_that_was_asked_for():
    page("谈话的方法", "心理辅导")
    page("心理辅导入门")
    by_title = StandardPage.objects.order_by("title").search("心理", order_by_relevance=False)
    assert [hit.title for hit in by_title] == ["心理辅导入门", "谈话的方法"]
    newest = StandardPage.objects.order_by().search("心理", order_by_relevance=False)
    assert [hit.title for hit in newest] == ["心理辅导入门", "谈话的方法"]
