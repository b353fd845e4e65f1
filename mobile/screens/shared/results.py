"""What a rule says, in the officer's words: its verdict, the values compared with their sources, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from checklists import words as kernel
from checklists.findings.culprits import Culprit, culprits
from checklists.goods.equipment import Requirement
from checklists.goods.listing import Tables
from checklists.rules.crosscheck import Result, Value
from mobile.inspecting.inspection import Kit
from mobile.words import _, words


def _mark(message: str) -> str:
    return message


_SIZED = {
    "extinguisher_capacity": _mark("extinguishers together"),
    "extinguisher_cab": _mark("extinguisher for the cab"),
    "extinguisher_other": _mark("another extinguisher"),
}
"""Equipment of which the size counts: the size is said apart."""


_MARK_WORDS = {
    "MARK_HOT": _mark("Elevated temperature mark"),
    "MARK_ENV": _mark("Environmentally hazardous mark"),
}


@dataclass(frozen=True)
class Compared:
    """A result as it is shown. `rows` are (what, value, source); `id` names it for an override.

    `also` are further results that are told with it, each with the same verdict: they are set aside together.
    """

    id: str
    item: str
    verdict: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    missing: str
    overridden: str = ""
    also: tuple[str, ...] = ()

    @property
    def brief(self) -> str:
        """The comparison on one line, without what says nothing."""
        values = "，".join(f"{what} {value}" for what, value, _source in self.rows)
        return "；".join(one for one in (values if self.verdict != "cannot_tell" else "", self.missing) if one)


def compared(kit: Kit, result: Result, overridden: str = "") -> Compared:
    """Return one result in words; `overridden` is the officer's reason where he set it aside."""
    row = kit.row(result.rule, result.case)
    found = row is not None and result.verdict == "conflict"
    title = words.pick(row.text) if row is not None and found else _(kernel.RULES.get(result.rule, result.rule))
    rows, missing = _rows(kit, result.values), _missing(kit.tables, result)
    return Compared(result.id, row.item if row else "", shown_verdict(result), title, rows, missing, overridden)


def _rows(kit: Kit, values: Iterable[Value]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (path_words(kit.tables, one.name), value_words(one), _(kernel.SOURCES.get(one.source, one.source)))
        for one in _once(values)
    )


def all_compared(kit: Kit, results: Iterable[Result], reasons: Mapping[str, str]) -> tuple[Compared, ...]:
    """Return results in words, in their order; pairs of goods by the one that they have in common.

    `reasons` holds by result id why an officer set one aside. Pairs are told together only where all of what is said of
    them is the same: the verdict, what they would do to each other, what is missing, and the reason.
    """
    held = tuple(results)
    pairs: dict[tuple[object, ...], dict[str, Result]] = {}
    for one in held:
        if one.rule == _PAIRS:
            pairs.setdefault(_said_alike(one, reasons), {})[one.subject] = one
    told: dict[str, Compared] = {one.id: compared(kit, one, reasons.get(one.id, "")) for one in held}
    for alike in pairs.values():
        for culprit in culprits(alike):
            first, *more = (alike[pair] for pair in culprit.pairs)
            if more:
                told[first.id] = _together(kit, told[first.id], culprit, (first, *more))
                for one in more:
                    del told[one.id]
    return tuple(told.values())


_PAIRS = "R11"


def _said_alike(result: Result, reasons: Mapping[str, str]) -> tuple[object, ...]:
    said = result.case, result.verdict, result.missing, result.stale, result.caveats, reasons.get(result.id, "")
    return (*said, _beside_names(result.values))


_NAMED = ("goods.un", "goods.labels")
"""Values that name the two of a pair; the others say what follows from both."""


def _beside_names(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(one for one in values if one.name not in _NAMED)


def _together(kit: Kit, told: Compared, culprit: Culprit, results: tuple[Result, ...]) -> Compared:
    """Return the first of them with the one culprit, all that it stands beside, with their labels, and what follows."""
    marks, sources, un = dict[str, str](), dict[str, str](), ""
    for value in (value for one in results for value in one.values):
        if value.name == "goods.un":
            un = value.value or ""
            sources[un] = value.source
        elif value.name == "goods.labels":
            marks[un] = value.value or ""
    name = path_words(kit.tables, "goods.un")
    others = "、".join(_marked(one, marks) for one in culprit.others)
    rows = (
        (name, _marked(culprit.un, marks), _(kernel.SOURCES.get(sources[culprit.un], sources[culprit.un]))),
        (_("on board with it"), others, ""),
        *_rows(kit, _beside_names(results[0].values)),
    )
    return replace(told, rows=rows, also=tuple(one.id for one in results[1:]))


def _marked(un: str, marks: Mapping[str, str]) -> str:
    return f"UN {un} ({marks[un]})" if marks.get(un) else f"UN {un}"


def shown_verdict(result: Result) -> str:
    """Return the verdict as it is shown: a pass that leaves something open is none alone."""
    return "caveat" if result.verdict == "consistent" and result.caveats else result.verdict


def caveat_words(tables: Tables, result: Result) -> str:
    """Return what a pass has not compared; empty where it compared all, and where it is none."""
    what = "、".join(dict.fromkeys(path_words(tables, one) for one in result.caveats))
    return _("not compared: {what}").format(what=what) if what and result.verdict == "consistent" else ""


def verdict_words(verdict: str) -> str:
    """Return a verdict in a word or two."""
    return _(kernel.VERDICTS.get(verdict, verdict))


def path_words(tables: Tables, path: str) -> str:
    """Return a situation path in words; equipment by its short name, else by the name that the table gives it."""
    start, _dot, rest = path.rpartition(".")
    if start in ("seen.equipment", "required"):
        return f"{kit_name(tables, rest)} · {_('required') if start == 'required' else _('seen')}"
    return kernel.label(path, _)


def kit_name(tables: Tables, key: str) -> str:
    """Return the short name of a piece of equipment."""
    if key in kernel.PARTS:
        return _(kernel.PARTS[key])
    row = next((one for one in tables.equipment if one["requirement"] == key), None)
    return words.pick({"zh": row["name_zh"], "en": row["name_en"]}) if row else key


def need_words(tables: Tables, need: Requirement) -> str:
    """Return what has to be there, with its least capacity where it has one."""
    name = _(_SIZED[need.key]) if need.key in _SIZED else kit_name(tables, need.key)
    return f"{name} ≥{need.min_capacity_kg} kg" if need.min_capacity_kg is not None else name


def value_words(value: Value) -> str:
    """Return a value as text; what is not known says so, and codes are put into words."""
    if value.name == "seen.aboard" and value.value == "":
        return _("nobody")
    return kernel.value(value.value, _)


def label_words(label: str) -> str:
    """Return a diamond by its class, and a mark in words."""
    return _(_MARK_WORDS[label]) if label in _MARK_WORDS else label


def _missing(tables: Tables, result: Result) -> str:
    lacks = "、".join(dict.fromkeys(path_words(tables, one) for one in result.missing))
    old = "、".join(dict.fromkeys(path_words(tables, one) for one in result.stale))
    said = [
        _("missing: {what}").format(what=lacks) if lacks else "",
        _("too old, or later than this clock: {what}").format(what=old) if old else "",
        caveat_words(tables, result),
    ]
    return "；".join(one for one in said if one)


def _once(values: Iterable[Value]) -> list[Value]:
    return list(dict.fromkeys(values))
