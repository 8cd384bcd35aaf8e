"""Addresses of the register."""

from django.urls import path

from schools.views import imports, register

app_name = "schools"

urlpatterns = [
    path("", register.index, name="index"),
    path("units/<uuid:unit_id>/", register.unit, name="unit"),
    path("units/<uuid:unit_id>/export/", register.export, name="export"),
    path("units/<uuid:unit_id>/accounts/", register.accounts, name="accounts"),
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
