"""A letter written from the store, and one taken into it. Any order, any number of times: the union is the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from checklists.crypto import SigningKey
from checklists.inspection.entries import Entry
from checklists.wire import instant
from mobile.pairing import bundle, letter
from mobile.pairing.session import Peer, Session, admit, boxed
from mobile.pairing.sessions import change, load
from mobile.refusals import Refusal
from mobile.sealing import seal
from mobile.store import store as stores
from mobile.store.store import Store


@dataclass(frozen=True)
class Me:
    """This tablet in an inspection: who it is, who works with it, whom the office named, and what its part will say.

    `officers` are id to agency; `facts` are site, checklist and the definitions used.
    """

    inspection: str
    device: str
    certificate: Mapping[str, Any]
    key: SigningKey = field(repr=False)
    server_key: str
    officer: Mapping[str, Any]
    officers: Mapping[str, str]
    facts: Mapping[str, Any]
    first_lead: str


@dataclass(frozen=True)
class Taken:
    """What came of a letter: who wrote it, how many entries were new here, and how many came after our seal.

    `nonce` is what the answer must repeat.
    """

    peer: Peer
    added: int = 0
    late: int = 0
    nonce: str = ""


def revoked(store: Store, device: str) -> bool:
    """Whether the office's registry on this tablet says that a device counts no more."""
    return stores.lookup(store, "revoked", device) is not None


def write(
    store: Store, me: Me, peer: Peer, role: str, *, echo: str = "", nonce: str = "", whole: bool = False
) -> bytes:
    """Return our letter to a peer, packed; `whole` brings everything, whatever he said that he holds."""
    session = change(store, me.inspection, boxed)
    entries = stores.entries(store, me.inspection)
    ours = bundle.state(entries, me.inspection, me.certificate, me.key)
    others = [said for device, said in session.statements.items() if device not in (peer.device, me.device)]
    brought = [one for one in (ours, *others) if whole or peer.holds.get(one["device"], 0) < int(one["count"])]
    said = {
        "inspection": me.inspection,
        "device": me.device,
        "certificate": dict(me.certificate),
        "officer": dict(me.officer),
        "facts": dict(me.facts),
        "sealed": seal.papers(store, me.inspection)[0],
        "holds": {one: _count(entries, one) for one in {entry.device for entry in entries}},
        "has_seal": peer.sealed,
        "nonce": nonce,
        "echo": echo,
        "bundles": [bundle.bundle(one, entries) for one in brought],
        "box": session.key.public if session.key else "",
    }
    return letter.pack(said, me.key, peer.secret, role, reader=peer.box)


def read(store: Store, me: Me, raw: bytes, role: str, now: datetime | None, *, echo: str | None = None) -> Taken:
    """Take a packed letter in and return what came of it; `role` is its writer's, `now` as for `admit`.

    Nothing of a letter is kept unless all of it holds. Raises the refusals of letter, bundle and session, `pair_closed`
    where the pairing was left, and `entry_differs`.
    """
    session = load(store, me.inspection)
    if session is None or not session.open:
        raise Refusal("pair_closed")
    secret = session.secret_of(raw)
    told = letter.unpack(raw, secret, role, me.server_key, lambda device: revoked(store, device), box=session.key)
    if told.get("inspection") != me.inspection:
        raise Refusal("pair_other_inspection")
    if told["device"] == me.device:
        raise Refusal("pair_self")
    if echo is not None and told.get("echo") != echo:
        raise Refusal("pair_forged", "an answer to another question")
    check_writer(me, told)
    # Who is not let in must not leave anything either.
    admit(session, secret, told["device"], now)
    given = _bundles(store, me, told)
    added, late = _put(store, me, given)
    after = change(store, me.inspection, lambda held: noted(held, told, secret, given, late, now))
    peer = after.peer(str(told["device"]))
    assert peer is not None, "a letter's writer is noted"  # noqa: S101 - a bug, not a refusal
    return Taken(peer, added, late, str(told.get("nonce", "")))


def check_writer(me: Me, told: Mapping[str, Any]) -> None:
    """Raise Refusal `pair_same_officer` or `pair_claims` where the writer cannot be who he says he is."""
    officer = told.get("officer")
    if not isinstance(officer, Mapping):
        raise Refusal("pair_malformed", "officer")
    if officer.get("id") == me.officer.get("id"):
        raise Refusal("pair_same_officer")
    home = str(told["certificate"].get("agency", ""))
    if officer.get("agency") != me.officers.get(str(officer.get("id")), home):
        raise Refusal("pair_claims", str(officer.get("id")))


def _bundles(store: Store, me: Me, told: Mapping[str, Any]) -> list[bundle.Bundle]:
    """Return the bundles of a letter that are not ours, each held against what it may claim."""
    plain = told.get("bundles")
    if not isinstance(plain, list) or len(plain) > 8:
        raise Refusal("pair_malformed", "bundles")
    given = [bundle.read(one, me.inspection, me.server_key, lambda device: revoked(store, device)) for one in plain]
    others = [one for one in given if one.device != me.device]
    held = stores.entries(store, me.inspection)
    homes = {one.device: str(one.statement["certificate"].get("agency", "")) for one in given}
    homes[me.device] = str(me.certificate.get("agency", ""))
    for one in others:
        bundle.check_claims(
            one, held, first_lead=me.first_lead, officers=me.officers, me=str(me.officer.get("id", "")), homes=homes
        )
    return others


def _put(store: Store, me: Me, given: Iterable[bundle.Bundle]) -> tuple[int, int]:
    """Keep new entries; after our seal nothing is added any more, and what came late is counted."""
    entries = [entry for one in given for entry in one.entries]
    if stores.inspection_state(store, me.inspection) == "in_progress":
        return stores.take_in(store, *entries), 0
    held = {one.id: one for one in stores.entries(store, me.inspection)}
    if any(held.get(one.id, one) != one for one in entries):
        raise Refusal("entry_differs")
    return 0, sum(one.id not in held for one in entries)


def noted(
    session: Session,
    told: Mapping[str, Any],
    secret: str,
    given: Iterable[bundle.Bundle],
    late: int,
    now: datetime | None,
) -> Session:
    """Return the session after a letter: the writer let in, and everything that he said of himself."""
    device = str(told["device"])
    session = admit(session, secret, device, now)
    peer = session.peer(device)
    assert peer is not None, "who is let in is a peer"  # noqa: S101 - a bug, not a refusal
    statements = {**session.statements}
    for one in given:
        if int(statements.get(one.device, {}).get("count", -1)) < int(one.statement["count"]):
            statements[one.device] = one.statement
    holds, facts = told.get("holds"), told.get("facts")
    changed = replace(
        peer,
        certificate=told["certificate"],
        officer=told["officer"],
        facts=facts if isinstance(facts, Mapping) else {},
        sealed=str(told.get("sealed") or peer.sealed),
        entries=int(statements.get(device, {}).get("count", peer.entries)),
        holds={str(one): count for one, count in holds.items() if isinstance(count, int)}
        if isinstance(holds, Mapping)
        else {},
        late=max(late, peer.late),
        told=peer.told or bool(told.get("has_seal")),
        box=str(told.get("box") or peer.box),
        heard_at=instant(now) if now is not None else peer.heard_at,
    )
    # The time alone is not worth a write of the disk every few seconds.
    if replace(changed, heard_at=peer.heard_at) == peer and statements == session.statements:
        return session
    return replace(session.knowing(changed), statements=statements)


def _count(entries: Iterable[Entry], device: str) -> int:
    return sum(one.device == device for one in entries)
