"""The values of a document: what the case gives for each name, and what a person has filled in. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from server.documents import case_values, decision_values, procedure_values, side_values
from server.documents.chinese import day_words, moment_words, term_words
from server.documents.dossier import Dossier
from server.documents.form import Blank, Form, unended
from server.documents.law import general_clause, words_of

Values = dict[str, Any]

TICKED, EMPTY = "［√］", "［　］"

_PARTS: tuple[Callable[[Dossier], Values], ...] = (
    *(case_values.office, case_values.party, case_values.case, case_values.law, case_values.money_of),
    *(procedure_values.said, decision_values.of_decision, side_values.of_side),
)
"""What gives values; a later one stands before an earlier one of the same name."""


def values_of(form: Form, dossier: Dossier, filled: Mapping[str, Any]) -> Values:
    """Return the values of a form; what a person filled in stands before what the case gives."""
    wanted = form.names(dossier.issuer)
    held = {name: value for part in _PARTS for name, value in part(dossier).items()}
    held |= {name: _clause(dossier, name.removeprefix("by_")) for name in wanted if name.startswith("by_")}
    held |= {name: _term(dossier, name.removeprefix("term_")) for name in wanted if name.startswith("term_")}
    held["title"] = form.title(dossier.issuer)
    held["proof"] = ""  # made of the words, once the document is issued
    for one in form.blanks:
        if filled.get(one.name) not in (None, "", [], ()):
            held[one.name] = _written(form, one, filled[one.name])
    held["title"] = held.get("heading") or held["title"]  # another document brings its own
    held |= {name: unended(told) for name in form.within(dossier.issuer) if isinstance(told := held.get(name), str)}
    return held | _worked_out(held)


def missing(form: Form, agency: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of what must be there before the document is issued and is not.

    A blank is asked for where a part that has it stands.
    """
    standing = {
        name for part in form.for_agency(agency) if not part.when or values.get(part.when) for name in part.names()
    }
    wanted = (*form.needs, *(one.name for one in form.blanks if one.needed and one.name in standing))
    return tuple(name for name in dict.fromkeys(wanted) if not values.get(name))


def faults(form: Form, filled: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of what was filled in and is not of its kind, or is no blank of the form."""
    blanks = {one.name: one for one in form.blanks}
    return tuple(
        name
        for name, value in filled.items()
        if name not in blanks or (value not in (None, "", [], ()) and not _fits(blanks[name], value))
    )


def _fits(blank: Blank, value: Any) -> bool:
    if blank.kind in ("rows", "asked"):
        return isinstance(value, list | tuple) and all(isinstance(row, Mapping | list | tuple) for row in value)
    if not isinstance(value, str) or len(value) > 20_000:
        return False
    if blank.kind in ("day", "moment"):
        try:
            return bool(moment_words(value))
        except ValueError:
            return False
    return blank.kind != "choice" or value in blank.choices


def _written(form: Form, blank: Blank, value: Any) -> Any:
    """Return what a person filled in as it is printed."""
    if blank.kind == "asked":
        return tuple(f"{sign}：{said}" for row in _cells(blank, value) for sign, said in zip("问答", row, strict=False))
    if blank.kind == "rows":
        return _numbered(form, blank, _cells(blank, value))
    if blank.kind in ("day", "moment"):
        return moment_words(value) if blank.kind == "moment" else day_words(value)
    return str(value)


def _cells(blank: Blank, value: Any) -> tuple[tuple[str, ...], ...]:
    names = [name for name, _label in blank.columns]

    def cells(row: Any) -> tuple[str, ...]:
        told = [row.get(name) for name in names] if isinstance(row, Mapping) else list(row)[: len(names)]
        return tuple(str(one or "") for one in [*told, *[""] * (len(names) - len(told))])

    return tuple(held for row in value if any(held := cells(row)))


def _numbered(form: Form, blank: Blank, held: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Return rows with a number before each where the table has a column for it."""
    part = next((one for one in form.parts if one.kind == "rows" and one.text == blank.name), None)
    extra = len(part.heads) - len(blank.columns) if part else 0
    return tuple((str(count), *row) for count, row in enumerate(held, start=1)) if extra == 1 else held


def _clause(dossier: Dossier, use: str) -> str:
    held = general_clause(dossier.definitions, use, dossier.today)
    return f"根据{words_of(dossier.definitions, [held])}的规定，" if held else ""


def _term(dossier: Dossier, name: str) -> str:
    return term_words(dossier.law.term(name))


def _worked_out(held: Mapping[str, Any]) -> Values:
    """Return what follows from other values, also from those that a person filled in."""
    until, hears = str(held.get("answer_until") or ""), held.get("hearing_offer") == "yes"
    return {
        "hearing_box": TICKED if hears else EMPTY,
        "hears": "1" if hears else "",
        "no_hearing": "" if hears else "1",
        "answer_line": f"请于{until}前提出。" if until else "",
        "at_once": "" if held.get("side_until") else "1",
    }
