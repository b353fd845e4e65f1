"""What somebody typed into a form that was refused: given back to him, so that nothing has to be typed twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.console.posted import Posted

_NEVER = ("csrf", "password", "old", "new", "again")
"""Fields that no page gives back: tokens and secrets."""
_UNTYPED = ("version", "next", "act", "query", "seen", "preview", "about", "text_digest")
_CODE = re.compile(r"[a-z_.]{1,30}|[0-9a-f-]{16,}|[A-Z]")
"""What a page put there itself: codes, ids and digests."""
_LONGEST = 400


@dataclass(frozen=True)
class Kept:
    """The fields to send again, in order; `typed` is what a person reads of them; files were lost on the way."""

    pairs: Sequence[tuple[str, str]]
    typed: Sequence[str]
    files: Sequence[str]


def kept(form: Posted) -> Kept | None:
    """Return what was typed, or None where that is nothing."""
    values: Mapping[str, tuple[str, ...]] = form.values
    pairs = [(name, one) for name, held in values.items() if name not in _NEVER for one in held]
    typed = [one for name, one in pairs if name not in _UNTYPED and one.strip() and not _CODE.fullmatch(one)]
    files = [one.name for one in form.files.values()]
    return Kept(pairs, [*dict.fromkeys(typed)][:_LONGEST], files) if typed or files else None
