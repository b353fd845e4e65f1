"""T8: cards are shown, driver and escort state and sign, each for himself; then two officers by PIN, and it is sealed.

The touch that leads here shows the cards of the two officers to those who are told, and that is written down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from checklists.facts.people import is_name
from mobile.desk import Desk
from mobile.inspecting import acts, campaigning, conclusion
from mobile.link import agreed_clock
from mobile.lock.pins import NewPin
from mobile.refusals import Refusal
from mobile.screens.outcome.second import SECOND, choose_second, likely_second, pair, show_cards
from mobile.screens.shared.trouble import trouble_words
from mobile.screens.sign.refusal.state import Said, how, is_recorder, no_witness
from mobile.screens.sign.state import SILENT, person_name, sign_state
from mobile.sealing import duties, duty, part, presence, signatures
from mobile.store import store

Strokes = Iterable[Iterable[int]]
RECORDER = "recorder"
"""The setting that keeps the number of the body camera that was named last."""


def enter(desk: Desk, screen: Any, *, stage: str = "driver", trouble: str = "", **_where: Any) -> None:
    """Show what the driver signs, or ask the officers for their PINs; `trouble` says why it is not sealed yet.

    Where all have signed already (the tablet went off before the seal, or had no space) it goes on to the seal.
    """
    _say_campaigns(desk)
    if conclusion.approval_of(desk.held).urgent:
        desk.attempt(lambda: duties.take_on(desk.open_store, duty.owed(desk.held, ())))
    if not trouble and not signatures.missing(desk.held, desk.device_facts):
        desk.go("papers")
        return
    _Signing(desk, screen, stage, trouble)


def _say_campaigns(desk: Desk) -> None:
    """Put down the campaigns that were heard of, or that another agency brought, since the check began.

    Only by who seals, and before anybody signed: a note would make the signatures those of another draft.
    """
    if not desk.held.leads or desk.held.all_of("signature"):
        return
    offset_ms = int(agreed_clock.clock(desk.open_store)["offset_ms"])
    if drafts := campaigning.carried(desk.held, desk.site, offset_ms):
        desk.put(drafts)


class _Signing:
    """Who is asked, and what went wrong with his PIN."""

    def __init__(self, desk: Desk, screen: Any, stage: str, trouble: str) -> None:
        self.desk, self.screen, self.stage = desk, screen, stage
        self.person = "driver"
        self.refusing: Said | None = None
        self.trouble = trouble
        self.second = likely_second(desk)
        self.officers = desk.access.colleagues()
        self.new_pin = NewPin(desk.access)
        screen.bind(
            on_person=lambda _screen, role: self.turn_to(role),
            on_state=lambda _screen, text: self.state(text),
            on_statement=lambda _screen, key: self.say(key),
            on_name=lambda _screen, name: self.name(name),
            on_written=lambda _screen, strokes: self.written(strokes),
            on_refusing=lambda _screen, refusing: self.set_refusing(refusing=refusing),
            on_why=lambda _screen, why: self.say_of_refusal(why=why),
            on_witness=lambda _screen, witness: self.say_of_refusal(witness=witness),
            on_recorder=lambda _screen, recorder: self.say_of_refusal(recorder=recorder),
            on_refuse=lambda _screen, by: self.refuse(**by),
            on_hand_back=lambda _screen: self.hand_back(),
            on_second=lambda _screen, officer: self.choose(officer),
            on_pin=lambda _screen, pin: self.pin(pin),
            on_code=lambda _screen: desk.go("code", officer=self._state().asked),
            on_forgot=lambda _screen: desk.go("code", officer=self._state().asked, anew=True),
        )
        desk.refresh = self.show
        show_cards(desk, self.second)
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
            doubted=frozenset(one.id for one in self.officers if self._doubted(one.id)),
            again=bool(self.new_pin.first),
            trouble=self.trouble,
        )

    def turn_to(self, role: str) -> None:
        """Give the tablet to another of those who sign."""
        self.person, self.refusing = role, None
        self.show()

    def name(self, name: str) -> None:
        """Write down who this is whom nobody had named."""
        if is_name(name):
            self.desk.put(conclusion.name_him(self.desk.held, self.person, name))
        else:
            self.show()

    def say(self, key: str) -> None:
        """Take one of the likely statements, or that he states nothing; touched again, that is taken back."""
        held, name = self.desk.held, person_name(self.desk.held, self.person)
        if key != SILENT:
            self.state(key)
        elif conclusion.said_nothing(held, self.person):
            self.desk.put(conclusion.unstate(held, self.person, name))
        else:
            self.desk.put(conclusion.state_nothing(held, self._draft(), self.person, name))

    def state(self, text: str) -> None:
        """Write down what this person states, once; words that were rubbed out are taken back."""
        held, name = self.desk.held, person_name(self.desk.held, self.person)
        stands = conclusion.said(held, self.person)
        if text == stands:
            self.show()
        elif text:
            self.desk.put(conclusion.state(held, self._draft(), self.person, name, text))
        else:
            self.desk.put(conclusion.unstate(held, self.person, name))

    def written(self, strokes: Strokes) -> None:
        """Take this person's signature as it is now on the pad; an emptied pad takes it back."""
        pairs = [[list(point) for point in zip(*[iter(stroke)] * 2, strict=True)] for stroke in strokes]
        self._person(pairs, digest=self._draft() if pairs else "")

    def set_refusing(self, *, refusing: bool) -> None:
        """Ask why, and who saw it, or for the signature after all."""
        recorder = str(store.setting(self.desk.open_store, RECORDER, ""))
        self.refusing = Said(recorder=recorder) if refusing else None
        self.show()

    def say_of_refusal(self, **said: str) -> None:
        """Take the reason, the witness or the body camera's number; a touch on who saw it writes all down."""
        if self.refusing is not None:
            self.refusing = replace(self.refusing, **said)
            self.show()

    def refuse(self, *, witness: str = "", recorder: str = "") -> None:
        """Write down that this person refused, why, and before which witness or body camera."""
        if self.refusing is None or not self.refusing.why or not self._saw(witness, recorder):
            self.show()
            return
        why, self.refusing = self.refusing.why, None
        if recorder:
            store.keep_setting(self.desk.open_store, RECORDER, recorder)
        self._person([], digest=self._draft(), witness=witness, recorder=recorder, **how(why))

    def _saw(self, witness: str, recorder: str) -> bool:
        """Whether that somebody, or something, may have seen it."""
        if recorder:
            return is_recorder(recorder)
        held = self.desk.held
        who = next(one for one in conclusion.signers(held) if one.role == self.person)
        return not no_witness(who, witness, pair(self.desk, self.second))

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
        choose_second(self.desk, officer)
        self.new_pin.forget()
        show_cards(self.desk, self.second)
        self.show()

    def pin(self, pin: str) -> None:
        """Confirm the officer whose turn it is; when two have confirmed, seal.

        An officer who is new to this tablet sets his PIN here, twice. His signature says so, because then it was his
        colleague's unlocked tablet, and not an earlier PIN of his own, that let him in. Each signature says who vouches
        for the PIN: a code of the office, the enrolment, or nobody.
        """
        officer = next((one for one in self.officers if one.id == self._state().asked), None)
        if officer is None:
            # Everybody has signed, and the disk had no room for the seal.
            self._seal()
            return
        try:
            how = self.new_pin.given(officer.id, pin, own=officer.id == self.desk.held.officer.id)
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        if how is None:
            self._say("")
            return
        self.trouble = ""
        withdraws = signatures.earlier(self.desk.held, "officer", officer.id)
        name, card, digest = officer.name, officer.card, self._draft()
        self.desk.put(acts.sign("officer", name, withdraws=withdraws, card=card, digest=digest, **how), officer)
        if officer.id != self.desk.held.officer.id:
            self.desk.attempt(lambda: self._was_here(officer.id, how.get("identity", "")))
        self._seal()

    def _seal(self) -> None:
        if not signatures.missing(self.desk.held, self.desk.device_facts):
            self.desk.go("papers")

    def _was_here(self, officer: str, identity: str) -> None:
        """Remember who is the second officer, and that he is on the post."""
        store.keep_setting(self.desk.open_store, SECOND, officer)
        presence.confirm(self.desk.open_store, officer, self.desk.at, identity)

    def _unknown(self) -> frozenset[str]:
        return frozenset(one.id for one in self.officers if self.new_pin.is_new(one.id))

    def _doubted(self, officer: str) -> bool:
        return not self.new_pin.is_new(officer) and (
            self.new_pin.vouched(officer, own=officer == self.desk.held.officer.id) == "unverified"
        )

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        self.show()

    def _person(self, strokes: list[list[list[int]]], **more: Any) -> None:
        name = person_name(self.desk.held, self.person)
        withdraws = signatures.earlier(self.desk.held, self.person)
        more |= conclusion.said_in_signature(self.desk.held, self.person)
        if strokes or more["digest"] or withdraws:
            self.desk.put(acts.sign(self.person, name, strokes, withdraws=withdraws, **more))

    def _draft(self) -> str:
        return part.draft(self.desk.held, self.desk.device_facts)
