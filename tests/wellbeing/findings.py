"""What people do with signals at hand: take on, find, confirm and join, as the pages do it."""

from __future__ import annotations

from tests.wellbeing.build import House, raised
from wellbeing import services
from wellbeing.models import Signal, SignalClosing
from wellbeing.selectors.signals import get_signal_for

TALKED = "三月二日课间谈过，情绪平稳，周五再看"
NOTHING = "问过本人和同桌，是玩笑话"


def seen(house: House, name: str, signal: Signal) -> Signal:
    """A signal as a person reads it."""
    return get_signal_for(house.user(name), signal.pk)


def taken(house: House, name: str = "周敏", **changes) -> Signal:
    """A worry that somebody took on."""
    signal = raised(house, **changes)
    services.acknowledge_signal(actor=house.user(name), signal=signal)
    return seen(house, name, signal)


def joined(house: House, signal: Signal, into: Signal, by: str = "周敏") -> SignalClosing:
    """The owner of the second joins the first to it."""
    return services.join_signal(
        actor=house.user(by), signal=seen(house, by, signal), into=seen(house, by, into)
    )


def closed(
    house: House, signal: Signal, outcome: str, reason: str = TALKED, by: str = "周敏"
) -> SignalClosing:
    """What the owner found."""
    return services.close_signal(
        actor=house.user(by), signal=seen(house, by, signal), outcome=outcome, reason=reason
    )


def confirmed(house: House, signal: Signal, by: str, reason: str = NOTHING) -> SignalClosing:
    """A second reader agrees that nothing was there."""
    return services.confirm_unfounded(
        actor=house.user(by), signal=seen(house, by, signal), reason=reason
    )
