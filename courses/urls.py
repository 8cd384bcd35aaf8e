"""Addresses under /learn/; a run's code is upper case, so the fixed words never meet one."""

from django.urls import path

from courses import views

app_name = "courses"

urlpatterns = [
    path("", views.learn, name="learn"),
    path("courses/<uuid:course_id>/enrolment/", views.enrol_fragment, name="enrol-fragment"),
    path("runs/<str:code>/enrolment/", views.enrol, name="enrol"),
    path("runs/<str:code>/withdrawal/", views.withdraw, name="withdraw"),
    path("runs/<str:code>/progress/", views.run_progress, name="progress"),
    path("attempts/<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/submission/", views.submission, name="submission"),
    path("<str:code>/", views.run, name="run"),
    path("<str:code>/<uuid:lesson_id>/", views.lesson, name="lesson"),
    path("<str:code>/<uuid:lesson_id>/reading/", views.read, name="read"),
    path("<str:code>/<uuid:lesson_id>/transcript/", views.transcript, name="transcript"),
    path("<str:code>/<uuid:lesson_id>/attempt/", views.start_attempt, name="start-attempt"),
]
