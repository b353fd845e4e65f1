"""Takes the PINs under what is added to a sealed record; with the last one it is sealed."""

from __future__ import annotations

from checklists.findings.approval import ROLE
from mobile.desk import Desk
from mobile.inspecting import acts, conclusion
from mobile.inspecting.officers import leaders
from mobile.lock.pins import NewPin
from mobile.refusals import Refusal
from mobile.screens.clearance.cosign.state import CosignState, cosign_state
from mobile.screens.shared.trouble import trouble_words
from mobile.sealing import shifts, supplements
from mobile.sealing.supplement import Supplement


class Cosigning:
    """Who was chosen to confirm, and what went wrong with his PIN."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.officers = desk.access.colleagues()
        self.leaders = leaders(desk.access.enrolled.serving)
        self.new_pin = NewPin(desk.access)
        self.second = shifts.colleague(desk.open_store, desk.access.me.id)
        # Who has just given his code comes back here to set his PIN.
        self.leader = next((one.id for one in self.leaders if desk.access.proved(one.id)), "")
        self.trouble = ""

    def state(self, made: Supplement, asked: tuple[str, ...]) -> CosignState:
        """Return who confirms; `asked` is what a leader approves."""
        everybody = {one.id for one in (*self.officers, *self.leaders)}
        return cosign_state(
            made.held,
            self.officers,
            self.leaders,
            made.signatures,
            many=made.signers,
            second=self.second,
            leader=self.leader,
            asks_leader=bool(asked),
            unknown=frozenset(everybody - set(self.desk.access.officers())),
            unproven=frozenset(one for one in everybody if self.new_pin.asks_code(one)),
            again=bool(self.new_pin.first),
            trouble=self.trouble,
        )

    def choose(self, role: str, officer: str) -> None:
        """Ask another second officer, or another leader."""
        self.trouble = ""
        self.new_pin.forget()
        if role == ROLE:
            self.leader = officer
        else:
            self.second = officer

    def to_code(self, made: Supplement, asked: tuple[str, ...]) -> None:
        """Ask for the code that the office made for who is asked."""
        self.desk.go("code", officer=self.state(made, asked).asked)

    def confirmed(self, made: Supplement, asked: tuple[str, ...], pin: str) -> Supplement:
        """Take the PIN of who is asked, and return how the supplement stands then; the same where it was none of his.

        The signature says whether he set his PIN here and now, and who vouches for it.
        """
        state = self.state(made, asked)
        who = next((one for one in (*self.officers, *self.leaders) if one.id == state.asked), None)
        if who is None:
            # Everybody has signed, and the disk had no room for the seal.
            return made
        self.trouble = ""
        try:
            how = self.new_pin.given(who.id, pin, own=who.id == self.desk.access.me.id)
        except Refusal as refusal:
            self.trouble = trouble_words(refusal)
            return made
        if how is None:
            return made
        if state.role == ROLE:
            drafts = conclusion.approve_letting_go(made.decided, asked, who, made.draft, **how)
        else:
            drafts = acts.sign("officer", who.name, card=who.card, digest=made.draft, **how)
        return supplements.put(self.desk.open_store, made, drafts, self.desk.now(), who)
