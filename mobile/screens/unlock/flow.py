"""T0: the PIN opens the store and the inspection that was in hand; the first time, the tablet enrols."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mobile.desk import Desk
from mobile.link.background import apart
from mobile.lock import first_codes, lock_status
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import code_words, trouble_words, wipe_warning
from mobile.screens.unlock.state import Enrolling, enrol_state, take_pin, unlock_state
from mobile.store import wipe

if TYPE_CHECKING:
    from checklists.crypto import SigningKey
    from mobile.link.enrolment import Enrolment


def enter(desk: Desk, screen: Any, **where: Any) -> None:
    """Show who can unlock, or begin the enrolment; a wiped tablet says so first."""
    if wipe.pending(desk.folder) and not where.get("enrol"):
        desk.go("wiped")
    elif desk.access.officers():
        _Unlocking(desk, screen)
    else:
        _Enrolment(desk, screen)


class _Unlocking:
    """Who is chosen, and what went wrong with his PIN."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.officers = desk.access.officers()
        self.chosen = ""
        # Words are made when they are shown, so that they follow the language.
        self.wrong: Refusal | None = None
        self.warned: Refusal | None = None
        self.changing = False
        # Who forgot his PIN: None while nobody did, empty while it is asked who.
        self.forgot: str | None = None
        screen.bind(
            on_choose=self.choose,
            on_pin=self.pin,
            on_change=self.change,
            on_forgot=self.forget,
            on_practice=lambda _screen: desk.practise(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show who is chosen."""
        told = lock_status.read(self.desk.folder)
        trouble = trouble_words(self.wrong) if self.wrong else ""
        warning = wipe_warning(self.warned) if self.warned else ""
        state = unlock_state(
            *(self.officers, self.chosen, trouble, told, self.desk.now()),
            warning=warning,
            changing=self.changing,
            forgot=self.forgot,
        )
        self.chosen = state.chosen
        self.screen.show(state)

    def choose(self, _screen: Any, officer: str) -> None:
        """Take another officer, or hear who forgot his PIN."""
        if self.forgot == "":
            self.forgot, self.chosen = officer, ""
        else:
            self.chosen = officer
        self.wrong = None
        self.show()

    def change(self, _screen: Any) -> None:
        """Go on to another PIN once this one has opened the tablet, or not after all."""
        self.changing = not self.changing
        self.show()

    def forget(self, _screen: Any) -> None:
        """Hear that the chosen officer, or one that is asked for, forgot his PIN; the same again takes it back."""
        self.forgot, self.chosen = (self.chosen if self.forgot is None else None), ""
        self.changing, self.wrong = False, None
        self.show()

    def pin(self, _screen: Any, pin: str) -> None:
        """Unlock, or say why not."""
        try:
            self.desk.unlock(self.chosen, pin)
        except Refusal as refusal:
            if not self.desk.access.officers():
                # An enrolment was cut off: it begins anew.
                self.desk.go("unlock")
                return
            self.wrong = self.warned = refusal
            self.show()
            return
        if self.changing and self.desk.store is not None:
            self.desk.access.give(pin)
            self.desk.go("pin")
        elif self.forgot and self.desk.store is not None:
            # He is not the colleague who has unlocked for him: the tablet locks again at the end.
            self.desk.go("code", officer=self.forgot, anew=True, back="pin", back_where={"back": "unlock"})


class _Enrolment:
    """The steps of an enrolment; the office's answer is held in memory until a PIN protects it."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.so_far = Enrolling()
        self.made: Enrolment | None = None
        self.tries = first_codes.Held()
        self.key: SigningKey | None = None
        screen.bind(
            on_enrol=self.enrol,
            on_choose=self.choose,
            on_code=self.code,
            on_pin=self.pin,
            on_retry=self.retry,
            on_enrolled=self.enrolled,
            on_practice=lambda _screen: desk.practise(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the step; the last one follows the link and the packages in the store."""
        if self.so_far.step == "packages":
            link = self.desk.courier.state
            trouble = "" if link.running or not link.code else code_words(link.code, link.detail)
            self.so_far = replace(
                self.so_far,
                busy=link.running,
                trouble=trouble,
                packages=tuple(one.name for one in self.desk.backlog.packages),
            )
        self.screen.show(enrol_state(self.so_far, self.desk.office_url))

    def enrol(self, _screen: Any, url: str, code: str, name: str) -> None:
        """Ask the office, apart from the screen."""
        ca_file = self.desk.ca_file

        def job() -> Enrolment:
            from checklists.crypto import new_signing_key
            from mobile import APP
            from mobile.link import enrolment as enrol

            # An answer that was lost is asked for again with the same key: the code is good once.
            self.key = self.key or new_signing_key()
            return enrol.enrol(address(url), code, name, app=APP, ca_file=ca_file, key=self.key)

        self._say(busy=True, trouble="")
        apart(job, self._answered, self.desk.later)

    def choose(self, _screen: Any, officer: str) -> None:
        """Take the officer and ask for a PIN, before that for his code where the office wants one."""
        asks = self.made is not None and self.desk.access.asks_code(officer, self.made)
        self._say(officer=officer, step="code" if asks else "pin", trouble="")

    def code(self, _screen: Any, code: str) -> None:
        """Take the code that the office made for the officer, or say why not; without one he goes back to the names."""
        if not code:
            self._say(officer="", step="officer", trouble="")
            return
        try:
            self.desk.access.give_code(self.so_far.officer, code, self.made, self.tries)
        except Refusal as refusal:
            self._say(trouble=trouble_words(refusal))
        else:
            self._say(step="pin", trouble="")

    def pin(self, _screen: Any, pin: str) -> None:
        """Take the PIN the first and the second time; then keep everything and fetch the packages."""
        so_far = take_pin(self.so_far, pin)
        if so_far.step == "again" and self.made is not None:
            try:
                self.desk.access.judge_pin(pin, self.made)
            except Refusal as refusal:
                so_far = replace(so_far, step="pin", pin="", trouble=trouble_words(refusal))
        if so_far.step == "packages" and self.made is not None:
            try:
                self.desk.enrol(self.made, so_far.officer, pin)
            except Refusal as refusal:
                so_far = replace(so_far, step="pin", trouble=trouble_words(refusal))
            so_far = replace(so_far, pin="")
        self.so_far = so_far
        self.show()

    def retry(self, _screen: Any) -> None:
        """Ask the office for the packages again."""
        self.desk.start_sync()

    def enrolled(self, _screen: Any) -> None:
        """Begin the work with a shift."""
        self.desk.go("shift")

    def _answered(self, found: Enrolment | Refusal) -> None:
        if isinstance(found, Refusal):
            self._say(busy=False, trouble=trouble_words(found))
        else:
            self.made = found
            self._say(busy=False, step="officer", officers=found.officers)

    def _say(self, **changes: Any) -> None:
        self.so_far = replace(self.so_far, **changes)
        self.show()


def address(text: str) -> str:
    """Return the office's address as it is asked: https unless another scheme was written."""
    return text if "://" in text else f"https://{text}"
