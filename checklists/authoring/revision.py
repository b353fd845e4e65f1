"""What an office writes over its definitions: items, dated rows of law and versions of laws, from a named day.

The values are the plain text that YAML holds, and the loader's own checks find their mistakes: each is told with the
field that it stands in. Nothing that is published is edited: an item comes with a new version of its checklist, a row
ends the one before it, and that stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from checklists.authoring.completeness import complete
from checklists.authoring.consistency import check
from checklists.authoring.text_tree import Node, Report, bind
from checklists.definitions.definition import Checklist, Definitions, Item, Section
from checklists.law.model import Citation, Conditions, Law, LawVersion, Violation
from checklists.values import frozen
from checklists.wire import to_plain

KINDS: Mapping[str, type] = {"item": Item, "violation": Violation, "law": LawVersion}
_DAY = timedelta(days=1)
Plain = Mapping[str, Any]


@frozen
class Change:
    """One thing as it is to be: an item by its id, a violation's row by its code and load, a version of a law.

    `value` is the plain text of an `Item`, `Violation` or `LawVersion`. `key` is the id, the code or the law's key.
    `checklist` and `section` say where a new item belongs.
    """

    kind: str
    key: str
    value: Mapping[str, Any]
    checklist: str = ""
    section: str = ""

    @property
    def name(self) -> str:
        """What tells it from the other changes: a code has a row for each load, a law many versions."""
        if self.kind == "violation":
            return row_name(self.key, self.value.get("applies_when") or {})
        return f"{self.key}@{self.value.get('version', '')}" if self.kind == "law" else self.key


@frozen
class Reading:
    """That somebody read a clause at its source: without one, nothing becomes verified by a revision."""

    law: str
    version: str
    clause: str
    by: str
    on: str
    source: str

    @property
    def is_whole(self) -> bool:
        """Whether it says who, on which day and where."""
        try:
            return bool(self.by.strip() and self.source.strip() and date.fromisoformat(self.on))
        except ValueError:
            return False


@frozen
class Revision:
    """Changes that take effect together on `day`; `number` is the office's, and ends the version of a checklist."""

    number: int
    day: date
    changes: tuple[Change, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A mistake: the change (empty: something else that no longer fits), the field by its path, what, what to do."""

    change: str
    field: str
    message: str
    hint: str = ""


@dataclass
class _Bound:
    """Changes as objects, with the way back from each line to its field."""

    report: Report = field(default_factory=Report)
    made: list[tuple[Change, Any]] = field(default_factory=list)
    fields: dict[tuple[str, int], str] = field(default_factory=dict)

    def faults(self) -> Iterator[Fault]:
        for one in sorted(set(self.report.problems)):
            yield Fault(one.file, self.fields.get((one.file, one.line), ""), one.message, one.hint)


def row_name(code: str, conditions: Conditions | Plain) -> str:
    """Return what names the row of a violation for a load: CN-LOD-06?hazchem=yes."""
    load = "&".join(f"{fact}={'|'.join(values)}" for fact, values in sorted(conditions.items()))
    return f"{code}?{load}" if load else code


def as_text(value: Any) -> Any:
    """Return a definition (or its plain form) as YAML holds it: every scalar as text."""
    plain = to_plain(value)
    if isinstance(plain, Mapping):
        return {key: as_text(one) for key, one in plain.items() if one is not None}
    if isinstance(plain, list):
        return [as_text(one) for one in plain]
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def examine(base: Definitions, revision: Revision) -> tuple[Fault, ...]:
    """Return every mistake of the changes and of what they leave behind, as `validate` would tell it of files.

    What was amiss before, in something that the changes do not touch, is not theirs.
    """
    bound = _bind(revision)
    _check(_apply(base, revision, bound, set(KINDS)), bound.report)
    found = [*bound.faults()]
    if any(not one.change for one in found):
        before_it = _Bound()
        _check(base, before_it.report)
        known = set(before_it.faults())
        found = [one for one in found if one not in known]
    return (*found, *_misplaced(base, revision), *_unread(base, revision, bound.made))


def revised(base: Definitions, revision: Revision, kinds: Iterable[str] = KINDS) -> Definitions:
    """Return the definitions with the changes of those kinds. Raises ValueError where a change has no right form."""
    bound = _bind(revision)
    if bound.report.problems:
        raise ValueError("; ".join(map(str, bound.report.problems)))
    return _apply(base, revision, bound, set(kinds))


def as_if_always(base: Definitions, revision: Revision) -> Definitions:
    """Return the definitions as if the changes had held on the days of the past: for a trial on past inspections.

    A row stands for the days of the one that it follows. Nothing of this is ever published.
    """
    bound = _bind(revision)
    held = revised(base, revision, {"item", "law"})
    rows = list(held.violations)
    for change, made in bound.made:
        if change.kind == "violation":
            place = _before(rows, made, revision.day)
            if place is None:
                rows.append(replace(made, effective_from=None))
            else:
                rows[place] = replace(made, effective_from=rows[place].effective_from)
    return replace(held, violations=tuple(rows))


def before(base: Definitions, change: Change, day: date) -> Item | Violation | LawVersion | None:
    """Return what a change takes the place of; None for what is new, and for a version of a law, which is added."""
    if change.kind == "item":
        return _item(base, change.key)
    if change.kind == "violation":
        wanted = row_name(change.key, change.value.get("applies_when") or {})
        rows = [one for one in base.violations if row_name(one.code, one.applies_when) == wanted]
        return next((one for one in rows if one.effective(day - _DAY)), None)
    return None


def _check(definitions: Definitions, report: Report) -> None:
    report.file = ""
    check(definitions, report)
    complete(definitions, report)


def _bind(revision: Revision) -> _Bound:
    bound = _Bound()
    for change in revision.changes:
        bound.report.file = change.name
        value = dict(change.value)
        if change.kind == "violation":
            value["effective_from"] = revision.day.isoformat()
        paths: list[str] = []
        node = _node(value, "", paths)
        bound.fields |= {(change.name, line): path for line, path in enumerate(paths, start=1)}
        made = bind(KINDS[change.kind], node, bound.report)
        if made is not None:
            bound.made.append((change, made))
    return bound


def _node(value: Any, path: str, paths: list[str]) -> Node:
    """Return a value as the loader reads it; its line says at which place of `paths` its path stands."""
    paths.append(path)
    line, lead = len(paths), f"{path}." if path else ""
    if isinstance(value, Mapping):
        return Node({str(key): _node(one, f"{lead}{key}", paths) for key, one in value.items()}, line)
    if isinstance(value, list | tuple):
        return Node(tuple(_node(one, f"{lead}{index}", paths) for index, one in enumerate(value)), line)
    return Node(str(value), line)


def _apply(base: Definitions, revision: Revision, bound: _Bound, kinds: set[str]) -> Definitions:
    made = [(change, one) for change, one in bound.made if change.kind in kinds]
    items = [(change, one) for change, one in made if change.kind == "item"]
    return replace(
        base,
        checklists={name: _with_items(one, items, revision) for name, one in base.checklists.items()},
        violations=_with_rows(base.violations, [one for change, one in made if change.kind == "violation"], bound),
        laws=_with_versions(base.laws, made, bound),
    )


def _with_items(checklist: Checklist, items: list[tuple[Change, Item]], revision: Revision) -> Checklist:
    """Return a checklist with the items that are its, under a new version; a short one keeps what it asks."""
    named = checklist.based_on.partition("@")[0] or checklist.name
    mine = [(change, item) for change, item in items if checklist.item(item.id) or change.checklist == named]
    if not mine:
        return checklist
    sections = checklist.sections
    for change, item in mine:
        sections = tuple(_with_item(one, change, item, is_short=bool(checklist.based_on)) for one in sections)
    number = revision.number
    return replace(
        checklist,
        version=_numbered(checklist.version, number),
        effective_from=revision.day,
        based_on=_numbered(checklist.based_on, number) if checklist.based_on else "",
        sections=sections,
    )


def _with_item(section: Section, change: Change, item: Item, *, is_short: bool) -> Section:
    held = {one.id: one for one in section.items}
    if item.id in held:
        placed = replace(item, optional=held[item.id].optional) if is_short else item
        return replace(section, items=tuple(placed if one.id == item.id else one for one in section.items))
    if section.id != change.section:
        return section
    return replace(section, items=(*section.items, replace(item, optional=True) if is_short else item))


def _numbered(version: str, number: int) -> str:
    """Return a version with the revision's number in the place of an earlier one's: 2026.1-7."""
    head, dash, tail = version.rpartition("-")
    return f"{head if dash and tail.isdecimal() else version}-{number}"


def _with_rows(rows: tuple[Violation, ...], added: list[Violation], bound: _Bound) -> tuple[Violation, ...]:
    """Return the rows, each added one after the one that it ends on the day before."""
    held = list(rows)
    for made in added:
        place = _before(held, made, made.effective_from or date.min)
        if place is None:
            held.append(made)
            continue
        ended = replace(held[place], effective_to=(made.effective_from or date.min) - _DAY)
        held[place : place + 1] = [bound.report.same(made, ended), made]
    return tuple(held)


def _before(rows: list[Violation], made: Violation, day: date) -> int | None:
    """Return the place of the row for the same load that holds on the day before."""
    load = row_name(made.code, made.applies_when)
    places = (place for place, one in enumerate(rows) if row_name(one.code, one.applies_when) == load)
    return next((place for place in places if rows[place].effective(day - _DAY)), None)


def _with_versions(laws: Mapping[str, Law], made: list[tuple[Change, Any]], bound: _Bound) -> dict[str, Law]:
    """Return the laws, each added version after the open one that it ends."""
    held = dict(laws)
    for change, version in made:
        if change.kind == "law" and change.key in held:
            law = held[change.key]
            versions = (*(_ended(one, version, bound) for one in law.versions), version)
            held[change.key] = bound.report.same(version, replace(law, versions=versions))
    return held


def _ended(one: LawVersion, new: LawVersion, bound: _Bound) -> LawVersion:
    starts = new.in_force_from
    if starts is None or one.in_force_to or (one.in_force_from or date.min) >= starts:
        return one
    ended: LawVersion = bound.report.same(new, replace(one, in_force_to=starts - _DAY))
    return ended


def _item(base: Definitions, name: str) -> Item | None:
    lists = (one for one in base.checklists.values() if not one.based_on)
    return next((found for one in lists if (found := one.item(name))), None)


def _misplaced(base: Definitions, revision: Revision) -> Iterator[Fault]:
    """Yield changes that lead nowhere: a new item without a section, a law that is not there, a name given twice."""
    names = [one.name for one in revision.changes]
    for change in revision.changes:
        if names.count(change.name) > 1:
            yield Fault(change.name, "", f"{change.name} is changed twice", "keep one of them")
        if change.kind == "law" and change.key not in base.laws:
            yield Fault(change.name, "", f"unknown law {change.key!r}", "a new law comes with the product")
        elif change.kind == "law" and (law := base.laws[change.key]).version(str(change.value.get("version"))):
            yield Fault(change.name, "version", f"{law.id} has this version already", "a version is never edited")
        elif change.kind == "item" and _item(base, change.key) is None:
            whole = base.checklists.get(change.checklist)
            if whole is None or whole.based_on or change.section not in {one.id for one in whole.sections}:
                yield Fault(change.name, "", f"{change.key} is in no section", "choose the checklist and its section")


def _unread(base: Definitions, revision: Revision, made: list[tuple[Change, Any]]) -> Iterator[Fault]:
    """Yield each clause, amount and version newly said to be verified of which no reading is stated."""
    read = {(one.law, one.version, one.clause) for one in revision.readings if one.is_whole}
    for change, value in made:
        was = {told for _path, told, _named in _verified(change.key, before(base, change, revision.day))}
        for path, told, named in _verified(change.key, value):
            if told not in was and named not in read:
                hint = "say who read it, on which day and where; or leave it unverified"
                yield Fault(change.name, path, "verified, but nobody says that he read it", hint)


Named = tuple[str, str, str]


def _verified(key: str, value: Any) -> Iterator[tuple[str, tuple[Any, ...], Named]]:
    """Yield the path of every `verified` that is set, what is verified with it, and law, version and clause."""
    if isinstance(value, LawVersion) and value.verified:
        yield "verified", (key, value), (key, value.version, "")
    for path, one, told in _cited(value):
        if one.verified:
            named = (one.law, one.version, one.clause)
            yield f"{path}.verified", (*named, *told), named


def _cited(value: Any) -> Iterator[tuple[str, Citation, tuple[Any, ...]]]:
    """Yield every citation with its path, and what of a penalty is read with its clause."""
    if isinstance(value, Item):
        yield from ((f"basis.{index}", one, ()) for index, one in enumerate(value.basis))
    if isinstance(value, Violation):
        yield from ((f"duty.{index}", one, ()) for index, one in enumerate(value.duty))
        for index, penalty in enumerate(value.penalty):
            if penalty.basis:
                told = (penalty.min_cny, penalty.max_cny, penalty.kind, penalty.subject, dict(penalty.text).get("zh"))
                yield f"penalty.{index}.basis", penalty.basis, told
