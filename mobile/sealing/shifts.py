"""The shifts of this tablet: begun with what stands at the post, closed by a sealed part with its signed counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from checklists.inspection import line
from checklists.inspection.entries import facts_tree
from checklists.inspection.post import CLAUSES, LAW, asked
from checklists.inspection.shift import MOST_PARTS, counts
from checklists.records.record import FORMAT, Sealed
from checklists.wire import instant, uuid7
from checklists.zone import LAW_ZONE
from mobile import APP
from mobile.link.enrolment import Enrolment
from mobile.link.office import Link, Office
from mobile.refusals import Refusal
from mobile.sealing.part import Device
from mobile.sealing.shift import Closed, Shift, Tally, Unfinished, draft
from mobile.store import line as lines
from mobile.store import store as stores
from mobile.store.base import transaction
from mobile.store.store import Store

MOST_CAMPAIGNS = 5
"""How many campaigns are offered again."""


def current(store: Store) -> Shift | None:
    """Return the open shift, or None."""
    return _shift(stores.setting(store, "shift"))


def before(store: Store) -> Shift | None:
    """Return the shift that was begun last, open or closed, from which the next one takes what did not change."""
    return _shift(stores.setting(store, "shift_before"))


def role_of(store: Store, officer: str) -> str:
    """Return what an officer does in the open shift, empty where nobody said so."""
    shift = current(store)
    return shift.roles.get(officer, "") if shift else ""


def first_screen(store: Store, officer: str) -> str:
    """Return where an officer goes who has no inspection in hand: to begin a shift, or where his role begins its work.

    Who guides begins at the line of waiting vehicles, who registers at the next vehicle's papers.
    """
    if current(store) is None:
        return "shift"
    return {"guide": "line", "register": "identify"}.get(role_of(store, officer), "queue")


def campaigns(store: Store) -> tuple[str, ...]:
    """Return the campaigns of late, the latest first."""
    return tuple(stores.setting(store, "campaigns", ()))


def begin(store: Store, shift: Shift) -> None:
    """Begin a shift in place of one that may be open; its site is the place that papers name."""
    known = [one for one in (shift.campaign, *campaigns(store)) if one]
    with transaction(store):
        if not shift.first_seq:
            shift = replace(shift, first_seq=stores.chain_head(store)[0] + 1)
        stores.keep_setting(store, "site", shift.site)
        stores.keep_setting(store, "campaigns", list(dict.fromkeys(known))[:MOST_CAMPAIGNS])
        stores.keep_setting(store, "shift_before", asdict(shift))
        stores.keep_setting(store, "shift", asdict(shift))


def colleague(store: Store, me: str) -> str:
    """Return the other officer of the open shift, whom signing proposes as the second; empty where there is none."""
    shift = current(store)
    return next((one for one in shift.officers if one != me), "") if shift else ""


def tally(store: Store, shift: Shift, known: dict[str, Mapping[str, Any]] | None = None) -> Tally:
    """Return what the shift amounts to: what was sealed since the last one closed, from the day on which it began.

    What was sealed that day before the shift was begun belongs to it; what was sealed since does by its place in the
    chain, because a clock may be set back. `known` keeps parts that were read, because a sealed part never changes.
    """
    known = {} if known is None else known
    last, day = closed(store), _day(shift.began_at)
    parts, states = [], {}
    for one in sorted(stores.deliveries(store), key=lambda one: one.device_seq):
        if last is not None and one.device_seq <= last.seq:
            continue
        if one.digest not in known:
            known[one.digest] = stores.sealed(store, one.digest).part
        part = known[one.digest]
        since = 0 < shift.first_seq <= one.device_seq
        if part.get("kind") != "shift" and (since or _day(str(part.get("sealed_at") or shift.began_at)) >= day):
            parts.append((one.digest, part))
            states[one.digest] = one.state
    parts = parts[-MOST_PARTS:]
    open_ = tuple(_unfinished(store, one) for one in stores.in_progress(store))
    told = counts(part for _digest, part in parts)
    device = str((stores.setting(store, "enrolment") or {}).get("device", ""))
    return Tally(tuple(parts), told, open_, stores.unsent(store), states, line.counts(lines.steps(store), device))


def close(
    store: Store,
    shift: Shift,
    device: Device,
    enrolment: Enrolment,
    signatures: Iterable[Mapping[str, str]],
    at: datetime,
) -> Sealed:
    """Seal the shift as the next part of the chain and end it, all or nothing.

    Raises Refusal `shift_closed`, `draft_changed` where something was sealed or opened since an officer signed, or
    `disk_full`.
    """
    given, part_id = tuple(dict(one) for one in signatures), uuid7()
    with transaction(store):
        if current(store) != shift:
            raise Refusal("shift_closed", shift.id)
        found = tally(store, shift)
        signed = draft(shift, found)
        if not given or any(one["digest"] != signed for one in given):
            raise Refusal("draft_changed", shift.id)

        def build(seq: int, previous: str | None) -> Mapping[str, Any]:
            first = min((int(part["device_seq"]) for _digest, part in found.parts), default=seq)
            chain = {"device_seq": seq, "previous": previous, "first_seq": first, "id": part_id}
            told = {**chain, "sealed_at": instant(at), "signatures": list(given)}
            return {**_body(shift, found, device, enrolment), **told}

        sealed = stores.seal_amendment(store, build, enrolment.key)
        end = Closed(sealed.digest, instant(at), int(sealed.part["device_seq"]))
        stores.keep_setting(store, "shift_last", asdict(end))
        stores.keep_setting(store, "shift", None)
        lines.clear(store)
        # The line is sealed and forgotten: what another tablet goes on with is its own.
        stores.drop_setting(store, lines.PAIRED)
    return sealed


def closed(store: Store) -> Closed | None:
    """Return the shift that was closed last on this tablet, or None."""
    held = stores.setting(store, "shift_last")
    return None if held is None else Closed(**held)


def ask(link: Link, digest_: str) -> dict[str, Any]:
    """Return how the office's counts stand beside those of a closed shift. Raises Refusal."""
    with Office(link) as office:
        told = office.ask_json("GET", f"/v1/records/{digest_}").get("shift")
    if not isinstance(told, dict) or not {"equal", "named", "held", "lacking", "differs"} <= told.keys():
        raise Refusal("answer_malformed", "/v1/records: no counts of the shift")
    return dict(told)


def keep_answer(store: Store, digest_: str, told: Mapping[str, Any]) -> None:
    """Keep what the office said, so that it can be seen off line too; an answer about an older shift is left aside."""
    held = closed(store)
    if held is not None and held.digest == digest_:
        stores.keep_setting(store, "shift_last", asdict(replace(held, told=dict(told))))


def _body(shift: Shift, found: Tally, device: Device, enrolment: Enrolment) -> dict[str, Any]:
    named = {str(one["id"]): one for one in enrolment.officers}
    known = [
        {
            "id": one,
            **{key: str(named.get(one, {}).get(key, "")) for key in ("name", "card", "agency")},
            **({"role": shift.roles[one]} if one in shift.roles else {}),
        }
        for one in shift.officers
    ]
    wanted = [one.id for one in asked(dark=shift.dark, expressway=shift.expressway)]
    return {
        "format": FORMAT,
        "kind": "shift",
        "inspection": shift.id,
        "opened_at": shift.began_at,
        "site": shift.site,
        "campaign": shift.campaign,
        "device": enrolment.device,
        "certificate": dict(device.certificate),
        "app": APP,
        "clock": dict(device.clock),
        "officers": known,
        "setup": {
            "law": LAW,
            "clauses": CLAUSES,
            "dark": shift.dark,
            "expressway": shift.expressway,
            "seen": [one for one in wanted if one in shift.ticked],
            "not_confirmed": [one for one in wanted if one not in shift.ticked],
        },
        "parts": [one for one, _part in found.parts],
        "counts": dict(found.counts),
        "open": [asdict(one) for one in found.open],
        "unsent": {"records": found.unsent[0], "photos": found.unsent[1]},
        **({"line": dict(found.line)} if found.line else {}),
    }


def _unfinished(store: Store, opened: stores.Opened) -> Unfinished:
    vehicle = facts_tree(stores.entries(store, opened.id)).get("vehicle") or {}
    return Unfinished(opened.id, opened.opened_at, str(vehicle.get("plate") or ""), opened.lead)


def _shift(held: Mapping[str, Any] | None) -> Shift | None:
    if held is None:
        return None
    return Shift(**{**held, "officers": tuple(held["officers"]), "ticked": tuple(held["ticked"])})


def _day(at: str) -> Any:
    return datetime.fromisoformat(at).astimezone(LAW_ZONE).date()
