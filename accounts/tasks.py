"""Housekeeping of accounts: one service call each."""

from __future__ import annotations

from celery import shared_task

from accounts.services.sessions import forget_expired_sessions


@shared_task(name="accounts.tasks.forget_expired_sessions")
def forget_sessions() -> None:
    forget_expired_sessions()
