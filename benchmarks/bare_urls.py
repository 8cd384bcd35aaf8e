"""The product's addresses and one bare view: it passes the full middleware and does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lms.access import ACCESS, PUBLIC
from lms.urls import handler404, handler500
from lms.urls import urlpatterns as product

__all__ = ["handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    """Nothing but an answer."""
    return HttpResponse("bare")


ACCESS["bare"] = PUBLIC
urlpatterns = [path("bare/", bare, name="bare"), *product]
