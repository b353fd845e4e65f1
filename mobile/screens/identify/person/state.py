"""A card that was shown: whose number it is, and what the registry knows of its qualification. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from checklists import words as kernel
from checklists.facts.identifiers.checks import check_id, readings
from checklists.facts.registry import Lookup, Row
from checklists.goods.listing import GoodsTable
from mobile.inspecting.inspection import Draft, Held
from mobile.screens.shared.ages import age_words
from mobile.screens.shared.problems import problem_words
from mobile.words import _

LENGTH = 18
N_ = str
_STATUS = {"valid": N_("valid"), "revoked": N_("revoked")}


@dataclass(frozen=True)
class PersonState:
    """The card. `rows` are (what, value), `tone` how the qualification stands, `meant` numbers to take instead.

    `named` says who the waybill names; a role may be given once the number is whole.
    """

    number: str = ""
    problems: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    title: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    source: str = ""
    tone: str = "neutral"
    named: str = ""

    @property
    def may_take(self) -> bool:
        """Whether the number is whole."""
        return len(self.number) >= LENGTH


def person_state(held: Held, number: str, lookup: Lookup, now: datetime) -> PersonState:
    """Return what is known under a number as far as it is typed."""
    if len(number) < LENGTH:
        return PersonState(number, named=_named(held))
    check = check_id(number, held.assessment.situation.day)
    meant = [one.params.get("suggestion", "") for one in check.problems]
    row = lookup("person", check.value)
    told = _known(row, held.assessment.situation.day, now) if row else ("", (), "", "unknown")
    title, rows, source, tone = told
    return PersonState(
        number=check.value,
        problems=tuple(problem_words(one) for one in check.problems),
        meant=tuple(one for text in meant for one in text.split("、") if one),
        title=title or _("The registry on this tablet does not know this number."),
        rows=rows,
        source=source,
        tone=tone,
        named=_named(held),
    )


def card_number(text: str, goods: GoodsTable) -> str:
    """Return the number of a person in the text of a code, or nothing: a qualification's is the identity number."""
    found = next(iter(readings(text, goods)), None)
    return found.value if found and found.kind in ("id", "qualification") and len(found.value) == LENGTH else ""


def take_person(role: str, number: str) -> tuple[Draft, ...]:
    """Put down whose papers were shown, by number alone; that this person is aboard is said on the walk."""
    return (Draft("fact", f"{role}.id_number", {"data": number, "source": "papers"}),)


def _known(row: Row, day: date, now: datetime) -> tuple[str, tuple[tuple[str, str], ...], str, str]:
    data = row["data"]
    paper = data.get("qualification") or {}
    until, status = str(paper.get("valid_until") or ""), str(paper.get("status") or "")
    roles = [_(kernel.ROLES.get(role, role)) for role in str(paper.get("category") or "").split("、") if role]
    said = {"category": "、".join(roles), "valid_until": until, "status": _(_STATUS.get(status, status))}
    rows = tuple((_(kernel.PARTS[name]), value or _("not known")) for name, value in said.items())
    over = status == "revoked" or bool(until and until < day.isoformat())
    tone = "danger" if over else "good" if until and status == "valid" else "unknown"
    source = f"{_(kernel.SOURCES['registry'])} · {age_words(str(row['as_of']), now)}"
    return str(data.get("name") or ""), rows, source, tone


def _named(held: Held) -> str:
    bill = held.assessment.situation.waybill
    people = [(role, getattr(bill, role, None)) for role in ("driver", "escort")]
    said = [f"{_(kernel.ROLES[role])} {one.name or ''} {one.id_number or ''}".strip() for role, one in people if one]
    return _("On the waybill: {people}").format(people="；".join(said)) if said else ""
