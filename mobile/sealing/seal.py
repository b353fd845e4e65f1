"""Closing an inspection: the papers with their numbers, the seal, and PDFs from the record.

Numbers, the text of the papers and the sealed part become durable in one transaction: a number is given exactly when
its paper is sealed, and a power cut leaves an inspection that can still be sealed, or a sealed one with its papers.
PDFs come from what was kept, so they can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checklists.papers.carried import carried
from checklists.papers.way_back import token_digest, token_of
from checklists.records.record import Sealed
from checklists.wire import from_plain, instant, to_plain, uuid7
from mobile.inspecting.inspection import Held
from mobile.link.enrolment import Enrolment
from mobile.refusals import Refusal
from mobile.sealing import duties, paperwork, part, way_back
from mobile.sealing.duty import owed
from mobile.sealing.paper import Paper, short_proof
from mobile.sealing.signatures import missing, signed
from mobile.store import store as stores
from mobile.store.base import transaction
from mobile.store.store import Store

if TYPE_CHECKING:
    from PIL import Image


def seal(store: Store, held: Held, device: part.Device, enrolment: Enrolment, at: datetime) -> Sealed:
    """Seal the inspection with its papers, all or nothing.

    Raises Refusal `seal_incomplete` (why), and those of `store.check_whole` and `store.seal_inspection`.
    """
    lacking = missing(held, device)
    if lacking:
        raise Refusal("seal_incomplete", ",".join(lacking), why=lacking)
    part_id = uuid7()
    with transaction(store):
        stores.check_whole(store, held.inspection, held.entries)
        given = signed(held, part.draft(held, device))
        made = way_back.linked(store, held, paperwork.make(store, held, device, enrolment, given, at), enrolment)
        listed = [named(one) for one in made]

        def build(seq: int, previous: str | None) -> Mapping[str, Any]:
            return part.build(
                held, device, part_id=part_id, sealed_at=instant(at), device_seq=seq, previous=previous, papers=listed
            )

        sealed = stores.seal_inspection(store, held.inspection, build, enrolment.key)
        proven = paperwork.proven(made, sealed.digest, device, enrolment.key, instant(at))
        keep_papers(store, held.inspection, sealed.digest, proven)
        duties.settle(store, held.inspection, owed(held, tuple(one.number for one in made if one.kind == "penalty")))
    return sealed


def named(paper: Paper) -> dict[str, Any]:
    """Return a paper as the record names it, with its words: the office sets it again from them.

    Of the party's link it names the digest of the token alone.
    """
    told = {"kind": paper.kind, "number": paper.number, "digest": paper.digest, "notice": carried(paper.notice)}
    return {**told, "way_back": token_digest(token_of(paper.link))} if paper.link else told


def papers(store: Store, inspection: str) -> tuple[str, tuple[Paper, ...]]:
    """Return the digest of the sealed part and its papers; ("", ()) where the inspection is not sealed here."""
    kept = stores.setting(store, _name(inspection))
    if kept is None:
        return "", ()
    return str(kept["sealed"]), tuple(from_plain(Paper, one) for one in kept["papers"])


def keep_papers(store: Store, inspection: str, record: str, made: tuple[Paper, ...]) -> None:
    """Keep the papers of a sealed inspection beside the digest of its record."""
    stores.keep_setting(store, _name(inspection), {"sealed": record, "papers": [to_plain(one) for one in made]})


def make_pdf(store: Store, inspection: str, number: str, folder: Path) -> Path:
    """Write the PDF of one paper into the folder and return its path; the same paper any number of times.

    Raises Refusal `paper_font_missing` or `disk_full`.
    """
    from mobile.sealing import pdf

    paper, code = _proven(store, inspection, number)
    path = folder / f"{number}.pdf"
    pdf.render(paper.notice, code, path, paper.link)
    return path


def make_strip(store: Store, inspection: str, number: str, width_mm: int) -> Image.Image:
    """Return one paper as it is printed on a roll. Raises Refusal `paper_font_missing`."""
    from mobile.sealing.strip import strip

    paper, code = _proven(store, inspection, number)
    return strip(paper.notice, code, width_mm, paper.link)


def _proven(store: Store, inspection: str, number: str) -> tuple[Paper, str]:
    """Return a paper with the text of its code."""
    sealed_digest, made = papers(store, inspection)
    paper = next(one for one in made if one.number == number)
    if paper.proof:
        return paper, paper.proof
    sealed = stores.sealed(store, paper.record or sealed_digest)
    return paper, short_proof(sealed, str(sealed.part["device"]))


def _name(inspection: str) -> str:
    return f"papers:{inspection}"
