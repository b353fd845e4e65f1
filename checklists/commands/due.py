"""`due TERM --from 2026-09-28`, `due --list`: when a statutory term of the workflow ends, and what it rests on."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from checklists import words
from checklists.authoring.loader import load_law
from checklists.authoring.text_tree import close_to
from checklists.commands.base import command, show
from checklists.definitions.citation import cite
from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.goods.listing import load_tables
from checklists.law.clocks import Due, calendar_of, due
from checklists.law.model import Term
from checklists.wire import to_plain


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "due", run, "say when a term of the workflow ends")
    parser.add_argument("term", nargs="?", metavar="TERM", help="as `--list` names it")
    parser.add_argument(
        "--from", dest="start", metavar="DAY", help="the event: 2026-09-28, or 2026-09-28T09:30 (Beijing)"
    )
    parser.add_argument("--list", action="store_true", help="list the terms")


def run(options: argparse.Namespace) -> int:
    """Print the end of the term; exit 1 where the data cannot tell it for sure."""
    law = load_law()
    if options.list:
        terms = law.terms.values()
        show(options, [_plain(one) for one in terms], (_line(one) for one in terms))
        return 0
    if not (options.term and options.start):
        raise ValueError("name a term and the day that begins it: due payment --from 2026-09-28, or due --list")
    term, start = _term(law, options.term), _start(options.start)
    found = due(term, start, calendar_of(load_tables()))
    show(options, {**_plain(term), "from": _at(start), **_answer(found)}, _report(law, term, start, found))
    return 0 if found.status == "sure" else 1


def _term(law: Definitions, name: str) -> Term:
    if name not in law.terms:
        raise ValueError(f"no term {name!r} ({close_to(name, law.terms)})")
    return law.terms[name]


def _start(text: str) -> date | datetime:
    if len(text) == len("2026-09-28"):
        return date.fromisoformat(text)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=LAW_ZONE)


def _plain(term: Term) -> dict[str, Any]:
    """Return the term with every key that a reader may rely on, also where it holds its default."""
    told = {name: getattr(term, name) for name in ("amount", "unit", "sense", "track", "start_day", "rolls_to")}
    return {**to_plain(term), **told, "verified": term.verified}


def _answer(found: Due) -> dict[str, Any]:
    return {
        "status": found.status,
        "due": _at(found.last) if found.last else None,
        "earliest": _at(found.earliest) if found.earliest else None,
        "latest": _at(found.latest) if found.latest else None,
        "rest_day": found.rest_day,
        "why": found.why or None,
    }


def _at(at: date | datetime) -> str:
    return at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()


def _line(term: Term) -> str:
    say = words.say("zh_CN")
    amount = f"{term.amount}{say(words.TERM_UNITS[term.unit])}" if term.amount is not None else "—"
    mark = "" if term.verified else "  [待核]"
    begins = say(words.TERM_STARTS.get(term.starts, term.starts))
    return f"{term.id:30} {term.track or '–'}  {amount:8} {begins}  {words.pick(term.text, 'zh')}{mark}"


def _report(law: Definitions, term: Term, start: date | datetime, found: Due) -> Iterable[str]:
    say = words.say("zh_CN")
    yield _line(term)
    if found.last is None:
        yield say(words.DUE[found.why])
    else:
        yield f"{_mark(found)}{say(words.TERM_SENSES[term.sense])}: {_at(found.last)}（{_at(start)}）"
        yield from map(say, _reasons(term, found))
    for one in term.basis:
        yield cite(law, one) + ("" if one.verified else "  [待核]")
    if term.note:
        yield term.note
    if term.extends:
        yield _line(law.terms[term.extends])


def _mark(found: Due) -> str:
    """Return the mark of an end that a notice yet to come may move."""
    if found.status != "provisional":
        return ""
    span = f" {found.earliest} ～ {found.latest}" if found.earliest != found.latest else ""
    return f"⚠ [{words.say('zh_CN')(words.DUE['provisional'])}{span}] "


def _reasons(term: Term, found: Due) -> Iterable[str]:
    """Yield what the counting rests on, and what is open."""
    if found.why:
        yield words.DUE[found.why]
    if term.unit != "hours":
        yield words.DUE["start_by_law" if term.start_day else "start_by_usage"]
    if term.rolls_to:
        yield words.DUE["rolls"]
    elif found.rest_day is not False:
        yield words.DUE["rest_day" if found.rest_day else "rest_day_unknown"]
