"""A QR code as the path of an SVG: no image file, no inline style, and dark on white on every ground."""

import segno

QUIET_ZONE = 4  # modules; ISO 18004 asks for four, and cheap readers need them


def qr_squares(text: str) -> tuple[int, str]:
    """The code's side in modules and the path of its dark squares, one run of a row at a time."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    return len(rows), "".join(_runs(row, y) for y, row in enumerate(rows))


def _runs(row: bytes, y: int) -> str:
    path, x = [], 0
    while (start := row.find(1, x)) >= 0:
        end = row.find(0, start)
        x = len(row) if end < 0 else end
        path.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    return "".join(path)
