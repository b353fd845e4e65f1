"""Stop orders, one row each: two on one trailer both hold, and lifting one lifts one.

Tablets read them as the registry row `orders` of the number that they stand against; it is written anew with every act,
so that a second order never wipes out the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from checklists.facts.identifiers.keys import number_key
from checklists.facts.registry import key_fault
from checklists.inspection.stop_order import GIVEN, NUMBERS, ON, fits
from checklists.wire import canonical
from server import clock
from server.cases.casefile import Actor
from server.cases.ends import day_in, day_text
from server.importing.comparing import order_key
from server.rights import may
from server.store import audit, bulk, counted, feed, registry
from server.store.counted import Counted
from server.store.feed import Told
from server.store.office_models import StopOrder
from server.store.rows import finds

ISSUERS = may("orders")


class StopOrderError(ValueError):
    """An order that cannot be given or lifted; the message says why, `codes` as `checklists.inspection.stop_order`."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        held = list(faults)
        super().__init__("; ".join(words for _code, words in held))
        self.codes = tuple(dict.fromkeys(code for code, _words in held))


def faults(told: Mapping[str, str], bases: Collection[str]) -> list[str]:
    """Return what is wrong with an order before it is given, by code: missing, number, until, basis.

    `bases` are the clauses that may stand under it. Who gives it, and whether that number was given before, `issue`
    looks at.
    """
    on, key = told["on"], told["key"]
    wrong = {
        "missing": not all(told[one].strip() for one in ("number", "authority", "key", "text")) or on not in ON,
        "number": on in ON and bool(key) and (key_fault(NUMBERS[on], key) is not None or not fits(on, key)),
        "until": bool(told["until"]) and not _is_to_come(told["until"]),
        "basis": bool(told["basis"]) and told["basis"] not in bases,
    }
    return [code for code, holds in wrong.items() if holds]


def issue(
    actor: Actor,
    *,
    number: str,
    authority: str,
    on: str,
    key: str,
    text: str,
    since: str = "",
    kind: str = "stop",
    until: str = "",
    basis: str = "",
) -> StopOrder:
    """Give a stop order and return it. Raises StopOrderError with all that is wrong.

    `until` is the last day on which it stands, empty: until it is lifted. `basis` is a clause in words that the caller
    knows to be verified, empty where none is.
    """
    told = {"number": number, "authority": authority, "key": key, "text": text}
    wrong = [("missing", f"{name} is missing") for name, value in told.items() if not value.strip()]
    wrong += [] if on in ON else [("missing", f"on {on!r} is none of {', '.join(ON)}")]
    wrong += [] if not until or _is_to_come(until) else [("until", f"until {until!r} is no day that is to come")]
    wrong += [] if actor.role in ISSUERS else [("role", f"the role {actor.role} gives no stop order")]
    if not wrong and by_number(authority, number) is not None:
        wrong.append(("given", f"{authority} has given {number} already"))
    if wrong:
        raise StopOrderError(wrong)
    more = {"on": on, "since": since or day_text(clock.now()), "kind": kind, "closed_on": day_after(until)}
    more |= {"basis": basis}
    row = _create(actor.login, actor.agency, {**told, **more})
    audit.note(who=actor.login, action="stop_order.issue", subject=f"{authority} {number} {on}", purpose="case")
    tell([str(row.key)])
    return row


def by_number(authority: str, number: str) -> StopOrder | None:
    """Return the order that this authority gave under this number, however both are written, or None.

    Of several that an earlier version took for others, that which is written so, else one that stands.
    """
    held = list(StopOrder.select().where(StopOrder.folded == order_key(authority, number)))
    return min(held, key=lambda one: ((one.authority, one.number) != (authority, number), one.lifted_at), default=None)


def _is_to_come(day: str) -> bool:
    held = day_in(day)
    return held is not None and held < date.max and day >= day_text(clock.now())


def lift(actor: Actor, order: int, why: str) -> StopOrder:
    """Lift an order, which stays in the list with who lifted it and why. Raises StopOrderError.

    Only the agency that gave it lifts it, and one that no agency gave a supervisor.
    """
    held = StopOrder.get_or_none(StopOrder.id == order)
    wrong = [] if held is not None else [("unknown", f"there is no order {order}")]
    if held is not None:
        wrong += [("lifted", "it was lifted already")] if held.lifted_at else []
        wrong += [] if is_of(held, actor.role, actor.agency) else [("foreign", f"the agency {held.agency} gave it")]
        wrong += [] if actor.role in ISSUERS else [("role", f"the role {actor.role} lifts no stop order")]
    wrong += [] if why.strip() else [("reason", "a reason is missing")]
    if wrong or held is None:
        raise StopOrderError(wrong)
    StopOrder.update(lifted_at=clock.now(), lifted_by=actor.login, lifted_why=why.strip()).where(
        StopOrder.id == order, StopOrder.lifted_at == ""
    ).execute()
    audit.note(who=actor.login, action="stop_order.lift", subject=f"{held.authority} {held.number}", purpose="case")
    tell([str(held.key)])
    return StopOrder.get_by_id(order)


def is_of(order: StopOrder, role: str, agency: str) -> bool:
    """Whether an order is lifted by somebody of this role and agency; a loaded list may not say who gave it."""
    return str(order.agency) == agency if order.agency else role == "supervisor"


def adopt(rows: Iterable[Mapping[str, Any]]) -> int:
    """Take over orders that were loaded as registry rows `orders`, each once, and return how many are new.

    What a row does not name any more is not lifted by that: only an act with a reason lifts.
    """
    count, keys = 0, []
    for held in rows:
        for one in held["data"].get("rows") or ():
            count += _adopt(str(held["key"]), one)
        keys.append(number_key(str(held["key"])))
    tell(keys)
    return count


def _adopt(key: str, order: Mapping[str, Any]) -> bool:
    number, authority = str(order.get("number") or ""), str(order.get("authority") or "")
    if by_number(authority, number) is not None:
        return False
    told = {name: str(order.get(name) or "") for name in ("on", "text", "since", "due", "closed_on")}
    named = {**told, "number": number, "authority": authority, "key": str(order.get("key") or key)}
    _create("registry", str(order.get("agency") or ""), {**named, "kind": str(order.get("kind") or "stop")})
    return True


def _create(who: str, agency: str, told: Mapping[str, str]) -> StopOrder:
    shown = told["key"].strip()
    named = {"key": number_key(shown), "folded": order_key(told["authority"], told["number"])}
    return StopOrder.create(**{**told, **named}, shown=shown, agency=agency, who=who, made_at=clock.now())


def page(
    *, standing: bool = True, before: int | None = None, limit: int = 50, on: str = "", text: str = ""
) -> list[StopOrder]:
    """Return orders, the latest first; `before` is the last `id` of the page before, `text` stands in number or key."""
    query = _wanted(standing, on, text).order_by(StopOrder.id.desc()).limit(limit)
    return list(query.where(StopOrder.id < before) if before is not None else query)


def count(*, standing: bool = True, on: str = "", text: str = "") -> int:
    """Return how many orders were not lifted, or were."""
    return int(_wanted(standing, on, text).count())


def total(*, standing: bool = True, on: str = "", text: str = "") -> Counted:
    """Return how many orders were not lifted, or were, as far as a page counts."""
    return counted.capped(_wanted(standing, on, text))


def _wanted(standing: bool, on: str, text: str) -> Any:
    query = StopOrder.select().where(StopOrder.lifted_at == "" if standing else StopOrder.lifted_at != "")
    query = query.where(StopOrder.on == on) if on else query
    among = (StopOrder.number, StopOrder.key, StopOrder.shown, StopOrder.authority)
    return query.where(finds(text, *among)) if text else query


def publish(keys: Iterable[str]) -> None:
    """Write the standing orders of each number as the registry row that tablets read.

    The row `feed` says that the office gives this list at all, so it is written with the first order only.
    """
    at, named = clock.now(), list(dict.fromkeys(keys))
    standing: dict[str, list[dict[str, str]]] = {key: [] for key in named}
    for some in bulk.chunks(named, 400):
        query = StopOrder.select().where(StopOrder.key.in_(some), StopOrder.lifted_at == "")
        for one in query.order_by(StopOrder.id):
            standing[str(one.key)].append(_plain(one))
    rows = [{"kind": "orders", "key": key, "data": {"rows": held}, "as_of": at} for key, held in standing.items()]
    if rows:
        registry.put([*rows, {"kind": "feed", "key": "orders", "data": {}, "as_of": at}])


def tell(keys: Iterable[str]) -> None:
    """Tell tablets of the orders of each number: all of what stands, and those of an agency of what is its to lift.

    Who gave an order is a kind of its own: older tablets know no such field in an order.
    """
    named = list(dict.fromkeys(keys))
    publish(named)
    _tell_given(named)


def _tell_given(keys: Iterable[str]) -> None:
    for some in bulk.chunks(keys, 400):
        rows = list(StopOrder.select().where(StopOrder.key.in_(some)))
        feed.gone(GIVEN, [str(one.id) for one in rows if one.lifted_at])
        feed.tell(GIVEN, [_told(one) for one in rows if not one.lifted_at and one.agency])


def tell_given() -> None:
    """Tell of every order that stands who gave it, which an earlier version left out."""
    query = StopOrder.select(StopOrder.key).where(StopOrder.lifted_at == "").distinct()
    _tell_given(sorted(str(one.key) for one in query))


def _told(order: StopOrder) -> Told:
    data = {"number": str(order.number), "authority": str(order.authority), "on": str(order.on)}
    data |= {"key": str(order.shown), "text": str(order.text), "until": last_day(order)}
    return Told(str(order.id), canonical(data).decode(), str(order.made_at), agency=str(order.agency))


def day_after(until: str) -> str:
    """Return the day on which an order stands no more, by the last on which it does; empty where it has none."""
    return (date.fromisoformat(until) + timedelta(days=1)).isoformat() if until else ""


def last_day(order: StopOrder) -> str:
    """Return the last day of an order, empty where there is none, or a loaded list has no day there."""
    try:
        return (date.fromisoformat(str(order.closed_on)) - timedelta(days=1)).isoformat()
    except (OverflowError, ValueError):
        return ""


def _plain(order: StopOrder) -> dict[str, str]:
    names = ("number", "kind", "on", "since", "due", "closed_on", "authority", "text")
    held = {**{name: str(held) for name in names if (held := getattr(order, name))}, "key": str(order.shown)}
    return {**held, "text": f"{order.text}（依据：{order.basis}）"} if order.basis else held
