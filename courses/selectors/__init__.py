"""Reads of the learning room, for screens and for higher rooms."""

from courses.selectors.attempts import get_attempt_for, open_attempt, question_key
from courses.selectors.catalogue import (
    CatalogueFilters,
    catalogue,
    catalogue_asked,
    course_of_page,
    filled_categories,
    open_runs,
)
from courses.selectors.learning import (
    get_enrolment_for,
    get_lesson_for,
    get_run_for,
    learning_enrolment,
    my_enrolments,
    standing_in,
)
from courses.selectors.outcomes import (
    CompletionFacts,
    completion_facts,
    completions_of_run,
    facts_of_completions,
    runs_with_code,
)
from courses.selectors.progress import (
    LessonProgress,
    Progress,
    progress_of,
    progress_of_many,
    run_progress,
)

__all__ = [
    "CatalogueFilters",
    "CompletionFacts",
    "LessonProgress",
    "Progress",
    "catalogue",
    "catalogue_asked",
    "completion_facts",
    "completions_of_run",
    "course_of_page",
    "facts_of_completions",
    "filled_categories",
    "get_attempt_for",
    "get_enrolment_for",
    "get_lesson_for",
    "get_run_for",
    "learning_enrolment",
    "my_enrolments",
    "open_attempt",
    "open_runs",
    "progress_of",
    "progress_of_many",
    "question_key",
    "run_progress",
    "runs_with_code",
    "standing_in",
]
