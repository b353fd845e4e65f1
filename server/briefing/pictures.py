"""A drawing as PNG, in the product's own font: no system font is looked for, so it is the same on every machine."""

from __future__ import annotations

from server.documents.pdf import FONTS

FAMILY = "Noto Sans SC"
_ZOOM = 2.5
"""About 300 dots an inch on paper."""


def png(svg: str) -> bytes:
    """Return a drawing as a picture on white."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=[str(FONTS.regular)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
