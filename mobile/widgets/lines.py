"""Drawn and Lines: Kivy's text with 〓 for what the font lacks, and broken into lines as the papers are.

Kivy draws an empty box for a character that the font has not. It breaks at spaces only, and takes a run of Chinese for
one long word: it cuts numbers and Latin words in two and lets a line begin with a comma. Which text is shown stays as
it was given; only how it is drawn is decided here. In English the marks that lists are joined with are English too.
"""

from __future__ import annotations

from typing import Any

from kivy.core.text import Label as CoreLabel

from checklists.papers.linebreak import wrap
from mobile.glyphs import drawn
from mobile.words import words

_widths: dict[tuple[str, float], dict[str, float]] = {}
"""How wide pieces of text are, by font and size in pixels; most are single Chinese signs, which come again."""


class Drawn(CoreLabel):
    """Words as the font can draw them; the widget keeps the text as it was given."""

    def _set_text(self, text: Any) -> None:
        super()._set_text(drawn(words.marked(str(text))))

    text = property(CoreLabel._get_text, _set_text)


class Lines(Drawn):
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
