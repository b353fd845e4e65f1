"""Where checks are made: the sites, the road of each, and which of them are asked for and may be seen."""

from __future__ import annotations

import json
from datetime import date
from functools import reduce

from checklists.facts.campaign import Campaign, road_in, site_name
from checklists.facts.registry import row_key
from server.accounts import Scope
from server.figures.asking import Asked
from server.figures.effect import SIDES
from server.store import campaigns, site_areas
from server.store.figure_models import KeptSum
from server.store.office_models import RegistryRow
from server.store.rows import tuples


def wanted(scope: Scope, asked: Asked) -> frozenset[str] | None:
    """Return the sites that are asked for and may be seen; None is all of them."""
    held: list[frozenset[str]] = []
    if asked.site is not None:
        held.append(frozenset({asked.site}))
    if asked.road is not None:
        held.append(frozenset(site for site, road in roads().items() if road == asked.road))
    if asked.around is not None:
        held.append(_around(asked.around))
    if scope.area:
        held.append(frozenset(str(site) for (site,) in tuples(site_areas.within(scope.area))))
    return reduce(frozenset.intersection, held) if held else None


def _around(told: str) -> frozenset[str]:
    """Return the sites that `asked.around` names: those of a campaign, or all others; none of an unknown one."""
    side, _space, campaign = told.partition(" ")
    held = campaigns.by_id([campaign]).get(campaign)
    if held is None or side not in SIDES:
        return frozenset()
    return campaign_sites(campaigns.read(held))[SIDES.index(side)]


def campaign_sites(held: Campaign) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sites of a campaign and all others; a check of which nobody said where is at neither."""
    of = {site: road for site, road in roads().items() if site}
    everywhere = not (held.roads or held.sites)
    mine = frozenset(
        site for site, road in of.items() if everywhere or site_name(site) in held.sites or road in held.roads
    )
    return mine, frozenset(of) - mine


def roads() -> dict[str, str]:
    """Return the road of every site that is known or was checked at.

    It is what the office's list of sites says, else the number with which the site's name begins; empty where neither
    says one.
    """
    rows = RegistryRow.select(RegistryRow.key, RegistryRow.data).where(RegistryRow.kind == "site")
    said = {str(key): str(json.loads(data).get("road") or "") for key, data in tuples(rows)}
    checked = {site: row_key("site", site) for site in checked_at()}
    never = said.keys() - set(checked.values())
    return {site: said.get(key) or road_in(site) for site, key in {**checked, **{one: one for one in never}}.items()}


def checked_at() -> set[str]:
    """Return every site at which something was checked; empty is no site named."""
    query = KeptSum.select(KeptSum.key).where(KeptSum.by == "site", KeptSum.period.between("M", "N")).distinct()
    return {str(key) for (key,) in tuples(query)}


def sites(scope: Scope) -> dict[str, str]:
    """Return the named sites that may be seen with their roads, those too at which nobody checked yet."""
    within = wanted(scope, Asked(date.min, date.min))
    return {one: road for one, road in sorted(roads().items()) if one and (within is None or one in within)}
