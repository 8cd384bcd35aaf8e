"""Addresses of the locked room, and of the letter box before it."""

from django.urls import path

from wellbeing.views import ledger, signals

app_name = "wellbeing"

urlpatterns = [
    path("", signals.index, name="index"),
    path("signals/new/", signals.raise_worry, name="raise"),
    path("signals/sent/", signals.sent, name="sent"),
    path("signals/<uuid:signal_id>/", signals.signal, name="signal"),
    path("signals/<uuid:signal_id>/acknowledgement/", signals.acknowledge, name="acknowledge"),
    path("signals/<uuid:signal_id>/closing/", signals.close, name="close"),
    path("signals/<uuid:signal_id>/second-reading/", signals.confirm, name="confirm_unfounded"),
    path("signals/<uuid:signal_id>/joined/<uuid:other_id>/", signals.join, name="join"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/new/", ledger.propose, name="propose"),
    path("ledger/<uuid:entry_id>/", ledger.entry, name="entry"),
    path("ledger/<uuid:entry_id>/confirmation/", ledger.confirm, name="confirm"),
    path("ledger/<uuid:entry_id>/withdrawal/", ledger.withdraw, name="withdraw"),
    path("ledger/<uuid:entry_id>/end/", ledger.end, name="end"),
]
