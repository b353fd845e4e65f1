"""How bad a check looks so far, for the stripe on its card: high, medium, low, or nothing found. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from mobile.words import _

TONES = {"high": "danger", "medium": "unknown", "low": "stale", "": "neutral"}

_OF_SEVERITY = {"I": "high", "II": "medium", "III": "low"}
_OF_VERDICT = {"conflict": "medium", "stale": "low"}
_ORDER = ("high", "medium", "low")


def tier_of(severities: Iterable[str], verdicts: Iterable[str] = ()) -> str:
    """Return the worst of what was found and of how the comparisons stand; empty where nothing is known against it."""
    seen = {_OF_SEVERITY.get(one, "low") for one in severities} | {_OF_VERDICT.get(one, "") for one in verdicts}
    return next((one for one in _ORDER if one in seen), "")


def tier_words(tier: str) -> str:
    """Return the tier in a word; nothing for none."""
    return {"high": _("high"), "medium": _("medium"), "low": _("low")}.get(tier, "")
