"""Enrolment: a one-time code becomes this device's certificate and token, and the office's key is pinned."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from checklists.crypto import SigningKey, new_signing_key, verify_mapping
from checklists.records import export_file
from checklists.records.record import sign_return
from checklists.wire import canonical
from mobile.link.office import Link, Office
from mobile.link.retries import LOST
from mobile.lock.trustee import Entrusted
from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from mobile.store.store import Store, keep_setting, of_kind, setting


@dataclass(frozen=True)
class Enrolment:
    """What makes this tablet a device of one office.

    `officers` are plain: id, name, card, agency; who is `left` does not serve any more, and stays named on papers.

    `sealing_key` is the office's for what only it may open; after `pin_tries` wrong PINs in a row (0: never) the tablet
    wipes itself.
    """

    url: str
    device: str
    certificate: dict[str, Any]
    token: str = field(repr=False)
    server_key: str
    office: str
    officers: tuple[dict[str, Any], ...]
    key: SigningKey = field(repr=False)
    ca_file: str = ""
    sealing_key: str = ""
    pin_tries: int = 0

    @property
    def serving(self) -> tuple[dict[str, Any], ...]:
        """The officers who work with this tablet."""
        return tuple(one for one in self.officers if not one.get("left"))

    @property
    def link(self) -> Link:
        """How the office is reached."""
        return Link(self.url, self.token, self.ca_file)


def enrol(url: str, code: str, name: str, *, app: str, ca_file: str = "", key: SigningKey | None = None) -> Enrolment:
    """Return the enrolment for a one-time code; nothing is kept yet, see `keep`.

    Who asks again because the answer was lost gives the `key` of before: with another one the code is used.
    Raises Refusal with the office's code (`code_used`, ...), the link's, or `certificate_invalid` where what came back
    is not signed by the key that came with it, or is for another key than ours.
    """
    key = key or new_signing_key()
    asked = {"code": code.strip(), "name": name, "public_key": key.public, "app": app}
    with Office(Link(url, "", ca_file)) as office:
        told = office.ask_json("POST", "/v1/devices", body=canonical(asked))
    try:
        made = Enrolment(
            url=url,
            device=str(told["device"]),
            certificate=dict(told["certificate"]),
            token=str(told["token"]),
            server_key=str(told["server_key"]),
            office=str(told["office"]),
            officers=tuple(dict(one) for one in told["officers"]),
            key=key,
            ca_file=ca_file,
            **_sealing(told),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise Refusal("answer_malformed", f"/v1/devices: {problem}") from problem
    _check(made)
    return made


def come_back(made: Enrolment, office: Office) -> bool:
    """Show an office that does not know this tablet that it certified it; whether it lets it in again.

    It was brought back from a backup of before. An older office has no such address.
    """
    signature = sign_return(made.key, device=made.device, token=made.token)
    body = canonical({"certificate": made.certificate, "signature": signature})
    try:
        office.ask_json("POST", "/v1/devices/return", body=body)
    except Refusal as refusal:
        if refusal.code in LOST:
            raise
        return False
    return True


def trustee(made: Enrolment, vault: Vault) -> Entrusted | None:
    """Return the office to which the vault's key is entrusted, or None where it named no key for that."""
    if not made.sealing_key:
        return None
    wrapped = export_file.wrap(made.sealing_key, vault.key, made.device)
    prefix = str(made.certificate.get("prefix") or "")
    return Entrusted(made.office, made.device, prefix, made.server_key, made.sealing_key, wrapped, tries=made.pin_tries)


def keep(store: Store, made: Enrolment) -> None:
    """Keep the enrolment in the store, encrypted."""
    plain = {name: value for name, value in vars(made).items() if name not in ("key", "officers")}
    secret = base64.b64encode(made.key.secret).decode()
    keep_setting(store, "enrolment", {**plain, "officers": list(made.officers), "key": secret})


def enrolment(store: Store) -> Enrolment | None:
    """Return the enrolment that was kept, or None before the first."""
    held = setting(store, "enrolment")
    if held is None:
        return None
    key = SigningKey(base64.b64decode(held["key"]))
    return Enrolment(**{**held, "officers": tuple(held["officers"]), "key": key})


def renew_officers(store: Store) -> None:
    """Take over the officers whom the feed names; where it names none, everybody stays.

    Whom it does not name any more has left.
    """
    held, rows = setting(store, "enrolment"), of_kind(store, "officer")
    if held is None or not rows:
        return
    serving = {str(row["key"]): {**row["data"], "id": str(row["key"])} for row in rows}
    gone = [{**one, "left": True} for one in held["officers"] if one["id"] not in serving]
    officers = [*(serving[key] for key in sorted(serving)), *gone]
    if officers != held["officers"]:
        keep_setting(store, "enrolment", {**held, "officers": officers})


def _sealing(told: dict[str, Any]) -> dict[str, Any]:
    """Return the office's key for what only it may open; an older office names none."""
    named = told.get("sealing")
    if named is None:
        return {}
    if named.get("server_key") != told["server_key"] or not verify_mapping(told["server_key"], named):
        raise Refusal("certificate_invalid", "the sealing key is not signed by the office")
    return {"sealing_key": str(named["sealing_key"]), "pin_tries": int(named["pin_tries"])}


def _check(made: Enrolment) -> None:
    named = made.certificate
    ours = (named.get("device"), named.get("key")) == (made.device, made.key.public)
    if not ours or named.get("server_key") != made.server_key or not verify_mapping(made.server_key, named):
        raise Refusal("certificate_invalid", made.url)
