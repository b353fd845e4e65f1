"""T1: the checks in hand, those that wait to be sent and those sealed today, each as a card. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists import words as kernel
from checklists.inspection import Entry, facts_tree
from checklists.situation import LAW_ZONE
from checklists.wire import from_plain
from mobile.states.ages import clock_words, day_words
from mobile.states.frame import TITLES
from mobile.words import _, n_

DELIVERY = {"waiting": "unknown", "delivered": "good", "conflict": "stale", "rejected": "danger"}
"""States of a sealed record, with their tone."""


@dataclass(frozen=True)
class OpenCheck:
    """An inspection in progress: its entries, the screen on which it stands, whether another tablet opened it."""

    inspection: str
    opened_at: str
    screen: str
    entries: Sequence[Entry] = ()
    joined: bool = False


@dataclass(frozen=True)
class SentCheck:
    """A sealed inspection: its part, and what became of it."""

    part: Mapping[str, Any]
    state: str
    photos: int = 0
    photos_received: int = 0


@dataclass(frozen=True)
class CheckCard:
    """One check on a card. `key` is the inspection; `kind` says what a press does: resume or papers."""

    key: str
    kind: str
    plate: str
    colour: str
    carrier: str
    state: str
    tone: str
    time: str
    detail: str


@dataclass(frozen=True)
class QueueState:
    """The queue. `notices` are (tone, words); `may_begin` is False while the checklists are missing.

    `site` is the place of the post, which every paper names.
    """

    open: tuple[CheckCard, ...]
    sealed: tuple[CheckCard, ...]
    notices: tuple[tuple[str, str], ...]
    may_begin: bool
    salvaged: bool = False
    site: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is no card at all."""
        return not self.open and not self.sealed


def queue_state(
    in_progress: Iterable[OpenCheck],
    sealed: Iterable[SentCheck],
    now: datetime,
    *,
    ready: bool,
    trouble: str = "",
    salvaged: str = "",
    site: str = "",
) -> QueueState:
    """Return the queue: the newest first, undelivered ones before those of today; older delivered ones are left out.

    `ready` says that the checklists are there; `trouble` is why sending stopped; `salvaged` what a torn file cost.
    """
    cards = [(one, _sent_card(one, now)) for one in sealed if _shown(one, now)]
    cards.sort(key=lambda pair: pair[0].state in ("delivered", "conflict"))
    missing = "" if ready else _("The checklists are not on this tablet yet. Connect to the office once.")
    notices = tuple(
        (tone, text) for tone, text in (("danger", salvaged), ("unknown", missing), ("danger", trouble)) if text
    )
    return QueueState(
        tuple(_open_card(one) for one in in_progress),
        tuple(card for _one, card in cards),
        notices,
        ready,
        bool(salvaged),
        site,
    )


def salvage_words(kept: Mapping[str, int], lost: Mapping[str, int]) -> str:
    """Return what a salvage kept and lost."""
    entries, records = kept.get("entry_row", 0), kept.get("sealed_row", 0)
    said = _("The data file was damaged. Taken over: {entries} entries, {records} sealed records.")
    text = said.format(entries=entries, records=records)
    gone = sum(lost.values())
    if not gone:
        return text
    missing = n_(
        "At least {n} row is missing; tell the office.", "At least {n} rows are missing; tell the office.", gone
    )
    return f"{text} {missing}"


def _open_card(check: OpenCheck) -> CheckCard:
    facts = facts_tree(check.entries)
    at = _(TITLES.get(check.screen, check.screen))
    began = _("begun {time}").format(time=clock_words(check.opened_at))
    state = _("Joined") if check.joined else _("In progress")
    return CheckCard(check.inspection, "resume", *_who(facts), state, "primary", began, at)


def _sent_card(check: SentCheck, now: datetime) -> CheckCard:
    part = check.part
    facts = facts_tree(_fact_entries(part))
    found = len(part.get("findings", ()))
    outcome = str((part.get("outcome") or {}).get("decided") or (part.get("outcome") or {}).get("proposed") or "")
    said = (
        n_("{n} finding", "{n} findings", found) if found else _("no finding"),
        _(kernel.OUTCOMES.get(outcome, outcome)),
        _("photos {received}/{all}").format(received=check.photos_received, all=check.photos) if check.photos else "",
    )
    detail = " · ".join(one for one in said if one)
    sealed_at = str(part.get("sealed_at", ""))
    time = _("sealed {time}").format(time=day_words(sealed_at, now)) if sealed_at else ""
    tone = DELIVERY.get(check.state, "neutral")
    return CheckCard(str(part["inspection"]), "papers", *_who(facts), delivery_words(check.state), tone, time, detail)


def delivery_words(state: str) -> str:
    """Return what became of a sealed record in a word or two."""
    known = {
        "waiting": _("Waiting to be sent"),
        "delivered": _("Delivered"),
        "conflict": _("Delivered, differs"),
        "rejected": _("Needs you"),
    }
    return known.get(state, state)


def _who(facts: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return plate, colour and carrier; what is not known is empty."""
    vehicle, bill = facts.get("vehicle") or {}, facts.get("waybill") or {}
    carrier = (facts.get("carrier") or {}).get("name") or vehicle.get("carrier") or bill.get("carrier") or ""
    return str(vehicle.get("plate") or ""), str(vehicle.get("colour") or ""), str(carrier)


def _fact_entries(part: Mapping[str, Any]) -> list[Entry]:
    return [from_plain(Entry, one) for one in part.get("entries", ()) if one.get("kind") == "fact"]


def _shown(check: SentCheck, now: datetime) -> bool:
    if check.part.get("kind") != "inspection":
        return False
    sealed = datetime.fromisoformat(str(check.part["sealed_at"])).astimezone(LAW_ZONE).date()
    return check.state not in ("delivered", "conflict") or sealed == now.astimezone(LAW_ZONE).date()
