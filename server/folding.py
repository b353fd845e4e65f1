"""Numbers and names as they are searched: dots, spaces, width and case ignored. The one such place of the office."""

from __future__ import annotations

import re
import unicodedata

from checklists.facts.identifiers.keys import number_key
from checklists.facts.texts import tidy

_BETWEEN = re.compile(r"(?<=[0-9])[\W_]+(?=[0-9])")


def fold(text: str) -> str:
    """Return the folded form: full width made half, capitals, and nothing but letters, figures and characters.

    蒙K·12345, `蒙k 12345` and 蒙Ｋ１２３４５ are one.
    """
    plain = (text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)).upper()
    return plain if plain.isalnum() else "".join(sign for sign in plain if sign.isalnum())


def plain(text: str) -> str:
    """Return a name or an id without what only looks different: width, case, spaces and signs that nobody sees."""
    return "".join(unicodedata.normalize("NFKC", tidy(text)).casefold().split())


def fold_number(text: str) -> str:
    """Return the number of a document folded: 示停〔2026〕12号, `示停[2026] 12 号` and 示停（２０２６）12号 are one.

    What stands between two figures parts them, so that 12-1 is not 121.
    """
    return "-".join(fold(part) for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)))


def forms(text: str) -> tuple[str, ...]:
    """Return the folded forms by which a number is known: as written, and as the kernel keys it.

    An identity number of fifteen figures is also that of eighteen, a trailer's plate also the one with its 挂.
    """
    return tuple(dict.fromkeys(one for one in (fold(text), fold(number_key(text))) if one))


def starts(folded: str, name: bool) -> tuple[str, ...]:
    """Return the beginnings by which a term is found: every place of a name, and of a number as long as it says much.

    Of a number nobody looks for the last three signs alone.
    """
    places = len(folded) if name else min(len(folded), max(2, len(folded) - 3))
    return tuple(folded[place:] for place in range(places))
