"""What the server counts of itself, in the form that Prometheus reads; numbers and codes alone, never a name."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST

_all = CollectorRegistry()
_REQUESTS = Histogram(
    "lujian_request_seconds",
    "Time from a request to its answer",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_all,
)
_PROCESSED = Counter("lujian_processed_total", "Records that left the queue, by state", ("state",), registry=_all)
_PROCESSING = Histogram(
    "lujian_processing_seconds",
    "Time to process one record",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=_all,
)
_RECORDS = Gauge("lujian_records", "Records by state", ("state",), registry=_all)
_PARKED = Gauge("lujian_records_parked", "Parked records by reason", ("reason",), registry=_all)
_AGE = Gauge("lujian_queue_age_seconds", "How long the oldest received record has waited", registry=_all)
_DISK = Gauge("lujian_disk_free_bytes", "Free bytes where the photos lie", registry=_all)
_TABLETS = Gauge("lujian_tablets", "Tablets in use", registry=_all)
_MARKED = Gauge("lujian_tablets_marked", "Tablets with something to look at, by what it is", ("mark",), registry=_all)
_WAITING = Gauge("lujian_tablets_waiting", "What waits on tablets, as they tell it", ("what",), registry=_all)
_TIMED = Gauge(
    "lujian_records_timed", "Records of so many days whose way took a known time", ("days", "within"), registry=_all
)
_DOUBTED = Gauge("lujian_records_clock_doubted", "Records of so many days with a wrong clock", ("days",), registry=_all)
_AWAY = Gauge("lujian_photo_store_away", "1 where the store of the photos does not answer", registry=_all)
_DAMAGED = Counter("lujian_photo_files_damaged_total", "Files found missing or not what their name says", registry=_all)
_READY = Gauge("lujian_ready", "1 where the office can do its work", registry=_all)


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answer; `route` is the template of the address, so that no id stands in a metric."""
    _REQUESTS.labels(method if method in _METHODS else "other", route or "none", str(status)).observe(seconds)


_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT"})


def processed(state: str, seconds: float) -> None:
    """Count a record that left the queue."""
    _PROCESSED.labels(state).inc()
    _PROCESSING.observe(seconds)


def damaged() -> None:
    """Count a file that was to be read, and is missing or not what its name says."""
    _DAMAGED.inc()


def fleet(
    *, tablets: int, marked: Mapping[str, int], waiting: Mapping[str, int], timed: Mapping[int, Mapping[str, int]]
) -> None:
    """Note how the tablets stand; `timed` has for each span of days the counts by how fast records came."""
    _TABLETS.set(tablets)
    for gauge, held in ((_MARKED, marked), (_WAITING, waiting)):
        for name, count in held.items():
            gauge.labels(name).set(count)
    for days, counts in timed.items():
        _DOUBTED.labels(str(days)).set(counts["doubted"])
        for name, count in counts.items():
            if name != "doubted":
                _TIMED.labels(str(days), name).set(count)


def text(
    *,
    states: Mapping[str, int],
    parked: Mapping[str, int],
    age_seconds: float,
    disk_free: int,
    ready: bool,
    photos_away: bool = False,
) -> bytes:
    """Return everything counted, with how things stand now."""
    for gauge, held in ((_RECORDS, states), (_PARKED, parked)):
        gauge.clear()
        for name, count in held.items():
            gauge.labels(name).set(count)
    _AGE.set(age_seconds)
    _DISK.set(disk_free)
    _READY.set(ready)
    _AWAY.set(photos_away)
    return generate_latest(_all)
