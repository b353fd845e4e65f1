"""After which answer of the parent a thing waits, is refused for good, or the hub has ended; and for how long."""

from __future__ import annotations

FIRST_DELAY_S, LONGEST_DELAY_S = 2, 300

ENDED = frozenset({"token_invalid", "device_revoked", "hub_expired"})
"""The parent lets this hub in no more: a person has to see to it."""

_FOR_GOOD = frozenset(
    {
        "malformed",
        "not_canonical",
        "digest_mismatch",
        "signature_invalid",
        "device_mismatch",
        "body_too_large",
        "not_an_image",
        "photo_differs",
        "photo_too_large",
        "record_photos_full",
        "handover_unreadable",
        "handover_foreign",
        "too_many_members",
        "task_foreign",
        "act_officer_unknown",
    }
)
"""Of one thing: the same bytes again get the same answer. Everything else may pass by itself."""

TRIES = 3
"""So often a thing must be refused before that is believed: one flipped bit on a plain link looks the same."""


_BUSY = (429, 503, 507)
_OF_ONE = ("day_full", "too_many_uploads")


def closes(code: str, status: int) -> bool:
    """Whether everything waits, and not this one thing: the way is closed, the parent is busy or full, or lets us go.

    `status` is 0 where the parent was not reached.
    """
    return not status or ends(code) or (status in _BUSY and code not in _OF_ONE)


def ends(code: str) -> bool:
    """Whether the parent lets this hub in no more."""
    return code in ENDED


def for_good(code: str) -> bool:
    """Whether the same bytes would be refused again; a person may have it tried once more."""
    return code in _FOR_GOOD


def delay_s(failures: int, chance: float) -> float:
    """Return how long to wait after so many failed rounds in a row; `chance` in [0, 1) spreads hubs apart."""
    step = min(float(FIRST_DELAY_S << min(max(failures - 1, 0), 10)), LONGEST_DELAY_S)
    return max(FIRST_DELAY_S, step / 2 + chance * step / 2)
