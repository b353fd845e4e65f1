"""T0 and T14: a shift begins with what stands at the post, and ends with the counts that its officers sign. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists import words as kernel
from checklists.inspection import post
from checklists.inspection.entries import Entry, facts_tree
from checklists.inspection.shift import ROLES
from checklists.wire import from_plain
from checklists.zone import LAW_ZONE
from mobile.inspecting.inspection import Officer
from mobile.screens.queue.state import DELIVERY, delivery_words
from mobile.screens.shared.ages import clock_words, day_words
from mobile.screens.shift.readiness.state import Ready
from mobile.screens.unlock.state import AGENCIES
from mobile.sealing.shift import Closed, Shift, Tally
from mobile.words import _, n_, words

NIGHT_FROM, NIGHT_TO = 19, 6
"""Beijing hours between which the post is taken to be dark until somebody says otherwise. Ours."""

SEVERITIES = {"I": "danger", "II": "unknown", "III": "stale"}


@dataclass(frozen=True)
class Choice:
    """A campaign or an officer to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Member:
    """An officer of the shift, and what he may do there."""

    officer: str
    name: str
    roles: tuple[Choice, ...]


@dataclass(frozen=True)
class Tick:
    """Something to see to before the first vehicle."""

    id: str
    text: str
    ticked: bool


@dataclass(frozen=True)
class StartState:
    """A shift to be begun, or, `begun`, the open one whose post changes. `last` is (tone, words) of the one before."""

    begun: bool
    site: str
    campaign: str
    campaigns: tuple[Choice, ...]
    seconds: tuple[Choice, ...]
    dark: bool
    expressway: bool
    ticks: tuple[Tick, ...]
    basis: str
    ready: tuple[Ready, ...]
    last: tuple[str, str] | None = None
    lesson: bool = False
    team: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Count:
    """One line of the counts: what, how many, and a tone; `part` says that it divides the line above it."""

    name: str
    value: str
    tone: str = "neutral"
    part: bool = False


@dataclass(frozen=True)
class Slot:
    """An officer of the shift: whether he signed, whether it is his turn."""

    officer: str
    name: str
    agency: str
    agency_code: str
    confirmed: bool
    turn: bool
    state: str


@dataclass(frozen=True)
class EndState:
    """An open shift with its counts, what it leaves open, and who signs; `asked` is the officer whose PIN is asked."""

    title: str
    site: str
    counts: tuple[Count, ...]
    open: tuple[tuple[str, str], ...]
    slots: tuple[Slot, ...]
    asked: str
    prompt: str
    without: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Lacking:
    """A record of the shift that the office has not."""

    digest: str
    plate: str
    words: str
    tone: str


@dataclass(frozen=True)
class ClosedState:
    """A closed shift and what the office says of its counts, as (tone, words)."""

    title: str
    counts: tuple[Count, ...]
    delivery: str
    delivery_tone: str
    verdict: tuple[str, str]
    more: tuple[str, ...]
    lacking: tuple[Lacking, ...]
    asking: bool


def is_dark(now: datetime) -> bool:
    """Whether it is night at the post by the clock."""
    hour = now.astimezone(LAW_ZONE).hour
    return hour >= NIGHT_FROM or hour < NIGHT_TO


def start_state(
    shift: Shift,
    others: Iterable[Officer],
    campaigns: Sequence[str],
    ready: tuple[Ready, ...],
    *,
    me: str,
    begun: bool = False,
    last: tuple[str, str] | None = None,
    lesson: bool = False,
) -> StartState:
    """Return the shift as it would begin; `others` are whom the office named, of whom some are here beside `me`."""
    named = {one.id: one for one in others}
    return StartState(
        begun,
        shift.site,
        shift.campaign,
        tuple(Choice(one, one) for one in campaigns if one != shift.campaign),
        tuple(Choice(one.id, _named(one), one.id in shift.officers) for one in named.values() if one.id != me),
        shift.dark,
        shift.expressway,
        tuple(
            Tick(one.id, words.pick(one.text), one.id in shift.ticked)
            for one in post.asked(dark=shift.dark, expressway=shift.expressway)
        ),
        _("Basis: {law}").format(law=words.pick(post.BASIS)),
        ready,
        last,
        lesson,
        tuple(_member(shift, named[one]) for one in dict.fromkeys((me, *shift.officers)) if one in named),
    )


def _member(shift: Shift, officer: Officer) -> Member:
    has = shift.roles.get(officer.id)
    return Member(officer.id, officer.name, tuple(Choice(one, _(kernel.TEAM_ROLES[one]), one == has) for one in ROLES))


def end_state(
    shift: Shift,
    found: Tally,
    officers: Sequence[Officer],
    now: datetime,
    *,
    confirmed: Iterable[str] = (),
    absent: Iterable[str] = (),
    trouble: str = "",
) -> EndState:
    """Return the open shift; `officers` are who signs it, in order, `absent` those who have no PIN on this tablet."""
    done, away = set(confirmed), set(absent)
    turn = next((one for one in officers if one.id not in done | away), None)
    began = _("Shift since {time}").format(time=day_words(shift.began_at, now))
    return EndState(
        title=" · ".join(one for one in (began, shift.campaign) if one),
        site=shift.site,
        counts=(*count_lines(found.counts), *line_lines(found.line), *_standing(found)),
        open=tuple(_unfinished(one.plate, one.opened_at, now) for one in found.open),
        slots=tuple(_slot(one, done, away, turn, shift.roles.get(one.id, "")) for one in officers),
        asked=turn.id if turn else "",
        prompt=_("PIN of {name}").format(name=turn.name) if turn else "",
        without="、".join(one.name for one in officers if one.id not in done | away) if turn and done else "",
        trouble=trouble,
    )


def closed_state(
    part: Mapping[str, Any],
    end: Closed,
    state: str,
    parts: Mapping[str, Mapping[str, Any]],
    states: Mapping[str, str],
    now: datetime,
    *,
    asking: bool = False,
    trouble: str = "",
) -> ClosedState:
    """Return the closed shift: `state` of its own delivery, `parts` and `states` of the records that it names."""
    counts, told = part.get("counts") or {}, end.told
    lacking = told.get("lacking") or ()
    return ClosedState(
        title=_("Shift {begun} – {ended}").format(
            begun=day_words(str(part["opened_at"]), now), ended=clock_words(end.ended_at)
        ),
        counts=(*count_lines(counts), *line_lines(part.get("line") or {})),
        delivery=delivery_words(state),
        delivery_tone=DELIVERY.get(state, "neutral"),
        verdict=verdict(end, trouble),
        more=tuple(_more(told, counts)),
        lacking=tuple(_lacking(one, parts.get(one), states.get(one, ""), now) for one in lacking),
        asking=asking,
    )


def verdict(end: Closed, trouble: str = "") -> tuple[str, str]:
    """Return what the office says of a closed shift, as tone and words."""
    told = end.told
    if not told:
        return ("unknown", trouble or _("The office has not counted this shift yet."))
    if told.get("equal"):
        same = n_("The office counts the same: {n} record.", "The office counts the same: {n} records.", told["named"])
        return ("good", same)
    if told.get("lacking"):
        said = _("The office has {held} of {named} records of this shift.")
        return ("danger", said.format(held=told["held"], named=told["named"]))
    return ("danger", _("The office counts this shift otherwise."))


def count_lines(counts: Mapping[str, Any]) -> tuple[Count, ...]:
    """Return the counts that are signed, line by line."""
    outcomes, severities = counts.get("outcomes") or {}, counts.get("severities") or {}
    lines = [Count(_("Sealed inspections"), str(counts.get("inspections", 0)), "primary")]
    lines += [Count(_(kernel.OUTCOMES.get(code, code)), str(one), part=True) for code, one in outcomes.items()]
    if counts.get("others"):
        lines.append(Count(_("Amendments and contributions"), str(counts["others"])))
    lines.append(Count(_("Findings"), str(counts.get("findings", 0)), "primary"))
    lines += [
        Count(_("Severity {severity}").format(severity=code), str(one), SEVERITIES.get(code, "neutral"), part=True)
        for code, one in severities.items()
    ]
    lines.append(Count(_("Photos"), str(counts.get("photos", 0)), "primary"))
    return tuple(lines)


def line_lines(told: Mapping[str, Any]) -> tuple[Count, ...]:
    """Return what a shift says of the vehicles that stood in line at this tablet; nothing where none did."""
    if not told:
        return ()
    reasons = told.get("unchecked") or {}
    unchecked = sum(reasons.values())
    waiting = int(told.get("waiting", 0))
    return (
        Count(_("Entered in the line here"), str(told.get("came", 0)), "primary"),
        Count(_("Went on unchecked"), str(unchecked), "unknown" if unchecked else "good"),
        *(Count(_(kernel.PASSED.get(code, code)), str(one), part=True) for code, one in reasons.items()),
        *((Count(_("Still waiting in line"), str(waiting), "unknown"),) if waiting else ()),
    )


def _standing(found: Tally) -> tuple[Count, ...]:
    records, files = found.unsent
    return (
        Count(_("Still open"), str(len(found.open)), "unknown" if found.open else "good"),
        Count(
            _("Not sent yet"),
            f"{n_('{n} record', '{n} records', records)} · {n_('{n} photo file', '{n} photo files', files)}"
            if records or files
            else "0",
            "unknown" if records or files else "good",
        ),
    )


def _unfinished(plate: str, opened_at: str, now: datetime) -> tuple[str, str]:
    begun = _("begun {time}").format(time=day_words(opened_at, now))
    return (plate or _("plate not known"), _("{begun}, stays in the queue for the next officer").format(begun=begun))


def _slot(officer: Officer, done: set[str], away: set[str], turn: Officer | None, role: str) -> Slot:
    if officer.id in done:
        state = _("confirmed")
    elif officer.id in away:
        state = _("has no PIN on this tablet")
    else:
        state = _("enters the PIN now") if officer == turn else _("waits")
    agency = _(AGENCIES.get(officer.agency, officer.agency))
    what = " · ".join(one for one in (agency, _(kernel.TEAM_ROLES.get(role, role))) if one)
    return Slot(officer.id, officer.name, what, officer.agency, officer.id in done, officer == turn, state)


def _more(told: Mapping[str, Any], signed: Mapping[str, Any]) -> Iterable[str]:
    """Yield what else the office says: counts that differ though no record is lacking, records too many, photos."""
    if not told:
        return
    names = {
        "inspections": _("Sealed inspections"), "findings": _("Findings"), "photos": _("Photos"),
        "others": _("Amendments and contributions"),
    }  # fmt: skip
    theirs = told.get("counts") or {}
    for key in told.get("differs") or () if not told.get("lacking") else ():
        if key in names:
            said = _("{what}: {here} signed, {there} at the office")
            yield said.format(what=names[key], here=signed.get(key, 0), there=theirs.get(key, 0))
    if extra := len(told.get("extra") or ()):
        yield n_(
            "The office has {n} record that this shift does not name.",
            "The office has {n} records that this shift does not name.",
            extra,
        )
    files = told.get("files") or {}
    if files.get("named"):
        said = _("Photo files at the office: {there} of {all}")
        yield said.format(there=files.get("received", 0), all=files["named"])


def _lacking(digest: str, part: Mapping[str, Any] | None, state: str, now: datetime) -> Lacking:
    if part is None:
        return Lacking(digest, "", digest[:12], "danger")
    facts = facts_tree([from_plain(Entry, one) for one in part.get("entries", ()) if one.get("kind") == "fact"])
    plate = str((facts.get("vehicle") or {}).get("plate") or "")
    sealed = _("sealed {time}").format(time=day_words(str(part.get("sealed_at")), now))
    # A receipt is no comfort where the office counts without the record: somebody must look.
    tone = "danger" if state == "delivered" else DELIVERY.get(state, "danger")
    return Lacking(digest, plate, f"{sealed} · {delivery_words(state)} · {digest[:12]}", tone)


def _named(officer: Officer) -> str:
    return f"{officer.name} · {_(AGENCIES.get(officer.agency, officer.agency))}"
