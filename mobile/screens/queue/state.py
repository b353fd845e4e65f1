"""T1: the checks in hand, the vehicles that wait, and what was sealed today, each as a card. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checklists import words as kernel
from checklists.facts.earlier import HOLD_DAYS, HOLDING, RELEASING
from checklists.inspection.entries import Entry, facts_tree
from checklists.wire import from_plain
from checklists.zone import LAW_ZONE
from mobile.routes import title_of
from mobile.screens.shared.ages import day_words
from mobile.screens.shared.tier import tier_of
from mobile.words import _, n_

DELIVERY = {"waiting": "unknown", "delivered": "good", "conflict": "stale", "rejected": "danger"}
"""States of a sealed record, with their tone."""

WAITS_AFTER = timedelta(minutes=10)
"""A check that nobody touched for so long is not in hand: its vehicle waits. Ours."""
LONG_WAIT, TOO_LONG_WAIT = 30, 60
"""Minutes after which a wait is shown as long, and as too long. Ours."""
LONG_SHIFT = timedelta(hours=16)
"""After so long a shift was rather forgotten than worked. Ours."""


@dataclass(frozen=True)
class OpenCheck:
    """An inspection in progress: its entries, and the screen on which it stands.

    `holder` is the name of who wrote in it last, `mine` whether he is the officer at the desk; `tier` as in `tier_of`;
    `joined` that another tablet opened it.
    """

    inspection: str
    opened_at: str
    screen: str
    entries: Sequence[Entry] = ()
    holder: str = ""
    mine: bool = True
    tier: str = ""
    joined: bool = False

    @property
    def touched_at(self) -> str:
        """When somebody last wrote in it."""
        return max((one.at for one in self.entries), default=self.opened_at)


@dataclass(frozen=True)
class SentCheck:
    """A sealed inspection: its part, and what became of it; `stands` is its outcome, as it was amended since."""

    part: Mapping[str, Any]
    state: str
    photos: int = 0
    photos_received: int = 0
    stands: str = ""


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
    tier: str = ""


@dataclass(frozen=True)
class QueueState:
    """The queue. `notices` are (tone, words); `may_begin` is False while the checklists are missing.

    `open` is in hand, `waiting` is open and nobody is at it. `shift` is (tone, words) of the open shift and its site.
    `line` is how many vehicles wait in line, `next` who of them waits longest, as id and words; `stops` is how many
    refused stop orders nobody has read.
    """

    open: tuple[CheckCard, ...]
    waiting: tuple[CheckCard, ...]
    sealed: tuple[CheckCard, ...]
    notices: tuple[tuple[str, str], ...]
    may_begin: bool
    salvaged: bool = False
    shift: tuple[str, str] = ("neutral", "")
    tasks: int = 0
    practising: bool = False
    line: int = 0
    next: tuple[str, str] = ("", "")
    stops: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is no card at all."""
        return not self.open and not self.waiting and not self.sealed


def queue_state(
    in_progress: Iterable[OpenCheck],
    sealed: Iterable[SentCheck],
    now: datetime,
    *,
    ready: bool,
    trouble: str = "",
    salvaged: str = "",
    shift: tuple[str, str] = ("neutral", ""),
    tasks: int = 0,
    practising: bool = False,
    line: int = 0,
    next_: tuple[str, str] = ("", ""),
    stops: int = 0,
    clashes: Iterable[str] = (),
) -> QueueState:
    """Return the queue: who waits longest first, undelivered records before those of today.

    Of older delivered ones those that hold their vehicle still.

    `ready` says that the checklists are there; `trouble` is why sending stopped; `salvaged` what a torn file cost;
    `clashes` say what another tablet has in hand too; `stops` counts refused stop orders that nobody has read.
    """
    checks = tuple(in_progress)
    waiting = [one for one in checks if _waits(one, now)]
    cards = [(one, _sent_card(one, now, practising=practising)) for one in sealed if _shown(one, now)]
    cards.sort(key=lambda pair: pair[0].state in ("delivered", "conflict"))
    missing = "" if ready else _("The checklists are not on this tablet yet. Connect to the office once.")
    notices = tuple(
        (tone, text)
        for tone, text in (
            *(("danger", one) for one in clashes),
            *(("danger", salvaged), ("unknown", missing), ("danger", trouble)),
        )
        if text
    )
    return QueueState(
        tuple(_open_card(one, now) for one in checks if one not in waiting),
        tuple(_open_card(one, now, waits=True) for one in sorted(waiting, key=lambda one: one.touched_at)),
        tuple(card for _one, card in cards),
        notices,
        ready,
        bool(salvaged),
        shift,
        tasks,
        practising,
        line,
        next_,
        stops,
    )


def shift_words(began_at: str, site: str, now: datetime) -> tuple[str, str]:
    """Return how the shift stands, as tone and words; no `began_at` means that none is open."""
    if not began_at:
        return ("unknown", _("No shift is open"))
    since = _("since {time}").format(time=day_words(began_at, now))
    if abs(now - datetime.fromisoformat(began_at)) > LONG_SHIFT:
        return ("unknown", _("Shift not closed, {since}").format(since=since))
    return ("neutral", f"{site or _('Place not written down')} · {since}")


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


def _waits(check: OpenCheck, now: datetime) -> bool:
    return not check.mine or now - datetime.fromisoformat(check.touched_at) > WAITS_AFTER


def _open_card(check: OpenCheck, now: datetime, *, waits: bool = False) -> CheckCard:
    """Return the card of an open check: how long the vehicle is here, or how long nobody has been at it."""
    facts = facts_tree(check.entries)
    at = _(title_of(check.screen))
    joined = _("Joined") if check.joined else ""
    detail = " · ".join(one for one in (joined, check.holder, at) if one)
    since = check.touched_at if waits else check.opened_at
    minutes = max(0, (now - datetime.fromisoformat(since)) // timedelta(minutes=1))
    tone = "neutral" if minutes < LONG_WAIT else "unknown" if minutes < TOO_LONG_WAIT else "danger"
    said = _standing(minutes, since, now, waits=waits)
    began = _("begun {time}").format(time=day_words(check.opened_at, now))
    return CheckCard(check.inspection, "resume", *_who(facts), said, tone, began, detail, check.tier)


def _standing(minutes: int, since: str, now: datetime, *, waits: bool) -> str:
    if minutes >= 24 * 60:
        said = _("waits since {time}") if waits else _("here since {time}")
        return said.format(time=day_words(since, now))
    if waits:
        return n_("waits {n} min", "waits {n} min", minutes)
    return n_("here {n} min", "here {n} min", minutes)


def _sent_card(check: SentCheck, now: datetime, *, practising: bool = False) -> CheckCard:
    part = check.part
    facts = facts_tree(_fact_entries(part))
    found = len(part.get("findings", ()))
    sealed_with = str((part.get("outcome") or {}).get("decided") or (part.get("outcome") or {}).get("proposed") or "")
    outcome = check.stands or sealed_with
    let_go = sealed_with in HOLDING and outcome in RELEASING
    said = (
        n_("{n} finding", "{n} findings", found) if found else _("no finding"),
        _("held, let go since") if let_go else _(kernel.OUTCOMES.get(outcome, outcome)),
        _("photos {received}/{all}").format(received=check.photos_received, all=check.photos) if check.photos else "",
    )
    detail = " · ".join(one for one in said if one)
    sealed_at = str(part.get("sealed_at", ""))
    time = _("sealed {time}").format(time=day_words(sealed_at, now)) if sealed_at else ""
    tone, state = DELIVERY.get(check.state, "neutral"), delivery_words(check.state)
    if practising:
        tone, state = "neutral", _("Practice, not sent")
    tier = tier_of(str(one.get("severity") or "") for one in part.get("findings", ()))
    return CheckCard(str(part["inspection"]), "papers", *_who(facts), state, tone, time, detail, tier)


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
    sealed = datetime.fromisoformat(str(check.part["sealed_at"]))
    today = sealed.astimezone(LAW_ZONE).date() == now.astimezone(LAW_ZONE).date()
    holds = check.stands in HOLDING and now - sealed <= timedelta(days=HOLD_DAYS)
    return check.state not in ("delivered", "conflict") or today or holds
