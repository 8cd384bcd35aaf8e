"""The one door to the QR writer."""

import io

import segno


def qr_svg(text: str) -> str:
    """A QR code of the text as an SVG picture without margin, error correction level M.

    The quiet zone of four modules is left to the page that shows it.
    """
    file = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        file, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, dark="#10302f"
    )
    return file.getvalue().decode()
