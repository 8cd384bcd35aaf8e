"""Everything that a person can do in the learning room."""

from courses.services.answering import save_answer, save_answers
from courses.services.attempting import (
    close_attempt,
    hand_in,
    start_attempt,
    submit_attempt,
)
from courses.services.beating import record_watch
from courses.services.editing import (
    add_lesson,
    add_question,
    add_quiz,
    complaint_about_options,
    create_course,
    has_required_lesson,
    offer_transcript_path,
    open_run,
    publish_course,
    publish_rule,
    retire_question,
    revise_question,
    withdraw_lesson,
)
from courses.services.enrolling import enrol, enrol_once, withdraw
from courses.services.keeping import keep_content
from courses.services.presenting import add_course_page
from courses.services.reading import mark_reading
from courses.services.reassessing import reassess_course
from courses.services.settling import settle_learning
from courses.services.sharing import name_co_editor, share_course_with, stop_sharing_course
from courses.services.watching import start_watch

__all__ = [
    "add_course_page",
    "add_lesson",
    "add_question",
    "add_quiz",
    "close_attempt",
    "complaint_about_options",
    "create_course",
    "enrol",
    "enrol_once",
    "hand_in",
    "has_required_lesson",
    "keep_content",
    "mark_reading",
    "name_co_editor",
    "offer_transcript_path",
    "open_run",
    "publish_course",
    "publish_rule",
    "reassess_course",
    "record_watch",
    "retire_question",
    "revise_question",
    "save_answer",
    "save_answers",
    "settle_learning",
    "share_course_with",
    "start_attempt",
    "start_watch",
    "stop_sharing_course",
    "submit_attempt",
    "withdraw",
    "withdraw_lesson",
]
