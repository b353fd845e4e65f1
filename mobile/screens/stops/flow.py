"""Stop orders at the post: a leader gives or lifts one with his PIN; it counts here at once and is sent first.

What was typed stays until the tablet locks. Where a vehicle is in hand, it hears of its order as of any news.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checklists.facts.registry import row_key
from checklists.inspection.stop_order import OrderAct, bases
from mobile.desk import Desk
from mobile.inspecting import fresh
from mobile.inspecting.order_book import Book
from mobile.inspecting.own_orders import book, read
from mobile.inspecting.watching import day_of
from mobile.link import agreed_clock
from mobile.lock.pins import NewPin
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import trouble_words
from mobile.screens.stops.state import (
    MODES,
    Pin,
    StopsState,
    Typed,
    act_of,
    give_state,
    leaders_of,
    lift_of,
    lift_state,
    liftable,
    list_state,
)
from mobile.sealing import post_orders
from mobile.store import store as stores

_TYPED = ("", "stops")
"""Under which the desk keeps what was typed."""


def enter(desk: Desk, screen: Any, mode: str = "list", order: str = "", back: str = "", **where: Any) -> None:
    """Show the orders; mode `give` and `plate` begin one, `lift` ends the one that `order` names."""
    _Stops(desk, screen, mode if mode in MODES else "list", order, back, str(where.get("officer") or ""))


def begin(desk: Desk, **way_back: Any) -> None:
    """Begin an order against the vehicle in hand, or ask for a plate; `way_back` is where it leads afterwards."""
    colour = str(desk.held.fact("vehicle.colour") or "") if desk.has_inspection else ""
    desk.touched[_TYPED] = Typed(plate=desk.plate, colour=colour)
    desk.go("stops", mode="give" if desk.plate else "plate", **way_back)


def lift(desk: Desk, order: str, **way_back: Any) -> None:
    """Begin to lift an order, by its key on the screen."""
    desk.touched[_TYPED] = Typed()
    desk.go("stops", mode="lift", order=order, **way_back)


class _Stops:
    """What was typed, and who is asked for his PIN."""

    def __init__(self, desk: Desk, screen: Any, mode: str, order: str, back: str, officer: str) -> None:
        self.desk, self.screen, self.mode, self.order, self.back = desk, screen, mode, order, back
        self.back_where = dict(desk.where.get("back_where") or {})
        self.trouble = ""
        self.new_pin = NewPin(desk.access)
        certificate = desk.access.enrolled.certificate
        self.leaders = leaders_of(desk.access.enrolled.serving, str(certificate.get("agency") or ""))
        # Who has just given his code comes back here to set his PIN.
        self.chosen = officer or next((one.id for one in self.leaders if desk.access.proved(one.id)), "")
        screen.bind(
            on_give=lambda _screen: begin(desk, **self._here()),
            on_lift=lambda _screen, key: lift(desk, key, **self._here()),
            on_seen=lambda _screen, digest: self.seen(digest),
            on_ask_plate=lambda _screen: desk.go("stops", mode="plate", **self._here()),
            on_plate=lambda _screen, text, colour: self.plate(text, colour),
            on_why=lambda _screen, text: self.say(why=text),
            on_what=lambda _screen, text: self.say(what=text),
            on_days=lambda _screen, days: self.say(days=int(days)),
            on_basis=lambda _screen, basis: self.say(basis="" if self.typed.basis == basis else basis),
            on_leader=lambda _screen, one: self.choose(one),
            on_pin=lambda _screen, pin: desk.attempt(lambda: self.pin(pin)),
            on_code=lambda _screen: self.to_code(),
        )
        desk.refresh = self.show
        self.show()

    @property
    def typed(self) -> Typed:
        """What was typed so far; the vehicle in hand is meant until somebody names another."""
        held = self.desk.touched.get(_TYPED)
        return held if isinstance(held, Typed) else Typed()

    def show(self) -> None:
        """Show what stands, as long as the tablet is open."""
        desk = self.desk
        if desk.store is not None and desk.screen == "stops":
            self.screen.show(self.state())

    def state(self) -> StopsState:
        """Return what stands."""
        told = self._book()
        one = liftable(told).get(self.order)
        if self.mode == "lift" and one is not None:
            return lift_state(one, self.typed.why, self._pin())
        if self.mode == "give":
            return give_state(self.typed, told, self._pin(), self._bases(told), self._standing())
        return replace(list_state(told), mode="plate" if self.mode == "plate" else "list")

    def plate(self, text: str, colour: str) -> None:
        """Take the plate; from the form it was asked for to mend it, from the list to begin."""
        desk = self.desk
        desk.touched[_TYPED] = replace(self.typed, plate=text, colour=colour)
        where = self.back_where if self.back_where.get("mode") == "give" else {"back": self.back, **self._more()}
        desk.go("stops", **{**where, "mode": "give"})

    def _here(self) -> dict[str, Any]:
        """Return the way back to this pane as it stands."""
        where = {name: value for name, value in self.desk.where.items() if name != "officer"}
        return {"back": "stops", **({"back_where": where} if where else {})}

    def _more(self) -> dict[str, Any]:
        return {"back_where": self.back_where} if self.back_where else {}

    def say(self, **changes: Any) -> None:
        """Change what was typed, and show it; a field may lose the focus only after the tablet locked."""
        if self.desk.store is not None:
            self.desk.touched[_TYPED] = replace(self.typed, **changes)
            self.show()

    def seen(self, digest: str) -> None:
        """Note that a refusal was read."""
        read(self.desk.open_store, digest)
        self.show()

    def choose(self, officer: str) -> None:
        """Ask another leader."""
        self.chosen, self.trouble = officer, ""
        self.new_pin.forget()
        self.show()

    def to_code(self) -> None:
        """Ask for the code that the office made for the leader."""
        if one := self._pin().asked:
            self.desk.go("code", officer=one.id, **self._here())

    def pin(self, pin: str) -> None:
        """Take the leader's PIN, seal what he confirms, and let it count. Raises Refusal."""
        told = self._book()
        one, act = self._pin().asked, self._act(told)
        if one is None or act is None or not self.state().ready:
            return
        desk = self.desk
        try:
            how = self.new_pin.given(one.id, pin, own=one.id == desk.access.me.id)
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        if how is None:
            self._say("")
            return
        post_orders.seal(desk.open_store, act, one, desk.device_facts, desk.access.enrolled, desk.now(), how)
        desk.touched.pop(_TYPED, None)
        desk.refresh = lambda: None
        desk.attempt(lambda: tell_hand(desk))
        desk.start_sync()
        desk.recount()
        desk.go(self.back or "stops", **self.back_where)

    def _book(self) -> Book:
        store = self.desk.open_store
        return book(store, day_of(self.desk.now(), int(agreed_clock.clock(store)["offset_ms"])))

    def _act(self, told: Book) -> OrderAct | None:
        if self.mode == "give":
            return act_of(self.typed)
        one = liftable(told).get(self.order)
        return lift_of(one, self.typed.why) if one is not None and self.mode == "lift" else None

    def _pin(self) -> Pin:
        pin = Pin(self.leaders, self.chosen, again=bool(self.new_pin.first), trouble=self.trouble)
        one = pin.asked
        if one is None:
            return pin
        return replace(pin, new=self.new_pin.is_new(one.id), unproven=self.new_pin.asks_code(one.id))

    def _bases(self, told: Book) -> list[str]:
        try:
            definitions = self.desk.kit.definitions
        except Refusal:  # no package yet
            return []
        return list(bases(definitions, str(self.desk.access.enrolled.certificate.get("agency") or ""), told.today))

    def _standing(self) -> list[str]:
        """Return the numbers of the orders that stand against the plate."""
        if not self.typed.plate:
            return []
        found = self._orders(row_key("orders", self.typed.plate))
        return [str(one.get("number") or "?") for one in found]

    def _orders(self, key: str) -> list[dict[str, Any]]:
        try:
            row = self.desk.kit.lookup("orders", key)
        except Refusal:  # no package yet
            row = stores.lookup(self.desk.open_store, "orders", key)
        return list(row["data"].get("rows") or ()) if row else []

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        self.show()


def tell_hand(desk: Desk) -> None:
    """Put down what stands now against the vehicle in hand, where its check goes on."""
    held = desk.held if desk.has_inspection else None
    if held is None or stores.inspection_state(desk.open_store, held.inspection) != "in_progress":
        return
    drafts = fresh.news(held, desk.site, ("orders",), signing=False)
    if drafts:
        desk.put(drafts)
