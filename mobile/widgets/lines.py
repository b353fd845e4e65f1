"""Lines: Kivy's text, broken into lines as `checklists.papers.linebreak` does.

Kivy breaks at spaces only, and takes a run of Chinese for one long word: it cuts numbers and Latin words in two and
lets a line begin with a comma. Which text is shown stays as it was given; only where its lines end is decided here.
"""

from __future__ import annotations

from typing import Any

from kivy.core.text import Label as CoreLabel

from checklists.papers.linebreak import wrap

_widths: dict[tuple[str, float], dict[str, float]] = {}
"""How wide pieces of text are, by font and size in pixels; most are single Chinese signs, which come again."""


class Lines(CoreLabel):
    """Words for a label that wraps in a given width and does not shorten."""

    def render(self, real: bool = False) -> Any:
        """Lay the text out, or paint it where `real`; see Kivy."""
        given, limit = str(self.text), self._text_size[0]
        if real or limit is None or self.options["shorten"] or not given:
            return super().render(real)
        self._text = self._broken(given, limit - self.options["padding"][0] - self.options["padding"][2])
        try:
            return super().render(real)
        finally:
            self._text = given

    def _broken(self, text: str, limit: float) -> str:
        extents = self.get_cached_extents()
        if "\n" not in text and extents(text)[0] <= limit:
            return text
        known = _widths.setdefault((self.options["font_name_r"], self.options["font_size"]), {})

        def width(piece: str) -> float:
            if piece not in known:
                known[piece] = extents(piece)[0]
            return known[piece]

        # Pieces are measured apart: where a font kerns, a line may be a pixel wider than their sum.
        return "\n".join(wrap(text, width, max(1, limit - 2)))
