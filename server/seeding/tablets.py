"""The made-up tablets of a made-up year: they seal what was found, and the office gives a receipt for each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checklists.crypto import SigningKey, new_signing_key
from checklists.facts.campaign import Campaign
from checklists.records.record import certificate, receipt, seal
from checklists.wire import canonical, digest, instant
from server.office import Office
from server.seeding import drives
from server.seeding.cast import Cast
from server.seeding.stops import Stop
from server.store import case_search, packages
from server.store.case_terms import terms_of
from server.store.models import Device

AGENCIES = ("T", "P")
_APP = "seed"


@dataclass
class Tablets:
    """One tablet for each of two agencies, with one key; `sealed` counts what they sealed."""

    office: Office
    cast: Cast
    key: SigningKey
    devices: Mapping[str, Device]
    used: list[dict[str, str]]
    sealed: int = 0

    def seal(
        self, stop: Stop, inspection: str, agency: str, under: Sequence[Campaign] = ()
    ) -> tuple[dict[str, Any], case_search.Place]:
        """Return the row of the record of a check, sealed by the tablet of an agency, and what may be looked for.

        `under` are the campaigns that it carries.
        """
        self.sealed += 1
        at = instant(stop.at + timedelta(minutes=18))
        part = self._part(stop, inspection, agency, at, under)
        made = seal(part, self.key)
        given = receipt(self.office.key, digest_=made.digest, device_seq=self.sealed, received_at=at)
        row = {
            **{
                name: part[name]
                for name in ("kind", "format", "inspection", "device", "device_seq", "previous", "site")
            },
            "digest": made.digest,
            "part": part["id"],
            "sealed_at": at,
            "received_at": at,
            "processed_at": at,
            "body": made.body,
            "signature": made.signature,
            "receipt": canonical(given).decode(),
            "state": "processed",
            "outcome": stop.outcome,
            "inspected_at": part["opened_at"],
            "agencies": "|P|T|",
            **stop.columns,
        }
        return row, case_search.Place("record", inspection, str(part["opened_at"]), tuple(terms_of(part)))

    def _part(self, stop: Stop, inspection: str, agency: str, at: str, under: Sequence[Campaign]) -> dict[str, Any]:
        device, opened = self.devices[agency], instant(stop.at)
        return {
            "format": 1,
            "kind": "inspection",
            "id": self.cast.uuid(int(stop.at.timestamp() * 1000)),
            "inspection": inspection,
            "opened_at": opened,
            "device": device.id,
            "device_seq": self.sealed,
            "previous": None,
            "certificate": json.loads(str(device.certificate)),
            "app": _APP,
            "sealed_at": at,
            "clock": {"offset_ms": 0, "agreed_at": opened, "jumps": 0},
            "checklist": "cn-joint",
            "definitions": self.used,
            "entries": list(_entries(stop, inspection, str(device.id), agency, under)),
            "findings": list(stop.findings),
            "outcome": {"proposed": stop.outcome, "decided": stop.outcome, "reason": None},
            "papers": [{"kind": "record", "number": f"{device.prefix}-R{self.sealed:06d}", "digest": "0" * 64}],
            "photos": [],
            "site": stop.site,
        }


def _entries(
    stop: Stop, inspection: str, device: str, agency: str, under: Sequence[Campaign]
) -> Iterator[dict[str, Any]]:
    """Yield the entries of a check, written by the officers of both agencies in turn."""
    hands = [(f"{one}-901", one) for one in sorted(AGENCIES, key=lambda one: one != agency)]
    said = drives.notes(under, max(one["seq"] for one in stop.entries) + 1)
    for number, entry in enumerate((*stop.entries, *said)):
        officer, of = hands[number % 2]
        told = {"inspection": inspection, "device": device, "officer": officer, "agency": of, "at": instant(stop.at)}
        yield {**entry, **told, "id": f"{inspection}-{number + 1}"}


def make(office: Office, cast: Cast, at: datetime) -> Tablets:
    """Enrol the made-up tablets; they are revoked at once, because nobody holds them. Writes to the store."""
    key = new_signing_key()
    devices = {agency: _device(office, cast, key, agency, at) for agency in AGENCIES}
    held = [(name, packages.latest(name)) for name in ("definitions", "reference")]
    used = [{"name": name, "version": str(one.version), "digest": str(one.digest)} for name, one in held if one]
    return Tablets(office, cast, key, devices, used)


def officers(at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the registry rows of the officers who write on them."""
    for agency in AGENCIES:
        data = {"name": f"试用执法员{agency}", "card": f"SEED{agency}901", "agency": agency}
        yield {"kind": "officer", "key": f"{agency}-901", "data": data, "as_of": instant(at)}


def _device(office: Office, cast: Cast, key: SigningKey, agency: str, at: datetime) -> Device:
    id_, prefix = cast.uuid(int(at.timestamp() * 1000)), f"S{agency}01"
    told = {"device": id_, "public": key.public, "agency": agency, "prefix": prefix, "issued_at": instant(at)}
    return Device.create(
        id=id_,
        name=f"{_APP} {agency}",
        agency=agency,
        prefix=prefix,
        public_key=key.public,
        certificate=canonical(certificate(office.key, **told)).decode(),
        token_hash=digest(f"{id_}{key.public}".encode()),
        app=_APP,
        enrolled_at=instant(at),
        revoked_at=instant(at),
    )
