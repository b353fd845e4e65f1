"""Equipment that must be on board, by labels, physical state, mass and crew (JT/T 617.7; figures of ADR 8.1.4, 8.1.5).

The figures were read in ADR; that JT/T 617.7 has the same ones is not verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from checklists.values import frozen

Row = Mapping[str, str]

_COUNTED = ("extinguisher", "unit", "crew", "class")
"""Categories of things that are counted; documents have rules of their own."""


@frozen
class Requirement:
    """One thing that must be on board.

    `count` is None where only a total capacity is asked, or where `missing` names the number that is not known
    (`crew`, `vehicles`). `assumed` names what was not known (`labels`, `state`, `mass`), so that the stricter case was
    taken: a shortage found by it cannot be told for sure. `condition` says in words when it is required.
    """

    key: str
    count: int | None
    per: str
    min_capacity_kg: int | None
    rule: str
    name: Mapping[str, str]
    missing: str = ""
    assumed: tuple[str, ...] = ()
    condition: Mapping[str, str] = field(default_factory=dict)


def required(
    labels: frozenset[str] | None,
    states: frozenset[str] | None,
    mass_kg: int | None,
    crew: int | None,
    exempt: bool,
    rows: Iterable[Row],
    *,
    vehicles: int | None = 1,
) -> tuple[Requirement, ...]:
    """Everything that a transport unit must carry, by the rows of equipment.csv, in their order.

    `mass_kg` is the largest permitted mass of the whole unit, `vehicles` its vehicles (tractor and trailer: 2).
    `exempt` is a load within the limits of ADR 1.1.3.6. None is not known and never lightens what is asked. A mixed
    load asks for each of its goods and joins with `strictest`: the label of a gas asks nothing of another's liquid.
    """
    numbers = {"crew member": ("crew", crew), "vehicle": ("vehicles", vehicles)}
    found = []
    for row in rows:
        counted = row["category"] in _COUNTED and (row["quantity"] or row["min_capacity_kg"])
        unknown = _unknowns(row, labels, states, mass_kg, exempt=exempt) if counted else None
        if unknown is not None:
            found.append(replace(_requirement(row, numbers), assumed=unknown))
    return tuple(_one_of_bands(each) for each in _by_key(found))


def strictest(*groups: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Join requirements: of each key the one that asks most, and a certain one before an assumed one."""
    every = _by_key(one for group in groups for one in group)
    return tuple(max(each, key=lambda one: (_asked(one), not one.assumed)) for each in every)


def _by_key(requirements: Iterable[Requirement]) -> Iterable[list[Requirement]]:
    cases: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        cases.setdefault(requirement.key, []).append(requirement)
    return cases.values()


def _one_of_bands(bands: list[Requirement]) -> Requirement:
    """Of the bands of mass that may hold the one that asks most; where all ask the same, mass is not assumed."""
    most = max(bands, key=_asked)
    if len(bands) > 1 and all(_asked(one) == _asked(most) for one in bands):
        return replace(most, assumed=tuple(name for name in most.assumed if name != "mass"))
    return most


def _asked(requirement: Requirement) -> tuple[int, int]:
    return requirement.count or 0, requirement.min_capacity_kg or 0


def _unknowns(
    row: Row, labels: frozenset[str] | None, states: frozenset[str] | None, mass_kg: int | None, *, exempt: bool
) -> tuple[str, ...] | None:
    """What has to be assumed for a row to hold, or None where it does not hold."""
    if row["unless_exempt" if exempt else "only_exempt"] == "yes":
        return None
    holds = {
        "labels": _labels_hold(row, labels),
        "state": True if not row["states"] else None if states is None else bool(states & _set(row["states"])),
        "mass": _mass_holds(row, mass_kg),
    }
    if False in holds.values():
        return None
    return tuple(name for name, value in holds.items() if value is None)


def _labels_hold(row: Row, labels: frozenset[str] | None) -> bool | None:
    if not row["labels_any"] and not row["labels_not_only"]:
        return True
    if labels is None:
        return None
    if row["labels_any"]:
        return bool(labels & _set(row["labels_any"]))
    # A load without any label is not a load with only these labels.
    return not labels or not labels <= _set(row["labels_not_only"])


def _mass_holds(row: Row, mass_kg: int | None) -> bool | None:
    over, up_to = row["mass_over_kg"], row["mass_up_to_kg"]
    if not over and not up_to:
        return True
    if mass_kg is None:
        return None
    return (not over or mass_kg > int(over)) and (not up_to or mass_kg <= int(up_to))


def _requirement(row: Row, numbers: Mapping[str, tuple[str, int | None]]) -> Requirement:
    missing, number = numbers.get(row["per"], ("", 1))
    each = int(row["quantity"]) if row["quantity"] else None
    return Requirement(
        key=row["requirement"],
        count=None if each is None or number is None else each * number,
        per=row["per"],
        min_capacity_kg=int(row["min_capacity_kg"]) if row["min_capacity_kg"] else None,
        rule=f"{row['jt617_part']}; ADR {row['rule_adr']}",
        name={"zh": row["name_zh"], "en": row["name_en"]},
        missing=missing if number is None else "",
        condition={"zh": row["condition_zh"], "en": row["condition_en"]},
    )


def _set(cell: str) -> frozenset[str]:
    return frozenset(cell.split(";"))
