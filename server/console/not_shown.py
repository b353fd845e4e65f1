"""What stands in the place of a picture whose bytes are not given: why, in two lines; a broken picture says nothing."""

from __future__ import annotations

from html import escape

from checklists import words


def _(text: str) -> str:
    return text


TYPE = "image/svg+xml"
WHY = {
    "photo_damaged": (_("Bytes missing or changed"), _("given to nobody")),
    "photos_away": (_("Store of photos away"), _("try again later")),
}
"""Refusal → the two lines."""

_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" font-family="sans-serif" text-anchor="middle">'
    '<rect width="320" height="240" fill="#fdecea"/><rect x="4" y="4" width="312" height="232" fill="none" '
    'stroke="#b3261e" stroke-width="8"/><g font-size="26" fill="#8c1d18"><text x="160" y="92">{}</text>'
    '<text x="160" y="132" font-weight="bold">{}</text></g></svg>'
)


def drawing(code: str, lang: str) -> bytes:
    """Return the picture for a refusal, in a reader's language."""
    say = words.catalogue(lang, "server").gettext
    return _DRAWN.format(*(escape(say(one)) for one in WHY[code])).encode()
