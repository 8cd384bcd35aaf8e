"""Windows of a course run in civil dates: half-open, and open without end where no end is set."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Window:
    """Civil dates [opens_on, closes_on); no closing date means open for good."""

    opens_on: date
    closes_on: date | None

    def holds(self, day: date) -> bool:
        """Say whether the window is open on that day."""
        return self.opens_on <= day and (self.closes_on is None or day < self.closes_on)

    def is_ahead(self, day: date) -> bool:
        """Say whether the window has not opened yet on that day."""
        return day < self.opens_on

    def closes_at(self) -> datetime | None:
        """Give the first instant after the window, or nothing where it never closes."""
        return None if self.closes_on is None else datetime.combine(self.closes_on, time.min, ZONE)
