"""A learner's credit account and certificates in figures that open their rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from certification import selectors as certification
from lms.home.parts import Due, Figure, Section


def credits_section(viewer: Any) -> Section:
    """The balance, its categories, and certificates that still wait for their paper."""
    balance = certification.ledger_for(viewer).balance
    account = reverse("certification:credits")
    figures = [Figure(_("已计入学时"), f"{balance.total.normalize():f}", account)]
    figures += [
        Figure(
            part.category,
            f"{part.counted_hours.normalize():f}",
            f"{account}?{urlencode({'category': part.category})}",
        )
        for part in balance.categories
    ]
    valid = certification.my_certificates(viewer, "valid").count()
    certificates = reverse("certification:certificates")
    figures.append(Figure(_("有效证书"), valid, f"{certificates}?state=valid"))
    waiting = [
        Due(
            icon="hourglass",
            title=_("证书待签发：%(course)s") % {"course": certificate.course_title},
            note=certificate.number,
            url=reverse("certification:certificate", args=[certificate.pk]),
            link=_("查看原因"),
        )
        for certificate in certification.my_certificates(viewer, "pending")
    ]
    return Section(
        code="credits",
        title=_("学分与证书"),
        due=tuple(waiting),
        figures=tuple(figures),
        more_url=account,
        more=_("查看学分明细"),
    )
