"""Who reacts to what: every reaction of the product stands on this page.

Each line reads: when this fact was published, let that service act. Reactions are harmless to
repeat. Providers (a lower room asking for a higher room's facts) are registered here too.
"""

from accounts.permissions import register_standing
from certification.events import CreditPosted
from certification.selectors import differences, earnings_of
from certification.services import issue_due_certificates, post_course_credit, settle_completions
from core import reconciliation
from core.events import subscribe
from courses.events import CourseCompleted, CourseEditorsChanged
from courses.selectors.earnings import earnings_are
from courses.selectors.reconcile import differences as differing_learning
from courses.services import settle_learning
from evaluation.selectors.reconcile import differences as differing_sheets
from evaluation.services import mark_stale, recompute_differing
from lms.doors import register_gate
from lms.editors import settle_editors
from lms.standing import PostStanding
from mentoring.events import CheckInLogged, CheckInVoided, MentorChanged, MentorsAssigned
from mentoring.selectors.reconcile import differing_cadences
from mentoring.services import (
    follow_care,
    follow_mentor,
    follow_pupil,
    left_by_mentor,
    settle_cadences,
)
from schools.events import PostEnded, PostGiven, PupilMoved, TeacherMoved
from schools.models import Role
from schools.selectors.leaving import left_behind_is
from wellbeing import permissions as wellbeing
from wellbeing.events import CareCadenceSet


def connect() -> None:
    """Register all reactions and providers; called once at start."""
    register_standing(PostStanding())
    subscribe(CourseCompleted, _credit_completion)
    subscribe(CreditPosted, _certify_credit)
    earnings_are(earnings_of)
    left_behind_is(left_by_mentor)
    subscribe(PostGiven, _rights_of_editors)
    subscribe(PostEnded, _rights_of_editors)
    subscribe(CourseEditorsChanged, _rights_of_co_editors)
    subscribe(CareCadenceSet, _see_more_or_less_often)
    register_gate("wellbeing", wellbeing.enters)
    subscribe(PupilMoved, _end_pairs_elsewhere)
    subscribe(TeacherMoved, _end_pairs_of_mentor)
    subscribe(CheckInLogged, _evaluate_anew)
    subscribe(CheckInVoided, _evaluate_anew)
    subscribe(MentorChanged, _evaluate_anew)
    subscribe(MentorsAssigned, _evaluate_anew)
    reconciliation.register("certification", differences, settle_completions)
    reconciliation.register("courses", differing_learning, settle_learning)
    reconciliation.register("evaluation", differing_sheets, recompute_differing)
    reconciliation.register("mentoring", differing_cadences, settle_cadences)
    _who_edits_recordings()
    _what_changes_public_pages()


def _who_edits_recordings() -> None:
    from media import permissions
    from schools.permissions import scope_of

    permissions.editors_are(lambda user: scope_of(user).holds(Role.EDITOR, Role.BUREAU_OFFICER))


def _what_changes_public_pages() -> None:
    from django.db.models.signals import post_delete, post_save
    from wagtail.signals import page_published, page_unpublished, post_page_move

    from courses.models import Course, CourseRun, CreditCategory
    from schools.models import HelpLine
    from website.models import SiteSettings
    from website.services import refresh_public_pages

    name = "lms.public_pages"
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(refresh_public_pages, dispatch_uid=name)
    for model in (SiteSettings, HelpLine, Course, CourseRun, CreditCategory):
        for saved in (post_save, post_delete):
            saved.connect(refresh_public_pages, sender=model, dispatch_uid=name)


def _rights_of_editors(event: PostGiven | PostEnded) -> None:
    if event.role == Role.EDITOR:
        settle_editors()


def _rights_of_co_editors(_event: CourseEditorsChanged) -> None:
    settle_editors()


def _see_more_or_less_often(event: CareCadenceSet) -> None:
    follow_care(pupil_id=event.pupil_id)


def _end_pairs_elsewhere(event: PupilMoved) -> None:
    follow_pupil(pupil_id=event.pupil_id, since=event.since)


def _end_pairs_of_mentor(event: TeacherMoved) -> None:
    follow_mentor(teacher_id=event.teacher_id, since=event.since)


def _credit_completion(event: CourseCompleted) -> None:
    post_course_credit(completion_id=event.completion_id)


def _certify_credit(event: CreditPosted) -> None:
    if event.kind == "award" and event.completion_id is not None:
        issue_due_certificates(completion_ids=[event.completion_id])


def _evaluate_anew(
    event: CheckInLogged | CheckInVoided | MentorChanged | MentorsAssigned,
) -> None:
    mark_stale(unit_id=event.unit_id)
