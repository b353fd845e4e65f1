"""A case file: a situation in, with what the officers answered, as lawyers and authors write it in YAML.

A case may stand on another one: `base: clean-acid-tanker.yaml`, and `changes:` says by dotted path what is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.authoring.loader import read_plain
from checklists.definitions.definition import Checklist, Definitions
from checklists.facts.situation import Situation, situation
from checklists.findings.assessment import Assessment, Finding, judge
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry, keys_of
from checklists.wire import WireError

KEYS = (
    "title", "story", "base", "checklist", "regime", "situation", "changes", "cleared", "answers", "expect",
)  # fmt: skip
"""What a case file may hold."""

CHECKLISTS = {"cn": "cn-joint", "eu": "eu-adr"}
"""The full checklist of each regime."""

GONE = ("null", "~")
"""Written as the value of a change or an answer: it is taken away."""


@dataclass(frozen=True)
class CaseFile:
    """A situation, the answers by item, the sections cleared, and what the author expects of it.

    `expect` holds the whole list of `findings` (`R4 LIC-11 CN-OPR-01 P`) and of `alerts` (`R17 open_stop`), and the
    `outcome`.
    """

    title: str
    situation: Situation
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)
    story: str = ""
    checklist: str = "cn-joint"
    cleared: tuple[str, ...] = ()


def read_case(path: Path) -> CaseFile:
    """Return the case file at the path. Raises WireError naming the fact that cannot be read."""
    return case_of(plain_case(path), path.stem)


def case_of(held: Mapping[str, Any], title: str = "") -> CaseFile:
    """Return the case that plain values describe. Raises WireError naming the fact that cannot be read."""
    answers = {item: {"result": one} if isinstance(one, str) else one for item, one in _part(held, "answers").items()}
    return CaseFile(
        title=str(held.get("title", title)),
        situation=situation(held["situation"]),
        answers=answers,
        expect=_part(held, "expect"),
        story=str(held.get("story", "")),
        checklist=_checklist(held),
        cleared=tuple(held.get("cleared") or ()),
    )


def plain_case(path: Path, above: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Return a case file as plain values, with what its base holds. Raises WireError, OSError, DefinitionError."""
    held = read_plain(path)
    if path.resolve() in above:
        raise WireError("base", f"{path.name} stands on itself")
    if not isinstance(held, Mapping) or not ("situation" in held or "base" in held):
        raise WireError("situation", f"a case file holds {', '.join(KEYS)}; situation or base must be there")
    if unknown := sorted(set(held) - set(KEYS)):
        raise WireError(unknown[0], f"unknown here; known are {', '.join(KEYS)}")
    base = plain_case(path.parent / held["base"], (*above, path.resolve())) if "base" in held else {}
    return _joined(base, held)


def check(case: CaseFile, definitions: Definitions, tables: Tables, checklist: str = "") -> Assessment:
    """Return the assessment of a case file by the checklist of that name, else by the one that it names."""
    name = checklist or case.checklist
    if name not in definitions.checklists:
        raise ValueError(f"no checklist {name}; known are {', '.join(definitions.checklists)}")
    asked = definitions.checklists[name]
    return judge(definitions, tables, entries(case, asked), case.situation, asked)


def entries(case: CaseFile, checklist: Checklist) -> tuple[Entry, ...]:
    """Return the answers and clearings of a case file as the entries of one officer."""
    said = [("answer", item, value) for item, value in case.answers.items()]
    for section in checklist.sections:
        if section.id in case.cleared:
            said.append(("section_clear", section.id, {"items": [item.id for item in section.items]}))
    return tuple(
        Entry(f"case-{number}", "case", "case", number, "case", "", "", kind, item, value)
        for number, (kind, item, value) in enumerate(said, start=1)
    )


def line_of(one: Finding) -> str:
    """Return a finding as one line of `expect`; items that saw the same fact are joined by a plus."""
    return f"{one.rule or 'officer'} {'+'.join(one.items)} {one.violation or '-'} {one.agency}"


def changed(held: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values with other values at dotted paths (`waybill.lines.0.net_mass_kg`); `null` takes away.

    Raises WireError where a path leads through text or behind the end of a list.
    """
    tree = deepcopy(dict(held))
    for path, value in changes.items():
        _change(tree, path, value)
    return tree


def _joined(base: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    known = {**_part(base, "situation"), **_part(held, "situation")}
    answers = {**_part(base, "answers"), **_part(held, "answers")}
    return {
        **base,
        **held,
        "situation": changed(known, _part(held, "changes")),
        "answers": {item: one for item, one in answers.items() if one not in GONE},
    }


def _change(tree: Any, path: str, value: Any) -> None:
    *parents, leaf = keys_of(path) or path.split(".")
    for name in parents:
        tree = _step(tree, name, path)
    if isinstance(tree, list):
        place = _place(tree, leaf, path, beyond=value not in GONE)
        tree[place : place + 1] = [] if value in GONE else [deepcopy(value)]
    elif isinstance(tree, dict) and value in GONE:
        tree.pop(leaf, None)
    elif isinstance(tree, dict):
        tree[leaf] = deepcopy(value)
    else:
        raise WireError(path, "leads through a value that has no parts")


def _step(tree: Any, name: str, path: str) -> Any:
    if isinstance(tree, list):
        return tree[_place(tree, name, path)]
    if isinstance(tree, dict):
        return tree.setdefault(name, {})
    raise WireError(path, "leads through a value that has no parts")


def _place(held: list[Any], name: str, path: str, *, beyond: bool = False) -> int:
    """Return the place in a list; one behind the end adds to it."""
    if name.isdecimal() and int(name) < len(held) + beyond:
        return int(name)
    raise WireError(path, f"no place {name} in a list of {len(held)}")


def _checklist(held: Mapping[str, Any]) -> str:
    regime = str(held.get("regime", "cn"))
    if regime not in CHECKLISTS:
        raise WireError("regime", f"{regime!r} is none of {', '.join(CHECKLISTS)}")
    return str(held.get("checklist") or CHECKLISTS[regime])


def _part(held: Mapping[str, Any], key: str) -> dict[str, Any]:
    part = held.get(key) or {}
    if not isinstance(part, Mapping):
        raise WireError(key, f"a mapping is expected, not {part!r}")
    return dict(part)
