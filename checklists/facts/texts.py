"""Text as people mean it: white space made plain, signs that nobody sees left out. Used wherever text enters.

A name that was copied from a web page, a card reader or a QR code carries tabs, returns, byte order marks, joiners and
marks of direction; a printed paper shows them as 〓, a comparison as another name, PostgreSQL not at all (NUL).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from checklists.patterns import pattern

_UNSEEN = ("Cc", "Cf", "Cs")
"""Control, format (joiners, directions, the byte order mark), halves of pairs. What this Python does not know yet may
be the rare character of a name, and stays."""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc")
"""Letters and symbols without any shape: fillers, the blank of Braille, what stands for a picture."""

_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Which shape of a character is meant (U+845B U+E0100): the character is the same."""

_BREAKS = pattern("\r\n|[\r\u0085\u2028\u2029\v\f]")
_EDGE = pattern(r" *\n *")

_PLAIN = pattern(r"[!-~\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]+(?: [!-~\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]+)*")
"""What most texts are: nothing is to be done."""

_GARBLED = pattern("[\u0080-\u009f\ufffd]|[\u00a1-\u00ff][\u00a1-\u00ff]")
"""Signs that no Chinese paper has: bytes read in the wrong code, or that could not be read."""


@lru_cache(maxsize=4096)
def is_unseen(sign: str) -> bool:
    """Whether a character has no shape and is no white space."""
    if sign in _BLANK or any(ord(sign) in some for some in _VARIANTS):
        return True
    return unicodedata.category(sign) in _UNSEEN and not sign.isspace()


def tidy(text: str, *, lines: bool = False) -> str:
    """Return text without unseen signs, each run of white space as one space, none at the ends.

    With `lines` its line breaks stay, as in what somebody states; else they are white space like any other.
    """
    if _PLAIN.fullmatch(text):
        return text
    whole = _BREAKS.sub("\n", text)
    seen = "".join(one for one in whole if one == "\n" or one.isspace() or not is_unseen(one))
    if not lines:
        return " ".join(seen.split())
    return _EDGE.sub("\n", re.sub(r"[^\S\n]+", " ", seen)).strip()


def tidied(value: Any) -> Any:
    """Return plain JSON with every text in it tidy; line breaks stay."""
    if isinstance(value, str):
        return tidy(value, lines=True)
    if isinstance(value, Mapping):
        return {key: tidied(one) for key, one in value.items()}
    return [tidied(one) for one in value] if isinstance(value, list | tuple) else value


_UNREAD = pattern(
    r"[\W_]*[?？〓�*＊■□●█#…]+[\W_]*|[xX×0]+|(?:字迹|内容)?(?:看不(?:清楚?|见)|不清晰?|不清楚|模糊(?:不清)?|难以辨认|辨认不清"
    r"|无法(?:辨认|辨识|识别|读取)|unreadable|illegible)",
    re.IGNORECASE,
)
"""What stands where something was, and nobody could read it."""


def is_unread(text: str) -> bool:
    """Whether a text only says that what stands there could not be read: ???, 〓〓, 看不清, 0."""
    return bool(_UNREAD.fullmatch("".join(unicodedata.normalize("NFKC", text).split())))


def is_garbled(text: str) -> bool:
    """Whether a text holds signs that come from reading its bytes in the wrong code (ÃÉK12345), or cannot be shown."""
    return bool(_GARBLED.search(text))
