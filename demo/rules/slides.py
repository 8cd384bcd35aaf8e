"""The pictures of a lesson: warm paper, deep teal, and room for captions below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

from demo.rules.library import Script, Slide

SIZE = (1280, 720)
FINE = 2
PAPER, SURFACE, LINE = "#faf6ee", "#fffdf8", "#e3dac8"
TEAL, INK, SOFT = "#0b5c5b", "#1d2829", "#505b5a"
HILLS = ("#dfe8dc", "#c6d9d0", "#9dbfb6")
LEFT, RIGHT = 96, 1184

Point = tuple[float, float]


@cache
def _font(family: str, size: int) -> ImageFont.FreeTypeFont:
    path = serif_path() if family == "serif" else sans_path()
    return ImageFont.truetype(str(path), size * FINE)


class _Pen:
    """Draws on a sheet twice as fine as the picture, in the picture's own measures."""

    def __init__(self) -> None:
        self.sheet = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), PAPER)
        self._draw = ImageDraw.Draw(self.sheet)

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        self._draw.rectangle(_fine(left, top, right, bottom), fill=colour)

    def panel(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        box = _fine(left, top, right, bottom)
        self._draw.rounded_rectangle(box, 14 * FINE, fill=colour, outline=LINE, width=FINE)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.ellipse(_fine(x - radius, y - radius, x + radius, y + radius), fill=colour)

    def words(self, at: Point, text: str, font: ImageFont.FreeTypeFont, colour: str) -> None:
        place = (at[0] * FINE, at[1] * FINE)
        self._draw.text(place, text, font=font, fill=colour, anchor="lm")

    def finished(self) -> Image.Image:
        return self.sheet.resize(SIZE, Image.Resampling.LANCZOS)


def _fine(*measures: float) -> tuple[float, ...]:
    return tuple(measure * FINE for measure in measures)


def draw(script: Script, number: int) -> Image.Image:
    """Slide ``number`` (from 0) of the script, 1280 by 720."""
    pen = _Pen()
    _hills(pen)
    _frame(pen, script, number)
    _words(pen, script.slides[number])
    return pen.finished()


def save_all(script: Script, folder: Path) -> list[Path]:
    """Write every slide as PNG into ``folder`` and return the paths in order."""
    paths = []
    for number in range(len(script.slides)):
        path = folder / f"{number:02}.png"
        draw(script, number).save(path)
        paths.append(path)
    return paths


def _hills(pen: _Pen) -> None:
    ridges: tuple[tuple[Point, ...], ...] = (
        ((-80, 720), (180, 610), (420, 668), (700, 590), (980, 660), (1220, 600), (1360, 720)),
        ((-80, 720), (120, 660), (380, 622), (640, 690), (900, 632), (1180, 690), (1360, 720)),
        ((-80, 720), (240, 684), (520, 706), (820, 672), (1080, 704), (1360, 720)),
    )
    for colour, ridge in zip(HILLS, ridges, strict=True):
        pen.shape(_smooth(ridge), colour)


def _smooth(points: Sequence[Point]) -> Sequence[Point]:
    for _ in range(4):
        cut = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            cut.append((0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1))
            cut.append((0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1))
        points = [*cut, points[-1]]
    return points


def _frame(pen: _Pen, script: Script, number: int) -> None:
    pen.bar(0, 0, SIZE[0], 10, TEAL)
    pen.words((LEFT, 66), script.title, _font("sans", 26), SOFT)
    slides = len(script.slides)
    for place in range(slides):
        pen.dot(RIGHT - 28 * (slides - 1 - place) - 7, 66, 7, TEAL if place <= number else LINE)
    pen.bar(LEFT, 100, RIGHT, 102, LINE)


def _words(pen: _Pen, slide: Slide) -> None:
    pen.words((LEFT, 176), slide.title, _fitting(slide.title, 64), TEAL)
    pen.bar(LEFT, 236, LEFT + 88, 242, TEAL)
    for row, line in enumerate(slide.lines):
        top = 278 + row * 82
        pen.panel(LEFT, top, RIGHT, top + 66, SURFACE)
        pen.dot(LEFT + 34, top + 33, 7, TEAL)
        pen.words((LEFT + 62, top + 33), line, _font("sans", 36), INK)


def _fitting(text: str, size: int) -> ImageFont.FreeTypeFont:
    while size > 40 and _font("serif", size).getlength(text) > (RIGHT - LEFT) * FINE:
        size -= 4
    return _font("serif", size)
