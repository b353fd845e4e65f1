"""T11: what has been sent and what has not, record by record and photo by photo, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mobile.courier import LinkState
from mobile.states.ages import age_words, clock_words, day_words, size_words
from mobile.states.queue import DELIVERY, delivery_words
from mobile.states.trouble import code_words
from mobile.states.unlock import package_words
from mobile.words import _, n_


@dataclass(frozen=True)
class SentPhoto:
    """One file of a photo as the store knows it: `state` is local, wanted, received or refused."""

    item: str
    role: str
    state: str
    sent: int
    size: int
    problem: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Sent:
    """One sealed record: the vehicle, its delivery's state, its receipt or problem, and the files of its photos."""

    digest: str
    plate: str
    colour: str
    sealed_at: str
    state: str
    receipt: Mapping[str, Any] | None = None
    problem: Mapping[str, Any] | None = None
    photos: Sequence[SentPhoto] = ()


@dataclass(frozen=True)
class SyncRow:
    """A record on the screen; `lines` are (tone, words); `may_retry` where a person may put it back in the outbox."""

    digest: str
    plate: str
    colour: str
    state: str
    tone: str
    time: str
    lines: tuple[tuple[str, str], ...]
    may_retry: bool


@dataclass(frozen=True)
class SyncState:
    """The sync centre. `link` says how the link stands; `packages` are (name, version, age)."""

    link: str
    link_tone: str
    next_try: str
    running: bool
    rows: tuple[SyncRow, ...]
    packages: tuple[tuple[str, str, str], ...]
    summary: str


def sync_state(
    link: LinkState,
    sent: Iterable[Sent],
    packages: Iterable[tuple[str, str, str]],
    unsent: tuple[int, int],
    now: datetime,
) -> SyncState:
    """Return the sync centre; `packages` are (name, version, applied at)."""
    rows = sorted((_row(one, now) for one in sent), key=lambda row: _URGENCY.get(row.tone, 3))
    records, files = unsent
    waiting = f"{n_('{n} record', '{n} records', records)} · {n_('{n} photo file', '{n} photo files', files)}"
    return SyncState(
        link=_link(link),
        link_tone="primary" if link.running else "danger" if link.stopped else "good" if link.online else "unknown",
        next_try=_next_try(link, now),
        running=link.running,
        rows=tuple(rows),
        packages=tuple((package_words(name), version, age_words(at, now)) for name, version, at in packages),
        summary=_("Still to send: {what}").format(what=waiting)
        if records or files
        else _("The office holds everything."),
    )


_URGENCY = {"danger": 0, "unknown": 1, "stale": 2}


def _link(link: LinkState) -> str:
    if link.running:
        return _("Sending and fetching …")
    if link.code:
        return code_words(link.code, link.detail)
    if link.finished_at is None:
        return _("The office was not asked yet.")
    return _("The office answered at {time}.").format(time=clock_words(link.finished_at))


def _next_try(link: LinkState, now: datetime) -> str:
    if link.running:
        return ""
    if link.stopped:
        return _("It is not tried again by itself.")
    if link.next_try is None:
        return ""
    seconds = max(0, round((link.next_try - now).total_seconds()))
    return f"{n_('Next try in {n} second', 'Next try in {n} seconds', seconds)} ({clock_words(link.next_try)})"


def _row(sent: Sent, now: datetime) -> SyncRow:
    troubled = sent.state == "rejected" or any(one.state == "refused" for one in sent.photos)
    whole, there = _photos(sent.photos)
    held = sent.state in ("delivered", "conflict")
    state, tone = delivery_words(sent.state), DELIVERY.get(sent.state, "neutral")
    if held and there < whole:
        state, tone = _("Record delivered, photos waiting"), "unknown"
    if troubled:
        state, tone = _("Needs you"), "danger"
    lines = tuple(line for line in (*_record_lines(sent, now), *_photo_lines(sent, whole, there)) if line[1])
    return SyncRow(
        sent.digest, sent.plate, sent.colour, state, tone, day_words(sent.sealed_at, now), lines, may_retry=troubled
    )


def _record_lines(sent: Sent, now: datetime) -> Iterable[tuple[str, str]]:
    if sent.receipt:
        at = day_words(str(sent.receipt.get("received_at")), now)
        yield "good", _("Receipt of {time}, digest {digest}").format(time=at, digest=sent.digest[:12])
    if sent.state == "waiting":
        yield "neutral", _("On this tablet, waits for the link. Digest {digest}").format(digest=sent.digest[:12])
    if sent.state == "conflict":
        yield "stale", _("The office holds another record of this check as well, and keeps both.")
    if sent.problem and sent.state == "rejected":
        yield "danger", _("Needs you because: {why}").format(why=_why(sent.problem))


def _photo_lines(sent: Sent, whole: int, there: int) -> Iterable[tuple[str, str]]:
    if whole:
        tone = "good" if there == whole else "neutral"
        yield tone, _("{there}/{all} photos at the office").format(there=there, all=whole)
    for photo in sent.photos:
        if photo.state == "refused" and photo.problem:
            what = _("Photo of {item} needs you because: {why}")
            yield "danger", what.format(item=photo.item, why=_why(photo.problem))
        elif photo.state == "wanted" and 0 < photo.sent < photo.size:
            done = _("Photo of {item}: {done} of {all} sent")
            yield "neutral", done.format(item=photo.item, done=size_words(photo.sent), all=size_words(photo.size))


def _photos(files: Sequence[SentPhoto]) -> tuple[int, int]:
    """Return how many photos there are and how many of their originals the office holds."""
    originals = [one for one in files if one.role == "original"]
    return len(originals), sum(one.state == "received" for one in originals)


def _why(problem: Mapping[str, Any]) -> str:
    return code_words(str(problem.get("code")), str(problem.get("detail") or ""))
