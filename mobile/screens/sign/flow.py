"""T8: cards are shown, driver and escort state and sign, each for himself; then two officers by PIN, and it is sealed.

The touch that leads here shows the cards of the two officers to those who are told, and that is written down.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mobile.desk import Desk
from mobile.inspecting import acts, conclusion
from mobile.lock.pins import NewPin
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import trouble_words
from mobile.screens.sign.state import pair_of, person_name, sign_state
from mobile.sealing import part, shifts, signatures
from mobile.store import store

Strokes = Iterable[Iterable[int]]
SECOND = "second_officer"
"""The setting that keeps with whom the last record was confirmed."""


def enter(desk: Desk, screen: Any, *, stage: str = "driver", trouble: str = "", **_where: Any) -> None:
    """Show what the driver signs, or ask the officers for their PINs; `trouble` says why it is not sealed yet.

    Where all have signed already (the tablet went off before the seal, or had no space) it goes on to the seal.
    """
    if not trouble and not signatures.missing(desk.held, desk.device_facts):
        desk.go("papers")
        return
    _Signing(desk, screen, stage, trouble)


class _Signing:
    """Who is asked, and what went wrong with his PIN."""

    def __init__(self, desk: Desk, screen: Any, stage: str, trouble: str) -> None:
        self.desk, self.screen, self.stage = desk, screen, stage
        self.person = "driver"
        self.refusing, self.trouble = False, trouble
        # The shift names him, else who confirmed last: two who work together do so all day. Cards once shown stay.
        last = shifts.colleague(desk.open_store, desk.access.me.id) or str(store.setting(desk.open_store, SECOND, ""))
        self.second = "" if conclusion.cards_shown(desk.held) else last
        self.officers = desk.access.colleagues()
        self.new_pin = NewPin(desk.access)
        screen.bind(
            on_person=lambda _screen, role: self.turn_to(role),
            on_state=lambda _screen, text: self.state(text),
            on_written=lambda _screen, strokes: self.written(strokes),
            on_refusing=lambda _screen, refusing: self.set_refusing(refusing=refusing),
            on_refuse=lambda _screen, witness: self.refuse(witness),
            on_hand_back=lambda _screen: self.hand_back(),
            on_second=lambda _screen, officer: self.choose(officer),
            on_pin=lambda _screen, pin: self.pin(pin),
            on_code=lambda _screen: desk.go("code", officer=self._state().asked),
        )
        desk.refresh = self.show
        self._show_cards()
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
            person=self.person,
            refusing=self.refusing,
            second=self.second,
            unknown=self._unknown(),
            unproven=frozenset(one.id for one in self.officers if self.new_pin.asks_code(one.id)),
            again=bool(self.new_pin.first),
            trouble=self.trouble,
        )

    def turn_to(self, role: str) -> None:
        """Give the tablet to another of those who sign."""
        self.person, self.refusing = role, False
        self.show()

    def state(self, text: str) -> None:
        """Write down what this person states, once."""
        if text and text != conclusion.said(self.desk.held, self.person):
            name = person_name(self.desk.held, self.person)
            self.desk.put(conclusion.state(self.desk.held, self._draft(), self.person, name, text))

    def written(self, strokes: Strokes) -> None:
        """Take this person's signature as it is now on the pad; an emptied pad takes it back."""
        pairs = [[list(point) for point in zip(*[iter(stroke)] * 2, strict=True)] for stroke in strokes]
        self._person(pairs, digest=self._draft() if pairs else "")

    def set_refusing(self, *, refusing: bool) -> None:
        """Ask for a witness, or for the signature after all."""
        self.refusing = refusing
        self.show()

    def refuse(self, witness: str) -> None:
        """Write down that this person refused, before whom."""
        self.refusing = False
        self._person([], digest=self._draft(), refused=True, witness=witness)

    def hand_back(self) -> None:
        """Go on to the next who signs, else to the officers; a restart goes on there."""
        following = self._state().next_person
        if following:
            self.turn_to(following)
        else:
            self.desk.go("sign", stage="officers")

    def choose(self, officer: str) -> None:
        """Take another second officer; he shows his card as well, and what was signed before is signed again."""
        self.second, self.trouble = officer, ""
        self.new_pin.forget()
        self._show_cards()
        self.show()

    def pin(self, pin: str) -> None:
        """Confirm the officer whose turn it is; when two have confirmed, seal.

        An officer who is new to this tablet sets his PIN here, twice. His signature says so, because then it was his
        colleague's unlocked tablet, and not an earlier PIN of his own, that let him in; it also says whether a code of
        the office proved him.
        """
        officer = next(one for one in self.officers if one.id == self._state().asked)
        fresh = self.new_pin.is_new(officer.id)
        try:
            if not self.new_pin.confirms(officer.id, pin):
                self._say(self.new_pin.trouble)
                return
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        self.trouble = ""
        withdraws = signatures.earlier(self.desk.held, "officer", officer.id)
        name, card, digest = officer.name, officer.card, self._draft()
        set_now: dict[str, Any] = {"pin_set_now": fresh, "pin_by_code": fresh and self.new_pin.proved(officer.id)}
        signs = acts.sign("officer", name, withdraws=withdraws, card=card, digest=digest, **set_now)
        self.desk.put(signs, officer)
        if officer.id != self.desk.held.officer.id:
            store.keep_setting(self.desk.open_store, SECOND, officer.id)
        if not signatures.missing(self.desk.held, self.desk.device_facts):
            self.desk.go("papers")

    def _show_cards(self) -> None:
        """Write down that the two officers show their cards, unless exactly they did."""
        held = self.desk.held
        given = signatures.signed(held, self._draft())
        others = [one for one in self.officers if one.id != held.officer.id]
        pair = pair_of(held, others, self.second, given, self._unknown())
        if not conclusion.has_shown(held, pair):
            self.desk.put(conclusion.show_cards(pair, conclusion.signers(held)))

    def _unknown(self) -> frozenset[str]:
        return frozenset(one.id for one in self.officers) - set(self.desk.access.officers())

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        self.show()

    def _person(self, strokes: list[list[list[int]]], **more: Any) -> None:
        name = person_name(self.desk.held, self.person)
        withdraws = signatures.earlier(self.desk.held, self.person)
        more["statement"] = conclusion.said_in_signature(self.desk.held, self.person)
        if strokes or more["digest"] or withdraws:
            self.desk.put(acts.sign(self.person, name, strokes, withdraws=withdraws, **more))

    def _draft(self) -> str:
        return part.draft(self.desk.held, self.desk.device_facts)
