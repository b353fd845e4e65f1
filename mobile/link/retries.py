"""After which trouble sending goes on by itself, and after which a person has to look: one table of all codes. Pure."""

from __future__ import annotations

from enum import StrEnum

TRIES = 4
"""How many runs in a row may meet damage before a person is asked. With the waits between, two to four minutes."""


class Retry(StrEnum):
    """What follows a failed run."""

    ALWAYS = "always"
    """It may pass by itself: the link is away, the office is busy. Also every code that this version does not know."""
    FEW = "few"
    """One flipped bit on a plain link looks like this, and so does a forged office: a few times, then a person."""
    NEVER = "never"
    """Trying again cannot heal it: it stops at once and is explained."""


LOST = frozenset({"link_refused", "link_timeout", "link_broken"})
"""Codes that say that there is no line to the office."""

SHUT_OUT = frozenset({"token_invalid", "device_revoked", "tls_untrusted", "certificate_invalid"})
"""Codes that say that this tablet is not let in, or lets no such office near; being heard again ends that."""

NO_ROOM = frozenset({"disk_full", "disk_unwritable"})
"""Codes that say that this tablet cannot write down what came: it is no reason to keep what waits from the office."""

FULL = frozenset({"storage_full", "photos_away", "day_full", "too_many_uploads"})
"""Codes that say that the other side takes no more of one kind for now: the rest goes on, and news come."""

CLASSES = {
    "link_refused": Retry.ALWAYS,
    "link_timeout": Retry.ALWAYS,
    "link_broken": Retry.ALWAYS,
    "link_busy": Retry.ALWAYS,
    "office_failed": Retry.ALWAYS,
    "storage_full": Retry.ALWAYS,
    "offset_mismatch": Retry.ALWAYS,
    # A hotspot's log-in page gives one, and goes away.
    "answer_malformed": Retry.ALWAYS,
    "receipt_invalid": Retry.FEW,
    "malformed": Retry.FEW,
    "checksum_mismatch": Retry.FEW,
    "digest_mismatch": Retry.FEW,
    "signature_invalid": Retry.FEW,
    "photo_differs": Retry.FEW,
    # A digest in an address, a length or a version in a header: one bit makes another of it.
    "photo_unknown": Retry.FEW,
    "photo_too_large": Retry.FEW,
    "tus_version": Retry.FEW,
    "package_invalid": Retry.FEW,
    "page_invalid": Retry.FEW,
    "not_enrolled": Retry.NEVER,
    "token_invalid": Retry.NEVER,
    "device_revoked": Retry.NEVER,
    "tls_untrusted": Retry.NEVER,
    "address_invalid": Retry.NEVER,
    "certificate_invalid": Retry.NEVER,
    "body_too_large": Retry.NEVER,
    "too_many_records": Retry.NEVER,
    "disk_full": Retry.NEVER,
    "disk_unwritable": Retry.NEVER,
    "store_torn": Retry.NEVER,
}


def retry(code: str) -> Retry:
    """Return what follows a run that failed with this code."""
    return CLASSES.get(code, Retry.ALWAYS)


def damaged(code: str, before: int) -> int:
    """Return how many runs in a row met damage, after one that ended with this code (empty: it went through).

    A link that was away between two of them neither clears nor counts.
    """
    if not code:
        return 0
    return before + (retry(code) is Retry.FEW)


def stops(code: str, met: int = 0) -> bool:
    """Whether sending ends with this code until a person has looked; `met` runs in a row met damage, this one too."""
    return retry(code) is Retry.NEVER or (retry(code) is Retry.FEW and met >= TRIES)
