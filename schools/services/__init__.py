"""What people do in schools: one verb each."""

from schools.services.applying import apply_roster, import_file
from schools.services.calendar import (
    PeriodStands,
    PeriodTaken,
    add_school_year,
    add_term,
    correct_period,
    mark_day,
    mark_days,
    unmark_day,
    unmark_days,
)
from schools.services.examining import Examination, examine_file, examine_roster, store_preview
from schools.services.exporting import ExportPurpose, TooManyPeople, export_staff
from schools.services.helplines import (
    LineStands,
    close_help_line,
    open_help_line,
    replace_help_line,
)
from schools.services.importing import (
    APPLY,
    READ,
    NotConfirmable,
    NotPartial,
    cancel_roster,
    confirm_roster,
    take_as_partial,
    upload_roster,
)
from schools.services.moving import PostFromAbove, WorksThere, move_teacher
from schools.services.opening import Opened, open_account, open_accounts
from schools.services.posts import (
    AuditorElsewhere,
    PostEndedBefore,
    PostHeld,
    PostNotExtended,
    end_post,
    give_post,
)
from schools.services.reading import (
    download_errors,
    open_import,
    open_people,
    open_staff,
    open_teacher,
    reveal_phone,
)
from schools.services.register import WrongParent, add_unit, correct_unit
from schools.services.staffing import WorksHere, add_teacher, correct_teacher

__all__ = [
    "APPLY",
    "READ",
    "AuditorElsewhere",
    "Examination",
    "ExportPurpose",
    "LineStands",
    "NotConfirmable",
    "NotPartial",
    "Opened",
    "PeriodStands",
    "PeriodTaken",
    "PostEndedBefore",
    "PostFromAbove",
    "PostHeld",
    "PostNotExtended",
    "TooManyPeople",
    "WorksHere",
    "WorksThere",
    "WrongParent",
    "add_school_year",
    "add_teacher",
    "add_term",
    "add_unit",
    "apply_roster",
    "cancel_roster",
    "close_help_line",
    "confirm_roster",
    "correct_period",
    "correct_teacher",
    "correct_unit",
    "download_errors",
    "end_post",
    "examine_file",
    "examine_roster",
    "export_staff",
    "give_post",
    "import_file",
    "mark_day",
    "mark_days",
    "move_teacher",
    "open_account",
    "open_accounts",
    "open_help_line",
    "open_import",
    "open_people",
    "open_staff",
    "open_teacher",
    "replace_help_line",
    "reveal_phone",
    "store_preview",
    "take_as_partial",
    "unmark_day",
    "unmark_days",
    "upload_roster",
]
