"""Addresses of the register."""

from django.urls import path

from schools.views import (
    classes,
    dates,
    households,
    imports,
    people,
    pupils,
    register,
    staffing,
    units,
)

app_name = "schools"

urlpatterns = [
    path("", register.index, name="index"),
    path("units/<uuid:unit_id>/", register.unit, name="unit"),
    path("units/<uuid:unit_id>/export/", register.export, name="export"),
    path("units/<uuid:unit_id>/accounts/", register.accounts, name="accounts"),
    path("units/<uuid:unit_id>/units/", units.add_unit, name="add_unit"),
    path("units/<uuid:unit_id>/correction/", units.correct_unit, name="correct_unit"),
    path("units/<uuid:unit_id>/teachers/", staffing.add_teacher, name="add_teacher"),
    path(
        "teachers/<uuid:teacher_id>/correction/", staffing.correct_teacher, name="correct_teacher"
    ),
    path("teachers/<uuid:teacher_id>/move/", staffing.move_teacher, name="move_teacher"),
    path("teachers/<uuid:teacher_id>/leave/", staffing.end_employment, name="end_employment"),
    path("units/<uuid:unit_id>/classes/", classes.unit_classes, name="unit_classes"),
    path("units/<uuid:unit_id>/classes/new/", classes.add_class, name="add_class"),
    path("units/<uuid:unit_id>/classes/up/", classes.move_up, name="move_up"),
    path("classes/", classes.classes, name="classes"),
    path("classes/<uuid:class_id>/", classes.school_class, name="class"),
    path("classes/<uuid:class_id>/teacher/", classes.name_class_teacher, name="class_teacher"),
    path("classes/<uuid:class_id>/pupils/", classes.add_pupil, name="add_pupil"),
    path("pupils/<uuid:pupil_id>/", pupils.pupil, name="pupil"),
    path("pupils/<uuid:pupil_id>/number/", pupils.reveal_number, name="reveal_number"),
    path(
        "pupils/<uuid:pupil_id>/guardians/<uuid:guardian_id>/phone/",
        pupils.reveal_phone,
        name="reveal_guardian_phone",
    ),
    path("pupils/<uuid:pupil_id>/guardians/", households.add_guardian, name="add_guardian"),
    path(
        "pupils/<uuid:pupil_id>/guardians/<uuid:guardian_id>/correction/",
        households.correct_guardian,
        name="correct_guardian",
    ),
    path(
        "pupils/<uuid:pupil_id>/guardians/<uuid:guardian_id>/removal/",
        households.remove_guardian,
        name="remove_guardian",
    ),
    path("pupils/<uuid:pupil_id>/household/", households.join_household, name="join_household"),
    path("pupils/<uuid:pupil_id>/correction/", pupils.correct_pupil, name="correct_pupil"),
    path("pupils/<uuid:pupil_id>/class/", pupils.place_pupil, name="place_pupil"),
    path("pupils/<uuid:pupil_id>/leave/", pupils.leave_school, name="leave_school"),
    path("calendar/", dates.calendar, name="calendar"),
    path("calendar/years/", dates.add_year, name="add_year"),
    path("calendar/terms/", dates.add_term, name="add_term"),
    path("calendar/<slug:kind>/<uuid:period_id>/", dates.correct_period, name="correct_period"),
    path("calendar/days/", dates.mark_days, name="mark_days"),
    path("calendar/days/removal/", dates.unmark_days, name="unmark_days"),
    path("help-lines/", dates.help_lines, name="help_lines"),
    path("help-lines/new/", dates.open_help_line, name="open_help_line"),
    path("help-lines/<uuid:line_id>/", dates.replace_help_line, name="replace_help_line"),
    path("help-lines/<uuid:line_id>/end/", dates.close_help_line, name="close_help_line"),
    path("teachers/", people.people, name="teachers"),
    path("teachers/<uuid:teacher_id>/", register.teacher, name="teacher"),
    path("teachers/<uuid:teacher_id>/phone/", register.reveal_phone, name="reveal_phone"),
    path("teachers/<uuid:teacher_id>/posts/", register.give_post, name="give_post"),
    path("posts/<uuid:post_id>/end/", register.end_post, name="end_post"),
    path("imports/", imports.imports, name="imports"),
    path("imports/template/", imports.template, name="template"),
    path("imports/<uuid:roster_id>/", imports.roster_import, name="import"),
    path("imports/<uuid:roster_id>/confirmation/", imports.confirm, name="confirm"),
    path("imports/<uuid:roster_id>/cancellation/", imports.cancel, name="cancel"),
    path("imports/<uuid:roster_id>/partial/", imports.take_as_partial, name="partial"),
    path("imports/<uuid:roster_id>/errors/", imports.errors, name="errors"),
]
