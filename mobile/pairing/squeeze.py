"""Plain values as few bytes, and back within a bound: nobody's bytes may unfold without end. Pure."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from checklists.wire import canonical
from mobile.refusals import Refusal

MOST_PLAIN = 8 * 1024 * 1024
"""An inspection with two hundred entries is some 80 KB."""


def squeeze(plain: Mapping[str, Any]) -> bytes:
    """Return the mapping's canonical form, compressed."""
    return zlib.compress(canonical(dict(plain)), 9)


def unsqueeze(raw: bytes) -> dict[str, Any]:
    """Return the mapping again. Raises Refusal `pair_too_large` or `pair_malformed`."""
    unfold = zlib.decompressobj()
    try:
        content = unfold.decompress(raw, MOST_PLAIN)
        if unfold.unconsumed_tail:
            raise Refusal("pair_too_large")
        plain = json.loads(content) if unfold.eof else None
    except (zlib.error, ValueError, RecursionError) as problem:
        raise Refusal("pair_malformed", type(problem).__name__) from problem
    if not isinstance(plain, dict):
        raise Refusal("pair_malformed", "no mapping")
    return plain
