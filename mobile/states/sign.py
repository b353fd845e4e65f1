"""T8: what the driver is told and signs, then the two officers who confirm by PIN. Pure.

A signature holds for the draft it was given to: what changes afterwards makes it stale, and it is asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklists import words as kernel
from checklists.citing import agency_short, measure
from checklists.inspection import Entry, standing
from checklists.notices import RIGHTS, fact
from checklists.paper import points
from mobile import part
from mobile.held import Held, Officer
from mobile.sealing import Signed, signed
from mobile.states.outcome import TONES, sentence
from mobile.words import _, words


def _mark(message: str) -> str:
    return message


STATEMENTS = (
    _mark("I have no objection"),
    _mark("I will put it right at once"),
    _mark("I was not told when loading"),
    _mark("I do not agree"),
)
"""What drivers say most; he may say anything else in his own words."""


@dataclass(frozen=True)
class Told:
    """One thing that was found, as the driver reads it."""

    number: str
    text: str
    tone: str


@dataclass(frozen=True)
class Choice:
    """A statement, a witness or an officer to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Slot:
    """One of the two officers: who he is, whether he has confirmed this draft, whether it is his turn."""

    officer: str
    name: str
    agency: str
    agency_name: str
    card: str
    confirmed: bool
    turn: bool

    @property
    def words(self) -> str:
        """How he stands."""
        if self.confirmed:
            return _("confirmed")
        return _("enters the PIN now") if self.turn else _("waits")


@dataclass(frozen=True)
class SignState:
    """All of T8. `stage` is driver or officers; `asked` is the officer whose PIN is asked for."""

    stage: str
    driver: str
    found: tuple[Told, ...]
    follows: tuple[str, ...]
    rights: str
    statements: tuple[Choice, ...]
    statement: str
    strokes: tuple[tuple[int, ...], ...]
    signed: bool
    stale: str
    refusing: bool
    refused: str
    witnesses: tuple[Choice, ...]
    slots: tuple[Slot, ...]
    seconds: tuple[Choice, ...]
    asked: str
    prompt: str
    trouble: str

    @property
    def may_hand_back(self) -> bool:
        """Whether the driver signed, or refused before a witness."""
        return self.signed or bool(self.refused)


def sign_state(
    held: Held,
    device: part.Device,
    officers: Iterable[Officer],
    *,
    stage: str = "driver",
    refusing: bool = False,
    second: str = "",
    unknown: frozenset[str] = frozenset(),
    again: bool = False,
    trouble: str = "",
) -> SignState:
    """Return the signing of an inspection. `officers` are those whom the office named, ours among them.

    Those in `unknown` have no PIN on this tablet yet and set one; `again` asks for the same PIN a second time.
    """
    given = signed(held, part.draft(held, device))
    known = {one.id: one for one in officers}
    others = [one for one in known.values() if one.id != held.officer.id]
    pair = _pair(held, sorted(others, key=lambda one: one.id in unknown), second, given)
    value: Mapping[str, Any] = given.driver.value if given.driver else {}
    name = driver_name(held)
    slots = _slots(held, pair, given)
    asked = next((one for one in slots if one.turn), None)
    chosen = pair[1].id if len(pair) > 1 else ""
    return SignState(
        stage=stage if given.driver else "driver",
        driver=name,
        found=_found(held),
        follows=_follows(held),
        rights=_(RIGHTS),
        statements=tuple(Choice(_(one), _(one), _(one) == said(held)) for one in STATEMENTS),
        statement=said(held),
        strokes=_strokes(value),
        signed=given.driver is not None and not value.get("refused"),
        stale=_stale(held, given),
        refusing=refusing,
        refused=_("{name} refused to sign; witness: {witness}").format(name=name, witness=value.get("witness") or "—")
        if value.get("refused")
        else "",
        witnesses=_witnesses(held, others, name),
        slots=slots,
        seconds=tuple(Choice(one.id, one.name, one.id == chosen) for one in others) if len(others) > 1 else (),
        asked=asked.officer if asked else "",
        prompt=_prompt(asked, pair, new=asked is not None and asked.officer in unknown, again=again),
        trouble=trouble,
    )


def driver_name(held: Held) -> str:
    """Return the driver who was met, else the one on the papers."""
    situation = held.assessment.situation
    aboard = next((one.name for one in situation.seen.aboard or () if one.role == "driver" and one.name), "")
    person = situation.driver or (situation.waybill.driver if situation.waybill else None)
    return aboard or (person.name if person and person.name else "") or _("driver")


def said(held: Held) -> str:
    """Return what the driver stated, or nothing."""
    stand = standing(held.entries, "statement").get("driver", ())
    return str(stand[-1].value.get("text", "")) if stand else ""


def _pair(held: Held, others: list[Officer], second: str, given: Signed) -> tuple[Officer, ...]:
    """Return our officer and the second: who signed already, who was chosen, else one of the other agency."""
    by_id = {one.id: one for one in others}
    done = next((by_id[one.officer] for one in given.officers if one.officer in by_id), None)
    mixed = sorted(others, key=lambda one: one.agency == held.officer.agency)
    other = done or by_id.get(second) or (mixed[0] if mixed else None)
    return (held.officer, other) if other else (held.officer,)


def _slots(held: Held, pair: tuple[Officer, ...], given: Signed) -> tuple[Slot, ...]:
    done = {one.officer for one in given.officers}
    turn = next((one.id for one in pair if one.id not in done), "")
    definitions = held.kit.definitions
    return tuple(
        Slot(
            one.id,
            one.name,
            one.agency,
            agency_short(definitions, one.agency, words.lang),
            one.card,
            one.id in done,
            one.id == turn,
        )
        for one in pair
    )


def _prompt(asked: Slot | None, pair: tuple[Officer, ...], *, new: bool, again: bool) -> str:
    if asked is None:
        return "" if len(pair) > 1 else _("The office has named no second officer.")
    if not new:
        return _("PIN of {name}").format(name=asked.name)
    words_ = _("{name}: the same PIN again") if again else _("{name} is new here: set a PIN of six digits")
    return words_.format(name=asked.name)


def _found(held: Held) -> tuple[Told, ...]:
    return tuple(
        Told(str(number), fact(one, words.lang), TONES.get(one.severity, "neutral"))
        for number, one in enumerate(held.assessment.findings, start=1)
    )


def _follows(held: Held) -> tuple[str, ...]:
    """Return what follows: the decision, its deadline, and who handles it."""
    stand = part.outcome(held)
    decided = str(stand["decided"] or stand["proposed"])
    lines = [sentence(_(kernel.OUTCOMES.get(decided, decided)))]
    if stand.get("correct_by"):
        lines.append(_("Put right by {day}").format(day=stand["correct_by"]))
    definitions = held.kit.definitions
    asked = [code for code in held.assessment.proposal.measures if code not in ("C", "H")]
    lines += ["；".join(measure(definitions, code, words.lang) for code in asked)] if asked else []
    names = dict.fromkeys(agency_short(definitions, one.agency, words.lang) for one in held.assessment.findings)
    return (*lines, *((_("Handled by {agencies}").format(agencies="、".join(names)),) if names else ()))


def _strokes(value: Mapping[str, Any]) -> tuple[tuple[int, ...], ...]:
    """Return the strokes flat, as the pad draws them."""
    return tuple(tuple(part for point in stroke for part in point) for stroke in points(value.get("strokes", ())))


def _stale(held: Held, given: Signed) -> str:
    """Return whose signature was given to an earlier draft."""
    valid = {one.id for one in (given.driver, *given.officers) if one is not None}
    stand = [one for rivals in standing(held.entries, "signature").values() for one in rivals]
    again = {_who(one) for one in stand if one.value.get("digest")} - {_who(one) for one in stand if one.id in valid}
    return _("Something changed since; sign again: {names}").format(names="、".join(sorted(again))) if again else ""


def _who(entry: Entry) -> str:
    return str(entry.value.get("name", ""))


def _witnesses(held: Held, others: list[Officer], driver: str) -> tuple[Choice, ...]:
    aboard = [one.name for one in held.assessment.situation.seen.aboard or () if one.name and one.name != driver]
    return tuple(Choice(name, name) for name in dict.fromkeys((*aboard, *(one.name for one in others))))
