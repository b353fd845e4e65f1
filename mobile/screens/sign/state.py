"""T8: what driver and escort are told and sign, each for himself; then the two officers who confirm by PIN. Pure.

A signature holds for the draft it was given to: what changes afterwards makes it stale, and it is asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists import words as kernel
from checklists.definitions.citation import agency_short, measure
from checklists.findings.fault import fault
from checklists.findings.outcome import carried_out
from checklists.inspection.entries import PERSONAL, Entry, standing
from checklists.inspection.recheck import item_of, looked_again
from checklists.papers.paper import points
from checklists.papers.paragraphs import rights, told_apart
from mobile.inspecting import conclusion, decision
from mobile.inspecting.conclusion import Signer, signers
from mobile.inspecting.inspection import Held, Officer
from mobile.screens.code.state import needs_code
from mobile.screens.outcome.state import TONES, sentence
from mobile.screens.shared.reasons import is_picked
from mobile.screens.sign.refusal.state import RefusalState, Said, refusal_state, refused_words
from mobile.sealing import part
from mobile.sealing.signatures import Signed, pair_of, signed
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

SILENT = "nothing_stated"
"""The key of the choice that he states nothing; the papers say so only where it was touched."""


@dataclass(frozen=True)
class Told:
    """One thing that was found, as the driver reads it."""

    number: str
    text: str
    tone: str
    fixed: str = ""


@dataclass(frozen=True)
class Choice:
    """A statement or an officer to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Tab:
    """One of those who sign: his role, what is on the tab, whether he is done, whether he is in front."""

    key: str
    text: str
    done: bool
    chosen: bool


@dataclass(frozen=True)
class Slot:
    """One of the two officers: who he is, whether he has confirmed this draft, whether it is his turn.

    `doubt` says that nobody vouches for his PIN.
    """

    officer: str
    name: str
    agency: str
    agency_name: str
    card: str
    confirmed: bool
    turn: bool
    doubt: str = ""

    @property
    def words(self) -> str:
        """How he stands."""
        if self.confirmed:
            return _("confirmed")
        return _("enters the PIN now") if self.turn else _("waits")


@dataclass(frozen=True)
class SignState:
    """All of T8. `stage` is driver or officers; `asked` is the officer whose PIN is asked for.

    `code` says why the office's code comes before that. `driver` is the name of the person in front, or the word for
    his role, and `person` his role; `nameless` warns where nobody has named him. `tabs` are all who sign, none where he
    is alone. `refusal` is there while he refuses. `told` names what he is told, in whatever language: something else is
    to be seen anew.
    """

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
    refusal: RefusalState | None
    refused: str
    nameless: str
    slots: tuple[Slot, ...]
    seconds: tuple[Choice, ...]
    asked: str
    prompt: str
    trouble: str
    code: str = ""
    person: str = "driver"
    tabs: tuple[Tab, ...] = ()
    cards: str = ""
    next_person: str = ""
    done_words: tuple[str, ...] = ()
    forgot: str = ""
    told: tuple[object, ...] = ()

    @property
    def may_hand_back(self) -> bool:
        """Whether the person in front signed, or refused, and who or what saw it stands there."""
        return self.signed or bool(self.refused)

    @property
    def go_words(self) -> str:
        """What the touch that goes on means: the next person signs, or the officers have the tablet back."""
        if self.next_person:
            return _("On to the {person}").format(person=_(kernel.ROLES[self.next_person]))
        return _("Back to the officers")


def sign_state(
    held: Held,
    device: part.Device,
    officers: Iterable[Officer],
    *,
    stage: str = "driver",
    person: str = "driver",
    refusing: Said | None = None,
    second: str = "",
    unknown: frozenset[str] = frozenset(),
    unproven: frozenset[str] = frozenset(),
    doubted: frozenset[str] = frozenset(),
    again: bool = False,
    trouble: str = "",
) -> SignState:
    """Return the signing of an inspection. `officers` are those whom the office named, ours among them.

    Those in `unknown` set a PIN on this tablet now; `again` asks for the same one a second time. Those in `unproven`
    give the office's code before that, and for the PIN of those in `doubted` nobody vouches. `refusing` is what was
    said so far of a refusal.
    """
    draft = part.draft(held, device)
    given, people = signed(held, draft), conclusion.given(held.entries, draft)
    others = [one for one in officers if one.id != held.officer.id]
    pair = pair_of(held, others, second, given, unknown)
    asked_people = signers(held)
    one = next((each for each in asked_people if each.role == person), asked_people[0])
    value: Mapping[str, Any] = people[one.role].value if one.role in people else {}
    name = one.name or _(kernel.ROLES[one.role])
    slots = _slots(held, pair, given, doubted)
    asked = next((each for each in slots if each.turn), None)
    chosen = pair[1].id if len(pair) > 1 else ""
    words_ = conclusion.said(held, one.role)
    waiting = [each.role for each in asked_people if each.must and each.role not in people]
    return SignState(
        stage="driver" if waiting else stage,
        driver=name,
        found=_found(held),
        follows=_follows(held),
        rights=rights(held.kit.definitions, held.assessment.situation.day, words.lang),
        statements=(
            *(Choice(_(each), _(each), is_picked(each, words_)) for each in STATEMENTS),
            Choice(SILENT, _("States nothing"), conclusion.said_nothing(held, one.role)),
        ),
        statement=words_,
        strokes=_strokes(value),
        signed=bool(value) and not value.get("refused"),
        stale=_stale(held, given),
        refusal=None if refusing is None else refusal_state(held, one, refusing, pair),
        refused=_refused(name, value),
        nameless="" if one.name else _nameless(one.role),
        slots=slots,
        seconds=tuple(Choice(each.id, each.name, each.id == chosen) for each in others) if len(others) > 1 else (),
        asked=asked.officer if asked else "",
        prompt=_prompt(asked, pair, new=asked is not None and asked.officer in unknown, again=again),
        trouble=trouble,
        code=needs_code(asked.name) if asked and asked.officer in unproven else "",
        person=one.role,
        tabs=_tabs(asked_people, people, one) if len(asked_people) > 1 else (),
        cards=_cards(held),
        next_person=next((role for role in waiting if role != one.role), ""),
        forgot=_forgot(asked, unknown),
        told=(held.inspection, one.role, *_told(held)),
        done_words=tuple(_done(each, people[each.role].value) for each in asked_people if each.role in people),
    )


def person_name(held: Held, role: str = "driver") -> str:
    """Return the driver or escort who was met, else the one on the papers; empty where nobody has named him."""
    return next((one.name for one in signers(held) if one.role == role), "")


def _refused(name: str, value: Mapping[str, Any]) -> str:
    if not value.get("refused"):
        return ""
    said = _("{name} is not present") if value.get("absent") else _("{name} refused to sign")
    return said.format(name=name)


def _nameless(role: str) -> str:
    return _("The {person} has no name here. Write it down before he signs; without it the record has none.").format(
        person=_(kernel.ROLES[role])
    )


def _tabs(people: Iterable[Signer], given: Mapping[str, Entry], one: Signer) -> tuple[Tab, ...]:
    return tuple(
        Tab(each.role, f"{_(kernel.ROLES[each.role])} {each.name}".strip(), each.role in given, each is one)
        for each in people
    )


def _done(one: Signer, value: Mapping[str, Any]) -> str:
    name = one.name or _(kernel.ROLES[one.role])
    return refused_words(name, value) or _("{name} has signed.").format(name=name)


def _cards(held: Held) -> str:
    """Return who shows his card to those who are told, with the numbers."""
    shown = conclusion.cards_shown(held).get("officers", ())
    definitions = held.kit.definitions
    return "\n".join(
        f"{agency_short(definitions, str(one.get('agency')), words.lang)} {one.get('name')}  "
        f"{_('card no.')} {one.get('card') or '—'}"
        for one in shown
    )


def _slots(held: Held, pair: tuple[Officer, ...], given: Signed, doubted: frozenset[str]) -> tuple[Slot, ...]:
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
            _("Identity not verified: a code of the office proves him") if one.id in doubted else "",
        )
        for one in pair
    )


def _forgot(asked: Slot | None, unknown: frozenset[str]) -> str:
    """Return what a code of the office would do for whoever has a PIN here; empty for who sets his first."""
    if asked is None or asked.officer in unknown:
        return ""
    return _("Verify by the office's code") if asked.doubt else _("PIN forgotten?")


def _prompt(asked: Slot | None, pair: tuple[Officer, ...], *, new: bool, again: bool) -> str:
    if asked is None:
        return "" if len(pair) > 1 else _("The office has named no second officer.")
    if not new:
        return _("PIN of {name}").format(name=asked.name)
    words_ = _("{name}: the same PIN again") if again else _("{name}: set a PIN of 6 to 12 digits")
    return words_.format(name=asked.name)


def _found(held: Held) -> tuple[Told, ...]:
    again = looked_again(held.entries)
    return tuple(
        Told(
            str(number),
            told_apart(one, held.assessment.findings, words.lang),
            "good" if again.corrected(fault(one)) else TONES.get(one.severity, "neutral"),
            _("put right") if again.corrected(fault(one)) else "",
        )
        for number, one in enumerate(held.assessment.findings, start=1)
    )


def _follows(held: Held) -> tuple[str, ...]:
    """Return what follows: the decision, its deadline, fines on the spot, and who handles it."""
    stand = decision.outcome(held)
    decided = str(stand["decided"] or stand["proposed"])
    lines = [sentence(_(kernel.OUTCOMES.get(decided, decided)))]
    if stand.get("correct_by"):
        lines.append(_("Put right by {day}").format(day=stand["correct_by"]))
    numbers = {fault(one): str(number) for number, one in enumerate(held.assessment.findings, start=1)}
    for name, amount in conclusion.penalties(held).items():
        said = _("Fine on the spot: {n} yuan (no. {number}, {item})")
        lines.append(said.format(n=f"{amount:,}", number=numbers[name], item=item_of(name)))
    definitions = held.kit.definitions
    done = carried_out(held.assessment.proposal.measures, decided, definitions.measures)
    asked = [code for code in done if code not in ("C", "H")]
    lines += ["；".join(measure(definitions, code, words.lang) for code in asked)] if asked else []
    names = dict.fromkeys(agency_short(definitions, one.agency, words.lang) for one in held.assessment.findings)
    return (*lines, *((_("Handled by {agencies}").format(agencies="、".join(names)),) if names else ()))


def _told(held: Held) -> Iterator[object]:
    """Yield what the person in front is told, by its codes."""
    stand = decision.outcome(held)
    again = looked_again(held.entries)
    yield from (str(stand["decided"] or stand["proposed"]), str(stand.get("correct_by") or ""))
    found = held.assessment.findings
    yield from ((fault(one), one.severity, again.corrected(fault(one)) is not None) for one in found)
    yield from conclusion.penalties(held).items()


def _strokes(value: Mapping[str, Any]) -> tuple[tuple[int, ...], ...]:
    """Return the strokes flat, as the pad draws them."""
    return tuple(tuple(part for point in stroke for part in point) for stroke in points(value.get("strokes", ())))


def _stale(held: Held, given: Signed) -> str:
    """Return whose signature was given to an earlier draft."""
    valid = {one.id for one in given.everybody}
    stand = [one for rivals in standing(held.entries, "signature").values() for one in rivals]
    done = {_who(one) for one in stand if one.id in valid}
    again = {_who(one): str(one.value.get("name", "")) for one in stand if one.value.get("digest")}
    names = sorted(name for who, name in again.items() if who not in done)
    return _("Something changed since; sign again: {names}").format(names="、".join(names)) if names else ""


def _who(entry: Entry) -> tuple[str, str]:
    """Return who signed: an officer by his id, driver and escort by their role; names are for reading."""
    role = str(entry.value.get("role", ""))
    return role, entry.officer if role in PERSONAL else ""
