"""Equipment that must be on board, by labels, physical state, mass and crew (JT/T 617.7; figures of ADR 8.1.4, 8.1.5).

The figures were read in ADR; that JT/T 617.7 has the same ones is not verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from checklists.goods.kept import kept
from checklists.goods.listing import Row, Tables
from checklists.values import frozen

Kind = tuple[frozenset[str] | None, frozenset[str] | None]
"""Labels and physical states of goods; None where they are not known."""

_COUNTED = ("extinguisher", "unit", "crew", "class")
"""Categories of things that are counted; documents have rules of their own."""


@frozen
class Demand:
    """A row of equipment.csv: what is asked, and when. Sets that are empty and masses that are None ask nothing."""

    key: str
    each: int | None
    per: str
    min_capacity_kg: int | None
    rule: str
    name: Mapping[str, str]
    condition: Mapping[str, str]
    unless_exempt: bool
    only_exempt: bool
    labels: frozenset[str]
    not_only: frozenset[str]
    states: frozenset[str]
    over_kg: int | None
    up_to_kg: int | None

    @property
    def by_kind(self) -> bool:
        """Whether labels or states decide."""
        return bool(self.labels or self.not_only or self.states)

    @classmethod
    def of(cls, row: Row) -> Demand:
        """Read a row."""
        return cls(
            key=row["requirement"],
            each=_number(row["quantity"]),
            per=row["per"],
            min_capacity_kg=_number(row["min_capacity_kg"]),
            rule=f"{row['jt617_part']}; ADR {row['rule_adr']}",
            name={"zh": row["name_zh"], "en": row["name_en"]},
            condition={"zh": row["condition_zh"], "en": row["condition_en"]},
            unless_exempt=row["unless_exempt"] == "yes",
            only_exempt=row["only_exempt"] == "yes",
            labels=_set(row["labels_any"]),
            not_only=_set(row["labels_not_only"]),
            states=_set(row["states"]),
            over_kg=_number(row["mass_over_kg"]),
            up_to_kg=_number(row["mass_up_to_kg"]),
        )


@kept
def demands(tables: Tables) -> tuple[Demand, ...]:
    """Return what is counted of equipment.csv, read once."""
    rows = (row for row in tables.equipment if row["category"] in _COUNTED)
    return tuple(Demand.of(row) for row in rows if row["quantity"] or row["min_capacity_kg"])


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
    asked: Iterable[Demand],
    *,
    vehicles: int | None = 1,
) -> tuple[Requirement, ...]:
    """Everything that a transport unit must carry, by the `demands` of equipment.csv, in their order.

    `mass_kg` is the largest permitted mass of the whole unit, `vehicles` its vehicles (tractor and trailer: 2).
    `exempt` is a load within the limits of ADR 1.1.3.6. None is not known and never lightens what is asked. A mixed
    load asks for each of its goods (`required_by_all`): the label of a gas asks nothing of another's liquid.
    """
    numbers = {"crew member": ("crew", crew), "vehicle": ("vehicles", vehicles)}
    found = []
    for demand in asked:
        if not (demand.unless_exempt if exempt else demand.only_exempt):
            unknown = _unknowns(demand, labels, states, mass_kg)
            if unknown is not None:
                found.append(_requirement(demand, unknown, *numbers.get(demand.per, ("", 1))))
    return tuple(_one_of_bands(each) for each in _by_key(found))


def required_by_all(
    kinds: Iterable[Kind],
    mass_kg: int | None,
    crew: int | None,
    exempt: bool,
    asked: Sequence[Demand],
    *,
    vehicles: int | None = 1,
) -> tuple[Requirement, ...]:
    """Return what `required` asks for each kind of goods (labels and states), the strictest of each thing."""
    by_kind = {one.key for one in asked if one.by_kind}
    varying = [one for one in asked if one.key in by_kind]
    # What asks nothing of labels or states is the same for every kind: the first one's stands for it.
    groups = [
        required(labels, states, mass_kg, crew, exempt, varying if place else asked, vehicles=vehicles)
        for place, (labels, states) in enumerate(dict.fromkeys(kinds))
    ]
    return strictest(*groups)


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
    demand: Demand, labels: frozenset[str] | None, states: frozenset[str] | None, mass_kg: int | None
) -> tuple[str, ...] | None:
    """What has to be assumed for a demand to hold, or None where it does not hold."""
    holds = {
        "labels": _labels_hold(demand, labels),
        "state": True if not demand.states else None if states is None else bool(states & demand.states),
        "mass": _mass_holds(demand, mass_kg),
    }
    if False in holds.values():
        return None
    return tuple(name for name, value in holds.items() if value is None)


def _labels_hold(demand: Demand, labels: frozenset[str] | None) -> bool | None:
    if not demand.labels and not demand.not_only:
        return True
    if labels is None:
        return None
    if demand.labels:
        return bool(labels & demand.labels)
    # A load without any label is not a load with only these labels.
    return not labels or not labels <= demand.not_only


def _mass_holds(demand: Demand, mass_kg: int | None) -> bool | None:
    over, up_to = demand.over_kg, demand.up_to_kg
    if over is None and up_to is None:
        return True
    if mass_kg is None:
        return None
    return (over is None or mass_kg > over) and (up_to is None or mass_kg <= up_to)


def _requirement(demand: Demand, assumed: tuple[str, ...], counted: str, number: int | None) -> Requirement:
    return Requirement(
        key=demand.key,
        count=None if demand.each is None or number is None else demand.each * number,
        per=demand.per,
        min_capacity_kg=demand.min_capacity_kg,
        rule=demand.rule,
        name=demand.name,
        missing=counted if number is None else "",
        assumed=assumed,
        condition=demand.condition,
    )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(";")))
