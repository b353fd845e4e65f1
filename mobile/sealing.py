"""Closing an inspection: what is still missing, the papers with their numbers, the seal, and PDFs from the record.

Numbers, the text of the papers and the sealed part become durable in one transaction: a number is given exactly when
its paper is sealed, and a power cut leaves an inspection that can still be sealed, or a sealed one with its papers.
PDFs come from what was kept, so they can be made again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from checklists.citing import agency, agency_short
from checklists.inspection import Entry, standing
from checklists.notices import Facts, on_site_record, order_to_correct, orders
from checklists.paper import Notice, text_of
from checklists.record import Sealed
from checklists.wire import digest, from_plain, instant, to_plain, uuid7
from mobile import part
from mobile import store as stores
from mobile.enrol import Enrolment
from mobile.held import Held
from mobile.refusals import Refusal
from mobile.store import Store
from mobile.store.base import transaction

LETTERS = {"record": "R", "order": "O"}
"""What stands between the device's prefix and the counter in a paper's number."""

LANG = "zh_CN"
"""Papers are Chinese, whatever the screen speaks."""


@dataclass(frozen=True)
class Paper:
    """A paper of a sealed inspection: its kind and number, the digest of its words, and its content."""

    kind: str
    number: str
    digest: str
    notice: Notice


@dataclass(frozen=True)
class Signed:
    """The signatures that hold for this draft: the driver's (or his refusal) and those of the officers."""

    driver: Entry | None
    officers: tuple[Entry, ...]


def signed(held: Held, draft: str) -> Signed:
    """Return the signatures that were given to this very draft."""
    stand = [one for rivals in standing(held.entries, "signature").values() for one in rivals]
    valid = [one for one in stand if one.value.get("digest") == draft]
    drivers = [one for one in valid if one.value.get("role") == "driver"]
    return Signed(drivers[-1] if drivers else None, tuple(one for one in valid if one.value.get("role") == "officer"))


def earlier(held: Held, role: str, name: str) -> str | None:
    """Return the signature that this person gave before; his next one withdraws it. A seal refuses stale ones."""
    given = [one for one in held.all_of("signature") if (one.value.get("role"), one.value.get("name")) == (role, name)]
    return given[-1].id if given else None


def missing(held: Held, device: part.Device) -> tuple[str, ...]:
    """Return what keeps the inspection from its seal: open, undecided, driver, officers; empty when nothing does."""
    now = held.assessment
    given = signed(held, part.draft(held, device))
    lacking = {
        "open": bool(now.open or now.conflicts),
        "undecided": not part.outcome(held)["decided"],
        "driver": given.driver is None,
        "officers": len({one.officer for one in given.officers}) < 2,
        "lead": not held.leads,
    }
    return tuple(code for code, lacks in lacking.items() if lacks)


def seal(store: Store, held: Held, device: part.Device, enrolment: Enrolment, at: datetime) -> Sealed:
    """Seal the inspection with its papers, all or nothing.

    Raises Refusal `seal_incomplete` (why), and those of `store.seal_inspection`.
    """
    lacking = missing(held, device)
    if lacking:
        raise Refusal("seal_incomplete", ",".join(lacking), why=lacking)
    part_id = uuid7()
    with transaction(store):
        made = _papers(store, held, device, enrolment, at)
        named = [{"kind": one.kind, "number": one.number, "digest": one.digest} for one in made]

        def build(seq: int, previous: str | None) -> Mapping[str, Any]:
            return part.build(
                held, device, part_id=part_id, sealed_at=instant(at), device_seq=seq, previous=previous, papers=named
            )

        sealed = stores.seal_inspection(store, held.inspection, build, enrolment.key)
        kept = {"sealed": sealed.digest, "papers": [to_plain(one) for one in made]}
        stores.keep_setting(store, _name(held.inspection), kept)
    return sealed


def papers(store: Store, inspection: str) -> tuple[str, tuple[Paper, ...]]:
    """Return the digest of the sealed part and its papers; ("", ()) where the inspection is not sealed here."""
    kept = stores.setting(store, _name(inspection))
    if kept is None:
        return "", ()
    return str(kept["sealed"]), tuple(from_plain(Paper, one) for one in kept["papers"])


def make_pdf(store: Store, inspection: str, number: str, folder: Path) -> Path:
    """Write the PDF of one paper into the folder and return its path; the same paper any number of times.

    Raises Refusal `paper_font_missing` or `disk_full`.
    """
    from mobile import papers as printing

    sealed_digest, made = papers(store, inspection)
    paper = next(one for one in made if one.number == number)
    sealed = stores.sealed(store, sealed_digest)
    path = folder / f"{number}.pdf"
    printing.render(paper.notice, printing.proof(sealed, str(sealed.part["device"])), path)
    return path


def _papers(store: Store, held: Held, device: part.Device, enrolment: Enrolment, at: datetime) -> list[Paper]:
    """Return the papers with their numbers; to be called inside the sealing transaction."""
    now, definitions = held.assessment, held.kit.definitions
    facts = _facts(held, device, enrolment, at)
    prefix = str(device.certificate.get("prefix") or held.device)
    made = [_paper("record", on_site_record(definitions, now, _numbered(store, facts, "record", prefix), LANG))]
    for order in orders(now):
        ours = order.agency == device.certificate.get("agency")
        office = enrolment.office if ours else agency(definitions, order.agency, LANG)
        numbered = _numbered(store, replace(facts, office=office), "order", prefix)
        made.append(_paper("order", order_to_correct(definitions, now, numbered, order, LANG)))
    return made


def _numbered(store: Store, facts: Facts, kind: str, prefix: str) -> Facts:
    number = stores.next_paper_number(store, kind)
    return replace(facts, number=f"{prefix}-{LETTERS[kind]}{number:06}")


def _paper(kind: str, notice: Notice) -> Paper:
    return Paper(kind, notice.number, digest(text_of(notice).encode()), notice)


def _facts(held: Held, device: part.Device, enrolment: Enrolment, at: datetime) -> Facts:
    given = signed(held, part.draft(held, device))
    decided = part.outcome(held)
    statements = standing(held.entries, "statement").get("driver", ())
    signatures = [one.value for one in (given.driver, *given.officers) if one is not None]
    return Facts(
        number="",
        office=enrolment.office,
        site=device.site,
        at=datetime.fromisoformat(held.opened_at),
        officers=tuple(_officer(held, one) for one in given.officers),
        outcome=str(decided["decided"]),
        signatures=tuple(signatures),
        statement="；".join(str(one.value.get("text", "")) for one in statements),
        ended_at=at,
        correct_by=date.fromisoformat(decided["correct_by"]) if decided.get("correct_by") else None,
        reason=str(decided.get("reason") or ""),
    )


def _officer(held: Held, entry: Entry) -> str:
    short = agency_short(held.kit.definitions, entry.agency, LANG)
    return f"{entry.value.get('name', '')}（{short}，{entry.value.get('card') or '—'}）"


def _name(inspection: str) -> str:
    return f"papers:{inspection}"
