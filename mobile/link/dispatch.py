"""What to send next, and how long to wait before it is tried again (whether at all: `mobile.link.retries`). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from mobile.store.outbox import WaitingPhoto, WaitingRecord

FIRST_DELAY_S = 15
LONGEST_DELAY_S = 300
BATCH_PARTS = 25
BATCH_BYTES = 4 * 1024 * 1024
"""The office takes 100 parts and 32 MiB; on a thin line a request carries much less (`mobile.link.lanes`)."""
PACKED = 4
"""A record has at least so many times the bytes that it has packed."""

_ROLES = {"thumbnail": 0, "working": 1, "original": 2}


def next_batch(waiting: Iterable[WaitingRecord], most_bytes: int = BATCH_BYTES) -> tuple[WaitingRecord, ...]:
    """Return the records of the next request: the most serious first, then the oldest; at least one, if one waits."""
    ordered = sorted(waiting, key=lambda one: (one.priority, one.device_seq))
    batch: list[WaitingRecord] = []
    held = 0
    for record in ordered[:BATCH_PARTS]:
        held += record.size
        if batch and held > most_bytes:
            break
        batch.append(record)
    return tuple(batch)


def photo_order(waiting: Iterable[WaitingPhoto]) -> tuple[WaitingPhoto, ...]:
    """Return the photos in sending order: thumbnails before originals, then the most serious, then the oldest."""
    return tuple(sorted(waiting, key=lambda one: (_ROLES.get(one.role, 3), one.priority, one.device_seq, one.sha256)))


def is_small(waiting: WaitingPhoto) -> bool:
    """Whether a file is a small picture, by which the office sees what there is."""
    return waiting.role == "thumbnail"


def is_original(waiting: WaitingPhoto) -> bool:
    """Whether a file is a picture in full size."""
    return waiting.role == "original"


def delay_s(failures: int, chance: float) -> float:
    """Return how long to wait after so many failures in a row; `chance` in [0, 1) spreads tablets apart.

    Doubles from FIRST_DELAY_S to LONGEST_DELAY_S; half of each step is left to chance.
    """
    step = min(float(FIRST_DELAY_S << min(max(failures - 1, 0), 10)), LONGEST_DELAY_S)
    return max(FIRST_DELAY_S, step / 2 + chance * step / 2)


def code_of_status(status: int, code: str) -> str:
    """Return the code for an HTTP refusal: the office's own, or what the bare status means."""
    if code:
        return code
    if status in (408, 429, 503):
        return "link_busy"
    # A bare 401 or 403 comes from something between, and must not pass for the office's refusal of this device.
    return "office_failed" if status >= 500 else "answer_malformed"
