"""What a shift amounts to: counts over its sealed parts, made alike on the tablet and in the office. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Part = Mapping[str, Any]

ROLES = ("guide", "check", "register", "coordinate")
"""What an officer does at a post, as the team divides its work. Ours: no duty and no competence hangs on it."""

MOST_PARTS = 1000
"""Of one shift, as far as an office counts; a post sees 1 to 70 vehicles."""


def counts(parts: Iterable[Part]) -> dict[str, Any]:
    """Return what the officers of a shift sign: its inspections by outcome, findings by severity, photos, the rest.

    `others` are contributions and amendments; an inspection counts by what was decided, else by what was proposed.
    """
    kinds: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    photos = 0
    for part in parts:
        kinds["inspections" if part.get("kind") == "inspection" else "others"] += 1
        photos += len(_rows(part.get("photos")))
        if part.get("kind") == "inspection":
            outcomes[_outcome(part)] += 1
            severities.update(str(one.get("severity") or "none") for one in _rows(part.get("findings")))
    return {
        "inspections": kinds["inspections"],
        "others": kinds["others"],
        "outcomes": dict(sorted(outcomes.items())),
        "findings": severities.total(),
        "severities": dict(sorted(severities.items())),
        "photos": photos,
    }


def compare(shift: Part, held: Iterable[tuple[str, Part]]) -> dict[str, Any]:
    """Return how the office's own counts stand beside a shift's signed ones.

    `held` are the office's parts of that device, digest and part, of the shift's stretch of the chain. `lacking` are
    digests that the shift names and the office has not, `extra` those that it has and the shift does not name.
    """
    named, seen = [str(one) for one in shift.get("parts") or ()], list[str]()

    def each() -> Iterable[Part]:
        for digest, part in held:
            seen.append(digest)
            yield part

    ours, signed = counts(each()), shift.get("counts") or {}
    lacking, extra = sorted(set(named) - set(seen)), sorted(set(seen) - set(named))
    differs = sorted(key for key, value in ours.items() if signed.get(key) != value)
    return {
        "equal": not (lacking or extra or differs),
        "named": len(named),
        "held": len(named) - len(lacking),
        "lacking": lacking,
        "extra": extra,
        "counts": ours,
        "differs": differs,
    }


def _outcome(part: Part) -> str:
    said = part.get("outcome")
    said = said if isinstance(said, Mapping) else {}
    return str(said.get("decided") or said.get("proposed") or "none")


def _rows(given: Any) -> list[Part]:
    """Return the rows of a list as they can be counted: what a sender made otherwise counts for nothing."""
    return [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
