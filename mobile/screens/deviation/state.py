"""T5: one deviation: what was done, where, how grave, who answers for it, what is ordered, on which law, with proof.

What the sheet shows is what the finding will be: it is judged with the officer's choices as if they stood already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from checklists import words as kernel
from checklists.definitions.citation import agency, citable, cite, measure
from checklists.definitions.definition import SEVERITIES, Item
from checklists.facts import measurement as measured
from checklists.findings.assessment import Finding
from checklists.findings.item_findings import MORE
from checklists.inspection.entries import answers, standing
from checklists.law.model import Citation, Penalty
from mobile.inspecting.inspection import Held, write
from mobile.screens.deviation.sheet.state import Choice, Fault, Sheet, answer_of, conducts, item_state
from mobile.screens.shared.places import place_words, places
from mobile.screens.shared.questions import Question, law_questions
from mobile.screens.shared.results import Compared, all_compared
from mobile.words import _, n_, words


def _mark(message: str) -> str:
    return message


REASONS = (
    _mark("The registry is behind: the valid paper was shown"),
    _mark("The waybill was corrected by its issuer"),
    _mark("Misread; looked at again on the vehicle"),
)
"""Likely reasons for setting a comparison aside. An officer may write his own."""


ANOTHER, AWAY = "+", "-"
"""Ways to add a fault of the item, and to take the one in hand away."""


@dataclass(frozen=True)
class TextState:
    """A text to write: what stands in it, and what was written the last time."""

    path: str
    label: str
    text: str
    known: str
    trouble: str = ""


@dataclass(frozen=True)
class Cited:
    """A clause or a penalty as shown: `mark` is verified, unverified or missing."""

    text: str
    mark: str

    @property
    def mark_words(self) -> str:
        """The mark in words."""
        said = {"verified": _("verified"), "missing": _("article missing"), "unverified": _("to be verified")}
        return said[self.mark]


NOTHING = Cited("—", "unverified")
"""Where no penalty is known."""


@dataclass(frozen=True)
class Proof:
    """A photo of the item: the entry's id and the digest of its thumbnail."""

    entry: str
    thumbnail: str
    at: str


@dataclass(frozen=True)
class Measuring:
    """Something to measure: what its chip says, and how the pad asks for it; `range` is what can be true."""

    key: str
    text: str
    chosen: bool
    title: str
    unit: str
    decimals: int
    range: str


@dataclass(frozen=True)
class DeviationState:
    """All of T5. `recorded` says that the officer's answer already stands; `compared` are the rules' conflicts.

    `faults` are what is wrong with the item so far, the one in hand chosen, and the ways to add one (ANOTHER) and to
    take this one away (AWAY). `instrument` is asked once something was measured.
    """

    item: str
    section: str
    title: str
    look: str
    conducts: tuple[Choice, ...]
    locations: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    measures: tuple[Choice, ...]
    duty_holder: str
    agency: str
    agency_name: str
    basis: tuple[Cited, ...]
    penalty: tuple[Cited, ...]
    simple: str
    measured: tuple[Measuring, ...]
    photos: tuple[Proof, ...]
    wants_photo: bool
    note: str
    compared: tuple[Compared, ...]
    reasons: tuple[str, ...]
    recorded: bool
    questions: tuple[Question, ...] = ()
    faults: tuple[Choice, ...] = ()
    instrument: tuple[TextState, ...] = ()

    @property
    def photo_words(self) -> str:
        """What the camera button says."""
        return n_("{n} photo", "{n} photos", len(self.photos)) if self.photos else _("Photo")


def deviation_state(
    held: Held, sheet: Sheet, often: Mapping[str, int] | None = None, used: Mapping[str, str] | None = None
) -> DeviationState:
    """Return the sheet with everything that follows from it. Raises KeyError where the item does not apply here.

    `often` counts per conduct how often it was recorded on this tablet, `used` is the instrument that was used last.
    """
    one = item_state(held, sheet.item)
    item, definitions, fault = one.item, held.kit.definitions, sheet.fault
    finding = _finding(held, sheet)
    reasons = {rule: str(said[-1].value.get("reason", "")) for rule, said in standing(held.entries, "override").items()}
    looked = [result for result in one.results if result.verdict != "consistent"]
    likely = conducts(held, item, f"{finding.rule}:{finding.case}", often, fault.conduct)
    exact = next((each.key for each in likely if each.key == f"{finding.rule}:{finding.case}"), finding.violation)
    return DeviationState(
        item=item.id,
        section=one.section,
        title=words.pick(item.text),
        look=words.pick(item.look),
        conducts=_marked(likely, fault.conduct or exact),
        locations=tuple(Choice(*place, place[0] in fault.locations) for place in places(held, one.section, item.id)),
        severities=_marked([Choice(key, f"{key} {_(kernel.SEVERITIES[key])}") for key in SEVERITIES], finding.severity),
        measures=_measures(held, item, finding),
        duty_holder=" ".join(
            part for part in (_(kernel.ROLES.get(finding.party.role, finding.party.role)), finding.party.name) if part
        ),
        agency=finding.agency,
        agency_name=agency(definitions, finding.agency, words.lang),
        basis=tuple(_cited(held, citation) for citation in _in_force((*finding.basis, *finding.duty), held)),
        penalty=(*(_penalty(held, each) for each in finding.penalty), *_cases(held, finding)) or (NOTHING,),
        simple=_(kernel.SIMPLE.get(finding.simple, "")),
        measured=_measuring(sheet),
        instrument=_instrument(fault, held.context.situation.day, used),
        photos=_photos(held, item.id),
        wants_photo=item.photo != "never",
        note=fault.note,
        faults=tuple(_faults(held, sheet)),
        compared=all_compared(held.kit, looked, reasons),
        reasons=tuple(_(reason) for reason in REASONS),
        recorded=_is_answered(held, item.id),
        questions=law_questions(held, finding),
    )


def conduct_of(state: DeviationState) -> str:
    """Return the conduct that is recorded with the sheet as it is shown."""
    return next((one.key for one in state.conducts if one.chosen), "")


def _measuring(sheet: Sheet) -> tuple[Measuring, ...]:
    return tuple(_asking(one, sheet.fault.measured.get(one.key)) for one in measured.QUANTITIES.get(sheet.item, ()))


def _asking(one: measured.Quantity, value: int | None) -> Measuring:
    name, (least, most) = words.pick(one.text), measured.limits(one)
    text = f"{name} …" if value is None else f"{name} {measured.shown(one, value)}"
    return Measuring(one.key, text, value is not None, name, one.unit, one.decimals, f"{least}–{most} {one.unit}")


def _is_answered(held: Held, item: str) -> bool:
    entry = answers(held.entries).get(item)
    return entry is not None and entry.value.get("result") == "does_not_conform"


def _finding(held: Held, sheet: Sheet) -> Finding:
    """Return what the answer would be found to be."""
    drafts = answer_of(held, sheet)
    ids = (f"draft-{number}" for number in count())
    then = held.adding(write(held, drafts, held.opened_at, ids)).assessment
    mine = [one for one in then.findings if sheet.item in one.items]
    case = f"{MORE}{sheet.at}" if sheet.at else ""
    return next((one for one in mine if one.case == case and case), mine[0])


def _faults(held: Held, sheet: Sheet) -> Iterable[Choice]:
    item = item_state(held, sheet.item).item
    for number, fault in enumerate(sheet.faults):
        known = {one.key: one.text for one in conducts(held, item, chosen=fault.conduct)}
        where = "、".join(place_words(one) for one in fault.locations)
        said = " · ".join(one for one in (known.get(fault.conduct, ""), where) if one)
        yield Choice(str(number), f"{number + 1}  {said or '…'}", number == sheet.at)
    yield Choice(ANOTHER, _("Another fault on this item"))
    if len(sheet.faults) > 1:
        yield Choice(AWAY, _("Not this one"))


def _instrument(fault: Fault, day: date, used: Mapping[str, str] | None) -> tuple[TextState, ...]:
    """Return what is asked of the instrument; the one used last is offered as long as its calibration runs."""
    if not fault.measured:
        return ()
    labels = {"name": _("Instrument and its number"), "calibrated_until": _("Calibrated until")}
    told = used or {}
    if measured.calibration(told.get("calibrated_until", ""), day) == "ended":
        told = {}
    known = {key: one for key, one in told.items() if one != fault.instrument.get(key)}
    doubt = {
        "runs": "",
        "ended": _("The calibration of this instrument has ended: measure with another one, or the papers say so."),
        "unknown": _("Whether the calibration runs is not known; the papers say so."),
    }[measured.calibration(fault.instrument.get("calibrated_until", ""), day)]
    return tuple(
        TextState(key, text, fault.instrument.get(key, ""), known.get(key, ""), doubt if key != "name" else "")
        for key, text in labels.items()
    )


def _marked(choices: Iterable[Choice], chosen: str) -> tuple[Choice, ...]:
    return tuple(replace(one, chosen=one.key == chosen) for one in choices)


def _measures(held: Held, item: Item, finding: Finding) -> tuple[Choice, ...]:
    """Return the measures: those of the item first, then the others that an officer may order."""
    regime = held.kit.definitions.checklists[held.checklist].regime
    others = (code for code, one in held.kit.definitions.measures.items() if code != "T" and one.regime == regime)
    codes = dict.fromkeys((*item.measures, *finding.measures, *others))
    return tuple(
        Choice(code, measure(held.kit.definitions, code, words.lang), code in finding.measures) for code in codes
    )


def _in_force(citations: Iterable[Citation], held: Held) -> list[Citation]:
    day = held.assessment.situation.day
    return list({(one.law, one.clause): one for one in citations if one.in_force(day)}.values())


def _cited(held: Held, citation: Citation) -> Cited:
    text = cite(held.kit.definitions, citation, words.lang)
    if not citation.clause:
        return Cited(text, "missing")
    return Cited(text, "verified" if _may_stand(held, citation) else "unverified")


def _may_stand(held: Held, citation: Citation) -> bool:
    return bool(citable(held.kit.definitions, [citation], held.assessment.situation.day))


def _penalty(held: Held, penalty: Penalty) -> Cited:
    """Return a penalty of the day; one whose basis is not verified shows no amount."""
    basis = penalty.basis
    named = cite(held.kit.definitions, basis, words.lang) if basis else ""
    if basis is None or not _may_stand(held, basis):
        return Cited(f"{named} —".strip(), "unverified")
    said = "；".join(one for one in (_range(penalty), words.pick(penalty.text) if penalty.text else "") if one)
    return Cited(f"{named}：{said or '—'}", "verified")


def _cases(held: Held, finding: Finding) -> Iterable[Cited]:
    """Yield what the law says for each load that it may be, while that is not settled: none of it alone accuses."""
    for case in finding.cases:
        said = [_penalty(held, one).text for one in case.penalty if one not in finding.penalty and not one.subject]
        yield Cited(f"{kernel.law_case(case.when, _)} → {'；'.join(said) or '—'}", "unverified")


def _range(penalty: Penalty) -> str:
    low, high = penalty.min_cny, penalty.max_cny
    if low is not None and high is not None and low != high:
        return _("{low}–{high} yuan").format(low=f"{low:,}", high=f"{high:,}")
    if high is not None:
        return (_("{n} yuan") if low == high else _("up to {n} yuan")).format(n=f"{high:,}")
    return _("from {n} yuan").format(n=f"{low:,}") if low is not None else ""


def _photos(held: Held, item: str) -> tuple[Proof, ...]:
    mine = [entry for entry in held.all_of("photo") if entry.item == item]
    return tuple(
        Proof(entry.id, str((entry.value.get("thumbnail") or {}).get("sha256", "")), entry.at) for entry in mine
    )
