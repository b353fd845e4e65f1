"""The story's vehicle on a tablet: a waste-acid tanker, its papers in the registry, and one officer before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from checklists.authoring.casefile import read_case
from checklists.facts.registry import LISTS
from checklists.goods.listing import load_tables
from checklists.wire import to_plain
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, Held, Kit, Officer, write
from tests.loaded import load_all

AT = "2026-11-21T01:30:00.000Z"
CASE = Path(__file__).parents[2] / "checklists" / "examples" / "waste-acid-tanker.yaml"
WANG = Officer("officer-1", "王强", "T-0001", "T")
SITE = "G109 示例检查点"
LI = Officer("officer-2", "李敏", "P-0002", "P")

_ids = (f"entry-{number:04d}" for number in count(1))


@cache
def situation() -> dict[str, Any]:
    """The story as plain facts."""
    return dict(to_plain(read_case(CASE).situation))


@cache
def registry() -> dict[tuple[str, str], dict[str, Any]]:
    told = situation()
    people = [(("person", told[role]["id_number"]), told[role]) for role in ("driver",)]
    rows = [
        (("vehicle", told["vehicle"]["plate"]), told["vehicle"]),
        (("vehicle", told["trailer"]["plate"]), told["trailer"]),
        (("tank", told["tank"]["number"]), told["tank"]),
        (("carrier", told["carrier"]["uscc"]), told["carrier"]),
        *people,
    ]
    escort = {"name": "李卫东", "id_number": "150624198203030035"}
    qualified = {"number": escort["id_number"], "category": "escort", "valid_until": "2028-05-31"}
    rows.append((("person", escort["id_number"]), {**escort, "qualification": qualified}))
    rows.append((("site", SITE), told["place"]))
    rows += [(("feed", name), {}) for name in LISTS]
    return {key: {"data": data, "as_of": "2026-11-20T00:00:00.000Z"} for key, data in rows}


@cache
def kit() -> Kit:
    """The published definitions and tables, and the registry of the story."""
    return Kit(load_all(), load_tables(), lambda kind, key: registry().get((kind, key)))


def nothing(officer: Officer = WANG, used: Kit | None = None) -> Held:
    """An inspection of which nothing is known."""
    return Held("inspection-1", AT, f"tablet-{officer.id}", officer, used or kit())


def after(held: Held, *drafts: Iterable[Draft]) -> Held:
    """The inspection after these acts, in order."""
    for some in drafts:
        held = held.adding(write(held, some, AT, _ids))
    return held


def arrived(**changes: Any) -> Held:
    """Vehicle identified, waybill scanned (`changes` go over its fields), registry asked; nothing seen yet."""
    held = after(nothing(), acts.identify("蒙K12345", "yellow"), acts.waybill({**situation()["waybill"], **changes}))
    return after(held, acts.look_up(held, SITE))


def seen() -> Held:
    """The story: what the officers saw, put down section by section; nothing cleared yet."""
    told = situation()["seen"]
    return after(
        arrived(),
        acts.see_aboard(told["aboard"]),
        *(acts.see_panel(side, one["hazard_id"], one["un"]) for side, one in told["panels"].items()),
        *(acts.see_placards(side, labels) for side, labels in told["placards"].items()),
        *(acts.see_equipment(key, amount) for key, amount in told["equipment"].items()),
        acts.weigh(told["gross_mass_kg"]),
        acts.answer("EQP-14", "does_not_conform"),
    )


def cleared(held: Held) -> Held:
    """The inspection with every section cleared."""
    for section in held.kit.definitions.checklists[held.kit.checklist].sections:
        held = after(held, acts.clear_section(held, section.id, 1000))
    return held


def valid(held: Held) -> Held:
    """The same with the trailer's permit in date, as the officer read on the paper."""
    return after(held, (acts.fact("trailer.permit.valid_until", "2027-10-31", "papers"),))


class StoryDesk:
    """A desk with the story on it and nothing on a disk: what was put down, and where the officer was led."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.refresh: Callable[[], None] = lambda: None
        self.clock = datetime(2026, 11, 21, 1, 40, tzinfo=UTC)
        self.at = "2026-11-21T01:40:00.000Z"
        self.plate = "蒙K12345"
        self.usual_order = False
        self.registers = False
        self.site = ""

    def now(self) -> datetime:
        """Each look at the clock is half a second later."""
        self.clock += timedelta(milliseconds=500)
        return self.clock

    def shutter(self, held: Held | None = None, of: str = "") -> Any:
        """What takes pictures from the desk's camera folder, where a test gave it a store and one."""
        from mobile.inspecting.camera_photo import Shutter

        return Shutter(self.open_store, self.camera, held or self.held, self.now(), of=of)  # type: ignore[attr-defined]

    def attempt(self, act: Callable[[], None]) -> None:
        """Do it; what is refused is the test's to hear."""
        act()

    def settle(self) -> None:
        """Nobody types here."""

    def later(self, _act: Callable[[], None]) -> None:
        """What is only worked out ahead is left out here."""

    def photograph(self, take: Callable[[], None], **_here: Any) -> None:
        """This desk's device has no camera of its own."""
        take()

    def put(self, drafts: Iterable[Draft], *, leaving: bool = False) -> None:
        self.held = after(self.held, tuple(drafts))
        if not leaving:
            self.refresh()

    def go(self, screen: str, **where: Any) -> None:
        self.went.append((screen, where))

    def last(self, kind: str) -> Any:
        """The value of the last entry of a kind."""
        return [one for one in self.held.entries if one.kind == kind][-1]
