"""Devices and the codes that enrol them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from peewee import fn

from checklists.crypto import SigningKey
from checklists.records import hub
from checklists.records.origin import certified
from checklists.records.record import certificate
from checklists.wire import canonical, uuid7
from server import accounts, clock
from server.parts import Head
from server.refusals import Refused
from server.store import audit, bulk, feed, hub_devices, meta
from server.store.administration_models import DevicePackage
from server.store.feed import Told
from server.store.models import Device, EnrolmentCode, Record

MOST_AHEAD = 10_000
"""How many parts a tablet may have sealed that the office has not; a hundred days of a hundred checks. Ours."""
SKIPPED = 100
"""How many codes may have been made between a backup and the day it was brought back. Ours."""
_OFFICE, _NO_TOKEN = "office", "none "
MOST_HOURS = 24 * 366
"""So long a code can be used at the most. Ours."""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: codes are read aloud and typed


def hash_of(secret: str) -> str:
    """Return what is kept of a token or code: nobody who reads the table can use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


TABLET, HUB = "tablet", hub.KIND
"""The kinds of devices."""

_LABELS = {TABLET: "T", HUB: "H"}


def new_code(agency: str, hours: int, by: str = "office") -> str:
    """Make a one-time code (about 59 bits) for a device of an agency and return it; only its hash is kept.

    Raises ValueError where no code can be used for so many hours.
    """
    return _new_code(by, hours, agency=agency)


def new_hub_code(agency: str, area: str, *, hours: int, days: int, by: str = "office") -> str:
    """Make a code for a hub that sees an agency and a division, empty for all, and is let in for so many days.

    Raises ValueError where the division is none, or no code can be used for so many hours.
    """
    if fault := accounts.division_fault(area):
        raise ValueError(fault)
    return _new_code(by, hours, agency=agency, kind=HUB, area=accounts.division(area), days=days)


def _new_code(by: str, hours: int, **held: Any) -> str:
    if not 0 < hours <= MOST_HOURS:
        raise ValueError(f"a code can be used for 1 to {MOST_HOURS} hours, not {hours}")
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    code = "-".join((letters[:4], letters[4:8], letters[8:]))
    until = clock.later(hours=hours)
    made = EnrolmentCode.create(code_hash=hash_of(letters), made_at=clock.now(), expires_at=until, **held)
    told = {**held, "until": until, "label": label_of(int(made.id), str(made.kind))}
    audit.note(who=by, action="device.code", subject=f"device:{told['label']}", detail=told)
    return code


def label_of(code: int, kind: str = TABLET) -> str:
    """Return the label of the device that a code enrols: a tablet's stands on its papers."""
    return f"{_LABELS[kind]}{code:04d}"


def check_code(code: str) -> None:
    """Raise Refused code_invalid for a code that was never made, in a reading query: wrong codes cost no writing."""
    if not EnrolmentCode.select().where(EnrolmentCode.code_hash == hash_of(_letters(code))).exists():
        raise Refused("code_invalid")


def enrol(
    key: SigningKey, *, code: str, name: str, public_key: str, app: str, token: str, kind: str = TABLET
) -> Device:
    """Enrol a device and return it. The same code with the same key is a repeat: same device, new token.

    Raises Refused code_invalid, code_used, code_expired.
    """
    held = EnrolmentCode.get_or_none(EnrolmentCode.code_hash == hash_of(_letters(code)))
    if held is None:
        raise Refused("code_invalid")
    if held.kind != kind:
        raise Refused("code_invalid", f"made for a {held.kind}")
    if held.expires_at < clock.now():
        raise Refused("code_expired")
    if held.used_at is not None:
        return _again(str(held.device), public_key, token)
    device = _new_device(key, held, name=name, public_key=public_key, app=app, token=token)
    taken = EnrolmentCode.update(used_at=clock.now(), device=device.id).where(
        EnrolmentCode.id == held.id, EnrolmentCode.used_at.is_null()
    )
    if taken.execute() == 0:
        raise Refused("code_used")
    _changed()
    return device


def skip_labels(why: str) -> None:
    """Leave out the labels that may have been given after a backup: two tablets of one label would number alike."""
    at = clock.now()
    spent = {"agency": "", "made_at": at, "expires_at": at, "used_at": at}
    rows = [{**spent, "code_hash": hash_of(secrets.token_hex(16))} for _number in range(SKIPPED)]
    EnrolmentCode.insert_many(rows).execute()
    audit.note(who=_OFFICE, action="device.labels_skipped", subject=why, detail={"labels": SKIPPED})


def come_back(paper: Mapping[str, Any], token: str = "") -> Device | None:
    """Return the device of a certificate, which is written down again where an office of a backup lacks it.

    What proves it is this office's own signature; without a `token` nobody is let in as that device before it brings
    its own. None where the certificate is not of this office, or names a device with another key. Raises Refused
    token_invalid, device_revoked where a token is brought that the device does not have.
    """
    made = of_certificate(paper)
    if made is None:
        return None
    device = by_id(str(made.id)) or _written_again(made, token)
    if str(device.public_key) != paper["key"]:
        return None
    if token and device.token_hash != hash_of(token):
        _bind(device, token)
    return device


def of_certificate(paper: Mapping[str, Any]) -> Device | None:
    """Return the device that a certificate of this office names, as it is there; it is not written down."""
    names = ("device", "key", "agency", "prefix", "issued_at", "server_key")
    shaped = isinstance(paper, Mapping) and all(isinstance(paper.get(name), str) for name in names)
    if not shaped or not certified(paper, meta.office_key()):
        return None
    return Device(
        id=paper["device"],
        name=paper["prefix"],
        agency=paper["agency"],
        prefix=paper["prefix"],
        public_key=paper["key"],
        certificate=canonical(dict(paper)).decode(),
        token_hash=f"{_NO_TOKEN}{paper['device']}",
        app="",
        enrolled_at=paper["issued_at"],
    )


def _written_again(made: Device, token: str) -> Device:
    if Device.select().where(Device.prefix == made.prefix).exists():
        made.prefix = f"{made.prefix}-{str(made.id)[-4:]}"
    if token:
        made.token_hash = hash_of(token)
    made.save(force_insert=True)
    told = {"device": str(made.id), "agency": str(made.agency)}
    audit.note(who=_OFFICE, action="device.come_back", subject=f"device:{made.prefix}", detail=told)
    _changed()
    return made


def all_come_back(papers: Mapping[str, Mapping[str, Any]]) -> None:
    """Write down again the devices, by id with their certificates, that an office of a backup lacks."""
    here = {id_ for (id_,) in bulk.among(Device, ("id",), "id", list(papers))}
    for id_ in papers.keys() - here:
        come_back(papers[id_])


def _bind(device: Device, token: str) -> None:
    """Let a device that came back without a token in by the one that it brings."""
    if device.revoked_at is not None:
        raise Refused("device_revoked", "", hub_devices.proof_of(str(device.id)))
    if not str(device.token_hash).startswith(_NO_TOKEN):
        raise Refused("token_invalid")
    Device.update(token_hash=hash_of(token)).where(Device.id == device.id).execute()
    _changed()


def _letters(code: str) -> str:
    return "".join(one for one in code.upper() if one.isalnum())


def _again(device_id: str, public_key: str, token: str) -> Device:
    device = Device.get_or_none(Device.id == device_id, Device.public_key == public_key, Device.revoked_at.is_null())
    if device is None:
        raise Refused("code_used")
    device.token_hash = hash_of(token)
    device.save()
    _changed()
    return device


def _changed() -> None:
    """Let every process read devices anew that it has read already."""
    meta.number(feed.DEVICES)
    feed.stir()


def _new_device(key: SigningKey, code: EnrolmentCode, *, name: str, public_key: str, app: str, token: str) -> Device:
    device_id, at, prefix = uuid7(), clock.now(), label_of(int(code.id), str(code.kind))
    if code.kind == HUB:
        told = {"agency": str(code.agency), "area": str(code.area), "until": clock.later(days=int(code.days))}
        paper = hub.certificate(key, hub=device_id, public=public_key, label=prefix, issued_at=at, **told)
        more = {"kind": HUB, "area": code.area, "until": told["until"]}
    else:
        paper = certificate(key, device=device_id, public=public_key, agency=code.agency, prefix=prefix, issued_at=at)
        more = {}
    return Device.create(
        id=device_id,
        name=name,
        agency=code.agency,
        prefix=prefix,
        public_key=public_key,
        certificate=canonical(paper).decode(),
        token_hash=hash_of(token),
        app=app,
        enrolled_at=at,
        **more,
    )


def by_token(token: str) -> Device:
    """Return the device that a token belongs to. Raises Refused token_invalid, device_revoked."""
    device: Device | None = bulk.first(Device, _with_token, hash_of(token))
    if device is None:
        raise Refused("token_invalid")
    if device.revoked_at is not None:
        raise Refused("device_revoked", "", hub_devices.proof_of(str(device.id)))
    return device


def by_id(device_id: str) -> Device | None:
    """Return a device, also one that was revoked, or None."""
    return Device.get_or_none(Device.id == device_id)


def revoke(named: str, by: str = "office", why: str = "") -> Device:
    """Revoke a device, named by its id or its label (`T0002`), and return it: its token is refused from now on.

    Revoking again changes nothing. Raises ValueError where no device has that name.
    """
    device = _named(named)
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        device.save()
        _changed()
        told = {"revoked_at": [None, device.revoked_at], "why": why.strip()[:500]}
        audit.note(who=by, action="device.revoke", subject=f"device:{device.prefix}", detail=told)
        tell_revoked()
    return device


def tell_revoked() -> None:
    """Tell tablets of every device that is revoked: none pairs with it, and no paper of it holds any more."""
    rows = Device.select(Device.id, Device.prefix, Device.revoked_at).where(Device.revoked_at.is_null(False))
    told = [(one, canonical({"label": one.prefix}).decode()) for one in rows.order_by(Device.id)]
    feed.tell("revoked", [Told(str(one.id), data, str(one.revoked_at)) for one, data in told])


def place(named: str, area: str, by: str = "office") -> Device:
    """Say in which division a tablet works, empty for everywhere, and return it: its feed begins anew.

    Raises ValueError where no device has that name, or the division is none.
    """
    if fault := accounts.division_fault(area):
        raise ValueError(fault)
    device, held = _named(named), accounts.division(area)
    if device.kind == HUB:
        raise ValueError("what a hub sees stands in its certificate: revoke it, and let it join again with a new code")
    if device.area != held:
        audit.note(
            who=by, action="device.area", subject=f"device:{device.prefix}", detail={"area": [device.area, held]}
        )
        device.area = held
        device.save()
        _changed()
    return device


def _named(named: str) -> Device:
    device: Device | None = Device.get_or_none((Device.id == named) | (Device.prefix == named.upper()))
    if device is None:
        raise ValueError(f"no device {named!r}; `devices` lists them by label and id")
    return device


def saw(heard: Iterable[tuple[str, Head | None]]) -> None:
    """Note that devices were heard of, and the end of a chain where it is further than before.

    A head far beyond all that is here is not believed: nobody seals so much between two deliveries, and one absurd
    number would make every later gap invisible.
    """
    at, told = clock.now(), sorted(heard, key=lambda one: one[0])
    bulk.each(_seeing, [(at, device) for device in dict.fromkeys(device for device, _head in told)])
    heads = [(head, head.seq - MOST_AHEAD, device) for device, head in told if head is not None]
    bulk.each(_heading, [(head.seq, head.digest, device, head.seq, near, near) for head, near, device in heads])


def _with_token() -> Any:
    return Device.select().where(Device.token_hash == "")


def _seeing() -> Any:
    return Device.update(seen_at="").where(Device.id == "")


def _heading() -> Any:
    here = Record.select(Record.id).where(Record.device == Device.id, Record.device_seq >= 0)
    near = (Device.head_seq >= 0) | fn.EXISTS(here)
    return Device.update(head_seq=0, head_digest="").where(Device.id == "", Device.head_seq < 0, near)


def missing(device: Device) -> int:
    """Return how many parts of the device's chain, up to the head that it named, are not here."""
    here = (
        Record.select(Record.device_seq)
        .where(Record.device == device.id, Record.device_seq <= device.head_seq)
        .distinct()
        .count()
    )
    return int(device.head_seq) - int(here)


def took(device_id: str, name: str, version: str) -> None:
    """Note which version of a package a device took."""
    row = {"device": device_id, "name": name, "version": version, "at": clock.now()}
    kept = [DevicePackage.version, DevicePackage.at]
    DevicePackage.insert(row).on_conflict(
        conflict_target=[DevicePackage.device, DevicePackage.name], preserve=kept
    ).execute()


def packages_of() -> dict[str, dict[str, str]]:
    """Return for each device the versions that it took last, by the package's name."""
    held: dict[str, dict[str, str]] = {}
    for one in DevicePackage.select():
        held.setdefault(str(one.device), {})[str(one.name)] = str(one.version)
    return held


def codes() -> list[EnrolmentCode]:
    """Return the codes that can still enrol a tablet, the latest first."""
    query = EnrolmentCode.select().where(EnrolmentCode.used_at.is_null(), EnrolmentCode.expires_at >= clock.now())
    return list(query.order_by(EnrolmentCode.id.desc()))


def listing() -> list[Device]:
    """Return every device, the latest first."""
    return list(Device.select().order_by(Device.enrolled_at.desc()))
