"""QR codes (GB/T 18284) that read as what was written, whatever characters a text happens to have."""

from __future__ import annotations

from typing import Any


def qr_code(text: str, level: str = "m") -> Any:
    """Return a text as a code of segno, `level` the correction (l, m, q, h). Raises ValueError where it is too long.

    Left to itself segno writes a Chinese text that Japanese has too as Shift JIS or as Kanji, even where UTF-8 is named
    (findings/segno-writes-utf-8-in-kanji-mode.sh): a reader that follows the standard has other characters then.
    """
    import segno

    how: dict[str, Any] = {} if text.isascii() else {"encoding": "utf-8", "mode": "byte"}
    return segno.make(text, error=level, micro=False, **how)
