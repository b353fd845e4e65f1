"""T9: the papers of a sealed inspection as they will be printed, and whether the office has the record. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.paper import Block
from checklists.situation import LAW_ZONE
from mobile.sealing import Paper
from mobile.states.trouble import code_words
from mobile.store import Delivery
from mobile.words import _, n_


@dataclass(frozen=True)
class Tab:
    """One paper to choose."""

    number: str
    title: str
    chosen: bool


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
    busy: bool
    notice: str
    notice_tone: str


def papers_state(
    papers: Sequence[Paper],
    delivery: Delivery | None,
    *,
    chosen: str = "",
    busy: bool = False,
    notice: str = "",
    notice_tone: str = "danger",
) -> PapersState:
    """Return the papers with the one that is looked at, the first unless another was chosen."""
    shown = next((one for one in papers if one.number == chosen), papers[0])
    tone, words = _delivery(delivery)
    return PapersState(
        tabs=tuple(Tab(one.number, _tab(one, papers), one is shown) for one in papers),
        title=shown.notice.title,
        number=shown.number,
        office=shown.notice.office,
        blocks=shown.notice.blocks,
        delivery=words,
        delivery_tone=tone,
        detail=_detail(delivery),
        delivered=tone == "good",
        busy=busy,
        notice=notice,
        notice_tone=notice_tone,
    )


def _tab(paper: Paper, papers: Sequence[Paper]) -> str:
    """Return the short name of a paper; of several of one kind, with its place among them."""
    alike = [one.number for one in papers if one.kind == paper.kind]
    place = f" {alike.index(paper.number) + 1}/{len(alike)}" if len(alike) > 1 else ""
    return (_("Record") if paper.kind == "record" else _("Order to correct")) + place


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
