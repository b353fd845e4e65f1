"""T9: the papers of a sealed inspection as they will be printed, and whether the office has the record. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.papers.paper import Block, Notice, text_of
from checklists.zone import LAW_ZONE
from mobile import glyphs
from mobile.screens.copy.state import has_copy
from mobile.screens.shared.trouble import code_words
from mobile.sealing.duty import FILE, RECHECK, REPORT, Duty
from mobile.sealing.paper import Paper
from mobile.store.delivery import Delivery
from mobile.words import _, n_


def _mark(message: str) -> str:
    return message


TABS = {
    "record": _mark("Record"),
    "order": _mark("Order to correct"),
    "handover": _mark("Hand-over"),
    "evidence": _mark("Evidence list"),
    "education": _mark("Education"),
    "penalty": _mark("Penalty decision"),
    "pass": _mark("Pass"),
    "addendum": _mark("Supplement"),
}
VOID_REASONS = (
    _mark("Spoilt in printing"),
    _mark("Torn, wet or lost before it was handed over"),
    _mark("Handed to the wrong person"),
)
"""Likely reasons for a void. An officer may write his own."""


@dataclass(frozen=True)
class Tab:
    """One paper to choose; `void` marks a number that does not count any more."""

    number: str
    title: str
    chosen: bool
    void: bool = False


@dataclass(frozen=True)
class Owed:
    """Something that is owed after this inspection."""

    kind: str
    text: str


@dataclass(frozen=True)
class Choice:
    """A reason to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class PapersState:
    """All of T9. The words of a paper stay Chinese, as they are printed."""

    tabs: tuple[Tab, ...]
    title: str
    number: str
    office: str
    blocks: tuple[Block, ...]
    delivery: str
    delivery_tone: str
    detail: str
    delivered: bool
    sends: bool
    busy: bool
    notice: str
    notice_tone: str
    void: str = ""
    owed: tuple[Owed, ...] = ()
    reasons: tuple[Choice, ...] = ()
    several: str = ""
    by_hand: str = ""
    holds: bool = False
    copied: bool = False


def papers_state(
    papers: Sequence[Paper],
    delivery: Delivery | None,
    *,
    chosen: str = "",
    busy: bool = False,
    notice: str = "",
    notice_tone: str = "danger",
    owed: Sequence[Duty] = (),
    voiding: bool = False,
    holds: bool = False,
    practising: bool = False,
) -> PapersState:
    """Return the papers with the one that is looked at, the first unless another was chosen.

    `delivery` is that of the part in which it was sealed; `holds` says that the record holds its vehicle still. What
    was made while `practising` goes nowhere.
    """
    shown = next((one for one in papers if one.number == chosen), papers[0])
    tone, words = ("neutral", _("Practice, not sent")) if practising else _delivery(delivery)
    return PapersState(
        tabs=tuple(Tab(one.number, _tab(one, papers), one is shown, bool(one.void)) for one in papers),
        title=shown.notice.title,
        number=shown.number,
        office=shown.notice.office,
        blocks=shown.notice.blocks,
        delivery=words,
        delivery_tone=tone,
        detail=_detail(delivery),
        delivered=tone == "good",
        sends=tone != "good" and not practising,
        busy=busy,
        notice=notice,
        notice_tone=notice_tone,
        void=_("Void: {reason}").format(reason=shown.void) if shown.void else "",
        owed=tuple(_owed(one) for one in owed),
        reasons=tuple(Choice(_(one), _(one)) for one in VOID_REASONS) if voiding and not shown.void else (),
        several=n_("Print all {n}", "Print all {n}", count)
        if (count := sum(not one.void for one in papers)) > 1
        else "",
        by_hand=_by_hand(shown.notice),
        holds=holds,
        copied=has_copy(shown),
    )


def _by_hand(notice: Notice) -> str:
    """Say which characters the printed paper will lack, each with the words around it; nothing where it lacks none."""
    found = glyphs.where(text_of(notice))
    said = (f"{around} ({glyphs.code(sign)})" for sign, around in found.items())
    return (
        _("These characters cannot be printed. Write them by hand where 〓 stands: {what}").format(what="；".join(said))
        if found
        else ""
    )


def _owed(duty: Duty) -> Owed:
    """Return a duty with its term: a day and a time for one of hours, a day for the others."""
    at = duty.due
    if "T" in at:
        at = datetime.fromisoformat(at).astimezone(LAW_ZONE).strftime("%m-%d %H:%M")
    said = {
        REPORT: _("Report the urgent measure to the leader and have it approved by {time}"),
        FILE: _("File the on-the-spot decision with the office by {time}"),
        RECHECK: _("Look by {time} whether the order was obeyed, and write it down"),
    }
    return Owed(duty.kind, said.get(duty.kind, duty.kind + " {time}").format(time=at))


def _tab(paper: Paper, papers: Sequence[Paper]) -> str:
    """Return the short name of a paper; of several of one kind, with its place among them."""
    alike = [one.number for one in papers if one.kind == paper.kind and not one.void]
    if paper.void:
        return _("{paper}, void").format(paper=_(TABS.get(paper.kind, paper.kind)))
    place = f" {alike.index(paper.number) + 1}/{len(alike)}" if len(alike) > 1 else ""
    return _(TABS.get(paper.kind, paper.kind)) + place


def _delivery(delivery: Delivery | None) -> tuple[str, str]:
    if delivery is None or delivery.state == "waiting":
        return "unknown", _("Waits for the office")
    if delivery.state == "rejected":
        return "danger", _("The office refused the record")
    if delivery.state == "conflict":
        return "unknown", _("The office has another record of this check; both are kept")
    return "good", _("Delivered")


def _detail(delivery: Delivery | None) -> str:
    """Return when the office had it, or why not, and how many photos are there."""
    if delivery is None:
        return ""
    said = []
    if delivery.receipt:
        at = datetime.fromisoformat(str(delivery.receipt["received_at"])).astimezone(LAW_ZONE)
        said.append(_("receipt of {time}").format(time=at.strftime("%m-%d %H:%M:%S")))
    if delivery.problem:
        said.append(code_words(str(delivery.problem.get("code", "")), str(delivery.problem.get("detail", ""))))
    if delivery.photos:
        said.append(_("photos {done}/{all}").format(done=delivery.photos_received, all=delivery.photos))
    return " · ".join(said) or n_("record no. {n} of this tablet", "record no. {n} of this tablet", delivery.device_seq)
