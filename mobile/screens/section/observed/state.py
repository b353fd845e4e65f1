"""What officers see and put down inside a section: who is aboard, the equipment, mass and packages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists import words as kernel
from checklists.facts.observation import Aboard
from checklists.rules.kit import needs
from mobile.inspecting.inspection import Held
from mobile.screens.shared.results import need_words
from mobile.words import _

UNSEEN = "unseen"
"""The option that takes back what was put down."""


@dataclass(frozen=True)
class CrewOption:
    """A way to say who is aboard in one touch: the people that it states."""

    key: str
    text: str
    people: tuple[Mapping[str, str], ...]
    chosen: bool


@dataclass(frozen=True)
class SeenPerson:
    """Someone who was put down as aboard."""

    role: str
    role_words: str
    name: str = ""
    id_number: str = ""

    @property
    def plain(self) -> dict[str, str]:
        """The person as it is recorded."""
        named = {"role": self.role, "name": self.name, "id_number": self.id_number}
        return {key: text for key, text in named.items() if text}


@dataclass(frozen=True)
class CrewState:
    """Who is aboard: the likely answers, and everyone put down so far (None: nobody looked)."""

    options: tuple[CrewOption, ...]
    roles: tuple[tuple[str, str], ...]
    aboard: tuple[SeenPerson, ...] | None


@dataclass(frozen=True)
class PieceState:
    """A piece of equipment: what is wanted (None: not known) and what was counted (None: nobody looked)."""

    key: str
    name: str
    wanted: int | None
    seen: int | None
    in_kg: bool

    @property
    def verdict(self) -> str:
        """consistent, conflict or cannot_tell."""
        if self.seen is None or (self.wanted is None and self.seen):
            return "cannot_tell"
        return "consistent" if self.seen and self.seen >= (self.wanted or 1) else "conflict"


@dataclass(frozen=True)
class KitState:
    """The equipment that this load asks for; `known` is False while the goods are not."""

    pieces: tuple[PieceState, ...]
    known: bool


@dataclass(frozen=True)
class MassState:
    """The weighbridge's gross mass, and what the waybill and the papers lead one to expect. All in kg.

    `packages` are those counted, `declared` those on the waybill; `counts`: there may be packages to count.
    """

    gross_kg: int | None
    expected_kg: int | None
    packages: int | None = None
    declared: int | None = None
    counts: bool = False

    @property
    def words(self) -> str:
        """The gross mass in kg and t."""
        return mass_words(self.gross_kg)


def crew_state(held: Held) -> CrewState:
    """Return who is aboard, with the crew of the waybill as the likely answers."""
    bill = held.context.situation.waybill
    named = {role: getattr(bill, role) for role in ("driver", "escort") if bill and getattr(bill, role)}
    people = {
        role: {key: text for key in ("name", "id_number") if (text := getattr(one, key))} | {"role": role}
        for role, one in named.items()
    }
    driver = people.get("driver", {"role": "driver"})
    aboard = held.context.situation.seen.aboard
    options = []
    if len(people) > 1:
        options.append(_option("waybill", (people["driver"], people["escort"]), aboard))
    options.append(_option("driver", (driver,), aboard))
    if aboard is not None:
        options.append(CrewOption(UNSEEN, _("Not looked at after all"), (), chosen=False))
    roles = tuple((role, role_words(role)) for role in ("driver", "escort", "person"))
    return CrewState(tuple(options), roles, None if aboard is None else tuple(_seen(one) for one in aboard))


def _option(key: str, people: tuple[Mapping[str, str], ...], aboard: Sequence[Aboard] | None) -> CrewOption:
    text = " + ".join(f"{role_words(one['role'])} {one.get('name', '')}".strip() for one in people)
    stated = [(one["role"], one.get("name")) for one in people]
    chosen = aboard is not None and stated == [(one.role, one.name) for one in aboard]
    return CrewOption(key, _("only the {person}").format(person=text) if key == "driver" else text, people, chosen)


def _seen(one: Aboard) -> SeenPerson:
    return SeenPerson(one.role, role_words(one.role), one.name or "", one.id_number or "")


def role_words(role: str) -> str:
    """Return a role in words."""
    return _("another person") if role == "person" else _(kernel.ROLES.get(role, role))


def kit_state(held: Held) -> KitState:
    """Return the equipment that is required, each with what was counted."""
    seen = held.context.situation.seen.equipment
    pieces = tuple(
        PieceState(
            need.key,
            need_words(held.kit.tables, need),
            need.min_capacity_kg if need.key == "extinguisher_capacity" else need.count,
            seen.get(need.key),
            need.key == "extinguisher_capacity",
        )
        for need in needs(held.context)
    )
    return KitState(pieces, held.context.on_board is not None)


def mass_state(held: Held) -> MassState:
    """Return the mass weighed, and declared net mass plus kerb masses where all are known."""
    context = held.context
    situation = context.situation
    lines = [one.line.net_mass_kg for one in context.declared or ()]
    kerbs = [situation.vehicle.kerb_mass_kg]
    if context.has_trailer:
        kerbs.append(situation.trailer.kerb_mass_kg if situation.trailer else None)
    parts = [*lines, *kerbs]
    expected = sum(one for one in parts if one is not None) if lines and None not in parts else None
    packages = [one.line.packages for one in context.declared or ()]
    declared = sum(one for one in packages if one is not None) if packages and None not in packages else None
    loose = situation.seen.containment or ("tank" if context.has_tank else "")
    counted = situation.seen.packages
    counts = counted is not None or declared is not None or loose not in ("tank", "bulk")
    return MassState(situation.seen.gross_mass_kg, expected, counted, declared, counts)


def mass_words(mass_kg: int | None) -> str:
    """Return a mass in kg and, with all its digits, in t."""
    if mass_kg is None:
        return _("not known")
    thousands, rest = divmod(mass_kg, 1000)
    tonnes = f"{thousands}.{rest:03d}".rstrip("0").rstrip(".")
    return f"{mass_kg:,} kg = {tonnes} t"
