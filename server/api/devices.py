"""Enrolment: a one-time code becomes a device with a certificate and a token."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
from falcon import HTTP_201
from falcon.asgi import Request, Response

from checklists.records.record import return_holds
from server import clock
from server.api import reading
from server.envelope import sender
from server.limits import Places, Window
from server.office import Office
from server.refusals import Refused
from server.store import devices, officer_codes
from server.store.models import Device

_WRONG_CODES = 10
_BEARER = {"WWW-Authenticate": "Bearer"}

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\ud800-\udfff]*$")]

Key = Annotated[str, msgspec.Meta(max_length=44, pattern="^[0-9A-Za-z+/]{43}=$", description="Ed25519, in base64")]


class Enrolment(msgspec.Struct):
    """What a tablet sends to become a device of the office."""

    code: Text
    name: Text
    public_key: Key
    app: Text
    kind: Literal["tablet", "hub"] = "tablet"


class Returning(msgspec.Struct):
    """What a device sends to an office that was brought back from a backup and does not know its token."""

    certificate: dict[str, Any]
    signature: Annotated[str, msgspec.Meta(max_length=100)]


class DevicesResource:
    """`POST /v1/devices`."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._wrong = Window(_WRONG_CODES, "too_many_attempts")
        self._places = Places(office.config.strangers_at_once, office.config.strangers_per_address)

    async def on_post(self, req: Request, resp: Response) -> None:
        """Enrol; a hub enrols nobody.

        Wrong codes are counted by address, so that codes cannot be tried out: after ten in a minute that address waits.
        A code of 59 bits is not guessed in any case, so a right one passes, whoever else sits behind its address.
        """
        if self._office.hub is not None:
            raise Refused("parent_only")
        with self._places.one(sender(req)):
            content = await reading.body(req, self._office.config.stall_seconds, 16 * 1024)
        asked: Enrolment = reading.decode(content, Enrolment)
        try:
            resp.media = await enrol(self._office, asked)
        except Refused as refused:
            if refused.code.startswith("code_"):
                self._wrong.count(sender(req))
            raise
        resp.status = HTTP_201


class ReturnsResource:
    """`POST /v1/devices/return`."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._places = Places(office.config.strangers_at_once, office.config.strangers_per_address)

    async def on_post(self, req: Request, resp: Response) -> None:
        """Let a device in by its token that this office certified and lacks: it was brought back from a backup.

        The certificate and the device's own signature prove it. Raises Refused token_invalid, device_revoked.
        """
        if self._office.hub is not None:
            raise Refused("parent_only")
        if self._office.config.days_ahead:
            raise Refused("clock_moved")
        token, office = reading.bearer(req.auth or ""), self._office
        if not token:
            raise Refused("token_invalid", "no bearer token", _BEARER)
        with self._places.one(sender(req)):
            content = await reading.body(req, office.config.stall_seconds, 16 * 1024)
        asked: Returning = reading.decode(content, Returning)
        made = await office.store.read(devices.of_certificate, asked.certificate)
        named = {} if made is None else {"device": str(made.id), "token": token}
        if made is None or not return_holds(str(made.public_key), asked.signature, **named):
            raise Refused("token_invalid", "", _BEARER)
        if await office.store.write(lambda: devices.come_back(asked.certificate, token)) is None:
            raise Refused("token_invalid", "", _BEARER)
        resp.media = {"at": clock.now()}


async def enrol(office: Office, asked: Enrolment) -> dict[str, Any]:
    """Enrol a device and return all that it needs from the office."""
    _check_key(asked.public_key)
    await office.store.read(devices.check_code, asked.code)
    token = secrets.token_urlsafe(32)

    def job() -> Device:
        told = {"code": asked.code, "name": asked.name, "public_key": asked.public_key, "app": asked.app}
        return devices.enrol(office.key, **told, token=token, kind=asked.kind)

    device = await office.store.write(job)
    every = office.config.first_pin_codes
    known = [] if asked.kind == devices.HUB else await office.store.read(partial(officer_codes.officers, every=every))
    return {
        "device": device.id,
        "certificate": json.loads(device.certificate),
        "token": token,
        "server_key": office.key.public,
        "sealing": office.sealing,
        "office": office.config.office,
        "officers": known,
        "at": clock.now(),
    }


def _check_key(public_key: str) -> None:
    try:
        raw = base64.b64decode(public_key, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Refused("malformed", "public_key is not base64") from fault
    if len(raw) != 32:
        raise Refused("malformed", "public_key is no Ed25519 key")
