"""The table of cases as documentation: states, events with their fields, clocks, documents, refusals. As Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from server.cases import words
from server.cases.clock_rules import CLOCK_RULES, ClockRule
from server.cases.documents import DOCUMENTS
from server.cases.fields import FIELDS
from server.cases.machine import MOVES
from server.cases.moves import Move
from server.cases.own_terms import OWN_TERMS
from server.cases.states import ENDED, MAIN, SIDE_ENDS, SIDES

BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def markdown() -> str:
    """Return every table between the two marks, as `docs/cases.md` holds them."""
    parts = (_states(), _sides(), _events(), _side_events(), _clocks(), _documents(), _fields(), _codes())
    return "\n\n".join((BEGIN, *parts, END))


def _table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(head)
    lines = [f"### {title}", "", _row(names), _row("---" for _name in names), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _states() -> str:
    rows = ((f"`{name}`", text, "ended" if name in ENDED else "") for name, text in MAIN.items())
    return _table("States of the main line", ("state", "what it means", ""), rows)


def _sides() -> str:
    rows = (
        (f"`{kind}`", ", ".join(f"`{one}`{'*' if one in SIDE_ENDS[kind] else ''}" for one in held))
        for kind, held in SIDES.items()
    )
    return _table("Side tracks", ("track", "states (* finished)"), rows)


def _events() -> str:
    rows = (_event(one) for one in MOVES if one.track == "main")
    head = ("event", "from → to", "who", "needs", "may be told", "guards", "documents")
    return _table("Events of the main line", head, rows)


def _side_events() -> str:
    rows = (_event(one) for one in MOVES if one.track != "main")
    head = ("event", "track: from → to", "who", "needs", "may be told", "guards", "documents")
    return _table("Events of the side tracks", head, rows)


def _event(move: Move) -> tuple[str, ...]:
    states = "every state" if set(move.at) == set(MAIN) else "every open state" if len(move.at) > 15 else _list(move.at)
    way = f"{states} → {f'`{move.to}`' if move.to else 'stays'}"
    track = "" if move.track == "main" else f"{move.track}: "
    only = f" ({move.agency} only)" if move.agency else ""
    when = f" (if {move.when})" if move.when else ""
    papers = [f"`{one}`" for one in move.papers] + [f"`{one}` issued" for one in move.issues]
    return (
        f"`{move.event}`{only}{when}",
        f"{track}{way}",
        ", ".join(move.roles) + ("" if move.of == "keeper" else " (either agency)"),
        _list(move.needs),
        _list(move.takes),
        _list(move.guards),
        ", ".join(papers),
    )


def _clocks() -> str:
    head = ("clock", "kind", "term", "starts with", "ends with", "pauses → resumes", "mandatory")
    return _table("Clocks", head, map(_clock, CLOCK_RULES))


def _clock(rule: ClockRule) -> tuple[str, ...]:
    ours = rule.term in OWN_TERMS or "{tier}" in rule.term
    term = f"`{rule.term}`" + (f" (P: `{rule.police}`)" if rule.police else "") + (" *ours*" if ours else "")
    only = f" ({rule.agency} only)" if rule.agency else ""
    when = f" (if {rule.when})" if rule.when else ""
    pause = f"{_list(rule.pauses)} → {_list(rule.resumes)}" if rule.pauses else ""
    return (
        f"`{rule.name}`{only}",
        rule.kind,
        term,
        _list(rule.starts) + when,
        _list(rule.ends) + (", or the opening where it has not run out by then" if rule.met else ""),
        pause,
        "yes" if rule.mandatory else "",
    )


def _documents() -> str:
    rows = (
        (f"`{kind}`", one.title, one.mark or "–", _list(one.states) or "its event") for kind, one in DOCUMENTS.items()
    )
    return _table("Documents", ("kind", "what it is", "sign in its number", "issued in"), rows)


def _fields() -> str:
    rows = ((f"`{name}`", one.kind, _list(one.choices)) for name, one in sorted(FIELDS.items()))
    return _table("Fields of events", ("field", "kind", "choices"), rows)


def _codes() -> str:
    rows = ((f"`{code}`", text) for code, text in words.CODES.items())
    return _table("What may be missing", ("code", "what a clerk reads"), rows)


def _list(names: Iterable[str]) -> str:
    return " ".join(f"`{one}`" for one in names)
