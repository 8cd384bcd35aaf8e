"""Addresses below /cms/recordings/."""

from django.urls import path

from media.views import editing

app_name = "recordings"
urlpatterns = [
    path("", editing.index, name="index"),
    path("upload/", editing.upload, name="upload"),
    path("<uuid:recording_id>/", editing.detail, name="detail"),
    path("<uuid:recording_id>/progress/", editing.progress, name="progress"),
    path("<uuid:recording_id>/publish/", editing.publish, name="publish"),
    path("<uuid:recording_id>/withdraw/", editing.withdraw, name="withdraw"),
    path("<uuid:recording_id>/retry/", editing.retry, name="retry"),
]
