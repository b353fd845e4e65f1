"""T8: the driver's statement and signature, then two officers by PIN; the second confirmation seals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mobile import acts, part, sealing
from mobile.desk import Desk
from mobile.held import Officer
from mobile.refusals import Refusal
from mobile.states.sign import driver_name, said, sign_state
from mobile.states.trouble import trouble_words
from mobile.words import _

Strokes = Iterable[Iterable[int]]


def enter(desk: Desk, screen: Any, *, stage: str = "driver", trouble: str = "", **_where: Any) -> None:
    """Show what the driver signs, or ask the officers for their PINs; `trouble` says why it is not sealed yet.

    Where all have signed already (the tablet went off before the seal, or had no space) it goes on to the seal.
    """
    if not trouble and not sealing.missing(desk.held, desk.device_facts):
        desk.go("papers")
        return
    _Signing(desk, screen, stage, trouble)


def officers(desk: Desk) -> list[Officer]:
    """Return those who can confirm here: everyone whom the office named."""
    assert desk.enrolment is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
    return [_officer(one) for one in desk.enrolment.officers]


def _officer(row: Mapping[str, Any]) -> Officer:
    return Officer(row["id"], row["name"], str(row.get("card", "")), str(row.get("agency", "")))


class _Signing:
    """Who is asked, and what went wrong with his PIN."""

    def __init__(self, desk: Desk, screen: Any, stage: str, trouble: str) -> None:
        self.desk, self.screen, self.stage = desk, screen, stage
        self.refusing, self.second, self.trouble = False, "", trouble
        self.first_pin = ""
        self.officers = officers(desk)
        screen.bind(
            on_state=lambda _screen, text: self.state(text),
            on_written=lambda _screen, strokes: self.written(strokes),
            on_refusing=lambda _screen, refusing: self.set_refusing(refusing=refusing),
            on_refuse=lambda _screen, witness: self.refuse(witness),
            on_hand_back=lambda _screen: self.hand_back(),
            on_second=lambda _screen, officer: self.choose(officer),
            on_pin=lambda _screen, pin: self.pin(pin),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what stands."""
        self.screen.show(self._state())

    def _state(self) -> Any:
        return sign_state(
            self.desk.held,
            self.desk.device_facts,
            self.officers,
            stage=self.stage,
            refusing=self.refusing,
            second=self.second,
            unknown=frozenset(one.id for one in self.officers) - set(self.desk.officers()),
            again=bool(self.first_pin),
            trouble=self.trouble,
        )

    def state(self, text: str) -> None:
        """Write down what the driver states, once."""
        if text and text != said(self.desk.held):
            self.desk.put(acts.statement(text))

    def written(self, strokes: Strokes) -> None:
        """Take the driver's signature as it is now on the pad; an emptied pad takes it back."""
        pairs = [[list(point) for point in zip(*[iter(stroke)] * 2, strict=True)] for stroke in strokes]
        self._driver(pairs, digest=self._draft() if pairs else "")

    def set_refusing(self, *, refusing: bool) -> None:
        """Ask for a witness, or for the signature after all."""
        self.refusing = refusing
        self.show()

    def refuse(self, witness: str) -> None:
        """Write down that the driver refused, before whom."""
        self.refusing = False
        self._driver([], digest=self._draft(), refused=True, witness=witness)

    def hand_back(self) -> None:
        """Go on to the officers; a restart goes on there."""
        self.desk.go("sign", stage="officers")

    def choose(self, officer: str) -> None:
        """Take another second officer."""
        self.second, self.first_pin, self.trouble = officer, "", ""
        self.show()

    def pin(self, pin: str) -> None:
        """Confirm the officer whose turn it is; when two have confirmed, seal.

        An officer who is new to this tablet sets his PIN here, twice. His signature says so, because then it was his
        colleague's unlocked tablet, and not an earlier PIN of his own, that let him in.
        """
        officer = next(one for one in self.officers if one.id == self._state().asked)
        fresh = officer.id not in self.desk.officers()
        try:
            if fresh and not self._sets_pin(officer, pin):
                return
            self.desk.check_pin(officer.id, pin)
        except Refusal as refusal:
            self.first_pin = ""
            self._say(trouble_words(refusal))
            return
        self.trouble = ""
        withdraws = sealing.earlier(self.desk.held, "officer", officer.name)
        name, card, digest = officer.name, officer.card, self._draft()
        signs = acts.sign("officer", name, withdraws=withdraws, card=card, digest=digest, pin_set_now=fresh)
        self.desk.put(signs, officer)
        if not sealing.missing(self.desk.held, self.desk.device_facts):
            self.desk.go("papers")

    def _sets_pin(self, officer: Officer, pin: str) -> bool:
        """Take a new PIN the first time, and keep it when the second is the same."""
        first, self.first_pin = self.first_pin, ""
        if not first:
            self.first_pin = pin
            self._say("")
        elif first != pin:
            self._say(_("The two PINs differ. Choose again."))
        else:
            self.desk.add_officer(officer.id, pin)
            return True
        return False

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        self.show()

    def _driver(self, strokes: list[list[list[int]]], **more: Any) -> None:
        name = driver_name(self.desk.held)
        withdraws = sealing.earlier(self.desk.held, "driver", name)
        if strokes or more["digest"] or withdraws:
            self.desk.put(acts.sign("driver", name, strokes, withdraws=withdraws, **more))

    def _draft(self) -> str:
        return part.draft(self.desk.held, self.desk.device_facts)
