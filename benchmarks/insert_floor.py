"""The product's addresses and one bare view beside them: signed in, one INSERT, a small answer."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import path

from core import clock
from core.models import OutboxEvent
from lms.access import ACCESS, SIGNED_IN
from lms.urls import handler404 as handler404
from lms.urls import handler500 as handler500
from lms.urls import urlpatterns as product

ACCESS["insert-floor"] = SIGNED_IN


def insert(request: HttpRequest) -> JsonResponse:
    """Write one row that nobody reads."""
    row = OutboxEvent.objects.create(
        kind="benchmark", payload={"bytes": len(request.body)}, delivered_at=clock.now()
    )
    return JsonResponse({"id": str(row.pk)})


urlpatterns = [path("insert-floor/", insert, name="insert-floor"), *product]
