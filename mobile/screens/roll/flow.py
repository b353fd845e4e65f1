"""T9: the roll is drawn and printed apart from the screen; what the printer did is told, and it can be done again."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.device import belt_printer
from mobile.link.background import apart
from mobile.refusals import Refusal
from mobile.screens.roll.state import roll_state
from mobile.screens.shared.trouble import trouble_words
from mobile.sealing import roll_printer, seal
from mobile.sealing.roll_printer import WIDTHS_MM, RollPrinter
from mobile.store import store
from mobile.words import _, n_


def enter(desk: Desk, screen: Any, *, number: str = "", **_where: Any) -> None:
    """Show one paper of the inspection in hand as a roll; without papers, go back."""
    _record, papers = seal.papers(desk.open_store, desk.held.inspection)
    if papers:
        _Rolls(desk, screen, number or papers[0].number)
    else:
        desk.go("papers")


class _Rolls:
    """The paper, its picture, the printer, and what became of printing."""

    def __init__(self, desk: Desk, screen: Any, number: str) -> None:
        self.desk, self.screen, self.number = desk, screen, number
        self.inspection = desk.held.inspection
        self.papers = seal.papers(desk.open_store, self.inspection)[1]
        self.printer = roll_printer.roll_printer(desk.open_store)
        self.pictures: tuple[bytes, ...] = ()
        self.rows, self.busy, self.notice, self.tone = 0, False, "", "danger"
        self.at = number
        screen.bind(
            on_choose=lambda _screen, width: self.keep(RollPrinter(self.printer.address, int(width))),
            on_address=lambda _screen, address: self.name(address),
            on_print=lambda _screen: self.print((self.number,)),
            on_print_all=lambda _screen: self.print(tuple(one.number for one in self.papers if not one.void)),
        )
        desk.refresh = self.show
        self.show()
        self.draw()

    def show(self) -> None:
        """Show what stands."""
        state = roll_state(
            self.papers,
            self.number,
            address=self.printer.address,
            width_mm=self.printer.width_mm,
            widths_mm=WIDTHS_MM,
            pictures=self.pictures,
            rows=self.rows,
            busy=self.busy,
            notice=self.notice,
            tone=self.tone,
        )
        self.screen.show(state)

    def draw(self) -> None:
        """Make the picture of the roll, apart from the screen."""
        opened, inspection, number, width = self.desk.open_store, self.inspection, self.number, self.printer.width_mm

        def job() -> tuple[int, int, tuple[bytes, ...]]:
            from mobile.sealing.strip import pictures

            try:
                made = seal.make_strip(opened, inspection, number, width)
                return width, made.height, pictures(made)
            finally:
                store.release(opened)

        self.pictures, self.rows = (), 0
        self.show()
        apart(job, self._drawn, self.desk.later)

    def name(self, address: str) -> None:
        """Take the printer's address; one that can be none is said and not kept."""
        try:
            if address.strip():
                belt_printer.check(address)
        except Refusal as refusal:
            # Nothing goes to the printer of before while the officer means another.
            self.printer = RollPrinter("", self.printer.width_mm)
            self.tell(trouble_words(refusal), "danger")
            return
        self.notice = ""
        self.keep(RollPrinter(address.strip(), self.printer.width_mm))

    def keep(self, printer: RollPrinter) -> None:
        """Keep the printer; another width is another picture."""
        anew = printer.width_mm != self.printer.width_mm
        self.printer = printer
        roll_printer.keep(self.desk.open_store, printer)
        if anew:
            self.draw()
        else:
            self.show()

    def print(self, numbers: tuple[str, ...]) -> None:
        """Print papers one after the other, apart from the screen; the first that fails ends it."""
        opened, inspection, printer = self.desk.open_store, self.inspection, self.printer
        if self.busy or not printer.address:
            return

        def job() -> str:
            try:
                for number in numbers:
                    self.at = number
                    belt_printer.send(printer.address, seal.make_strip(opened, inspection, number, printer.width_mm))
            finally:
                store.release(opened)
            return n_("{n} sent. Each ends with its number.", "{n} sent. Each ends with its number.", len(numbers))

        self.busy, self.notice = True, ""
        self.show()
        apart(job, self._finished, self.desk.later)

    def tell(self, notice: str, tone: str) -> None:
        """Say something."""
        self.notice, self.tone = notice, tone
        self.show()

    def _drawn(self, found: tuple[int, int, tuple[bytes, ...]] | Refusal) -> None:
        if not self._in_front():
            return
        if isinstance(found, Refusal):
            self.tell(trouble_words(found), "danger")
        elif found[0] == self.printer.width_mm:
            _width, self.rows, self.pictures = found
            self.show()

    def _finished(self, found: str | Refusal) -> None:
        self.busy = False
        if not self._in_front():
            if isinstance(found, Refusal) and self.desk.store is not None:
                self.desk.tell(found)
            return
        if isinstance(found, Refusal):
            self.tell(_("{number}: {what}").format(number=self.at, what=trouble_words(found)), "danger")
        else:
            self.tell(found, "good")

    def _in_front(self) -> bool:
        """Whether this very screen is still shown: the officer may have gone on, or locked the tablet."""
        return self.desk.store is not None and self.desk.screen == "roll" and self.desk.refresh == self.show
