"""The control: the same addresses, and the framework's own answer to a fault."""

from tests.faults import desk

urlpatterns = desk.urlpatterns
