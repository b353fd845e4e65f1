"""How much attention a check asks for, on its card's stripe: the kernel's tier, or a sealed one's worst finding."""

from __future__ import annotations

from collections.abc import Iterable

TONES = {"high": "danger", "medium": "unknown", "low": "stale", "": "neutral"}
"""The levels of `checklists.findings.tiers`, with their tone; empty is a check against which nothing is known."""

_OF_SEVERITY = {"I": "high", "II": "medium", "III": "low"}


def tier_of(severities: Iterable[str]) -> str:
    """Return the level of the worst of what was found; empty where nothing was found."""
    seen = {_OF_SEVERITY.get(one, "low") for one in severities}
    return next((one for one in ("high", "medium", "low") if one in seen), "")
