"""The party's link on its papers: one token an inspection, made where the papers are, without a network.

Nothing is printed where the office has no public address, in practice, and where nothing was found.
"""

from __future__ import annotations

from dataclasses import replace

from checklists.papers.way_back import FEED, PRINTED_ON, is_public, link, new_token
from mobile.inspecting.inspection import Held
from mobile.link.enrolment import Enrolment
from mobile.link.office import PRACTICE
from mobile.sealing.paper import Paper
from mobile.store import store as stores
from mobile.store.store import Store


def linked(store: Store, held: Held, papers: tuple[Paper, ...], enrolment: Enrolment) -> tuple[Paper, ...]:
    """Return the papers, those that the party takes along with its link."""
    address = public_address(store)
    if not address or enrolment.url == PRACTICE or not held.assessment.findings:
        return papers
    made = link(address, new_token())
    return tuple(replace(one, link=made) if one.kind in PRINTED_ON else one for one in papers)


def public_address(store: Store) -> str:
    """Return under which address the office said last that the public reaches it; empty where it has none."""
    row = stores.lookup(store, "feed", FEED)
    told = str(row["data"].get("address") or "") if row else ""
    return told if is_public(told) else ""
