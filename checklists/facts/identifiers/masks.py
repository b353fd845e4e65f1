"""Signs that hide signs: 150624********001X, 李**, 李某某. Whether what is open agrees with a whole text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from checklists.patterns import pattern

_HIDES = "*＊﹡∗⁎✱×✕#＃?？█■□▇●○〇◯◎�〓"
"""Signs that hide others. A bullet does where two stand together; an X does inside a number of figures, or as a run."""

ANY = "*"
_RUN = pattern(r"\*+")


@lru_cache(maxsize=2048)
def masked(text: str) -> str:
    """Return a number in capitals with each hidden sign as `*`, without what parts it."""
    plain = unicodedata.normalize("NFKC", text.replace("…", "***")).upper()
    plain = re.sub("[•·・‧⋅∙.]{2,}", lambda found: ANY * len(found[0]), plain)
    signs = "".join(one for one in plain if one in _HIDES or one.isalnum())
    signs = re.sub("(?<=^[0-9]{17})[×✕]$", "X", signs)
    if re.fullmatch("[0-9X*]+", signs):
        signs = re.sub("(?<=[0-9*])(?:X{2,}|X(?=[0-9*]))", lambda found: ANY * len(found[0]), signs)
    return "".join(ANY if one in _HIDES else one for one in signs)


def masked_name(text: str) -> str:
    """Return a name with each hidden sign as `*`: 李某某 is 李**."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(ANY if one in _HIDES or (one == "某" and place) else one for place, one in enumerate(plain))


def is_masked(text: str) -> bool:
    """Whether a number hides some of its signs."""
    return ANY in masked(text)


def fits(mask: str, other: str) -> bool:
    """Whether the open signs of two texts agree, either of which may hide some.

    A run of hiding signs stands for as many signs, or, where the lengths differ, for any number of them.
    """
    if len(mask) == len(other):
        return all(one == two or ANY in (one, two) for one, two in zip(mask, other, strict=True))
    if ANY in other and ANY in mask:
        return _ends_agree(mask, other)
    hidden, whole = (mask, other) if ANY in mask else (other, mask)
    if ANY not in hidden:
        return False
    return bool(re.fullmatch(".*".join(re.escape(part) for part in _RUN.split(hidden)), whole))


def open_signs(mask: str) -> int:
    """Return how many signs are not hidden."""
    return len(mask) - mask.count(ANY)


def _ends_agree(one: str, other: str) -> bool:
    heads, tails = (_RUN.split(each)[0] for each in (one, other)), (_RUN.split(each)[-1] for each in (one, other))
    (head, head_other), (tail, tail_other) = heads, tails
    begins = head.startswith(head_other) or head_other.startswith(head)
    return begins and (tail.endswith(tail_other) or tail_other.endswith(tail))
