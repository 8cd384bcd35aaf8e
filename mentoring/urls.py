"""Addresses of mentoring."""

from django.urls import path

from mentoring.views import assignments, checking_in, figures, handovers

app_name = "mentoring"

urlpatterns = [
    path("", checking_in.caseload, name="caseload"),
    path("check-ins/", checking_in.check_in, name="check_in"),
    path("check-ins/<uuid:contact_id>/amendment/", checking_in.amend, name="amend"),
    path("check-ins/<uuid:contact_id>/void/", checking_in.void, name="void"),
    path("pupils/<uuid:pupil_id>/", checking_in.pupil, name="pupil"),
    path("assignments/", assignments.index, name="assignments"),
    path("assignments/new/", assignments.propose, name="propose"),
    path("assignments/<uuid:run_id>/", assignments.run, name="assignment"),
    path("assignments/<uuid:run_id>/publication/", assignments.publish, name="publish"),
    path("assignments/<uuid:run_id>/repair/", assignments.repair, name="repair"),
    path("schools/<uuid:unit_id>/mentors/", assignments.mentors, name="mentors"),
    path("schools/<uuid:unit_id>/gaps/", assignments.gaps, name="gaps"),
    path("mentors/<uuid:teacher_id>/limit/", assignments.limit, name="limit"),
    path("mentors/<uuid:teacher_id>/handover/", handovers.offer, name="handover_offer"),
    path("figures/", figures.own, name="figures"),
    path("figures/<uuid:unit_id>/", figures.of_unit, name="unit_figures"),
    path("handovers/", handovers.index, name="handovers"),
    path("handovers/<uuid:handover_id>/", handovers.show, name="handover"),
    path("handovers/<uuid:handover_id>/brief/", handovers.brief, name="handover_brief"),
    path("handovers/<uuid:handover_id>/acceptance/", handovers.accept, name="handover_accept"),
    path("handovers/<uuid:handover_id>/refusal/", handovers.refuse, name="handover_refuse"),
    path("handovers/<uuid:handover_id>/withdrawal/", handovers.withdraw, name="handover_withdraw"),
    path("pupils/<uuid:pupil_id>/mentor/", assignments.by_hand, name="by_hand"),
]
