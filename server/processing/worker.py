"""Behind the receipt: findings computed again, cases opened. A record's whole outcome is one transaction.

Nothing here is in the way of a receipt, and nothing that fails here holds up the next record: it is parked, with its
reason, for a person to see.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from checklists.records.record import FORMAT
from server import clock
from server.office import Office
from server.processing.alerts import alerts_for
from server.processing.recompute import Recomputed, Unknown, Versions, conduct_at, recompute
from server.store import cases, lessons, packages, records, registry, tasks
from server.store.models import Record

_log = logging.getLogger(__name__)

_DAY = timedelta(hours=24)
_DAY_MS = 86_400_000
_PATIENCE = 0.25


def process(office: Office, versions: Versions, record: Record) -> str:
    """Process one received record and return the state in which it is now; nothing changes where another was faster."""
    part = records.body_of(record)
    try:
        reason = waits(record, part, office.config.late_days)
        done = None if reason else recompute(versions, registry.lookup, part, _others(record))
    except Unknown:
        done, reason = None, "definitions_unknown"
    except Exception:
        _log.exception("record could not be processed", extra={"record": record.digest})
        done, reason = None, "processing_failed"
    if done is None:
        office.store.write_now(lambda: records.settle(record, "parked", reason))
        _log.info("parked", extra={"record": record.digest, "reason": reason})
        return "parked"
    office.store.write_now(lambda: _settle(record, done, part))
    if done.alarm:
        _log.error("kernel alarm: computing again gave other findings", extra={"record": record.digest})
    return "processed"


def waits(record: Record, part: Mapping[str, Any], late_days: int) -> str:
    """Return why a record has to wait for a person before anything is computed, or nothing."""
    if record.format > FORMAT:
        return "format_unknown"
    if record.reason != "released" and clock_off(record, part, late_days):
        return "clock_off"
    return ""


def clock_off(record: Record, part: Mapping[str, Any], late_days: int) -> bool:
    """Whether the device's clock must have been wrong by more than a day when it sealed.

    It opened or sealed the inspection in the future, before it was enrolled or longer ago than a tablet is out, or it
    knew that its clock was off.
    """
    received, enrolled = clock.read(str(record.received_at)), clock.read(part["certificate"]["issued_at"])
    earliest = max(enrolled - _DAY, received - timedelta(days=late_days))
    times = (clock.read(str(record.sealed_at)), clock.read(conduct_at(part)))
    offset_ms = (part.get("clock") or {}).get("offset_ms") or 0
    return any(not earliest <= at <= received + _DAY for at in times) or abs(int(offset_ms)) > _DAY_MS


def _others(record: Record) -> list[dict[str, Any]]:
    """The parts of the inspection that were processed before: the inspection is the union of all."""
    return [records.body_of(other) for other in records.processed_parts(str(record.inspection))]


def _settle(record: Record, done: Recomputed, part: Mapping[str, Any]) -> None:
    inspection, digest = str(record.inspection), str(record.digest)
    if not records.settle(record, "processed", columns={**done.columns, "alarm": done.alarm}):
        return
    if record.kind != "inspection" and done.fuller is not None:
        records.show_anew(inspection, done.columns)
    if done.frozen is not None:
        cases.put_findings(inspection, digest, "frozen", done.frozen)
    if done.fuller is not None:
        cases.put_findings(inspection, digest, "fuller", done.fuller)
    cases.put(inspection, done.cases)
    lessons.put(part, done.columns)
    for agency, task in alerts_for(inspection, done, clock.read(clock.now())):
        tasks.add(agency, task, inspection)


class Traffic:
    """How many batches are being taken in right now; entered and left on the event loop alone."""

    def __init__(self) -> None:
        self.batches = 0
        self.arrived = threading.Event()

    def __enter__(self) -> None:
        self.batches += 1

    def __exit__(self, *_told: object) -> None:
        self.batches -= 1
        self.arrived.set()


class Worker:
    """The thread that processes what was received, oldest first, until it is stopped.

    Receipts go first: while batches come in it holds back, but never for longer than `_PATIENCE` a record.
    """

    def __init__(self, office: Office, every_seconds: float = 5.0) -> None:
        self._office, self._every = office, every_seconds
        self.traffic = Traffic()
        self._stopping = False
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)

    def start(self) -> None:
        """Begin working."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the record in hand, then end."""
        self._stopping = True
        self.traffic.arrived.set()
        if self._thread.is_alive():
            self._thread.join()

    def run(self) -> None:
        """Work until stopped; other processes may bring records too, so it looks without being woken."""
        while not self._stopping:
            self.traffic.arrived.clear()
            try:
                self.drain()
            except Exception:
                _log.exception("processing stopped; it is tried again")
            self.traffic.arrived.wait(self._every)
        self._office.store.database.close()

    def drain(self) -> int:
        """Process all that waits and return how many records that were."""
        count = 0
        while waiting := records.waiting():
            versions = Versions(packages.version, packages.latest)
            for record in waiting:
                self._hold_back()
                if self._stopping:
                    return count
                process(self._office, versions, record)
                count += 1
        return count

    def _hold_back(self) -> None:
        until = time.monotonic() + _PATIENCE
        while self.traffic.batches and not self._stopping and time.monotonic() < until:
            time.sleep(0.01)
