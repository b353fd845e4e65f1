"""How this machine becomes a hub: a one-time code of the parent becomes a token and a certificate over our key."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checklists.crypto import verify_mapping
from checklists.records import hub
from checklists.wire import canonical
from server.folders import tighten
from server.hub.parent import Parent, ParentRefused
from server.office import Office
from server.store import hub_feed, hub_identity
from server.store.hub_identity import Joined

CA_NAME = "parent-ca.pem"


def join(office: Office, url: str, code: str, *, name: str, ca: Path | None, app: str) -> Joined:
    """Join a parent and return what makes this office a hub.

    Raises ValueError where this is an office with records of its own, or a hub of somebody else; ParentRefused.
    """
    before = office.hub
    if office.config.database:
        raise ValueError("a hub keeps its own SQLite file: leave `database` out")
    if before is None and not office.store.read_now(hub_identity.is_fresh):
        raise ValueError(f"{office.config.data} is an office of its own: name an empty folder as data_dir")
    ca_file = _keep_ca(office, ca) if ca is not None else ""
    parent = Parent(url.rstrip("/"), "", ca_file)
    try:
        asked = {"code": code, "name": name, "public_key": office.key.public, "app": app, "kind": hub.KIND}
        told = parent.ask("POST", "/v1/devices", canonical(asked), {"Content-Type": "application/json"}).json()
    finally:
        parent.close()
    made = _joined(url.rstrip("/"), ca_file, told, office.key.public)
    if before is not None and before.server_key != made.server_key:
        raise ValueError("this is a hub of another office: name an empty folder as data_dir")

    def job() -> None:
        hub_identity.join(made)
        if before is None:  # nothing of the feed is its own
            hub_feed.begin_anew()

    office.store.write_now(job)
    return made


def _keep_ca(office: Office, ca: Path) -> str:
    kept = office.config.data.absolute() / CA_NAME
    if ca.absolute() != kept:
        shutil.copyfile(ca, kept)
        tighten(kept)
    return str(kept)


def _joined(url: str, ca_file: str, told: Mapping[str, Any], public: str) -> Joined:
    """Return what the parent answered, proven. Raises ParentRefused."""
    try:
        paper, sealing = dict(told["certificate"]), dict(told["sealing"])
        made = Joined(
            parent=url,
            hub=str(told["device"]),
            label=str(paper["label"]),
            office=str(told["office"]),
            server_key=str(told["server_key"]),
            certificate=paper,
            sealing=sealing,
            token=str(told["token"]),
            ca_file=ca_file,
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise ParentRefused("answer_malformed", "/v1/devices") from problem
    ours = (paper.get("hub"), paper.get("hub_key")) == (made.hub, public)
    trusted = sealing.get("server_key") == made.server_key and verify_mapping(made.server_key, sealing)
    if not (ours and trusted and hub.certified(paper, made.server_key)):
        raise ParentRefused("certificate_invalid", url)
    return made
