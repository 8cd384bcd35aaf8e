"""Posters in the sizes and formats that pages offer; every picture is decoded under limits."""

import warnings
from pathlib import Path
from typing import Any

from PIL import Image

from media.rules.ladder import POSTER_WIDTHS

MOST_PIXELS = 25_000_000
FORMATS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True},
}


class ImageBombError(Exception):
    """The picture has more pixels than are ever decoded."""


def write_posters(source: Path, directory: Path) -> None:
    """Write poster_<width>.webp and .jpg for every offered width, never wider than the source."""
    whole = open_picture(source)
    for width in POSTER_WIDTHS:
        shown = whole.copy()
        shown.thumbnail((width, width * 4))
        for suffix, options in FORMATS.items():
            shown.save(directory / f"poster_{width}.{suffix}", **options)


def open_picture(source: Path) -> Image.Image:
    """The decoded RGB picture without metadata; raises ImageBombError above 25 million pixels."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(source, formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ImageBombError
            return picture.convert("RGB")
