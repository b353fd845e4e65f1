"""What a rule says, in the officer's words: its verdict, the values compared with their sources, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists import words as kernel
from checklists.goods.equipment import Requirement
from checklists.goods.listing import Tables
from checklists.rules.crosscheck import Result, Value
from mobile.inspecting.inspection import Kit
from mobile.words import _, words

TONES = {"consistent": "good", "conflict": "danger", "cannot_tell": "unknown", "stale": "stale"}


def _mark(message: str) -> str:
    return message


_SIZED = {
    "extinguisher_capacity": _mark("extinguishers together"),
    "extinguisher_cab": _mark("extinguisher for the cab"),
    "extinguisher_other": _mark("another extinguisher"),
}
"""Equipment of which the size counts: the size is said apart."""


@dataclass(frozen=True)
class Compared:
    """A result as it is shown. `rows` are (what, value, source); `id` names it for an override."""

    id: str
    item: str
    verdict: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    missing: str
    overridden: str = ""

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
    rows = tuple((path_words(kit.tables, one.name), value_words(one), _(kernel.SOURCES.get(one.source, one.source)))
                 for one in _once(result.values))  # fmt: skip
    return Compared(
        result.id, row.item if row else "", shown_verdict(result), title, rows, _missing(kit.tables, result), overridden
    )


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


def _missing(tables: Tables, result: Result) -> str:
    lacks = "、".join(dict.fromkeys(path_words(tables, one) for one in result.missing))
    old = "、".join(dict.fromkeys(path_words(tables, one) for one in result.stale))
    said = [
        _("missing: {what}").format(what=lacks) if lacks else "",
        _("too old: {what}").format(what=old) if old else "",
        caveat_words(tables, result),
    ]
    return "；".join(one for one in said if one)


def _once(values: Iterable[Value]) -> list[Value]:
    return list(dict.fromkeys(values))
