"""A campaign: for some days an office asks its teams to look at some things at some places. Pure.

It accuses nobody: a vehicle on its list of targets is one that is looked for, no more. It belongs to no rule, raises no
finding and changes no outcome; a record carries the campaigns under which its check was made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from checklists.facts.earlier import same
from checklists.patterns import pattern
from checklists.values import frozen
from checklists.wire import WireError, from_plain

KIND = "campaign"
"""The kind of the feed, and the name of the record's note."""
ALL = "*"
"""The key under which a tablet finds all campaigns that it knows: they are few, and no number leads to them."""

ON: Mapping[str, tuple[str, ...]] = {"vehicle": ("vehicle", "trailer"), "carrier": ("carrier",), "un": ()}
"""What may be looked for, and as what it stands among the numbers of a check; UN numbers stand on the waybill."""

_ROAD = pattern(r"[GSXYZC]\d{1,4}(?!\d)")
"""A road's number, where a site's name begins with one."""


@frozen
class Target:
    """Something that is looked for: a vehicle (with its colour behind a bar where known), a carrier or a UN number."""

    on: str
    key: str

    @property
    def text(self) -> str:
        """The target as one key: `vehicle 蒙K88001|yellow`."""
        return f"{self.on} {self.key}"


@frozen
class Campaign:
    """A campaign. It counts from the day `since` to the day `until`, both included, in Beijing.

    `roads` and `sites` empty: everywhere; a check at one of either is within it. `agencies` empty: every team. `items`
    of a checklist and `violations` are what it looks at before all, `unit` who made it.
    """

    id: str
    name: str
    why: str
    unit: str
    since: date
    until: date
    roads: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()

    def holds(self, day: date, site: str, road: str, agencies: Collection[str]) -> bool:
        """Whether a check by these agencies on a day at a place is made under it; at an unknown place only one of all.

        `road` is empty where nobody knows it.
        """
        here = not (self.roads or self.sites) or site_name(site) in self.sites or road in self.roads
        return self.since <= day <= self.until and here and (not self.agencies or bool({*self.agencies} & {*agencies}))

    def met(self, numbers: Mapping[str, str], uns: Iterable[str]) -> tuple[Target, ...]:
        """Return the targets that a check met. `numbers` are those of `check_history.about`, `uns` of its waybill.

        One whose colour one side does not know is met in any: it is a hint to look, and no more.
        """
        held = {on: [one for name in names if (one := numbers.get(name))] for on, names in ON.items()}
        held["un"] = list(uns)
        return tuple(one for one in self.targets if any(same(one.key, number) for number in held.get(one.on, ())))

    def looks_at(self, item: str, violations: Iterable[str] = ()) -> bool:
        """Whether an item, or one of the violations that it may find, is what it looks at before all."""
        return item in self.items or any(one in self.violations for one in violations)


def site_name(text: str) -> str:
    """Return a site's name as it is compared: without spaces at its ends, and with one where several stood."""
    return " ".join(text.split())


def road_in(site: str) -> str:
    """Return the road's number at the head of a site's name; empty where none stands there."""
    found = _ROAD.match(site)
    return found[0] if found else ""


def read(row: Mapping[str, Any]) -> Campaign | None:
    """Return a row of the feed as a campaign; None where it cannot be read: it is of a later version."""
    try:
        return from_plain(Campaign, {name: row[name] for name in Campaign.__dataclass_fields__ if name in row})
    except (WireError, TypeError, ValueError):
        return None


def read_all(rows: Iterable[Mapping[str, Any]]) -> tuple[Campaign, ...]:
    """Return the campaigns that can be read, each once, those that end first before the others."""
    found = {one.id: one for row in rows if (one := read(row)) is not None}
    return tuple(sorted(found.values(), key=lambda one: (one.until, one.id)))
