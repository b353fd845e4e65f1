"""T9: the words of one paper as QR codes for the driver's own phone. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.papers.driver_copy import FOR_PARTY, driver_copy
from mobile.sealing.paper import Paper
from mobile.words import _


@dataclass(frozen=True)
class CopyState:
    """One code of several. `told` says what it holds, `text` is what a phone shows; `proves` marks the last one."""

    title: str
    number: str
    code: str
    place: str
    told: str
    text: str
    proves: bool
    first: bool
    last: bool


def has_copy(paper: Paper) -> bool:
    """Whether the party gets a copy of it: it is his, and its number counts."""
    return paper.kind in FOR_PARTY and not paper.void


def copy_state(paper: Paper, at: int) -> CopyState:
    """Return the code at a place, from 0: parts of the text, the party's link, then what proves the paper."""
    copy = driver_copy(paper.notice)
    codes = tuple(one for one in (*copy.parts, paper.link, paper.proof) if one)
    at = min(max(at, 0), len(codes) - 1)
    links = bool(paper.link) and at == len(copy.parts)
    proves = at >= len(copy.parts) and not links
    return CopyState(
        title=paper.notice.title,
        number=paper.number,
        code=codes[at],
        place=_("Proof") if proves else _("Link") if links else f"{at + 1}/{len(copy.parts)}",
        told=_link() if links else _told(proves=proves, shortened=copy.shortened),
        text="" if proves else codes[at],
        proves=proves,
        first=at == 0,
        last=at == len(codes) - 1,
    )


def _told(*, proves: bool, shortened: bool) -> str:
    if proves:
        return _("For officers at the next post: this code proves that the paper is genuine. Photograph it.")
    if shortened:
        return _("The paper is too long for codes: this is what counts of it. Give the driver the paper as well.")
    return _("The driver scans each code with his own phone and saves the text. No network is needed.")


def _link() -> str:
    return _(
        "The party's own link: it shows what clears each point and takes proof, once this record reached the office."
    )
