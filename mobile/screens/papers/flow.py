"""T9: seals what is signed, then shows the papers; printing and sharing make the PDF from the record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mobile.desk import Desk
from mobile.device import printer, share, volumes
from mobile.link.background import apart
from mobile.refusals import Refusal
from mobile.screens.papers.state import papers_state
from mobile.screens.shared.trouble import trouble_words
from mobile.sealing import duties, seal
from mobile.sealing import void_number as voiding
from mobile.sealing.supplements import holding
from mobile.store import store
from mobile.words import _


def enter(desk: Desk, screen: Any, *, number: str = "", **_where: Any) -> None:
    """Seal the inspection unless it is sealed, and show its papers; what cannot be sealed goes back to signing.

    A check that was abandoned has none: the officer is told, in the queue.

    The place is remembered before the seal: after a power cut the tablet comes back here and seals, or shows.
    """
    state = store.inspection_state(desk.open_store, desk.held.inspection)
    if state == "in_progress":
        try:
            _seal(desk)
        except Refusal as refusal:
            if refusal.code == "draft_changed":
                # What another tablet wrote may have come between the last PIN and the seal.
                desk.merge()
            desk.go("sign", stage="officers", trouble=trouble_words(refusal))
            return
    if seal.papers(desk.open_store, desk.held.inspection)[1]:
        _Papers(desk, screen, number)
    else:
        desk.put_down()
        desk.tell(Refusal("papers_none"))


def _seal(desk: Desk) -> None:
    seal.seal(desk.open_store, desk.held, desk.device_facts, desk.access.enrolled, desk.now())
    desk.start_sync()


class _Papers:
    """Which paper is looked at, and what became of printing it."""

    def __init__(self, desk: Desk, screen: Any, number: str) -> None:
        self.desk, self.screen = desk, screen
        self.inspection = desk.held.inspection
        # Which one was looked at stands here again after the roll, the codes or a lesson.
        self.key = (self.inspection, "papers")
        self.number = number or desk.touched.get(self.key, "")
        self.digest, self.papers = seal.papers(desk.open_store, self.inspection)
        self.holds = holding(desk.open_store, self.inspection)
        self.busy, self.notice, self.tone, self.voiding = False, "", "danger", False
        screen.bind(
            on_choose=lambda _screen, chosen: self.choose(chosen),
            on_print=lambda _screen: self.with_pdf(printer.print_pdf, _("Sent to the printer")),
            on_print_all=lambda _screen: self.print_all(),
            on_ask_void=lambda _screen, voiding: self.set_voiding(voiding=voiding),
            on_void=lambda _screen, reason: desk.attempt(lambda: self.void(reason)),
            on_owed_done=lambda _screen, kind: self.owed_done(kind),
            on_open=lambda _screen: self.with_pdf(printer.show_pdf, ""),
            on_share=lambda _screen: self.with_pdf(_share, _("Copied to the USB stick")),
            on_send=lambda _screen: desk.start_sync(),
            on_done=lambda _screen: self.done(),
            on_roll=lambda _screen: desk.go("roll", number=self.number or self.papers[0].number),
            on_copy=lambda _screen: desk.go("copy", number=self.number or self.papers[0].number),
            on_lesson=lambda _screen: desk.go("lesson"),
            on_add=lambda _screen, what: desk.go(what, inspection=self.inspection, back="papers"),
        )
        desk.refresh = self.show
        self.show()

    @property
    def folder(self) -> Path:
        """Where the PDFs are while they are looked at."""
        return self.desk.folder / "papers"

    def show(self) -> None:
        """Show what stands, the office's receipt with it."""
        sent = {one.digest: one for one in store.deliveries(self.desk.open_store)}
        shown = next((one for one in self.papers if one.number == self.number), self.papers[0])
        self.screen.show(
            papers_state(
                self.papers,
                sent.get(shown.record or self.digest),
                chosen=self.number,
                busy=self.busy,
                notice=self.notice,
                notice_tone=self.tone,
                owed=duties.open_duties(self.desk.open_store, self.inspection),
                voiding=self.voiding,
                holds=self.holds,
                practising=self.desk.practising,
            )
        )

    def choose(self, number: str) -> None:
        """Look at another paper."""
        self.number, self.notice, self.voiding = number, "", False
        self.desk.touched[self.key] = number
        self.show()

    def set_voiding(self, *, voiding: bool) -> None:
        """Ask why a number is void, or leave it."""
        self.voiding = voiding
        self.show()

    def void(self, reason: str) -> None:
        """Register the number as void; the same words go out under the next one. Raises Refusal `paper_void`."""
        desk, number = self.desk, self.number or self.papers[0].number
        officer, facts = desk.held.officer, desk.device_facts
        voiding.void(desk.open_store, self.inspection, number, reason, officer, facts, desk.access.enrolled, desk.now())
        printer.forget([self.folder / f"{number}.pdf"])
        self.digest, self.papers = seal.papers(desk.open_store, self.inspection)
        place = [one.number for one in self.papers].index(number)
        self.number, self.voiding = self.papers[place + 1].number, False
        self.notice, self.tone = _("{number} is void; this is the new one").format(number=number), "good"
        self.show()
        desk.start_sync()

    def owed_done(self, kind: str) -> None:
        """Say that something owed was done."""
        desk = self.desk
        for one in duties.open_duties(desk.open_store, self.inspection):
            if one.kind == kind:
                duties.done(desk.open_store, one.id, desk.access.me.id, desk.at)
        desk.start_sync()
        self.show()

    def print_all(self) -> None:
        """Print every paper that counts, one after the other."""
        numbers = tuple(one.number for one in self.papers if not one.void)
        self._with_pdfs(numbers, printer.print_pdf, _("Sent to the printer"))

    def with_pdf(self, act: Callable[[Path], object], done: str) -> None:
        """Make the PDF apart from the screen and do something with it."""
        self._with_pdfs((self.number or self.papers[0].number,), act, done)

    def _with_pdfs(self, numbers: tuple[str, ...], act: Callable[[Path], object], done: str) -> None:
        opened, inspection, folder = self.desk.open_store, self.inspection, self.folder

        def job() -> str:
            made: object = None
            try:
                for number in numbers:
                    made = act(seal.make_pdf(opened, inspection, number, folder))
            finally:
                store.release(opened)
            return f"{done}: {made}" if isinstance(made, Path) else done

        self.busy, self.notice = True, ""
        self.show()
        apart(job, self._finished, self.desk.later)

    def done(self) -> None:
        """Take the PDFs from the open folder, and go to the next vehicle."""
        printer.forget(self.folder.glob("*"))
        self.desk.put_down()

    def _finished(self, found: str | Refusal) -> None:
        self.busy = False
        self.notice, self.tone = (trouble_words(found), "danger") if isinstance(found, Refusal) else (found, "good")
        desk = self.desk
        # The officer may have gone on, to another vehicle's papers too, or locked the tablet, while the PDF was made.
        if desk.store is not None and desk.screen == "papers" and desk.refresh == self.show:
            self.show()
        elif isinstance(found, Refusal) and desk.store is not None:
            desk.tell(found)


def _share(path: Path) -> object:
    if share.offered(path):
        return None
    return share.share(path, volumes.stick())
