"""What an event is told: each field with its kind, checked before any guard looks at it. All faults at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists.wire import WireError, canonical
from server.cases.ends import day_in

LONGEST = 20_000
"""Signs of one text; an interview has some thousands."""


@dataclass(frozen=True)
class Field:
    """The kind of a field; `choices` are the values of a choice."""

    kind: str
    choices: tuple[str, ...] = ()


METHODS = ("in_hand", "left_with_witness", "post", "electronic", "entrusted", "public_notice")
"""How a document is served."""

PENALTIES = ("warning", "fine", "confiscation", "suspension", "revocation", "closure", "downgrade")
"""Kinds of penalty; the last four call for a hearing whatever the amount (行政处罚法 63)."""

IN_MONEY = ("fine", "confiscation")
"""Penalties that may name a sum; a fine always does."""

NONE = "none"
"""What stands in the place of a penalty where a violation gets none: with its ground, and the reason in words."""

NO_PENALTY = ("minor", "first_offence", "no_fault", "not_proven", "limitation", "under_age", "unsound_mind")
"""Why no penalty is given (行政处罚法 30, 31, 33, 36, 57)."""

UNPROVEN = "not_proven"
"""The ground by which nothing was broken: no duty is named, and no fact is called found or proven."""

SECOND = "second"
"""The appeal against a judgment of first instance, which ends with one that is final (行政诉讼法 7, 85)."""

SAME_ACT = "same_act"
"""Why one violation of several gets none: its act is fined under another one (行政处罚法 29)."""

SPARED = (*NO_PENALTY, SAME_ACT)
"""Why one violation gets no penalty in a decision that penalises another."""

FIELDS: dict[str, Field] = {
    "reason": Field("text"),
    "text": Field("text"),
    "cause": Field("text"),
    "wanted": Field("text"),
    "result": Field("text"),
    "outcome": Field("text"),
    "place": Field("text"),
    "body": Field("text"),
    "receipt": Field("text"),
    "licence": Field("text"),
    "paper_number": Field("text"),
    "late_reason": Field("text"),
    "proof_reason": Field("text"),
    "host_name": Field("text"),
    "title": Field("text"),
    "into": Field("text"),
    "task": Field("text"),
    "amendment": Field("text"),
    "template": Field("text"),
    "template_version": Field("text"),
    "what": Field("text"),
    "side": Field("text"),
    "paper": Field("text"),
    "conduct_at": Field("moment"),
    "found_at": Field("moment"),
    "decided_at": Field("moment"),
    "served_at": Field("moment"),
    "came_at": Field("moment"),
    "told_at": Field("moment"),
    "tried_at": Field("moment"),
    "published_at": Field("moment"),
    "hearing_at": Field("moment"),
    "at": Field("moment"),
    "sent_at": Field("moment"),
    "received_at": Field("moment"),
    "requested_at": Field("moment"),
    "held_at": Field("moment"),
    "paid_at": Field("moment"),
    "applied_at": Field("moment"),
    "handed_at": Field("moment"),
    "revoked_at": Field("moment"),
    "heard_at": Field("moment"),
    "until": Field("day"),
    "statement_until": Field("day"),
    "by": Field("day"),
    "owner": Field("login"),
    "host": Field("login"),
    "to": Field("agency"),
    "proof": Field("file"),
    "waiver": Field("file"),
    "docx": Field("file"),
    "pdf": Field("file"),
    "words": Field("file"),
    "party_unknown": Field("flag"),
    "corrected": Field("flag"),
    "harmless": Field("flag"),
    "lesson": Field("flag"),
    "cash": Field("flag"),
    "urgent": Field("flag"),
    "hearing_right": Field("flag"),
    "accepted": Field("flag"),
    "final": Field("flag"),
    "published": Field("flag"),
    "new_evidence": Field("flag"),
    "amount_cny": Field("yuan"),
    "amount_fen": Field("fen"),
    "surcharge_fen": Field("fen"),
    "tier": Field("choice", ("high", "medium", "low")),
    "method": Field("choice", METHODS),
    "ground": Field("choice", NO_PENALTY),
    "how": Field("choice", ("interview", "statement", "refused", "unreachable")),
    "load": Field("facts"),
    "object": Field("choice", ("vehicle", "load", "licence", "place", "goods", "documents")),
    "verdict": Field("choice", ("same", "other")),
    "appeal": Field("choice", ("review", "suit", SECOND)),
    "dropped": Field("choice", ("withdrawn", "absent", "left")),
    "kind": Field("code"),
    "clock": Field("code"),
    "officers": Field("people"),
    "investigators": Field("people"),
    "present": Field("people"),
    "penalties": Field("penalties"),
    "party": Field("party"),
    "violations": Field("codes"),
    "keys": Field("codes"),
    "grounds": Field("codes"),
    "answers": Field("codes"),
    "evidence": Field("rows"),
    "plan": Field("rows"),
    "law": Field("rows"),
    "says": Field("says"),
}
"""Every field that an event may carry."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:|/-]{0,199}")
_MOST_CNY = 100_000_000
_YEARS = (2000, 2100)


def faults(needs: Iterable[str], takes: Iterable[str], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield `(code, field)` for each field that is missing, unknown or not of its kind."""
    wanted = tuple(needs)
    for name in wanted:
        if data.get(name) in (None, "", (), [], {}):
            yield "field_missing", name
    for name, value in data.items():
        if name not in wanted and name not in takes:
            yield "field_unknown", name
        elif value not in (None, "", (), [], {}) and not fits(FIELDS[name], value):
            yield "field_wrong", name
    try:
        nul = b"\\u0000" in canonical(dict(data))  # PostgreSQL holds no NUL
    except (WireError, TypeError):
        nul = True
    if nul:
        yield "field_wrong", "data"


def fits(field: Field, value: Any) -> bool:
    """Whether a value is of its field's kind."""
    if field.kind == "choice":
        return value in field.choices
    check = _CHECKS[field.kind]
    return bool(check(value))


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST and "\0" not in value


def _day(value: Any) -> bool:
    day = day_in(value) if isinstance(value, str) else None
    return day is not None and _near(day)


def _moment(value: Any) -> bool:
    if _day(value):
        return True
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return at is not None and at.tzinfo is not None and _near(at)


def _near(day: date) -> bool:
    return _YEARS[0] <= day.year <= _YEARS[1]


def _people(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, Mapping) and _person(one) for one in value)


def _person(one: Mapping[str, Any]) -> bool:
    return _text(one.get("name")) and all(isinstance(one.get(key, ""), str) for key in ("login", "card"))


def _penalties(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, Mapping) and _penalty(one) for one in value)


def _penalty(one: Mapping[str, Any]) -> bool:
    amount, kind = one.get("amount_cny"), one.get("kind")
    if not one.get("violation") or not (amount is None or _yuan(amount)):
        return False
    if kind == NONE:
        return one.get("ground") in SPARED and _text(one.get("text")) and amount is None
    if kind == "fine" and not amount:
        return False
    return kind in PENALTIES and (amount is None or kind in IN_MONEY)


def _yuan(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_CNY


def _facts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(one, str) and one for pair in value.items() for one in pair)


def _rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, Mapping) for one in value)


_CHECKS = {
    "text": _text,
    "login": _text,
    "agency": lambda value: isinstance(value, str) and bool(re.fullmatch("[A-Z]", value)),
    "code": lambda value: isinstance(value, str) and bool(_CODE.fullmatch(value)),
    "file": lambda value: isinstance(value, str) and bool(_SHA256.fullmatch(value)),
    "flag": lambda value: isinstance(value, bool),
    "yuan": _yuan,
    "fen": lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100 * _MOST_CNY,
    "day": _day,
    "moment": _moment,
    "people": _people,
    "penalties": _penalties,
    "party": lambda value: isinstance(value, Mapping),
    "codes": lambda value: isinstance(value, list | tuple) and all(isinstance(one, str) and one for one in value),
    "facts": _facts,
    "says": _facts,
    "rows": _rows,
}
