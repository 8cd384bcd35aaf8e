"""Addresses of the locked room, and of the letter box before it."""

from django.urls import path

from wellbeing.views import signals

app_name = "wellbeing"

urlpatterns = [
    path("", signals.index, name="index"),
    path("signals/new/", signals.raise_worry, name="raise"),
    path("signals/sent/", signals.sent, name="sent"),
    path("signals/<uuid:signal_id>/", signals.signal, name="signal"),
    path("signals/<uuid:signal_id>/acknowledgement/", signals.acknowledge, name="acknowledge"),
]
