"""The guilloche border and rosette of the certificate, drawn as vector curves.

Every curve is a smooth function, written as cubic Béziers that meet its tangents; the same call
always gives the same text. Lengths are millimetres on A4 landscape.
"""

import functools
import math
from collections.abc import Callable, Iterator
from typing import Final

PAGE: Final = (297.0, 210.0)
TEAL: Final = "#0f5c5c"
MIST: Final = "#5f9c98"
GOLD: Final = "#b08d3c"
PALE_TEAL: Final = "#e6f1ee"
PALE_GOLD: Final = "#f5eedb"

_BAND: Final = 15.0  # distance of the band's centre line from the edge of the page
_AMPLITUDE: Final = 4.6
_CORNER: Final = 7.6

Curve = Callable[[float], tuple[float, float]]


def _tangent(curve: Curve, at: float) -> tuple[float, float]:
    step = 1e-5
    (x0, y0), (x1, y1) = curve(at - step), curve(at + step)
    return (x1 - x0) / (2 * step), (y1 - y0) / (2 * step)


def _path(curve: Curve, start: float, end: float, pieces: int) -> str:
    width = (end - start) / pieces
    x, y = curve(start)
    parts = [f"M{x:.2f} {y:.2f}"]
    for piece in range(pieces):
        left, right = start + piece * width, start + (piece + 1) * width
        (x0, y0), (x1, y1) = curve(left), curve(right)
        (u0, v0), (u1, v1) = _tangent(curve, left), _tangent(curve, right)
        third = width / 3
        parts.append(
            f"C{x0 + u0 * third:.2f} {y0 + v0 * third:.2f} "
            f"{x1 - u1 * third:.2f} {y1 - v1 * third:.2f} {x1:.2f} {y1:.2f}"
        )
    return "".join(parts)


def _wave(
    length: float, cycles: int, phase: float, amplitude: float, beat: int
) -> Callable[[float], float]:
    def offset(at: float) -> float:
        turn = 2 * math.pi * at / length
        swell = 0.72 + 0.28 * math.cos(beat * turn)
        return amplitude * swell * math.sin(cycles * turn + phase)

    return offset


def _side(
    origin: tuple[float, float], along: tuple[float, float], offset: Callable[[float], float]
) -> Curve:
    across = (-along[1], along[0])

    def point(at: float) -> tuple[float, float]:
        out = offset(at)
        return (
            origin[0] + along[0] * at + across[0] * out,
            origin[1] + along[1] * at + across[1] * out,
        )

    return point


def _sides() -> Iterator[tuple[tuple[float, float], tuple[float, float], float, int]]:
    inset = _BAND + _CORNER
    width, height = PAGE[0] - 2 * inset, PAGE[1] - 2 * inset
    yield (inset, _BAND), (1, 0), width, 16
    yield (PAGE[0] - _BAND, inset), (0, 1), height, 10
    yield (PAGE[0] - inset, PAGE[1] - _BAND), (-1, 0), width, 16
    yield (_BAND, PAGE[1] - inset), (0, -1), height, 10


def _stroke(path: str, colour: str, width: float) -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _band() -> Iterator[str]:
    for origin, along, length, cycles in _sides():
        for step in range(7):
            wave = _wave(length, cycles, 2 * math.pi * step / 7, _AMPLITUDE, cycles // 2)
            yield _stroke(_path(_side(origin, along, wave), 0, length, cycles * 4), MIST, 0.13)
        for step in range(4):
            wave = _wave(length, cycles * 2, math.pi * step / 2, _AMPLITUDE * 0.5, cycles)
            yield _stroke(_path(_side(origin, along, wave), 0, length, cycles * 8), GOLD, 0.12)


def _rosette(
    centre: tuple[float, float], radius: float, swing: float, petals: int, phase: float
) -> Curve:
    def point(at: float) -> tuple[float, float]:
        distance = radius + swing * math.cos(petals * at + phase)
        return centre[0] + distance * math.cos(at), centre[1] + distance * math.sin(at)

    return point


def _corners() -> Iterator[str]:
    for x in (_BAND, PAGE[0] - _BAND):
        for y in (_BAND, PAGE[1] - _BAND):
            for step in range(8):
                phase = 2 * math.pi * step / 8
                outer = _rosette((x, y), _CORNER * 0.66, _CORNER * 0.24, 8, phase)
                yield _stroke(_path(outer, 0, 2 * math.pi, 32), TEAL, 0.13)
                inner = _rosette((x, y), _CORNER * 0.3, _CORNER * 0.2, 6, phase)
                yield _stroke(_path(inner, 0, 2 * math.pi, 24), GOLD, 0.12)


def _frame() -> Iterator[str]:
    for inset, width, colour in (
        (7.0, 0.9, TEAL),
        (8.6, 0.2, GOLD),
        (22.6, 0.5, TEAL),
        (24.0, 0.2, GOLD),
    ):
        size = PAGE[0] - 2 * inset, PAGE[1] - 2 * inset
        yield (
            f'<rect x="{inset}" y="{inset}" width="{size[0]}" height="{size[1]}" '
            f'fill="none" stroke="{colour}" stroke-width="{width}"/>'
        )


def _corner_lines() -> Iterator[str]:
    near, far = 8.6, 22.6
    for x in (far, PAGE[0] - far):
        for y in (near, PAGE[1] - far):
            yield _stroke(f"M{x} {y}V{y + far - near}", GOLD, 0.2)
    for y in (far, PAGE[1] - far):
        for x in (near, PAGE[0] - far):
            yield _stroke(f"M{x} {y}H{x + far - near}", GOLD, 0.2)


def _ground() -> Iterator[str]:
    centre = PAGE[0] / 2, PAGE[1] / 2 + 1
    for radius, swing, petals, curves, colour in (
        (59.0, 13.0, 12, 14, PALE_TEAL),
        (34.0, 12.0, 9, 11, PALE_GOLD),
        (14.0, 8.0, 6, 8, PALE_TEAL),
    ):
        for step in range(curves):
            curve = _rosette(centre, radius, swing, petals, 2 * math.pi * step / curves)
            yield _stroke(_path(curve, 0, 2 * math.pi, petals * 4), colour, 0.2)


@functools.cache
def page_svg() -> bytes:
    """The whole ornament of the page as one SVG picture."""
    body = "".join((*_ground(), *_band(), *_corners(), *_corner_lines(), *_frame()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE[0]}mm" height="{PAGE[1]}mm" '
        f'viewBox="0 0 {PAGE[0]} {PAGE[1]}">{body}</svg>'
    ).encode()
