"""T6: waybill, permits, vehicle and tank, signs and real load side by side; what conflicts, and where to act on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists import words as kernel
from checklists.inspection.entries import standing
from checklists.rules.context import Context
from checklists.rules.crosscheck import Result
from mobile.inspecting.inspection import Held
from mobile.screens.compare.values.state import PLACES, cell_values
from mobile.screens.shared.results import verdict_words
from mobile.words import _, words


def _mark(message: str) -> str:
    return message


COLUMNS = {
    "waybill": _mark("Waybill"),
    "permits": _mark("Permits"),
    "vehicle": _mark("Vehicle and tank"),
    "signs": _mark("Signs"),
    "load": _mark("Really there"),
}
ROWS = {
    "goods": _mark("Goods"),
    "class": _mark("Class"),
    "mass": _mark("Mass"),
    "vehicle": _mark("Vehicle, trailer"),
    "tank": _mark("Tank"),
    "driver": _mark("Driver"),
    "escort": _mark("Escort"),
}
_WHOLE = {"R4": ("escort",)}
"""Rules whose `seen.aboard` means these people."""

_SEVERE = ("conflict", "cannot_tell", "stale", "", "consistent")
"""A value that a rule read while it could not tell for want of another is not compared yet: never a pass."""


@dataclass(frozen=True)
class Cell:
    """One value with its source. `verdict` is the worst of the rules that read it ("" where none did).

    `screen` and `where` say what a touch opens: the deviation or the section, `mass` or `goods` for an entry here.
    """

    row: str
    column: str
    value: str
    source: str
    verdict: str = ""
    why: str = ""
    screen: str = ""
    where: str = ""

    @property
    def sign(self) -> str:
        """The verdict in words; empty where nothing has to be said."""
        return verdict_words(self.verdict) if self.verdict in ("conflict", "cannot_tell", "stale") else ""


@dataclass(frozen=True)
class LoadChoice:
    """An answer to "what is really loaded?": a UN number, or None for not known yet."""

    un: str | None
    text: str
    chosen: bool


@dataclass(frozen=True)
class CompareState:
    """All of T6; `question` has what may really be loaded: as declared, as signed, as established, not known.

    `differs`: sign and waybill name different goods.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], Cell]
    question: tuple[LoadChoice, ...]
    differs: bool
    gross_mass_kg: int | None
    conflicts: int
    unsure: int

    @property
    def summary(self) -> str:
        """How the comparison stands, in words."""
        if not self.conflicts and not self.unsure:
            return _("Everything that was compared fits.")
        return _("{conflicts} in conflict · {unsure} cannot be told").format(
            conflicts=self.conflicts, unsure=self.unsure
        )


def compare_state(held: Held) -> CompareState:
    """Return the five-way table of an inspection."""
    values = cell_values(held)
    marks = _marks(held)
    declared, shown = _declared(held.context), _shown(held.context)
    cells = {
        (row, column): _cell(row, column, values.get((row, column), ("", "")), marks.get((row, column)))
        for row in ROWS
        for column in COLUMNS
    }
    return CompareState(
        columns=tuple((key, _(text)) for key, text in COLUMNS.items()),
        rows=tuple((key, _(text)) for key, text in ROWS.items()),
        cells=cells,
        question=_question(held.context, declared, shown),
        differs=bool(declared) and not set(shown) <= set(declared),
        gross_mass_kg=held.context.situation.seen.gross_mass_kg,
        conflicts=sum(1 for one in cells.values() if one.verdict == "conflict"),
        unsure=sum(1 for one in cells.values() if one.verdict in ("cannot_tell", "stale")),
    )


@dataclass(frozen=True)
class _MarkOf:
    verdict: str
    why: str
    screen: str
    where: str


def _marks(held: Held) -> dict[tuple[str, str], _MarkOf]:
    """Return the worst verdict of each cell, with the reason and the place to act."""
    set_aside = standing(held.entries, "override")
    sections = {one.item.id: one.section for one in held.assessment.items}
    worst: dict[tuple[str, str], _MarkOf] = {}
    for result in held.assessment.results:
        row = held.kit.row(result.rule, result.case)
        item = row.item if row else ""
        if result.id in set_aside or item not in sections:
            continue
        title = _(kernel.RULES.get(result.rule, result.rule))
        why = words.pick(row.text) if row and result.verdict == "conflict" else title
        for place in _places(result):
            screen, where = _act(result, item, sections[item], place)
            mark = _MarkOf(_verdict_at(result, place), why, screen, where)
            held_mark = worst.get(place)
            if held_mark is None or _SEVERE.index(mark.verdict) < _SEVERE.index(held_mark.verdict):
                worst[place] = mark
    return worst


def _verdict_at(result: Result, place: tuple[str, str]) -> str:
    """Return what a result says of one cell: where it cannot tell, only the values that it lacks are marked so.

    Of a conflict, what is really loaded is a question while nobody knows it, and the kerb mass is only an input. A pass
    that leaves something open marks nothing.
    """
    if result.verdict == "cannot_tell":
        return "cannot_tell" if place in {_place(result, path) for path in result.missing} else ""
    if result.verdict == "stale":
        return "stale" if place in {_place(result, path) for path in result.stale} else ""
    if result.verdict == "conflict" and place == ("mass", "vehicle"):
        return ""
    if result.verdict == "conflict" and place == ("goods", "load") and result.case == "panel_unresolved":
        return "cannot_tell"
    if result.verdict == "consistent" and result.caveats:
        return ""
    return result.verdict


def _act(result: Result, item: str, section: str, place: tuple[str, str]) -> tuple[str, str]:
    if place == ("goods", "load"):
        return "goods", ""
    if place == ("mass", "load") and result.verdict != "conflict":
        return "mass", ""
    return ("deviation", item) if result.verdict == "conflict" else ("section", section)


def _places(result: Result) -> list[tuple[str, str]]:
    paths = [value.name for value in result.values] + list(result.missing) + list(result.stale)
    return [place for place in dict.fromkeys(_place(result, path) for path in paths) if place is not None]


def _place(result: Result, path: str) -> tuple[str, str] | None:
    if path == "seen.aboard":
        return next(((row, "load") for row in _WHOLE.get(result.rule, ())), None)
    if path == "waybill.lines" and result.case.startswith("placard"):
        return "class", "waybill"
    return next(((row, column) for start, row, column in PLACES if _starts(path, start)), None)


def _starts(path: str, start: str) -> bool:
    return path == start or path.startswith(f"{start}.")


def _cell(row: str, column: str, value: tuple[str, str], mark: _MarkOf | None) -> Cell:
    text, source = value
    if mark is None:
        return Cell(row, column, text, source)
    verdict = "cannot_tell" if mark.verdict in ("", "consistent") and not text else mark.verdict
    shown = text or (_("not known") if verdict == "cannot_tell" else "")
    return Cell(row, column, shown, source, verdict, mark.why, mark.screen, mark.where)


def _declared(context: Context) -> list[str]:
    return [one.line.un for one in context.declared or () if one.line.un]


def _shown(context: Context) -> list[str]:
    return [one.un for one in context.situation.seen.panels.values() if one.present and one.un]


def _question(context: Context, declared: list[str], shown: list[str]) -> tuple[LoadChoice, ...]:
    said = context.situation.seen.goods
    numbers = dict.fromkeys((*declared, *shown, *([said] if said else [])))
    choices = [LoadChoice(un, _choice_words(context, un, declared, shown), un == said) for un in numbers]
    return (*choices, LoadChoice(None, _("Not known yet"), said is None))


def _choice_words(context: Context, un: str, declared: list[str], shown: list[str]) -> str:
    named = next(iter(context.goods(un)), None)
    name = words.pick({"zh": named.name_zh, "en": named.name_en}) if named else _("not in the table")
    origin = [_("as on the waybill")] if un in declared else []
    origin += [_("as on the sign")] if un in shown else []
    return f"UN {un} {name}" + (f"（{'、'.join(origin)}）" if origin else "")
