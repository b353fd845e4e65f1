"""A checklist as published: sections of items, each with what it rests on and what follows when it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date

from checklists.definitions.carrier_formula import CarrierFormula
from checklists.definitions.forms import Form
from checklists.definitions.lesson import Lesson
from checklists.law.confirmations import Confirmation
from checklists.law.model import Citation, Evidence, GeneralRule, Law, Measure, Term, Violation
from checklists.values import frozen

SEVERITIES = ("I", "II", "III")
"""I: danger now, the vehicle does not go on; II: put right first, normally a case; III: correct, teach, record."""

INPUTS = ("status", "text", "date", "time", "number", "choice")
"""What an item asks for: `status` conforms or not; the others are lines that are only written down."""

STATES = ("draft", "reviewed", "published")
"""The life of a checklist version. What is published is never edited."""

_YES = ("yes", "no")

FACTS: Mapping[str, tuple[str, ...]] = {
    "trailer": _YES,
    "containment": ("tank", "packages", "bulk"),
    "tank_kind": ("atmospheric", "pressure"),
    "outlet": ("bottom", "top"),
    "labels": (),
    "class": (),
    "loaded": ("loaded", "uncleaned", "empty"),
    "quantity": ("full", "limited", "excepted"),
    "declared": ("dangerous", "ordinary"),
    "highly_toxic": _YES,
    "hazardous_waste": _YES,
    "crosses_province": _YES,
    "env_hazard": _YES,
    "elevated_temp": _YES,
    "special_plate": _YES,
    "safety_board": _YES,
    "route_permit": _YES,
    "size_limited_goods": _YES,
    "restricted_goods": _YES,
    "small_vehicle": _YES,
    "heavy": _YES,
    "heavy_or_tractor": _YES,
    "made_before_2025_04": _YES,
    "tank_fixed": _YES,
    "several_goods": _YES,
    "stopped": _YES,
    "incident": _YES,
    "case_opened": _YES,
    "leaking": _YES,
    "undeclared": _YES,
    "repeated": _YES,
    "hazchem": _YES,
    "special_law": ("explosives", "fireworks", "radioactive", "none"),
    "toxic_or_precursor": _YES,
    "special_permit": ("none", "not_carried", "not_followed"),
    "permit_issued": _YES,
    "forged": ("qualification", "licence_or_plates", "transit_permit", "none"),
    "terminal_fault": ("offline", "destroyed", "not_monitored"),
    "container_unchecked": _YES,
}
"""Every derived fact that a condition may name, with its values; none listed means that any text may stand.

special_plate: env_hazard or elevated_temp; safety_board: class 1 or highly toxic; route_permit: class 1, class 7 or
highly toxic. They are facts of their own because a condition joins facts by "and" only.

On some only the law depends: hazchem (a listed hazardous chemical, 危险化学品目录), special_law (the goods are under a
regulation of their own), toxic_or_precursor (剧毒化学品 or 易制爆危险化学品), special_permit (what is wrong with the
transport permit for such goods), permit_issued (every unit has a 道路运输证), forged (what kind of paper is forged),
terminal_fault (what is wrong with the satellite terminal), container_unchecked (sold by its maker without having passed
an inspection).
"""


@frozen
class Choice:
    """One answer that a `choice` line offers."""

    value: str
    text: Mapping[str, str]


@frozen
class Item:
    """One thing to look at. `applies_when` maps a derived fact to its allowed values; all must hold.

    `agency` lists the agencies that look at it, the owner first. `measures` are codes of the regime's measures, a
    hand-over written `T:P`. `severity_when` maps a derived fact to the severity that holds while that fact is "yes".
    `input` is one of INPUTS: anything but status is a line that is only written down and cannot fail.
    """

    id: str
    text: Mapping[str, str]
    look: Mapping[str, str]
    agency: tuple[str, ...]
    severity: str
    measures: tuple[str, ...]
    basis: tuple[Citation, ...] = ()
    violations: tuple[str, ...] = ()
    applies_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity_when: Mapping[str, str] = field(default_factory=dict)
    duty_holder: str = ""
    photo: str = "on_deviation"
    input: str = "status"
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    source: str = ""
    note: str = ""


@frozen
class Section:
    """Items that are walked together, owned by the agency of its first item unless said otherwise."""

    id: str
    title: Mapping[str, str]
    items: tuple[Item, ...]


@frozen
class RuleCase:
    """What one outcome of a cross-check leads to under a regime: the item, the violation, and what to say.

    `violation` empty means the item's own first one, `basis` empty what the item rests on. A case without an `item`
    makes no finding: it warns, and with `severity` and `measures` it weighs on the outcome; of a finding they go before
    the item's. `accuses` is false where the law file has no violation that fits: the finding names none.
    `part_of` names the case of which this is a part, on whichever item: found together they are one finding. `same_as`
    are the items on which an officer sees the same fact: that he found it too makes no second finding.
    `verified` is false where it is our reading that the case is that violation, or rests on what was not read: its
    penalty is never printed.
    """

    rule: str
    case: str
    text: Mapping[str, str]
    item: str = ""
    violation: str = ""
    regime: str = "CN"
    also: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()
    severity: str = ""
    measures: tuple[str, ...] = ()
    part_of: str = ""
    same_as: tuple[str, ...] = ()
    verified: bool = True
    accuses: bool = True
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Where Definitions holds it: regime, rule, case."""
        return self.regime, self.rule, self.case


@frozen
class Checklist:
    """A checklist version. `effective_from` is the first day on which it may be used.

    `status` is draft, reviewed or published. `based_on` is the name@version that a short one takes its items from.
    """

    name: str
    version: str
    regime: str
    title: Mapping[str, str]
    effective_from: date
    sections: tuple[Section, ...]
    status: str = "published"
    based_on: str = ""

    def items(self) -> Iterator[Item]:
        """Every item in walking order."""
        for section in self.sections:
            yield from section.items

    def item(self, item_id: str) -> Item | None:
        """Return the item of that id, or None."""
        return next((item for item in self.items() if item.id == item_id), None)


@frozen
class Template:
    """A short checklist as authors write it: the name of another one, and the ids of the items that it asks of it."""

    name: str
    version: str
    title: Mapping[str, str]
    effective_from: date
    based_on: str
    only: tuple[str, ...]
    status: str = "published"

    def resolve(self, base: Checklist) -> Checklist:
        """Return it as a checklist of its own: the base with every other item optional.

        An optional item is not asked, but a conflict on it is found all the same: a short list hides nothing.
        """
        named = (self.name, self.version, base.regime, self.title, self.effective_from)
        return Checklist(*named, tuple(map(self._asking, base.sections)), self.status, f"{base.name}@{base.version}")

    def _asking(self, section: Section) -> Section:
        return replace(section, items=tuple(replace(one, optional=one.id not in self.only) for one in section.items))


TIER_LEVELS = ("low", "medium", "high")

TIER_REASONS = (
    *("stop_order", "held", "order_overdue", "leaking", "conflicts", "repeated", "past"),
    *("unknown_vehicle", "unknown_load", "labels", "stale"),
    *("carrier_tightened", "carrier_unknown", "carrier_drawn"),
)
"""What a tier may be judged by; see `checklists.findings.tiers`."""


@frozen
class TierRow:
    """One reason for a tier: what has to be so, how often at `least`, and the level that it asks for."""

    reason: str
    level: str
    when: tuple[str, ...] = ()
    least: int = 1
    source: str = ""


@frozen
class CheckedBefore:
    """How a vehicle is met that was checked clean before; see `definitions/checked_before.yaml`.

    Without such a row nothing is recommended and a pass is shown for a day, as before there were any.
    """

    clean_hours: int = 0
    full_per_hundred: int = 100
    pass_hours: int = 24
    source: str = ""
    verified: bool = False


@frozen
class Definitions:
    """All that an inspection is judged by. The tablet builds the same object from a published package.

    `rules` is keyed by (regime, rule, case). Each of `acts` holds the codes of violations that may be one act.
    `agencies` gives per code the names `zh`, `en` and the short ones `short_zh`, `short_en`, and the `regime` where it
    is not CN. `confirmations` are applied to `violations` already.
    """

    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    laws: Mapping[str, Law] = field(default_factory=dict)
    violations: tuple[Violation, ...] = ()
    rules: Mapping[tuple[str, str, str], RuleCase] = field(default_factory=dict)
    acts: tuple[frozenset[str], ...] = ()
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    general: tuple[GeneralRule, ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    tiers: tuple[TierRow, ...] = ()
    carrier_tiers: tuple[CarrierFormula, ...] = ()
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    checked_before: CheckedBefore = field(default_factory=CheckedBefore)
