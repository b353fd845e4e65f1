"""T7, left: each finding with what its case still lacks, whether it may be decided here, and who gets it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists import words as kernel
from checklists.definitions.citation import agency_short, measure
from checklists.findings.approval import AGAINST_STOP
from checklists.findings.assessment import Finding
from checklists.findings.fault import fault
from checklists.findings.proof import Proof
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import looked_again
from checklists.papers.handover import opens_case
from checklists.papers.paragraphs import told_apart
from checklists.papers.spot_decision import OnTheSpot, on_the_spot
from mobile.inspecting import conclusion
from mobile.inspecting.inspection import Held
from mobile.screens.shared.ages import clock_words
from mobile.screens.shared.questions import law_questions
from mobile.words import _, n_, words

__all__ = ["Group", "Row", "groups", "measure_words", "opens_case", "range_words", "spot_of"]

TONES = {"I": "danger", "II": "unknown", "III": "neutral"}


@dataclass(frozen=True)
class Row:
    """One finding. `pending` says that the basis of a penalty is not verified, `asks_law` that a word settles it.

    `lacks` names the evidence that is taken on the road and still missing; `wants_photo` and `wants_fact` (a section)
    say where. `may_fix` offers to look again, `fixed` says that it was done. `spot` says whether it may be decided
    here, `may_decide` offers it or its taking back, `fine` is the amount that was chosen.
    """

    item: str
    fault: str
    text: str
    severity: str
    tone: str
    severity_words: str
    detail: str
    pending: str
    one_act: str
    photos: str
    wants_photo: bool
    wants_fact: str = ""
    lacks: str = ""
    may_fix: bool = False
    fixed: str = ""
    spot: str = ""
    may_decide: bool = False
    fine: str = ""
    asks_law: bool = False


@dataclass(frozen=True)
class Group:
    """The findings that one authority gets, and what becomes of them there."""

    agency: str
    title: str
    handling: str
    rows: tuple[Row, ...]


def groups(held: Held) -> tuple[Group, ...]:
    """Return the findings by the authority that gets the case, the gravest first, and the gravest first in each."""
    pairs = list(zip(held.assessment.findings, held.assessment.evidence, strict=True))
    found = sorted(pairs, key=lambda one: (len(one[0].severity), one[0].agency != held.officer.agency))
    order = dict.fromkeys(one.agency for one, _proof in found)
    again = looked_again(held.entries)
    fines = conclusion.penalties(held)
    return tuple(
        _group(
            held,
            code,
            [one for one, _proof in found if one.agency == code],
            tuple(
                _row(held, one, proof, again.corrected(fault(one)), fines) for one, proof in found if one.agency == code
            ),
        )
        for code in order
    )


def spot_of(held: Held, one: Finding) -> OnTheSpot:
    """Return whether our officers may decide the finding on the spot; one act that is seen twice is fined once."""
    if conclusion.fined_alike(held, one):
        return OnTheSpot("one_act", {"codes": one.violation})
    return on_the_spot(held.kit.definitions, one, held.officer.agency, held.assessment.situation.day)


def measure_words(held: Held, codes: tuple[str, ...]) -> str:
    """Return measures in words, and what a leader approves besides."""
    said = {AGAINST_STOP: _("Letting go although a stop stands")}
    return "；".join(said.get(code) or measure(held.kit.definitions, code, words.lang) for code in codes)


def _group(held: Held, code: str, found: list[Finding], rows: tuple[Row, ...]) -> Group:
    name = agency_short(held.kit.definitions, code, words.lang)
    cases = len({one.party for one in found if opens_case(one)})
    own = code == held.officer.agency
    said = [
        n_("{n} case", "{n} cases", cases) if cases else _("no case: corrected and recorded"),
        "" if own else _("handed over to {agency}").format(agency=name),
    ]
    return Group(code, name, " · ".join(one for one in said if one), rows)


def _row(held: Held, one: Finding, proof: Proof, again: Entry | None, fines: dict[str, int]) -> Row:
    spot = spot_of(held, one)
    by_photo, by_fact, lacks = _lacking(held, proof)
    ours = one.agency == held.officer.agency
    return Row(
        item=one.item,
        fault=fault(one),
        text=told_apart(one, held.assessment.findings, words.lang),
        severity=one.severity,
        tone=TONES.get(one.severity, "neutral"),
        severity_words=f"{one.severity} {_(kernel.SEVERITIES.get(one.severity, ''))}".strip(),
        detail=" · ".join(part for part in (one.item, one.violation, measure_words(held, one.measures)) if part),
        pending=_pending(one),
        asks_law=bool(law_questions(held, one)) and bool(one.cases),
        one_act=_("may be one act with {codes}").format(codes="、".join(one.acts)) if one.acts else "",
        photos=n_("{n} photo", "{n} photos", len(one.photos)) if one.photos else "",
        wants_photo=opens_case(one) and (by_photo or not one.photos),
        wants_fact=by_fact,
        lacks=_("Evidence missing: {what}").format(what="、".join(lacks)) if lacks and opens_case(one) else "",
        may_fix="R" in one.measures and again is None,
        fixed=_("put right, seen at {time}").format(time=clock_words(again.at)) if again is not None else "",
        spot=_spot(spot) if ours and one.violation else "",
        may_decide=spot.allowed or fault(one) in fines,
        fine=_("{n} yuan").format(n=f"{fines[fault(one)]:,}") if fault(one) in fines else "",
    )


def _pending(one: Finding) -> str:
    if any(case.when for case in one.cases):
        return _("which law is open")
    return "" if one.verified else _("penalty basis to be verified")


def _lacking(held: Held, proof: Proof) -> tuple[bool, str, list[str]]:
    """Return whether a photo lacks, the section where a missing fact is entered, and all that is missing in words.

    Statements and signatures come when it is signed; they are not missing before.
    """
    kinds = held.kit.definitions.evidence
    missing = [kinds[code] for code in proof.missing if code in kinds and kinds[code].by in ("photo", "fact")]
    fact_ = next((kind for kind in missing if kind.by == "fact"), None)
    section = ""
    if fact_ is not None:
        section = _section(held, proof.item, fact_.paths[0] if fact_.paths else "")
    return any(kind.by == "photo" for kind in missing), section, [words.pick(kind.text) for kind in missing]


_SECTION_OF = {"seen.aboard": "LIC", "seen.gross_mass_kg": "LOD", "seen.net_mass_kg": "LOD", "seen.goods": "LOD"}
"""Where a fact is entered; any other belongs to the section of its item."""


def _section(held: Held, item: str, path: str) -> str:
    own = next((one.section for one in held.assessment.items if one.item.id == item), "")
    return _SECTION_OF.get(path, own)


def range_words(spot: OnTheSpot) -> str:
    """Return the amounts that may be decided on the spot."""
    return "、".join(_("{low}–{high} yuan").format(low=f"{one.least:,}", high=f"{one.most:,}") for one in spot.ranges)


def _spot(spot: OnTheSpot) -> str:
    if spot.allowed:
        return _("On the spot: {range}").format(range=range_words(spot))
    return _("Not on the spot: {why}").format(why=kernel.reason(spot.because, spot.values, _))
