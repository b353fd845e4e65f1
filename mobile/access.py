"""The access to the tablet: the PINs before the store, and the store, the enrolment and the officer while it is open.

What unlocking needs (peewee, cryptography, requests) is imported then, because the first frame comes before it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mobile.lock import vault
from mobile.lock.first_codes import FirstCodes, Tries
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.inspecting.inspection import Officer
    from mobile.link.enrolment import Enrolment
    from mobile.store.base import Store


class Access:
    """The lock on the folder of all data. `store`, `enrolment` and `officer` are None while it is locked."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder, self.now = folder, now
        self.store: Store | None = None
        self.enrolment: Enrolment | None = None
        self.officer: Officer | None = None
        self.device = ""
        self.near: Callable[[], Iterable[str]] = tuple
        """Numbers that stand before the officer now, such as the plate in hand: none of them is a PIN."""
        self.codes = FirstCodes(now)
        self._given = ""

    @property
    def keys(self) -> Path:
        """Where the wrapped keys are."""
        return self.folder / "keys.json"

    @property
    def open_store(self) -> Store:
        """The store of the officer who unlocked it. It is a mistake to ask while it is locked."""
        assert self.store is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        return self.store

    @property
    def enrolled(self) -> Enrolment:
        """The enrolment of the open tablet. It is a mistake to ask while it is locked."""
        assert self.enrolment is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        return self.enrolment

    @property
    def me(self) -> Officer:
        """The officer who unlocked it. It is a mistake to ask while it is locked."""
        assert self.officer is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        return self.officer

    @property
    def office(self) -> str:
        """The office's name, empty while it is locked."""
        return self.enrolment.office if self.enrolment else ""

    def officers(self) -> dict[str, str]:
        """Return who can unlock this tablet, id to name; empty before it is enrolled."""
        return vault.officers(self.keys) if vault.exists(self.keys) else {}

    def colleagues(self) -> list[Officer]:
        """Return those who can confirm here: everyone whom the office named."""
        from mobile.inspecting.officers import officer_of

        return [officer_of(one) for one in self.enrolled.serving]

    def named(self, officer: str) -> Officer:
        """Return an officer of the office. Raises Refusal `officer_unknown`."""
        from mobile.inspecting import officers

        return officers.named(self.enrolled.serving, officer)

    def check_pin(self, officer: str, pin: str) -> None:
        """Confirm that it is this officer. Raises the vault's refusals."""
        vault.confirm(self.keys, officer, pin, self.now())

    def asks_code(self, officer: str, made: Enrolment | None = None) -> bool:
        """Whether the office's code comes before this officer's first PIN here; `made` is an enrolment not kept yet."""
        return officer not in self.officers() and self.codes.asked(officer, self._row(officer, made))

    def proved(self, officer: str) -> bool:
        """Whether a code of the office has just proved him, so that he sets a PIN by it."""
        return officer in self.codes.proven

    def proof(self, officer: str) -> str | None:
        """Return who vouches for an officer's PIN, as `vault.proof`."""
        return vault.proof(self.keys, officer)

    def give_code(self, officer: str, code: str, made: Enrolment | None = None, tries: Tries | None = None) -> None:
        """Take the office's code for an officer's first PIN, or for a new one in place of one that he forgot.

        Raises the refusals of `FirstCodes.give`, and `first_code_used` where a PIN was set by this code before.
        """
        from checklists.inspection.officer_code import code_hash
        from mobile.store.code_tries import CodeTries

        if made is None and code_hash(officer, code) in vault.used_codes(self.keys, officer):
            raise Refusal("first_code_used")
        counts = tries or CodeTries(self.open_store)
        device = made.device if made else self.device
        self.codes.give(officer, code, self._row(officer, made), device, counts)

    def add_officer(self, officer: str, pin: str) -> None:
        """Let one more of the office's officers unlock this tablet, or give him a new PIN.

        Raises Refusal `first_code_missing` where the office's code was not given before.
        """
        if self.asks_code(officer):
            raise Refusal("first_code_missing")
        known = self._known(self.enrolled)
        name, code = self.named(officer).name, self.codes.proven.get(officer, "")
        vault.add_officer(self.keys, self.open_store.vault, officer, pin, name, known=known, code=code)
        self.codes.proven.pop(officer, None)

    def give(self, pin: str) -> None:
        """Hold the PIN that has just opened the tablet, because its officer goes on to change it."""
        self._given = pin

    def take_given(self) -> str:
        """Return the PIN that has just opened the tablet to be changed, once; nothing otherwise."""
        given, self._given = self._given, ""
        return given

    def change_pin(self, officer: str, old: str, new: str) -> None:
        """Give the officer another PIN for his own. Raises the refusals of `vault.change_pin`."""
        vault.change_pin(self.keys, officer, old, new, self.now(), known=self._known(self.enrolled))

    def judge_pin(self, pin: str, made: Enrolment | None = None) -> None:
        """Raise the refusals of `vault.judge` for a PIN that is chosen now; `made` is an enrolment not kept yet."""
        vault.judge(pin, self._known(made or self.enrolled))

    def unlock(self, officer: str, pin: str) -> None:
        """Open the store. Raises the vault's and the store's refusals, and `not_enrolled`.

        Where an enrolment was cut off before anything was kept, its keys go, so that the next one begins anew.
        """
        from mobile.link import enrolment
        from mobile.store import store

        opened = store.open_store(self.folder, vault.unlock(self.keys, officer, pin, self.now()))
        made = enrolment.enrolment(opened)
        if made is None:
            blank = store.is_blank(opened)
            store.release(opened)
            if blank:
                self._forget_keys(fresh=True)
            raise Refusal("not_enrolled")
        self.open(opened, made, officer)

    def enrol(self, made: Enrolment, officer: str, pin: str) -> None:
        """Keep what the office answered under a new vault with its first officer, and open it.

        Raises Refusal `pin_length`, `pin_guessed`, `officer_unknown` where the office did not name him, and
        `first_code_missing`.
        """
        from mobile.inspecting import officers

        if self.asks_code(officer, made):
            raise Refusal("first_code_missing")
        from mobile.store import wipe

        first = officers.named(made.officers, officer)
        self.open(self._kept(made, officer, pin, first.name), made, officer)
        self.codes.proven.pop(officer, None)
        wipe.over(self.folder)

    def wipe(self, why: str) -> bool:
        """Take the PINs away; False, with nothing changed, where no office could open what is not sent."""
        from mobile.store import wipe

        return wipe.begin(self.folder, why, self.now()) is not None

    def open(self, opened: Store, made: Enrolment, officer: str) -> None:
        """Let this officer in. Raises Refusal `officer_unknown`."""
        self.store, self.enrolment, self.device = opened, made, made.device
        self.entrust(opened, made)
        self.officer = self.named(officer)

    def entrust(self, opened: Store, made: Enrolment) -> None:
        """Have the vault's key sealed for the office, once; a tablet that was cut off while enrolling does it now."""
        from mobile.link import enrolment

        if vault.entrusted(self.keys) is None and (office := enrolment.trustee(made, opened.vault)) is not None:
            vault.entrust(self.keys, office)

    def renew(self) -> None:
        """Take over whom the office named since."""
        from mobile.link import enrolment

        self.enrolment = enrolment.enrolment(self.open_store) or self.enrolment

    def close(self) -> None:
        """Close the store and forget its key; what was written stays."""
        if self.store is not None:
            from mobile.store import store

            store.release(self.store)
        self.store = self.officer = self.enrolment = None
        self._given = ""
        self.codes.proven.clear()

    def _row(self, officer: str, made: Enrolment | None) -> Mapping[str, Any]:
        """Return what the office told last of an officer and of his codes; `made` is an enrolment not kept yet."""
        from checklists.inspection import officer_code
        from mobile.store import store

        given = (made or self.enrolled).officers
        held = next((one for one in given if one["id"] == officer), {})
        if made is not None or not store.heard(self.open_store).whole:
            return held
        rows = (("officer_codes", officer), ("feed", "first_pin"))
        proofs, rule = (store.lookup(self.open_store, *one) for one in rows)
        return officer_code.told(held, proofs and proofs["data"], rule and rule["data"])

    def _known(self, made: Enrolment) -> list[str]:
        """Return the numbers found beside this tablet: cards, its own number, what is before the officer."""
        cards = [str(one.get("card", "")) for one in made.officers]
        return [*cards, str(made.certificate.get("prefix") or ""), *self.near()]

    def _kept(self, made: Enrolment, officer: str, pin: str, name: str) -> Store:
        """Return a new store with the enrolment in it; where that is refused, nothing is left behind."""
        from mobile.link import enrolment
        from mobile.store import store

        fresh = not (self.folder / "data").exists()
        proof = vault.BY_CODE if officer in self.codes.proven else vault.BY_ENROLMENT
        key = vault.create(self.keys, officer, pin, name, known=self._known(made), proof=proof)
        try:
            opened = store.open_store(self.folder, key)
            enrolment.keep(opened, made)
        except Refusal:
            self._forget_keys(fresh=fresh)
            raise
        return opened

    def _forget_keys(self, *, fresh: bool) -> None:
        """Remove keys under which nothing was kept, and what is `fresh` beside them: they would lock out the next."""
        if fresh:
            shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.keys.unlink()
