"""Housekeeping of accounts: one service call each."""

from __future__ import annotations

from celery import shared_task

from accounts.services.sessions import forget_expired_sessions, forget_old_failures


@shared_task(name="accounts.tasks.forget_expired_sessions")
def forget_sessions() -> None:
    forget_expired_sessions()


@shared_task(name="accounts.tasks.forget_old_failures")
def forget_failures() -> None:
    forget_old_failures()
