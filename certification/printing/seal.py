"""A round red seal drawn for issuers that have not lodged their own picture."""

import io
import math
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

_SIZE: Final = 1440  # drawn large, then reduced: smooth edges
_REDUCED: Final = 480
_RED: Final = (200, 22, 29, 255)
_CLEAR: Final = (200, 22, 29, 0)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(pylopdf_fonts_zh_cn.sans_path())), size)


def _arc_text(seal: Image.Image, text: str, radius: float, size: int) -> None:
    """Writes the text clockwise along the upper arc, feet towards the centre."""
    step = min(math.radians(236) / max(len(text) - 1, 1), math.radians(30))
    first = -math.pi / 2 - step * (len(text) - 1) / 2
    font = _font(size)
    for position, character in enumerate(text):
        angle = first + step * position
        glyph = Image.new("RGBA", (size * 2, size * 2), _CLEAR)
        ImageDraw.Draw(glyph).text(
            (size, size),
            character,
            font=font,
            fill=_RED,
            anchor="mm",
            stroke_width=size // 40,
            stroke_fill=_RED,
        )
        turned = glyph.rotate(-math.degrees(angle + math.pi / 2), resample=Image.Resampling.BICUBIC)
        place = (
            round(_SIZE / 2 + radius * math.cos(angle) - size),
            round(_SIZE / 2 + radius * math.sin(angle) - size),
        )
        seal.alpha_composite(turned, place)


def _star(draw: ImageDraw.ImageDraw, radius: float) -> None:
    points = []
    for corner in range(10):
        reach = (
            radius
            if corner % 2 == 0
            else radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
        )
        angle = -math.pi / 2 + corner * math.pi / 5
        points.append((_SIZE / 2 + reach * math.cos(angle), _SIZE / 2 + reach * math.sin(angle)))
    draw.polygon(points, fill=_RED)


def drawn_seal(name: str) -> bytes:
    """A PNG with alpha, 480 pixels square: `name` along the rim around a star.

    The same name gives the same bytes.
    """
    seal = Image.new("RGBA", (_SIZE, _SIZE), _CLEAR)
    draw = ImageDraw.Draw(seal)
    margin, rim = 20, 36
    draw.ellipse((margin, margin, _SIZE - margin, _SIZE - margin), outline=_RED, width=rim)
    _star(draw, _SIZE * 0.17)
    size = 172 if len(name) <= 12 else round(172 * 12 / len(name))
    _arc_text(seal, name, _SIZE / 2 - margin - rim - size * 0.74, size)
    reduced = seal.resize((_REDUCED, _REDUCED), Image.Resampling.LANCZOS)
    even = Image.new("RGB", reduced.size, _RED[:3])
    even.putalpha(reduced.getchannel("A"))
    file = io.BytesIO()
    even.save(file, "PNG", optimize=True)
    return file.getvalue()


def is_seal(picture: bytes) -> bool:
    """Whether the bytes are a PNG with alpha, 200 to 2000 pixels wide and high, up to 1 MB."""
    if len(picture) > 1024 * 1024:
        return False
    try:
        with Image.open(io.BytesIO(picture), formats=["PNG"]) as image:
            fits = all(200 <= side <= 2000 for side in image.size) and image.mode in {"RGBA", "LA"}
            image.verify()
    except (OSError, SyntaxError, ValueError):
        return False
    return fits
