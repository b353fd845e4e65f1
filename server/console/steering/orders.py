"""Stop orders: which stand and which tablets have them, one to give, one to lift; and what posts hold themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.definitions.definition import Definitions
from checklists.facts.registry import row_key
from checklists.inspection.stop_order import ON, bases
from server import clock
from server.cases.ends import day_text
from server.console.frame import SAID, Console, Form, query_of, saying
from server.console.posted import Posted
from server.console.signing import inside
from server.console.steering.watch import actor
from server.console.visitor import Visitor
from server.exporting import masks
from server.refusals import Refused
from server.rights import has, may
from server.store import case_rows, feed_reach, holds, post_orders, stop_orders
from server.store.counted import Counted
from server.store.feed_reach import Reach
from server.store.holds import Hold
from server.store.office_models import StopOrder
from server.store.stop_orders import StopOrderError

ADDRESS = "/console/orders"
MOST = 50
_PEOPLE = ("driver", "escort")


def _(words: str) -> str:
    return words


SAID.update(
    order_given=_("The order stands; every tablet hears of it within seconds."),
    order_lifted=_("The order is lifted; tablets hear of it within seconds."),
)
FAULTS: Mapping[str, str] = {
    "missing": _("Number, authority, what it is against, and what has to happen must be there."),
    "number": _("This is no number of that kind: compare it with the paper."),
    "until": _("The last day lies before today, or is no day."),
    "basis": _("Only a clause that is verified and in force may stand as the basis."),
    "given": _("This authority has given that number already."),
    "refused": _("The order cannot be given so."),
    "reason": _("A reason is needed."),
    "lifted": _("Only the agency that gave it lifts it, or a supervisor where none is named, once, with a reason."),
}


@dataclass(frozen=True)
class Typed:
    """An order as it was typed; `until` is its last day, `basis` one of the offered clauses."""

    number: str = ""
    authority: str = ""
    on: str = ""
    key: str = ""
    text: str = ""
    until: str = ""
    basis: str = ""


EMPTY = Typed()


@dataclass(frozen=True)
class Line:
    """An order as it is drawn; `number` is that which it is against, as far as the reader may see it.

    `record` is the digest of the sealed part by which a post gave it, empty where it was typed here.
    """

    row: StopOrder
    number: str
    plate: bool
    reach: Reach | None
    lifts: bool
    ended: bool
    record: str = ""


@dataclass(frozen=True)
class OrdersPage:
    """All that the template draws. `bases` are the verified clauses that may be chosen."""

    lines: Sequence[Line]
    names: Mapping[str, str]
    holds: Sequence[Hold]
    standing: Counted
    lifted: Counted
    show_lifted: bool
    on: str
    text: str
    gives: bool
    bases: Sequence[str]
    typed: Typed = EMPTY
    faults: Sequence[str] = ()
    back: str = ""


def _came_from(address: str | None) -> str:
    """Return the page from which somebody came to give an order; empty where he came from none."""
    return inside(address) if address else ""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Orders(console))
    app.add_route(ADDRESS + "/{order}", OrderLift(console))


class _Pages(Form):
    """What both addresses draw."""

    roles = may("orders_see")

    async def draw(self, req: Request, resp: Response, who: Visitor, **told: Any) -> None:
        """Draw the list."""
        query = query_of(req)
        text = query.get("text", "")[:60]
        if text:
            await self.console.note(who.login, "search", text)
        page = await self.store.read(self.page, who, query, text)
        told = {"page": replace(page, **told), "ons": ON, "most": MOST, "most_holds": holds.MOST}
        self.console.draw(req, resp, "steering/orders.html", who, **told)

    def page(self, who: Visitor, query: Mapping[str, str], text: str) -> OrdersPage:
        """Return the page of somebody; an address may bring what an order is against."""
        lifted, on = bool(query.get("lifted")), query.get("on", "") if query.get("on") in ON else ""
        found = stop_orders.page(standing=not lifted, limit=MOST, on=on, text=text)
        numbers = [stop_orders.total(standing=one, on=on, text=text) for one in (True, False)]
        gives = has(who.role, "orders")
        bases = verified(self.console.knowledge.definitions(), who.agency) if gives else ()
        names = _names({str(by) for one in found for by in (one.who, one.lifted_by) if by})
        held = [] if lifted else holds.standing(who.scope)
        typed = Typed(on=query.get("against", ""), key=query.get("key", "")[:40])
        back = _came_from(query.get("back"))
        counts = numbers[0], numbers[1], lifted
        return OrdersPage(_lines(who, found), names, held, *counts, on, text, gives, bases, typed, back=back)


class Orders(_Pages):
    """`/console/orders?lifted=1&on=&text=`: the list, and an order that is given."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list. A search is logged."""
        await self.draw(req, resp, who)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Give an order; what is wrong with it is shown again beside what was typed. Raises Refused role_may_not."""
        if not has(who.role, "orders"):
            raise Refused("role_may_not")
        back = _came_from(form.get("back"))
        typed = Typed(**{one.name: form.get(one.name).replace("\0", "")[:300] for one in fields(Typed)})
        offered = await self.store.read(lambda: verified(self.console.knowledge.definitions(), who.agency))
        told = {one.name: getattr(typed, one.name) for one in fields(Typed)}
        faults = [FAULTS[code] for code in stop_orders.faults(told, offered)]
        if not faults:
            try:
                await self.store.write(lambda: stop_orders.issue(actor(who), **told))
            except StopOrderError as wrong:
                faults = [FAULTS["given" if "given" in wrong.codes else "refused"]]
        if faults:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, typed=typed, faults=faults, back=back)
            return None
        return saying(back or ADDRESS, "order_given")


class OrderLift(_Pages):
    """`/console/orders/{order}`: an order is lifted."""

    roles = may("orders")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, order: str = "", **_path: str
    ) -> str | None:
        """Lift it; why it cannot be is shown above the list."""
        why = form.get("why").replace("\0", "")[:300]
        number = int(order) if order.isascii() and order.isdecimal() and len(order) < 10 else 0
        try:
            await self.store.write(lambda: stop_orders.lift(actor(who), number, why))
        except StopOrderError:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, faults=[FAULTS["lifted" if why else "reason"]])
            return None
        return saying(ADDRESS, "order_lifted")


def verified(definitions: Definitions, agency: str) -> Sequence[str]:
    """Return the clauses that may stand as the basis of an order today."""
    return bases(definitions, agency, date.fromisoformat(day_text(clock.now())))


def _names(who: set[str]) -> dict[str, str]:
    """Return what those are called who gave and lifted: users of the office, and leaders at posts."""
    known = case_rows.names(who)
    return {**post_orders.officers(who - known.keys()), **known}


def _lines(who: Visitor, found: Sequence[StopOrder]) -> list[Line]:
    reached = feed_reach.of("orders", [row_key("orders", str(one.key)) for one in found])
    given = post_orders.sealed((str(one.authority), str(one.number)) for one in found)
    hidden, gives, today = masks.of_role(who.role), has(who.role, "orders"), day_text(clock.now())
    return [
        Line(
            row=one,
            number=masks.hide("number", str(one.shown), hidden) if one.on in _PEOPLE else str(one.shown),
            plate=one.on in ("vehicle", "trailer"),
            reach=reached.get(row_key("orders", str(one.key))),
            lifts=gives and not one.lifted_at and stop_orders.is_of(one, who.role, who.agency),
            ended=bool(one.closed_on) and str(one.closed_on) <= today,
            record=given.get((str(one.authority), str(one.number)), ""),
        )
        for one in found
    ]
