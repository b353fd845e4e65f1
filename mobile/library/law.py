"""Violations as the law stands on a day: by code, words or initials; what is not verified says so. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from checklists import words as kernel
from checklists.definitions.citation import agency, agency_short, citable, cite
from checklists.definitions.definition import Checklist, Definitions
from checklists.goods.listing import Goods
from checklists.goods.name_index import NameIndex
from checklists.law.model import Citation, Penalty, Violation
from mobile.library.shapes import MOST, Block, Card, Row, blocks
from mobile.words import _, words


def code_of(text: str) -> str:
    """Return a code as it is compared: CN-LIC-05b, lic 05B and lic05b are one."""
    return re.sub(r"[^0-9a-z]", "", text.casefold())


class LawShelf:
    """The violations of a regime that hold on a day."""

    def __init__(self, definitions: Definitions, checklist: Checklist, day: date, letters: dict[str, str]) -> None:
        self.definitions, self.checklist, self.day = definitions, checklist, day
        agencies = {code for code, one in definitions.agencies.items() if one.get("regime", "CN") == checklist.regime}
        held = (row for row in definitions.violations if row.effective(day) and agencies & set(row.agency))
        self.rows = tuple(sorted(held, key=lambda row: row.code))
        names = ((text, place) for place, row in enumerate(self.rows) for text in row.title.values())
        said = ((one.text.get("zh", ""), place) for place, row in enumerate(self.rows) for one in row.penalty)
        self.index = NameIndex(names, said, letters)

    def find(self, text: str, _aboard: Sequence[Goods]) -> tuple[Row, ...]:
        """Return violations; all of them where nothing is typed."""
        code = code_of(text)
        places = [place for place, row in enumerate(self.rows) if code and code in code_of(row.code)]
        places += self.index.find(text, MOST) if text.strip() else []
        found = [self.rows[place] for place in dict.fromkeys(places)] if text.strip() else list(self.rows)
        held = list({row.code: row for row in reversed(found)}.values())[::-1]
        return tuple(self._row(one) for one in held[:MOST])

    def _row(self, row: Violation) -> Row:
        who = "、".join(agency_short(self.definitions, one, words.lang) for one in row.agency)
        verified = any(one.verified for one in self.rows if one.code == row.code)
        pending = "" if verified else _("to be verified")
        return Row(row.code, words.pick(row.title), f"{row.code} · {who}", pending, "unknown" if pending else "neutral")

    def card(self, key: str, _aboard: Sequence[Goods]) -> Card | None:
        """Return a violation: duty, penalty, who is competent, who answers, how it may be decided."""
        rows = [one for one in self.rows if one.code == key]
        if not rows:
            return None
        row = rows[0]
        return Card(
            key=key,
            title=words.pick(row.title),
            subtitle=row.code,
            mark="" if any(one.verified for one in rows) else _("to be verified"),
            tone="unknown",
            blocks=(
                *(block for one in rows for block in self._case(one)),
                *blocks((_("found at"), "、".join(self._items(key)))),
            ),
        )

    def _case(self, row: Violation) -> Iterable[Block]:
        """What one row says, after the load for which it holds where the law depends on it."""
        simple = _(kernel.SIMPLE.get(row.simple, row.simple))
        yield from blocks((_("for which load"), kernel.law_case(row.applies_when, _)))
        yield from (Block(_("duty"), cited(self.definitions, one, self.day), _tone(one.verified)) for one in row.duty)
        yield from (self._penalty(one) for one in row.penalty)
        if not row.penalty:
            yield Block(_("penalty"), _("not known: to be verified"), "unknown")
        yield from blocks(
            (_("competent"), "、".join(agency(self.definitions, one, words.lang) for one in row.agency)),
            (_("who answers"), _(kernel.ROLES.get(row.subject, row.subject)) if row.subject else ""),
            (_("decided on the spot"), simple),
            (_("points"), row.points),
            (_("in force"), _days(row)),
        )

    def _penalty(self, one: Penalty) -> Block:
        verified = bool(one.basis and one.basis.verified)
        said = [
            _(kernel.ROLES.get(one.subject, one.subject)) if one.subject else "",
            words.pick(one.text) if one.text else "",
            _amount(one),
            cited(self.definitions, one.basis, self.day) if one.basis else "",
        ]
        return Block(_("penalty"), "\n".join(part for part in said if part), _tone(verified))

    def _items(self, code: str) -> Iterable[str]:
        return (f"{item.id} {words.pick(item.text)}" for item in self.checklist.items() if code in item.violations)


def cited(definitions: Definitions, one: Citation, day: date) -> str:
    """Return a citation with what keeps it from being printed: not read, no clause known, not in force that day."""
    text = cite(definitions, one, words.lang)
    if citable(definitions, [one], day):
        return (
            _("{law} (confirmed by the office: {who})").format(law=text, who=one.confirmed) if one.confirmed else text
        )
    if not one.in_force(day):
        return _("{law} (not in force that day)").format(law=text)
    return _("{law} (to be verified)").format(law=text)


def _tone(verified: bool) -> str:
    return "neutral" if verified else "unknown"


def _amount(one: Penalty) -> str:
    if one.min_cny is None and one.max_cny is None:
        return ""
    if one.min_cny is None:
        return _("up to {most} yuan").format(most=f"{one.max_cny:,}")
    if one.max_cny is None:
        return _("from {least} yuan").format(least=f"{one.min_cny:,}")
    return _("{least} to {most} yuan").format(least=f"{one.min_cny:,}", most=f"{one.max_cny:,}")


def _days(row: Violation) -> str:
    begins = row.effective_from.isoformat() if row.effective_from else "…"
    ends = row.effective_to.isoformat() if row.effective_to else "…"
    return f"{begins} – {ends}" if row.effective_from or row.effective_to else ""
