"""What is on offer: the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import Invalid, Missing
from core.search.queries import matching
from courses.models import Course, CoursePage, CourseRun, CreditCategory, Mode, Stage, Subject
from courses.permissions import offered_courses, offered_runs

HOURS = {"short": (None, 5), "middle": (5, 10), "long": (10, None)}


@dataclass(frozen=True, slots=True)
class Card:
    """A course in the catalogue, with its public page where there is one."""

    course: Course
    page: CoursePage | None

    @property
    def title(self) -> str:
        """The page's title, else the course's."""
        return self.page.title if self.page else self.course.label

    @property
    def lead(self) -> str:
        """One sentence: what the page says in the reader's language, else the course."""
        described: str = self.page.search_description if self.page else ""
        return described or self.course.summary


@dataclass(frozen=True, slots=True)
class CatalogueFilters:
    """What somebody looks for; unknown values count as not set."""

    q: str = ""
    stage: str = ""
    subject: str = ""
    category: str = ""
    mode: str = ""
    hours: str = ""
    open: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> CatalogueFilters:
        """Take the filters from a query string."""
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:200],
            stage=_known(query.get("stage", ""), Stage.values),
            subject=_known(query.get("subject", ""), Subject.values),
            category=query.get("category", "").replace("\x00", "")[:40],
            mode=_known(query.get("mode", ""), Mode.values),
            hours=_known(query.get("hours", ""), HOURS),
            open=query.get("open", "") in {"1", "true", "on"},
        )

    def leave_out(self, query: Mapping[str, str]) -> bool:
        """Whether the query string names a stage, subject, mode or length that does not exist."""
        return any(
            query.get(name, "") not in {"", getattr(self, name)}
            for name in ("stage", "subject", "mode", "hours")
        )


def catalogue(filters: CatalogueFilters) -> QuerySet[Course]:
    """Published courses that meet the filters, with category, page and the runs on offer."""
    rows = offered_courses().filter(_exactly(filters), _by_hours(filters.hours))
    if filters.open:
        rows = rows.filter(pk__in=open_runs().values("course"))
    if filters.q:
        rows = matching(rows, filters.q)
    pages = CoursePage.objects.live().defer_streamfields().select_related("cover")
    return _with_runs(rows).prefetch_related(Prefetch("page", queryset=pages))


class NoSuchCategory(Invalid):
    """A list is asked for by a category that there is not."""

    code = "invalid_query"
    status = 400
    message = _("查询条件不符合要求：category 只能是以下之一：%(known)s。")


def catalogue_asked(filters: CatalogueFilters) -> QuerySet[Course]:
    """The catalogue by code. Raises NoSuchCategory, which names those that there are."""
    known = sorted(CreditCategory.objects.values_list("code", flat=True))
    if filters.category and filters.category not in known:
        named = " / ".join(known)
        said = {"category": _("只能是以下之一：%(expected)s。") % {"expected": named}}
        raise NoSuchCategory(fields=said, known=named)
    return catalogue(filters).order_by("code")


def open_runs() -> QuerySet[CourseRun]:
    """Runs in which a seat can be taken today."""
    today = clock.today()
    return offered_runs().filter(
        Q(enrol_closes_on__isnull=True) | Q(enrol_closes_on__gt=today),
        enrol_opens_on__lte=today,
        taken__lt=F("capacity"),
    )


def filled_categories(codes: Iterable[str]) -> QuerySet[Course]:
    """Courses that can be begun today and whose credit counts in one of the categories."""
    return catalogue(CatalogueFilters(open=True)).filter(category__code__in=list(codes))


def course_of_page(page: CoursePage) -> Course | None:
    """The course that a page, or its translation, tells of, with category and runs on offer."""
    same = Q(pk=page.course_id) if page.course_id else Q(page__translation_key=page.translation_key)
    if page.alias_of_id:
        same |= Q(page=page.alias_of_id)
    return _with_runs(Course.objects.filter(same)).first()


def offered_course(course_id: UUID) -> Course:
    """A course on offer with category and runs. Raises Missing for any other."""
    course = _with_runs(offered_courses().filter(pk=course_id)).first()
    if course is None:
        raise Missing
    return course


def cards(courses: Iterable[Course], language: str) -> list[Card]:
    """The courses with the live page of each in the reader's language, else in the first one."""
    shown = list(courses)
    keys = {
        course.pk: course.page.translation_key
        for course in shown
        if getattr(course, "page", None) is not None
    }
    translated = (
        CoursePage.objects.live()
        .defer_streamfields()
        .select_related("cover")
        .filter(translation_key__in=keys.values(), locale__language_code=language)
    )
    by_key = {page.translation_key: page for page in translated}
    return [
        Card(course, by_key.get(keys.get(course.pk)) or getattr(course, "page", None))
        for course in shown
    ]


def categories() -> QuerySet[CreditCategory]:
    """All credit categories, in their order."""
    return CreditCategory.objects.all()


def _with_runs(rows: QuerySet[Course]) -> QuerySet[Course]:
    runs = offered_runs().order_by("enrol_opens_on", "code")
    return rows.select_related("category").prefetch_related(
        Prefetch("runs", queryset=runs, to_attr="offered")
    )


def _exactly(filters: CatalogueFilters) -> Q:
    wanted = {
        "subject": filters.subject,
        "category__code": filters.category,
        "mode": filters.mode,
    }
    condition = Q(**{field: value for field, value in wanted.items() if value})
    if filters.stage:
        condition &= Q(stage__in=[filters.stage, Stage.ALL])
    return condition


def _by_hours(name: str) -> Q:
    low, high = HOURS.get(name, (None, None))
    condition = Q()
    if low is not None:
        condition &= Q(credit_hours__gte=low)
    if high is not None:
        condition &= Q(credit_hours__lt=high)
    return condition


def _known(value: str, values: Iterable[str]) -> str:
    return value if value in values else ""
