"""What a list of cases is narrowed to, as it stands in an address; what is not understood is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from server.cases.states import ENDED, MAIN
from server.store.case_lists import DUES, RANKS, WAITS, Wanted

ADDRESS = "/console/cases"
NOBODY = "-"
"""The owner of what nobody owns, in an address."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "active": ("open", "ended", "all"),
    "state": tuple(MAIN),
    "tier": tuple(RANKS),
    "due": DUES,
    "waits": WAITS,
}
TEXTS: Mapping[str, int] = {"owner": 60, "agency": 8, "violation": 40, "text": 60}
"""Field → how long it may be."""

_NAMES = (*CHOICES, *TEXTS)


@dataclass(frozen=True)
class Filters:
    """The filter bar, and where in the list somebody is: behind a place or before it, as of a time."""

    wanted: Wanted
    after: str = ""
    before: str = ""
    now: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The filters as they stand in an address, without the place in the list."""
        return query_of_wanted(self.wanted)

    @property
    def narrowed(self) -> bool:
        """Whether anything but open cases is asked for."""
        return self.wanted != Wanted()

    def address(self, **places: str) -> str:
        """Return the address of the list, at a place where one is given."""
        return f"{ADDRESS}?{urlencode({**self.query, **{name: one for name, one in places.items() if one}})}"


def filters_of(query: Mapping[str, str], otherwise: Wanted) -> Filters:
    """Return the filters of an address; of one that names none, those of the reader's own first list.

    Who asks for a state is shown the cases in it, whether open or ended ones stand chosen beside it.
    """
    told = {name: query.get(name, "").strip()[:longest] for name, longest in TEXTS.items()}
    told |= {name: query[name] for name, known in CHOICES.items() if query.get(name) in known}
    nobody = told["owner"] == NOBODY
    asked = any(name in query for name in _NAMES)
    told["owner"] = "" if nobody else told["owner"]
    wanted = replace(Wanted(**told), nobody=nobody) if asked else otherwise  # type: ignore[arg-type] # texts alone
    if wanted.state and wanted.active != ("ended" if wanted.state in ENDED else "open"):
        wanted = replace(wanted, active="all")
    places = {name: query.get(name, "")[:200] for name in ("after", "before", "now")}
    return Filters(wanted, **places)


def query_of_wanted(wanted: Wanted) -> dict[str, str]:
    """Return what a list is narrowed to as it stands in an address, never nothing."""
    told = {name: str(getattr(wanted, name)) for name in _NAMES}
    told["owner"] = NOBODY if wanted.nobody else told["owner"]
    return {name: one for name, one in told.items() if one and (name, one) != ("active", "open")} or {"active": "open"}


def address_of(wanted: Wanted) -> str:
    """Return the address of a list."""
    return Filters(wanted).address()
