"""Copies the pinned third-party files of ``dev/package-lock.json`` into the repository.

Run ``npm ci --ignore-scripts`` in ``dev/`` first. Writes ``static/vendor/manifest.json`` with
the SHA-384 of every copy; ``tests/website/test_vendored_files.py`` compares them.
"""

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "dev" / "node_modules"
MANIFEST = ROOT / "static" / "vendor" / "manifest.json"

COPIES = {
    "axe-core/axe.min.js": "tests/vendor/axe.min.js",
    "axe-core/LICENSE": "tests/vendor/LICENSE-axe-core",
    "lucide-static/LICENSE": "static/icons/LICENSE",
}

ICON_NAMES = """
archive arrow-left arrow-right award badge-check ban bell book-open building-2 calendar
calendar-days captions chart-column check chevron-down chevron-left chevron-right circle
circle-alert circle-check circle-dashed circle-dot circle-pause circle-play
circle-question-mark circle-x clock copy download ellipsis external-link eye eye-off
file-check file-spreadsheet file-text film globe graduation-cap hand-heart heart-handshake
history hourglass house inbox info key-round languages layers leaf life-buoy list
list-checks list-filter loader lock log-in log-out mail map-pin menu message-circle
message-square-text minus moon newspaper pencil phone play plus printer qr-code refresh-cw
rotate-ccw school scroll-text search settings shield shield-check sliders-horizontal smile
sprout stamp star sun sun-moon timer trash-2 triangle-alert undo-2 upload user user-round
users video x
"""

SPRITE = ROOT / "static" / "icons" / "sprite.svg"


def symbol(name: str) -> str:
    """One icon as an SVG symbol that inherits its colour."""
    source = (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    found = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if found is None:
        raise SystemExit(f"{name}: not an SVG file")
    shapes = re.sub(r">\s+<", "><", found[1].strip())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
    )


def sha384(path: Path) -> str:
    """The file's digest in the form of a Subresource Integrity value."""
    digest = hashlib.sha384(path.read_bytes()).digest()
    return "sha384-" + base64.b64encode(digest).decode()


def main() -> None:
    """Copies every file, draws the icon sprite and writes the manifest."""
    for source, target in COPIES.items():
        (ROOT / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, ROOT / target)
    symbols = "\n".join(symbol(name) for name in sorted(ICON_NAMES.split()))
    SPRITE.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n', encoding="utf-8"
    )
    copied = sorted([*COPIES.values(), str(SPRITE.relative_to(ROOT))])
    manifest = {name: sha384(ROOT / name) for name in copied}
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
