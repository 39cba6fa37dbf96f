"""The QR code of a paper, as an SVG typst can place."""

import io

import segno


def qr_svg(text: str) -> str:
    """The code of this text, dark on nothing, without a size of its own."""
    made = io.BytesIO()
    segno.make(text, error="m", micro=False).save(made, kind="svg", border=0, dark="#14263a", omitsize=True)
    return made.getvalue().decode()
