"""Law that two people confirm: who proposes it and with which text, who agrees, who ends it. Rows are never deleted.

The law administrator proposes a row with the text of the article as it is shown, somebody else who leads, reviews or
administers agrees to that very text. Only then does it become part of the package (`publishing.confirm_law`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.law import texts
from checklists.law.confirmations import PARTS, Confirmation
from checklists.law.model import Citation, Violation
from checklists.wire import canonical, digest, to_plain
from server import clock
from server.cases.asking import Missing
from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.rights import may
from server.store import audit, case_law, case_scans, feed
from server.store.feed import Told
from server.store.paper_models import LawConfirmation

PROPOSES = may("law_propose")
CONFIRMS = may("law_confirm")
EVENT = "law_confirmed"

_CLAUSE = re.compile(r"[0-9¶()（）、–.]{1,40}")
_SHORTEST, _LONGEST = 10, 20_000
_MOST_CNY = 100_000_000


@dataclass(frozen=True)
class OpenRow:
    """A clause of a violation's row that waits: `text` are the product's words of it, empty where it has none.

    `state`: open, proposed (one person has) or confirmed; `row` is that proposal.
    """

    code: str
    title: Mapping[str, str]
    part: str
    citation: Citation
    text: str
    state: str
    row: LawConfirmation | None = None
    subject: str = ""
    amounts: tuple[int | None, int | None] = (None, None)
    agency: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What the law administrator proposes of one row. `text_digest` is that of the text which the page has shown."""

    code: str
    part: str
    law: str
    version: str
    clause: str
    text: str = ""
    text_digest: str = ""
    as_clause: str = ""
    subject: str = ""
    scan: str = ""
    source: str = ""
    note: str = ""
    min_cny: int | None = None
    max_cny: int | None = None

    @property
    def named(self) -> str:
        """The clause that was read."""
        return self.as_clause or self.clause


def waiting(definitions: Definitions, day: date, code: str = "") -> tuple[OpenRow, ...]:
    """Return every clause that was not verified by the data for conduct on that day, each once, and how it stands."""
    standing = _standing()
    found: dict[tuple[str, ...], OpenRow] = {}
    for row in definitions.violations:
        if row.effective(day) and code in ("", row.code) and not row.code.startswith("EU-"):
            for part, one, subject, amounts in _clauses(row):
                if one.verified and not one.confirmed:
                    continue
                known = next((held for held in standing if _is_about(held, row.code, part, one, subject)), None)
                state = "open" if known is None else "confirmed" if str(known.confirmed_at) else "proposed"
                words = texts.words_of(one.law, one.version, one.clause)
                key = (row.code, part, one.law, one.version, one.clause, subject)
                found.setdefault(
                    key, OpenRow(row.code, row.title, part, one, words, state, known, subject, amounts, row.agency)
                )
    return tuple(found[key] for key in sorted(found))


def propose(told: Proposal, actor: Actor) -> int | Refusal:
    """Keep a proposal and return its id, or everything that is missing."""
    definitions = case_law.current().definitions
    missing = tuple(dict.fromkeys(_faults(definitions, told, actor)))
    if missing:
        return Refusal(EVENT, missing)
    product = texts.words_of(told.law, told.version, told.named)
    text = product or told.text.strip()
    row = LawConfirmation.create(
        code=told.code,
        part=told.part,
        law=told.law,
        version=told.version,
        clause=told.clause,
        as_clause=told.as_clause if told.as_clause != told.clause else "",
        subject=told.subject,
        min_cny=told.min_cny,
        max_cny=told.max_cny,
        text=text,
        text_digest=digest(text.encode()),
        text_source=texts.source() if product else told.source.strip(),
        scan=told.scan,
        note=told.note,
        proposed_by=actor.login,
        proposed_name=actor.name,
        proposed_role=actor.role,
        proposed_at=clock.now(),
    )
    audit.note(who=actor.login, action="law.propose", subject=_subject(told), purpose="law")
    return int(row.id)


def confirm(id_: int, text_digest: str, actor: Actor) -> LawConfirmation | Refusal:
    """Agree to a proposal and to its very text, as somebody else than who proposed it; return it as it is now."""
    row = LawConfirmation.get_or_none(LawConfirmation.id == id_)
    missing = []
    if actor.role not in CONFIRMS:
        missing.append(Missing("role", " ".join(CONFIRMS)))
    if row is None or str(row.confirmed_at) or str(row.ended_at):
        return Refusal(EVENT, (*missing, Missing("law_row_unknown", str(id_))))
    if actor.login == row.proposed_by or (actor.name and actor.name == row.proposed_name):
        missing.append(Missing("four_eyes", "law_proposed"))
    if text_digest != row.text_digest:
        missing.append(Missing("law_text_other"))
    if missing:
        return Refusal(EVENT, tuple(missing))
    told = {"confirmed_by": actor.login, "confirmed_name": actor.name, "confirmed_role": actor.role}
    LawConfirmation.update(**told, confirmed_at=clock.now()).where(LawConfirmation.id == id_).execute()
    tell()
    audit.note(who=actor.login, action="law.confirm", subject=_subject(row), purpose="law")
    return LawConfirmation.get_by_id(id_)


def end(id_: int, why: str, actor: Actor) -> LawConfirmation | Refusal:
    """End a proposal or a confirmation with a reason; from the next package on the clause is open again."""
    row = LawConfirmation.get_or_none(LawConfirmation.id == id_)
    missing = []
    if actor.role not in CONFIRMS:
        missing.append(Missing("role", " ".join(CONFIRMS)))
    if not why.strip() or len(why) > _LONGEST:
        missing.append(Missing("field_missing", "reason"))
    if row is None:
        missing.append(Missing("law_row_unknown", str(id_)))
    elif str(row.ended_at):
        missing.append(Missing("law_ended", str(row.ended_at)))
    if missing:
        return Refusal(EVENT, tuple(missing))
    told = {"ended_by": actor.login, "ended_name": actor.name, "ended_at": clock.now(), "ended_why": why.strip()}
    LawConfirmation.update(**told).where(LawConfirmation.id == id_).execute()
    tell()
    audit.note(who=actor.login, action="law.end", subject=_subject(row), purpose="law")
    return LawConfirmation.get_by_id(id_)


def in_force() -> tuple[Confirmation, ...]:
    """Return what is confirmed and not ended, as packages carry it."""
    return tuple(map(_confirmation, _agreed()))


def tell() -> None:
    """Tell tablets of what is confirmed now, and of what is not so any more."""
    rows = _agreed()
    data = [canonical(to_plain(_confirmation(one))).decode() for one in rows]
    feed.tell(
        "confirmation", [Told(str(one.id), each, str(one.confirmed_at)) for one, each in zip(rows, data, strict=True)]
    )
    feed.gone("confirmation", feed.standing_keys("confirmation") - {str(one.id) for one in rows})


def _agreed() -> list[LawConfirmation]:
    agreed = LawConfirmation.select().where(LawConfirmation.confirmed_at != "", LawConfirmation.ended_at == "")
    return list(agreed.order_by(LawConfirmation.id))


def history(code: str = "") -> list[LawConfirmation]:
    """Return every proposal, the latest first; of one violation where it is named."""
    rows = LawConfirmation.select().order_by(LawConfirmation.id.desc())
    return list(rows.where(LawConfirmation.code == code) if code else rows)


def names_scan(sha256: str) -> bool:
    """Whether a proposal was made with that scan."""
    return bool(sha256) and bool(LawConfirmation.select().where(LawConfirmation.scan == sha256).exists())


def _standing() -> list[LawConfirmation]:
    return list(LawConfirmation.select().where(LawConfirmation.ended_at == "").order_by(LawConfirmation.id))


def _confirmation(row: LawConfirmation) -> Confirmation:
    return Confirmation(
        code=str(row.code),
        part=str(row.part),
        law=str(row.law),
        version=str(row.version),
        clause=str(row.clause),
        since=datetime.fromisoformat(str(row.confirmed_at)).astimezone(LAW_ZONE).date(),
        by=(str(row.proposed_name), str(row.confirmed_name)),
        text=str(row.text_digest),
        source=str(row.text_source),
        as_clause=str(row.as_clause),
        subject=str(row.subject),
        min_cny=row.min_cny,
        max_cny=row.max_cny,
    )


def _clauses(row: Violation) -> list[tuple[str, Citation, str, tuple[int | None, int | None]]]:
    fines = [("penalty", one.basis, one.subject, (one.min_cny, one.max_cny)) for one in row.penalty if one.basis]
    return [*(("duty", one, "", (None, None)) for one in row.duty), *fines]


def _faults(definitions: Definitions, told: Proposal, actor: Actor) -> Any:
    if actor.role not in PROPOSES:
        yield Missing("role", " ".join(PROPOSES))
    rows = [
        one
        for row in definitions.violations
        if row.code == told.code
        for part, one, subject, _amounts in _clauses(row)
        if part == told.part and subject == told.subject and _names(one, told) and not one.verified
    ]
    if told.part not in PARTS or not rows:
        yield Missing("law_row_unknown", _subject(told))
        return
    if any(_names(one, told) and _part_of(one) == _part_of(told) for one in _standing()):
        yield Missing("law_waits", _subject(told))
    if not told.named or not _CLAUSE.fullmatch(told.named):
        yield Missing("law_clause_missing", told.named)
    yield from _text_faults(told)
    yield from _amount_faults(told)


def _text_faults(told: Proposal) -> Any:
    """The product's own words where it has them, else typed words of which the office holds a scan."""
    product = texts.words_of(told.law, told.version, told.named)
    if product:
        if told.text_digest != digest(product.encode()):
            yield Missing("law_text_other", told.named)
        if not texts.passage(told.law, told.version, told.named):
            yield Missing("law_clause_missing", told.named)
    elif not (_SHORTEST <= len(told.text.strip()) <= _LONGEST) or "\0" in told.text or not told.scan:
        yield Missing("law_text_missing", told.named)
    elif not told.source.strip():
        yield Missing("field_missing", "source")
    if told.scan:
        yield from (Missing("file_unknown", name) for name in case_scans.unknown([told.scan]))


def _amount_faults(told: Proposal) -> Any:
    """Amounts that were read, in their order, of a penalty alone; without any the row's own are agreed to."""
    given = (told.min_cny, told.max_cny)
    if given == (None, None):
        return
    whole = [one for one in given if one is not None]
    if told.part != "penalty" or any(not 0 <= one <= _MOST_CNY for one in whole) or whole != sorted(whole):
        yield Missing("law_amounts_wrong", f"{told.min_cny}-{told.max_cny}")


def _names(one: Any, told: Any) -> bool:
    return (str(one.law), str(one.version), str(one.clause)) == (told.law, told.version, told.clause)


def _part_of(told: Any) -> tuple[str, ...]:
    return str(told.code), str(told.part), str(told.subject)


def _is_about(row: LawConfirmation, code: str, part: str, one: Citation, subject: str) -> bool:
    """Whether a proposal is about a clause, by its number in the data or by that which was read."""
    named = tuple(str(getattr(row, name)) for name in ("code", "part", "law", "version", "subject"))
    return named == (code, part, one.law, one.version, subject) and one.clause in (str(row.clause), str(row.as_clause))


def _subject(told: Any) -> str:
    return f"{told.code} {told.part} {told.law} {told.version} {told.clause} {told.subject}".rstrip()
