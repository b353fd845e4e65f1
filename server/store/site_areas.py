"""In which administrative division each site lies. Kept beside the registry: tablets have no need of it.

Records name their site in words; so the area of a record or case is that of its site, as soon as somebody has said it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from server import accounts
from server.store import audit, counted, feed_history
from server.store.administration_models import SiteArea
from server.store.counted import Counted
from server.store.models import Record


@dataclass(frozen=True)
class Site:
    """A site that records or the office name, with its division (empty: nobody has said it) and its records."""

    name: str
    division: str
    records: Counted


def put(by: str, site: str, code: str) -> bool:
    """Say in which division a site lies, empty for nothing known; returns whether that is new. Raises ValueError."""
    fault = accounts.division_fault(code)
    if fault:
        raise ValueError(fault)
    changed = _put({site: accounts.division(code)})
    if changed:
        audit.note(who=by, action="site.division", subject=f"site:{site}", detail={"division": changed[site]})
    return bool(changed)


def put_many(divisions: Mapping[str, str]) -> dict[str, list[str]]:
    """Say where many sites lie and return those that are new, as `[old, new]`; the caller audits them."""
    return _put({site: accounts.division(code) for site, code in divisions.items()})


def of(sites: Iterable[str]) -> dict[str, str]:
    """Return the divisions of sites, as far as they are known."""
    rows = SiteArea.select().where(SiteArea.site.in_(list(sites)))
    return {str(one.site): str(one.division) for one in rows}


def within(area: str) -> Any:
    """Return the query of the sites of an area."""
    return SiteArea.select(SiteArea.site).where(fn.SUBSTR(SiteArea.division, 1, len(area)) == area)


def listing() -> list[Site]:
    """Return every site that records name or that has a division: those without one first, then by name."""
    many = {site: counted.capped(Record.select(Record.id).where(Record.site == site)) for site in _named()}
    known = {str(one.site): str(one.division) for one in SiteArea.select()}
    sites = [Site(name, known.get(name, ""), many.get(name, counted.NONE)) for name in {*many, *known}]
    return sorted(sites, key=lambda one: (bool(one.division), one.name))


def _named() -> list[str]:
    """Return every site that records name: from one to the next by the index, past all its records."""
    found, last = [], ""
    while (last := str(Record.select(fn.MIN(Record.site)).where(Record.site > last).scalar() or "")) != "":
        found.append(last)
    return found


def _put(divisions: Mapping[str, str]) -> dict[str, list[str]]:
    before = of(divisions)
    changed = {site: [before.get(site, ""), new] for site, new in divisions.items() if before.get(site, "") != new}
    for site, (_old, new) in changed.items():
        SiteArea.delete().where(SiteArea.site == site).execute()
        if new:
            SiteArea.create(site=site, division=new)
    feed_history.tell_sites(changed)
    if changed:
        from server.store import case_apply

        case_apply.let_go_of_moved()
    return changed
