"""T11: what has been sent and what has not, record by record and photo by photo, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mobile.link.link_state import LinkState
from mobile.screens.queue.state import DELIVERY, delivery_words
from mobile.screens.shared.ages import age_words, clock_words, day_words, size_words
from mobile.screens.shared.trouble import code_words, hub_words
from mobile.screens.unlock.state import package_words
from mobile.words import _, n_


@dataclass(frozen=True)
class SentPhoto:
    """One file of a photo as the store knows it: `state` is local, wanted, received or refused.

    `item` is what the photo shows, in words; `entry` joins the files of one photo.
    """

    item: str
    role: str
    state: str
    sent: int
    size: int
    problem: Mapping[str, Any] | None = None
    entry: str = ""
    received_at: str = ""


@dataclass(frozen=True)
class Waiting:
    """A file that this tablet kept when it was wiped: what has no receipt yet, and why the office refused some."""

    name: str
    made_at: str
    records: int
    photos: int
    refused: tuple[str, ...] = ()


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
    on_hub: bool = False


@dataclass(frozen=True)
class SyncRow:
    """A record on the screen; `lines` are (tone, words); `may_retry` where a person may put it back in the outbox.

    `photos` says how many there are, on the button that shows them one by one (`open`); a `title` stands for a plate.
    """

    digest: str
    plate: str
    colour: str
    state: str
    tone: str
    time: str
    lines: tuple[tuple[str, str], ...]
    may_retry: bool
    title: str = ""
    photos: str = ""
    open: bool = False


@dataclass(frozen=True)
class Left:
    """How many bytes have to go, how many of them are pictures in full size, and whether those wait."""

    size: int = 0
    originals: int = 0
    held_back: bool = False


@dataclass(frozen=True)
class SyncState:
    """The sync centre. `link` says how the link stands; `packages` are (name, version, age).

    `hub` offers to read the code of a hub, or to go by it no more; `originals` to let pictures in full size go or wait,
    where there are any. `notice` says what came of an export or of receipts; `busy` that one is being made or read.
    """

    link: str
    link_tone: str
    next_try: str
    running: bool
    rows: tuple[SyncRow, ...]
    packages: tuple[tuple[str, str, str], ...]
    summary: str
    may_export: bool = False
    busy: bool = False
    notice: str = ""
    notice_tone: str = "good"
    originals: str = ""
    hub: str = ""


def sync_state(
    link: LinkState,
    sent: Iterable[Sent],
    packages: Iterable[tuple[str, str, str]],
    unsent: tuple[int, int],
    now: datetime,
    *,
    kept: Iterable[Waiting] = (),
    opened: str = "",
    busy: bool = False,
    notice: tuple[str, str] = ("good", ""),
    left: Left = Left(),
    hub: str = "",
) -> SyncState:
    """Return the sync centre; `packages` are (name, version, applied at), `opened` is the record whose photos show.

    `hub` names the hub that is known here.
    """
    rows = sorted((_row(one, now, opened) for one in sent), key=lambda row: _URGENCY.get(row.tone, 3))
    rows = [*(_kept_row(one, now) for one in kept), *rows]
    records, files = unsent
    waiting = f"{n_('{n} record', '{n} records', records)} · {n_('{n} photo file', '{n} photo files', files)}"
    waiting += _left(left, link.bytes_per_s)
    return SyncState(
        link=_link(link),
        link_tone="primary" if link.running else "danger" if link.stopped else "good" if link.online else "unknown",
        next_try=_next_try(link, now),
        running=link.running,
        rows=tuple(rows),
        packages=tuple(
            (package_words(name), "" if name == "registry" else version, age_words(at, now))
            for name, version, at in packages
        ),
        summary=_("Still to send: {what}").format(what=waiting)
        if records or files
        else _("The office holds everything."),
        may_export=bool(records or files) and not busy,
        busy=busy,
        notice=notice[1],
        notice_tone=notice[0],
        originals=_originals(left),
        hub=_("Go by the hub {name} no more").format(name=hub) if hub else _("Read the code of a hub"),
    )


_URGENCY = {"danger": 0, "unknown": 1, "stale": 2}


def _left(left: Left, bytes_per_s: float) -> str:
    """Return how much has to go now, and how long that takes at the pace of the last files."""
    size = left.size - (left.originals if left.held_back else 0)
    if size <= 0:
        return ""
    said = f" · {size_words(size)}"
    if bytes_per_s > 0:
        minutes = max(1, round(size / bytes_per_s / 60))
        said += ", " + n_("about {n} minute", "about {n} minutes", minutes)
    return said


def _originals(left: Left) -> str:
    if not left.originals:
        return ""
    said = _("Send full-size pictures over this line ({size})") if left.held_back else _("Let full-size pictures wait")
    return said.format(size=size_words(left.originals))


def _link(link: LinkState) -> str:
    if link.running:
        return _("Sending and fetching …")
    if link.by_hub and link.hub_trouble and not link.stopped:
        said = _("The office cannot be reached. The hub {name}: {why}")
        return said.format(name=link.by_hub, why=hub_words(link.hub_trouble))
    if link.by_hub and not link.stopped:
        return _("The office cannot be reached. The hub {name} holds what waits and tells the news.").format(
            name=link.by_hub
        )
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
    if not link.code:
        return _("It asks again at {time}.").format(time=clock_words(link.next_try))
    seconds = max(0, round((link.next_try - now).total_seconds()))
    if seconds < 60:
        said = n_("Next try in {n} second", "Next try in {n} seconds", seconds)
    else:
        said = n_("Next try in {n} minute", "Next try in {n} minutes", round(seconds / 60))
    return f"{said} ({clock_words(link.next_try)})"


def receipts_words(records: int, photos: int, refused: int) -> str:
    """Return what came of files of receipts."""
    if not (records or photos or refused):
        return _("These receipts were read before; nothing new is in them.")
    what = f"{n_('{n} record', '{n} records', records)} · {n_('{n} photo file', '{n} photo files', photos)}"
    said = _("Receipts read: {what} count as delivered now.").format(what=what)
    return said + (" " + n_("{n} needs you.", "{n} need you.", refused) if refused else "")


def _kept_row(kept: Waiting, now: datetime) -> SyncRow:
    what = f"{n_('{n} check', '{n} checks', kept.records)} · {n_('{n} photo file', '{n} photo files', kept.photos)}"
    lines = [("neutral", _("Only the office can open it: {what} without a receipt yet").format(what=what))]
    lines += [
        ("danger", _("Needs you because: {why}").format(why=code_words(code))) for code in sorted(set(kept.refused))
    ]
    state, tone = (_("Needs you"), "danger") if kept.refused else (_("Waiting to be sent"), "unknown")
    title = _("Kept from before this tablet was wiped")
    return SyncRow(
        kept.name, "", "", state, tone, day_words(kept.made_at, now), tuple(lines), may_retry=False, title=title
    )


def _row(sent: Sent, now: datetime, opened: str) -> SyncRow:
    troubled = sent.state == "rejected" or any(one.state == "refused" for one in sent.photos)
    whole, there = _photos(sent.photos)
    held = sent.state in ("delivered", "conflict")
    state, tone = delivery_words(sent.state), DELIVERY.get(sent.state, "neutral")
    if held and there < whole:
        state, tone = _("Record delivered, photos waiting"), "unknown"
    if troubled:
        state, tone = _("Needs you"), "danger"
    is_open = sent.digest == opened and whole > 0
    photos = _one_by_one(sent.photos, now, held=held) if is_open else _troubled_photos(sent.photos)
    lines = tuple(line for line in (*_record_lines(sent, now), *_photo_lines(whole, there), *photos) if line[1])
    time = day_words(sent.sealed_at, now)
    button = n_("{n} photo", "{n} photos", whole) if whole else ""
    return SyncRow(
        sent.digest, sent.plate, sent.colour, state, tone, time, lines, may_retry=troubled, photos=button, open=is_open
    )


def _record_lines(sent: Sent, now: datetime) -> Iterable[tuple[str, str]]:
    if sent.receipt:
        at = day_words(str(sent.receipt.get("received_at")), now)
        yield "good", _("Receipt of {time}, digest {digest}").format(time=at, digest=sent.digest[:12])
    if sent.on_hub:
        yield "neutral", _("A hub holds a copy for the office, which has not receipted it yet.")
    if sent.state == "waiting":
        yield "neutral", _("On this tablet, waits for the link. Digest {digest}").format(digest=sent.digest[:12])
    if sent.state == "conflict":
        yield "stale", _("The office holds another record of this check as well, and keeps both.")
    if sent.problem and sent.state == "rejected":
        yield "danger", _("Needs you because: {why}").format(why=_why(sent.problem))


def _photo_lines(whole: int, there: int) -> Iterable[tuple[str, str]]:
    if whole:
        tone = "good" if there == whole else "neutral"
        yield tone, _("{there}/{all} photos at the office").format(there=there, all=whole)


def _troubled_photos(files: Sequence[SentPhoto]) -> Iterable[tuple[str, str]]:
    for photo in files:
        if photo.state == "refused" and photo.problem:
            what = _("Photo of {item} needs you because: {why}")
            yield "danger", what.format(item=photo.item, why=_why(photo.problem))
        elif photo.state == "wanted" and 0 < photo.sent < photo.size:
            done = _("Photo of {item}: {done} of {all} sent")
            yield "neutral", done.format(item=photo.item, done=size_words(photo.sent), all=size_words(photo.size))


def _one_by_one(files: Sequence[SentPhoto], now: datetime, *, held: bool) -> Iterable[tuple[str, str]]:
    """Say of each photo how far it is; its three files count as one, received when the last of them is."""
    for number, its in enumerate(_by_photo(files), 1):
        tone, words = _photo_state(its, now, held=held)
        name = _("Photo {n} ({item})") if its[0].item else _("Photo {n}")
        yield tone, _("{photo}: {state}").format(photo=name.format(n=number, item=its[0].item), state=words)


def _photo_state(files: Sequence[SentPhoto], now: datetime, *, held: bool) -> tuple[str, str]:
    refused = next((one for one in files if one.state == "refused"), None)
    if refused is not None:
        return "danger", _("needs you because: {why}").format(why=_why(refused.problem or {}))
    there = [one for one in files if one.state == "received"]
    if len(there) == len(files):
        return "good", _("received {time}").format(time=day_words(max(one.received_at for one in there), now))
    under_way = next((one for one in files if one.state == "wanted" and 0 < one.sent < one.size), None)
    if under_way is not None:
        done, whole = size_words(under_way.sent), size_words(under_way.size)
        return "primary", _("{done} of {all} sent").format(done=done, all=whole)
    if there:
        said = _("waiting, {there} of {all} files at the office")
        return "neutral", said.format(there=len(there), all=len(files))
    return "neutral", _("waiting") if held else _("waits until its record is at the office")


def _photos(files: Sequence[SentPhoto]) -> tuple[int, int]:
    """Return how many photos there are and of how many the office holds every file."""
    photos = _by_photo(files)
    return len(photos), sum(all(one.state == "received" for one in its) for its in photos)


def _by_photo(files: Sequence[SentPhoto]) -> list[list[SentPhoto]]:
    photos: dict[str, list[SentPhoto]] = {}
    for one in files:
        photos.setdefault(one.entry, []).append(one)
    return list(photos.values())


def _why(problem: Mapping[str, Any]) -> str:
    return code_words(str(problem.get("code")), str(problem.get("detail") or ""))
