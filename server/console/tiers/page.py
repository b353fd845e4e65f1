"""What the list of carriers, a carrier's tier and the page of the formula show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from checklists.definitions.carrier_formula import CARRIER_LEVELS, CarrierFormula, formula_on
from checklists.zone import in_law_zone
from server import clock
from server.accounts import Scope
from server.store import carrier_tiers, case_law, case_rows, reading
from server.store.tier_models import CarrierTier, CarrierTierChange

ADDRESS = "/console/tiers"
FORMULA = f"{ADDRESS}/formula"
PAGE = 50
LONGEST_TEXT = 60


@dataclass(frozen=True)
class Reason:
    """A reason as it is drawn: its code and fields for words, and the address that it leads to, empty for none."""

    code: str
    told: Mapping[str, Any]
    points: int
    on: str
    address: str = ""


@dataclass(frozen=True)
class Line:
    """A carrier of the list with its gravest reason."""

    row: CarrierTier
    reason: Reason | None
    more: int
    address: str


@dataclass(frozen=True)
class TiersPage:
    """All that the list draws; `waiting` carriers are to be worked out again."""

    lines: Sequence[Line]
    counts: Mapping[str, int]
    level: str
    text: str
    next: str
    first: bool
    waiting: int
    formula: CarrierFormula | None


@dataclass(frozen=True)
class Standing:
    """A carrier's tier on its page. `changes` have the login in the place of a name where nobody has it."""

    row: CarrierTier
    reasons: Sequence[Reason]
    changes: Sequence[CarrierTierChange]
    names: Mapping[str, str]
    formula: CarrierFormula | None
    today: str
    longest: str


@dataclass(frozen=True)
class FormulaPage:
    """The versions, the latest first, and which is in force."""

    versions: Sequence[CarrierFormula]
    now: CarrierFormula | None
    today: date
    waiting: int


def carrier_address(key: str) -> str:
    """Return the address of a carrier's page."""
    return f"/console/carriers/{quote(key, safe='')}"


def tiers_page(query: Mapping[str, str]) -> TiersPage:
    """Return the list that a query asks for. Reads the store."""
    level = query.get("level", "")
    level = level if level in CARRIER_LEVELS else CARRIER_LEVELS[0]
    text, after = query.get("text", "").strip()[:LONGEST_TEXT], _after(query.get("after", ""))
    rows = carrier_tiers.page(level, text, after=after, limit=PAGE + 1)
    shown, last = rows[:PAGE], rows[PAGE - 1] if len(rows) > PAGE else None
    told = {"level": level, **({"text": text} if text else {})}
    further = urlencode({**told, "after": f"{last.points}~{last.key}"}) if last is not None else ""
    return TiersPage(
        lines=[_line(one) for one in shown],
        counts=carrier_tiers.counts(),
        level=level,
        text=text,
        next=f"{ADDRESS}?{further}" if further else "",
        first=after is None,
        waiting=carrier_tiers.waiting(),
        formula=carrier_tiers.current_formula(),
    )


def _after(text: str) -> tuple[int, str] | None:
    points, bar, key = text.partition("~")
    return (int(points), key) if bar and points.isascii() and points.isdecimal() and len(points) < 10 else None


def _line(row: CarrierTier) -> Line:
    held = json.loads(str(row.reasons))
    first = _reason(held[0], {}) if held else None
    return Line(row, first, max(0, len(held) - 1), carrier_address(str(row.key)))


def standing(scope: Scope, key: str) -> Standing | None:
    """Return a carrier's tier, or None for one that is not known. What somebody may not open has no link."""
    row = carrier_tiers.by_key(key)
    if row is None:
        return None
    held = json.loads(str(row.reasons))
    changes, formula, addresses = carrier_tiers.changes(key), carrier_tiers.current_formula(), _addresses(scope, held)
    today = in_law_zone(clock.read(clock.now())).date()
    longest = today + timedelta(days=formula.hand_days if formula else 0)
    return Standing(
        row=row,
        reasons=[_reason(one, addresses) for one in held],
        changes=changes,
        names=case_rows.names({str(one.who) for one in changes} | {str(row.hand_by)}),
        formula=formula,
        today=today.isoformat(),
        longest=longest.isoformat(),
    )


def _reason(one: Mapping[str, Any], addresses: Mapping[str, str]) -> Reason:
    link = str(one.get("link") or "")
    return Reason(str(one["code"]), one, int(one.get("points") or 0), str(one.get("on") or ""), addresses.get(link, ""))


def _addresses(scope: Scope, reasons: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return where reasons lead, of what somebody of that scope may open."""
    links = [str(one["link"]) for one in reasons if one.get("link")]
    checks = [link.partition(":")[2] for link in links if link.startswith("inspection:")]
    held = reading.sealed(scope, checks)
    found = {f"inspection:{ref}": f"/console/records/{one.digest}" for ref, one in held.items()}
    cases = (link.partition(":")[2] for link in links if link.startswith("case:"))
    found |= {f"case:{id_}": f"/console/cases/{id_}" for id_ in cases if reading.case(scope, id_) is not None}
    return found | {link: "?list=orders#list" for link in links if link.startswith("order:")}


def formula_page() -> FormulaPage:
    """Return the versions of the formula as they are published. Reads the store."""
    formulas = case_law.current().definitions.carrier_tiers
    today = in_law_zone(clock.read(clock.now())).date()
    ordered = sorted(formulas, key=lambda one: one.in_force_from, reverse=True)
    return FormulaPage(ordered, formula_on(formulas, today), today, carrier_tiers.waiting())
