"""Hearing the office: one page of its feed after the other, each kept before the next is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from checklists.wire import instant
from checklists.zone import LAW_ZONE
from mobile.link import agreed_clock
from mobile.link.office import TIMEOUT_S, Office
from mobile.refusals import Refusal
from mobile.store import feed
from mobile.store.feed import Laid
from mobile.store.store import OFFICE_ANEW, Store, keep_setting

URGENT_FIRST, USUAL = 100, 500
"""Changes of a page: few before anything is sent on a thin line; then what a touch can wait for to be laid down."""

SLACK_S = 2
"""So much longer than it was told to wait may the office be silent before its line counts as lost."""

_AGAIN = 3
"""How often one page may be begun again: the office said that the cursor is too old, or another page came first."""


def page(held: Store, office: Office, now: Callable[[], datetime], limit: int = USUAL, wait_s: int = 0) -> Laid:
    """Ask for what changed and keep it; with `wait_s` the office answers when something does, or after that time.

    Raises the link's refusals, and `page_invalid`.
    """
    for _try in range(_AGAIN):
        since = feed.heard(held).cursor
        asked = {"since": since, "limit": limit, **({"wait": wait_s} if wait_s else {})}
        timeout = (TIMEOUT_S[0], wait_s + SLACK_S) if wait_s else None
        clock = agreed_clock.clock(held)
        sent = now()
        try:
            answer = office.ask("GET", f"/v1/changes?{urlencode(asked)}", timeout=timeout)
            received = now()
            true = received + timedelta(milliseconds=clock["offset_ms"])
            laid = feed.lay(held, answer.content, since, instant(received), instant(true) if clock["agreed_at"] else "")
        except Refusal as refusal:
            if refusal.code == "cursor_gone":
                if office.is_hub and _knows_less(held, office):
                    raise Refusal("hub_behind") from refusal
                feed.begin_again(held)
                keep_setting(held, OFFICE_ANEW, value=True)
            elif refusal.code != "page_passed":
                raise
            continue
        # An answer that was held back says when it ended, not when it was half way.
        if not office.is_hub:
            agreed_clock.learn(held, laid.at, received if wait_s else sent, received)
        return laid
    raise Refusal("link_busy", "/v1/changes")


def _knows_less(held: Store, hub: Office) -> bool:
    """Whether a hub last heard the office before this tablet did: it may not know that the feed has begun anew."""
    return str(hub.ask_json("GET", "/v1/hub").get("heard_at") or "") < feed.heard(held).at


def everything(held: Store, office: Office, now: Callable[[], datetime], tell: Callable[[Laid], None]) -> None:
    """Hear all that waits, and drop what it has replaced; `tell` is called after each page. Raises as `page` does."""
    more = True
    while more:
        laid = page(held, office, now)
        tell(laid)
        more = laid.more
    feed.sweep(held, datetime.fromisoformat(laid.at).astimezone(LAW_ZONE).date().isoformat())
