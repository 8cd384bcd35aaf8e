"""Addresses that the fault tests write to: one note a request, with a key or (control) without.

``LMS_ROOT_URLCONF=tests.faults.desk`` serves them beside the whole house.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from core import audit
from core.api import idempotent
from lms import urls
from lms.access import ACCESS, PUBLIC

ACCESS |= {"keyed": PUBLIC, "bare": PUBLIC}


def note(request: HttpRequest) -> HttpResponse:
    """Leave one row with the number that the request names."""
    with transaction.atomic():
        audit.record(None, f"desk.{request.path.strip('/')}", number=json.loads(request.body))
    return JsonResponse({"noted": True}, status=201)


keyed: Any = csrf_exempt(idempotent(note))
urlpatterns = [
    path("keyed/", keyed, name="keyed"),
    path("bare/", csrf_exempt(note), name="bare"),
    *urls.urlpatterns,
]
handler404, handler500 = urls.handler404, urls.handler500
