"""Links of parties: which inspection each opens, until when, revoked or given anew. Tokens are never stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from checklists.papers.way_back import FEED, is_public, new_token, token_digest
from checklists.wire import canonical, instant
from server import clock
from server.store import audit, feed
from server.store.feed import Told
from server.store.way_back_models import WayBackLink

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_WHY = 300


def tell_address(address: str) -> None:
    """Tell tablets under which address the public reaches the office; nothing is told where there never was one."""
    told = address if is_public(address) else ""
    held = feed.standing("feed", FEED)
    if (held or {"address": ""}).get("address") != told:
        feed.tell("feed", [Told(FEED, canonical({"address": told}).decode(), clock.now())])


def take(part: Mapping[str, Any], record: str, days: int) -> None:
    """Let the link that a processed inspection names open it, for so many days from when it was sealed.

    A digest that is known already keeps its inspection: nobody takes a link over by naming it.
    """
    if part.get("kind") != "inspection":
        return
    until = instant(clock.read(str(part["sealed_at"])) + timedelta(days=days))
    for digest in dict.fromkeys(str(one.get("way_back") or "") for one in part.get("papers") or ()):
        if _SHA256.fullmatch(digest):
            WayBackLink.insert(
                digest=digest, inspection=str(part["inspection"]), record=record, made_at=clock.now(), until=until
            ).on_conflict_ignore().execute()


def of_token(token: str) -> WayBackLink | None:
    """Return the link of a token, or None: it is wrong, or its record has not come yet. Nobody can tell which."""
    return WayBackLink.get_or_none(WayBackLink.digest == token_digest(token))


def opens(link: WayBackLink) -> bool:
    """Whether a link opens now."""
    return not link.revoked_at and str(link.until) >= clock.now()


def of_inspection(inspection: str) -> list[WayBackLink]:
    """Return the links of an inspection, the oldest first."""
    held = WayBackLink.select().where(WayBackLink.inspection == inspection)
    return list(held.order_by(WayBackLink.made_at, WayBackLink.digest))


def revoke(inspection: str, who: str, why: str) -> int:
    """Let no link of an inspection open it any more, and return how many did."""
    told = {"revoked_at": clock.now(), "revoked_by": who, "revoked_why": why[:_LONGEST_WHY]}
    standing = WayBackLink.inspection == inspection, WayBackLink.revoked_at == ""
    count = int(WayBackLink.update(**told).where(*standing).execute())
    if count:
        audit.note(who=who, action="way_back.revoke", subject=f"inspection:{inspection}", detail={"why": why[:100]})
    return count


def give(inspection: str, who: str, why: str, days: int) -> str:
    """Revoke the links of an inspection, make another and return its token, which is shown once and kept nowhere."""
    revoke(inspection, who, why)
    token = new_token()
    WayBackLink.create(
        digest=token_digest(token),
        inspection=inspection,
        made_at=clock.now(),
        made_by=who,
        until=clock.later(days=days),
    )
    audit.note(who=who, action="way_back.give", subject=f"inspection:{inspection}", detail={"why": why[:100]})
    return token
