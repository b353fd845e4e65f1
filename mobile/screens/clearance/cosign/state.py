"""Who confirms by PIN what is added to a sealed record: two officers, and a leader where he approves it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checklists.definitions.citation import agency_short
from checklists.findings.approval import ROLE
from checklists.inspection.entries import Entry
from mobile.inspecting.inspection import Held, Officer
from mobile.screens.code.state import needs_code
from mobile.words import _, words

OFFICER = "officer"


@dataclass(frozen=True)
class Choice:
    """Somebody who may be the second officer, or the leader."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Slot:
    """One of those who confirm: in which role, who, and how he stands. `tone` says whether he has, is asked, or waits.

    `officer` is empty where the leader is not chosen yet.
    """

    role: str
    officer: str
    text: str
    told: str
    tone: str


@dataclass(frozen=True)
class CosignState:
    """Whose PIN is asked. `code` says why the office's code comes before that; `asked` is his id, `role` his role."""

    slots: tuple[Slot, ...]
    seconds: tuple[Choice, ...]
    leaders: tuple[Choice, ...]
    asked: str
    role: str
    prompt: str
    trouble: str
    code: str


def cosign_state(
    held: Held,
    officers: Sequence[Officer],
    leaders: Sequence[Officer],
    signed: Iterable[Entry],
    *,
    many: int = 2,
    second: str = "",
    leader: str = "",
    asks_leader: bool = False,
    unknown: frozenset[str] = frozenset(),
    unproven: frozenset[str] = frozenset(),
    again: bool = False,
    trouble: str = "",
) -> CosignState:
    """Return who confirms: `many` officers, ours first; then the leader, where he is asked.

    `signed` are the signatures that hold. Those in `unknown` have no PIN here yet and set one, `again` a second time;
    those in `unproven` give the office's code before that.
    """
    done = {(str(one.value.get("role")), one.officer) for one in signed}
    others = [one for one in officers if one.id != held.officer.id]
    pair = [(OFFICER, one) for one in (held.officer, *_second(held, others, done, second, unknown))][:many]
    lead = _leader(leaders, done, leader)
    people: list[tuple[str, Officer | None]] = [*pair, *([(ROLE, lead)] if asks_leader else [])]
    turn = next((one for one in people if one[1] is None or (one[0], one[1].id) not in done), None)
    asked = turn[1] if turn else None
    return CosignState(
        slots=tuple(_slot(held, role, who, done, turn) for role, who in people),
        seconds=_choices(others, pair[1][1].id if len(pair) > 1 else "") if many > 1 and len(others) > 1 else (),
        leaders=_choices(leaders, lead.id if lead else "") if asks_leader and len(leaders) > 1 else (),
        asked=asked.id if asked else "",
        role=turn[0] if turn else "",
        prompt=_prompt(pair, many, turn, leaders, unknown, again=again),
        trouble=trouble,
        code=needs_code(asked.name) if asked and asked.id in unproven else "",
    )


def _second(
    held: Held, others: list[Officer], done: set[tuple[str, str]], second: str, unknown: frozenset[str]
) -> list[Officer]:
    """Return the second officer: who signed, who was chosen, else one whom this tablet knows, of the other agency."""
    likely = sorted(others, key=lambda one: (one.id in unknown, one.agency == held.officer.agency))
    signed = [one for one in likely if (OFFICER, one.id) in done]
    return [*signed, *(one for one in likely if one.id == second), *likely][:1]


def _leader(leaders: Sequence[Officer], done: set[tuple[str, str]], chosen: str) -> Officer | None:
    signed = [one for one in leaders if (ROLE, one.id) in done]
    named = [one for one in leaders if one.id == chosen]
    return next(iter([*signed, *named, *(leaders if len(leaders) == 1 else ())]), None)


def _slot(
    held: Held,
    role: str,
    who: Officer | None,
    done: set[tuple[str, str]],
    turn: tuple[str, Officer | None] | None,
) -> Slot:
    named = _("Team leader") if role == ROLE else _("Officer")
    if who is None:
        return Slot(role, "", named, _("choose who is here"), "unknown")
    text = f"{named} {who.name} · {agency_short(held.kit.definitions, who.agency, words.lang)}"
    if (role, who.id) in done:
        return Slot(role, who.id, text, _("confirmed"), "good")
    if turn == (role, who):
        return Slot(role, who.id, text, _("enters the PIN now"), "primary")
    return Slot(role, who.id, text, _("waits"), "neutral")


def _choices(people: Iterable[Officer], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.id, one.name, one.id == chosen) for one in people)


def _prompt(
    pair: Sequence[object],
    many: int,
    turn: tuple[str, Officer | None] | None,
    leaders: Sequence[Officer],
    unknown: frozenset[str],
    *,
    again: bool,
) -> str:
    if len(pair) < many:
        return _("The office has named no second officer.")
    if turn is None:
        return ""
    who = turn[1]
    if who is None:
        return _("Choose the leader first") if leaders else _("The office has named no leader for this tablet.")
    if who.id not in unknown:
        return _("PIN of {name}").format(name=who.name)
    said = _("{name}: the same PIN again") if again else _("{name} is new here: set a PIN of 6 to 12 digits")
    return said.format(name=who.name)
