"""T2: copies a waybill on paper; every field that is left is put down at once, and the registry is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mobile.desk import Desk
from mobile.inspecting import acts
from mobile.library.goods import entry, hits, row
from mobile.library.shapes import Row
from mobile.screens.bill.state import (
    bill_state,
    line_fields,
    line_of,
    line_trouble,
    read_field,
    read_line,
    text_at,
    with_field,
    with_line,
)
from mobile.screens.identify.state import ask_registry


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the form as it stands."""
    _Bill(desk, screen)


class _Bill:
    """The form's flow. `refused` keeps what cannot be true on the screen until it is written otherwise."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.refused: dict[str, str] = {}
        screen.bind(
            on_field=self.field,
            on_goods=self.goods,
            on_line=self.line,
            on_line_done=self.line_done,
            on_away=self.away,
            on_done=lambda _screen: desk.go("identify"),
        )
        screen.find, screen.check = self.find, self.check
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what was copied so far."""
        self.screen.show(bill_state(self.desk.held, self.refused))

    def field(self, _screen: Any, path: str, text: str) -> None:
        """Put a field down; what cannot be true stays on the screen with the reason and is not taken."""
        value, _problems = read_field(path, text, self.desk.kit.tables.goods)
        self.refused.pop(path, None)
        if text.strip() and value is None:
            self.refused[path] = text
        bill = self._bill
        if text_at(bill, path) != text_at(with_field({}, path, value), path):
            self._put(with_field(bill, path, value))
        self.show()

    def find(self, text: str) -> tuple[Row, ...]:
        """Return the entries of the goods list that fit."""
        return tuple(row(one) for one in hits(self.desk.kit.tables, text, ()))

    def goods(self, _screen: Any, key: str) -> None:
        """Begin a line of goods that were found in the list."""
        found = entry(self.desk.kit.tables, key)
        if found is not None:
            self.screen.ask_line(len(self._lines), found.un, line_fields({}, found))

    def line(self, _screen: Any, number: int) -> None:
        """Go on with a line that was begun."""
        held = self._lines[number]
        un = str(held.get("un") or "")
        listed = self.desk.kit.tables.goods.lookup(un, str(held.get("packing_group") or "")) if un else ()
        self.screen.ask_line(number, un, line_fields(held, listed[0] if listed else None))

    def check(self, un: str, texts: Mapping[str, str]) -> str:
        """Return why a line cannot be taken as it is written, or nothing."""
        return line_trouble(line_of(un, {}, texts), self.desk.kit.tables.goods)

    def line_done(self, _screen: Any, number: int, un: str, texts: Mapping[str, str]) -> None:
        """Put a line down."""
        held = self._lines[number] if number < len(self._lines) else {}
        line, _problems = read_line(line_of(un, held, texts), self.desk.kit.tables.goods)
        self._put(with_line(self._bill, number, line))

    def away(self, _screen: Any, number: int) -> None:
        """Take a line away."""
        self._put(with_line(self._bill, number, None))

    @property
    def _bill(self) -> Mapping[str, Any]:
        return self.desk.held.fact("waybill") or {}

    @property
    def _lines(self) -> list[Any]:
        return list(self._bill.get("lines") or ())

    def _put(self, bill: Mapping[str, Any]) -> None:
        drafts, site = [*acts.waybill(bill)], self.desk.site
        if not self.desk.plate and bill.get("plate"):
            drafts.append(acts.fact("vehicle.plate", bill["plate"], "waybill"))
        self.desk.attempt(lambda: self.desk.put(drafts, follow=lambda held: ask_registry(held, site)))
