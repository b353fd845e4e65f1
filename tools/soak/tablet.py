"""One tablet as a process of its own, which may be killed at any moment: `python -m tools.soak.tablet FOLDER ...`.

It seals checks with photos, changes its clock, finds its disk full now and then, and syncs through a bad line, or by
the hub whose `invitation` lies in its folder. Once it was told to (a file `finish`) it only syncs until nothing waits,
and ends.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from checklists.inspection.entries import Entry
from checklists.wire import instant, uuid7
from mobile.inspecting import evidence
from mobile.inspecting.manifest import manifest
from mobile.link import agreed_clock, enrolment, hubs, sync
from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from mobile.store import store
from mobile.store.store import Store

VAULT = Vault(b"soak" * 8)
FINISH, INVITATION = "finish", "invitation"
OFFICER = {"T": "T-001", "P": "P-001"}
_NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
_JUMP = timedelta(hours=5)


def opened(folder: Path) -> Store:
    """Return the tablet's store."""
    return store.open_store(folder, VAULT)


def main() -> None:
    """Live."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name in ("office", "url", "code", "agency"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("checks", "photos", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--away", action="store_true", help="the office is never reached, only a hub")
    _Life(parser.parse_args()).live()


class _Life:
    def __init__(self, told: argparse.Namespace) -> None:
        self.told, self.chance = told, random.Random(f"{told.seed} {os.getpid()}")
        self.held, self.jump = opened(told.folder), timedelta()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def now(self) -> datetime:
        """The device's clock, which jumps."""
        return datetime.now(UTC) + self.jump

    def live(self) -> None:
        """Enrol where that was not done, seal what is still to be sealed, and sync all the time."""
        if enrolment.enrolment(self.held) is None:
            made = enrolment.enrol(self.told.office, self.told.code, f"soak {self.told.seed}", app="soak")
            enrolment.keep(self.held, replace(made, url=self.told.url))
        failures = damaged = 0
        while True:
            self._meet()
            finishing = (self.told.folder / FINISH).exists()
            if not finishing and len(store.deliveries(self.held)) < self.told.checks:
                self._seal()
            if self.chance.random() < 0.05:
                self.jump = _JUMP * self.chance.uniform(-1, 1)
            report = sync.run_once(self.held, failures=failures, damaged=damaged, now=self.now)
            if report.code == "device_revoked":
                return
            if report.rejected or report.photos_refused:
                # What a person would do after a bad line has spoilt something too often.
                for one in store.deliveries(self.held):
                    store.try_again(self.held, one.digest)
            failures, damaged = (failures + 1, min(report.damaged, 2)) if report.code else (0, 0)
            through = not report.code or (self.told.away and report.by_hub and not report.hub_trouble)
            if finishing and through and not sum(report.unsent) and not report.heard:
                return
            time.sleep(self.chance.uniform(0, 0.3))

    def _meet(self) -> None:
        """Read the code of the hub at the post, once; another hub has another one."""
        file, made = self.told.folder / INVITATION, enrolment.enrolment(self.held)
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if text and made is not None and text != store.setting(self.held, INVITATION):
            hubs.keep(self.held, made, text, instant(self.now()))
            store.keep_setting(self.held, INVITATION, text)

    def _seal(self) -> None:
        """Seal one check; where the disk is full, it is whole or was never there."""
        full = self.chance.random() < 0.05
        if full:
            size = max(one.stat().st_size for one in (self.told.folder / "data").iterdir())
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + self.chance.randrange(60_000), resource.RLIM_INFINITY))
        try:
            _check(self.held, self.told, self.chance, self.now())
        except Refusal as refusal:
            if refusal.code not in ("disk_full", "disk_unwritable"):
                raise
        finally:
            if full:
                resource.setrlimit(resource.RLIMIT_FSIZE, _NO_LIMIT)


def _check(held: Store, told: argparse.Namespace, chance: random.Random, now: datetime) -> None:
    made = enrolment.enrolment(held)
    assert made is not None
    inspection, at, officer = uuid7(), instant(now), OFFICER[told.agency]
    store.open_inspection(held, inspection, officer, at)
    for seq in range(1, told.photos + 1):
        value = evidence.capture(held, _picture(chance), evidence.Stamp("09:30"))
        entry = Entry(uuid7(), inspection, made.device, seq, officer, told.agency, at, "photo", "EQP-14", value)
        store.append(held, entry)
    used = [one.named for one in store.packages(held) if one.name != store.REGISTRY]
    part: dict[str, Any] = {
        "format": 1,
        "kind": "inspection",
        "id": uuid7(),
        "inspection": inspection,
        "opened_at": at,
        "device": made.device,
        "certificate": made.certificate,
        "app": "soak",
        "sealed_at": at,
        "clock": agreed_clock.clock(held),
        "checklist": "cn-joint",
        "definitions": used,
        "entries": [],
        "findings": [],
        "papers": [],
        "photos": manifest(store.entries(held, inspection)),
        "outcome": {"proposed": "release", "decided": "release", "reason": None},
    }
    store.seal_inspection(
        held, inspection, lambda seq, previous: {**part, "device_seq": seq, "previous": previous}, made.key
    )


def _picture(chance: random.Random) -> bytes:
    file = io.BytesIO()
    size = (chance.randrange(120, 240), chance.randrange(120, 240))
    Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3)).save(file, "JPEG", quality=80)
    return file.getvalue()


if __name__ == "__main__":
    main()
