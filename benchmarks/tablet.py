"""A tablet to measure on: enrolled at an office that is not there, with its packages and the story's registry."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checklists.authoring.loader import load_all
from checklists.crypto import new_signing_key
from checklists.definitions.publication import publish
from checklists.goods.listing import load_tables
from checklists.records import feed_page
from checklists.records.record import certificate
from checklists.wire import canonical, digest, instant
from demo import county
from mobile.link import enrolment
from mobile.lock import lock_status, vault
from mobile.sealing import shifts
from mobile.sealing.shift import Shift
from mobile.store import store

PIN = "957264"
OFFICER = dict(county.OFFICERS[0])


def make_apart(folder: Path) -> None:
    """Do the same in a process of its own: what authors' files leave in memory is on no tablet, and is collected."""
    subprocess.run([sys.executable, "-m", "benchmarks.tablet", str(folder)], check=True)


def make(folder: Path) -> None:
    """Fill the folder; OFFICER unlocks it with PIN."""
    office, device, now = new_signing_key(), new_signing_key(), datetime.now(UTC)
    held = store.open_store(folder, vault.create(folder / "keys.json", OFFICER["id"], PIN, OFFICER["name"]))
    named = certificate(office, device="dev-1", public=device.public, agency="T", prefix="T1", issued_at=instant(now))
    officers = tuple(dict(one) for one in county.OFFICERS)
    url = "http://127.0.0.1:9"
    enrolment.keep(held, enrolment.Enrolment(url, "dev-1", named, "t0", office.public, county.OFFICE, officers, device))
    packages: dict[str, Any] = {
        "definitions": publish(load_all()),
        "reference": load_tables().to_plain(),
    }
    for name, plain in packages.items():
        body = json.dumps(plain, ensure_ascii=False).encode()
        offer = {"name": name, "version": "1", "digest": digest(body)}
        store.apply_package(held, {**offer, "signature": office.sign(canonical(offer))}, body, instant(now))
    head = {"at": instant(now), "agency": "T", "area": "", "since": "", "cursor": "e.1", "more": False}
    store.lay(held, feed_page.make(office, head, [canonical(row) for row in county.registry(now)]), "", instant(now))
    shifts.begin(held, Shift("shift-1", instant(now), county.SITE, officers=(OFFICER["id"],)))
    lock_status.keep(
        folder, {one.name: one.applied_at for one in store.packages(held)}, store.unsent(held), county.OFFICE
    )
    store.release(held)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
