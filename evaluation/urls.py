"""Addresses of evaluation."""

from django.urls import path

from evaluation.views import objections, schemes, sheets, terms

app_name = "evaluation"

OF_TERM = "schools/<uuid:unit_id>/<str:term>/"

urlpatterns = [
    path("", sheets.index, name="index"),
    path("schemes/", schemes.index, name="schemes"),
    path("schemes/new/", schemes.publish, name="publish_scheme"),
    path(OF_TERM, terms.term, name="term"),
    path(f"{OF_TERM}computation/", terms.compute, name="compute"),
    path(f"{OF_TERM}announcement/", terms.announce, name="announce"),
    path(f"{OF_TERM}freeze/", terms.freeze, name="freeze"),
    path(f"{OF_TERM}what-if/", terms.what_if, name="what_if"),
    path("units/<uuid:unit_id>/<str:term>/", terms.overview, name="overview"),
    path("sheets/<uuid:sheet_id>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:sheet_id>/<str:indicator>/", sheets.rows, name="rows"),
    path("sheets/<uuid:sheet_id>/<str:indicator>/objection/", objections.object_to, name="object"),
    path("objections/<uuid:objection_id>/", objections.objection, name="objection"),
    path("objections/<uuid:objection_id>/answer/", objections.answer, name="answer_objection"),
    path(
        "objections/<uuid:objection_id>/withdrawal/",
        objections.withdraw,
        name="withdraw_objection",
    ),
]
