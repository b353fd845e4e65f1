"""T5: one deviation: what was done, where, how grave, who answers for it, what is ordered, on which law, with proof.

What the sheet shows is what the finding will be: it is judged with the officer's choices as if they stood already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from checklists import words as kernel
from checklists.definitions.citation import agency, citable, cite, measure
from checklists.definitions.definition import SEVERITIES, Item
from checklists.facts import measurement as measured
from checklists.findings.assessment import Finding, ItemState
from checklists.inspection.entries import answers, standing
from checklists.law.model import Citation, Penalty, violation_on
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, Held, write
from mobile.screens.shared.places import places
from mobile.screens.shared.questions import Question, law_questions
from mobile.screens.shared.results import Compared, compared
from mobile.words import _, n_, words

MOST_CONDUCTS = 5


def _mark(message: str) -> str:
    return message


REASONS = (
    _mark("The registry is behind: the valid paper was shown"),
    _mark("The waybill was corrected by its issuer"),
    _mark("Misread; looked at again on the vehicle"),
)
"""Likely reasons for setting a comparison aside. An officer may write his own."""


@dataclass(frozen=True)
class Sheet:
    """What the officer has chosen so far; empty (or None) leaves what is pre-filled. `conduct` is a Choice's key.

    `measured` holds whole numbers in the unit that the key names, see `checklists.facts.measurement`.
    """

    item: str
    conduct: str = ""
    location: str = ""
    severity: str = ""
    measures: tuple[str, ...] | None = None
    note: str = ""
    measured: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One thing to pick. `key` is the code that is recorded."""

    key: str
    text: str
    chosen: bool = False
    violation: str = ""
    said: str = ""


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
    """All of T5. `recorded` says that the officer's answer already stands; `compared` are the rules' conflicts."""

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

    @property
    def photo_words(self) -> str:
        """What the camera button says."""
        return n_("{n} photo", "{n} photos", len(self.photos)) if self.photos else _("Photo")


def sheet_for(held: Held, item: str) -> Sheet:
    """Return the sheet of an item as the officer's last answer left it, or empty."""
    entry = answers(held.entries).get(item)
    said = entry.value if entry is not None and entry.value.get("result") == "does_not_conform" else {}
    measures = said.get("measures")
    return Sheet(
        item,
        conduct=str(said.get("violation", "")),
        location=str(said.get("location", "")),
        severity=str(said.get("severity", "")),
        measures=tuple(measures) if measures else None,
        note=str(said.get("note", "")),
        measured={str(key): int(value) for key, value in (said.get("measured") or {}).items()},
    )


def answer_of(held: Held, sheet: Sheet) -> tuple[Draft, ...]:
    """Return the answer that the sheet amounts to. A conduct more exact than its violation goes into the note."""
    chosen = next((one for one in conducts(held, _state(held, sheet.item).item) if one.key == sheet.conduct), None)
    told = [one for one in (chosen.said if chosen else "", _measured_words(sheet)) if one and one not in sheet.note]
    note = "；".join(one for one in (*told, sheet.note.strip()) if one)
    return acts.answer(
        sheet.item,
        "does_not_conform",
        violation=chosen.violation if chosen else "",
        location=sheet.location,
        severity=sheet.severity,
        measures=list(sheet.measures or ()),
        note=note,
        measured=dict(sheet.measured),
    )


def deviation_state(held: Held, sheet: Sheet, often: Mapping[str, int] | None = None) -> DeviationState:
    """Return the sheet with everything that follows from it. Raises KeyError where the item does not apply here.

    `often` counts per conduct how often it was recorded on this tablet.
    """
    one = _state(held, sheet.item)
    item, definitions = one.item, held.kit.definitions
    finding = _finding(held, sheet)
    reasons = {rule: str(said[-1].value.get("reason", "")) for rule, said in standing(held.entries, "override").items()}
    looked = [result for result in one.results if result.verdict != "consistent"]
    likely = conducts(held, item, f"{finding.rule}:{finding.case}", often)
    exact = next((each.key for each in likely if each.key == f"{finding.rule}:{finding.case}"), finding.violation)
    return DeviationState(
        item=item.id,
        section=one.section,
        title=words.pick(item.text),
        look=words.pick(item.look),
        conducts=_marked(likely, sheet.conduct or exact),
        locations=_marked([Choice(*place) for place in places(held, one.section, item.id)], sheet.location),
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
        photos=_photos(held, item.id),
        wants_photo=item.photo != "never",
        note=sheet.note,
        compared=tuple(compared(held.kit, each, reasons.get(each.id, "")) for each in looked),
        reasons=tuple(_(reason) for reason in REASONS),
        recorded=_is_answered(held, item.id),
        questions=law_questions(held, finding),
    )


def conducts(held: Held, item: Item, found_case: str = "", often: Mapping[str, int] | None = None) -> list[Choice]:
    """Return what is likely to be wrong with an item, at most five: what a comparison found, then what is frequent.

    Among equals, and on the first day, the item's violations come in the order of the data, then what others may find.
    """
    definitions, day = held.kit.definitions, held.assessment.situation.day
    rows = [violation_on(definitions.violations, code, day) for code in item.violations]
    found = [Choice(row.code, words.pick(row.title), violation=row.code) for row in rows if row is not None]
    for row in definitions.rules.values():
        if row.item == item.id and (row.accuses or f"{row.rule}:{row.case}" == found_case):
            said = row.text.get("zh") or words.pick(row.text)
            found.append(Choice(f"{row.rule}:{row.case}", words.pick(row.text), violation=row.violation, said=said))
    counted = often or {}
    found.sort(key=lambda one: (one.key != found_case, -counted.get(one.key, 0)))
    return list({one.text.casefold(): one for one in reversed(found)}.values())[::-1][:MOST_CONDUCTS]


def conduct_of(state: DeviationState) -> str:
    """Return the conduct that is recorded with the sheet as it is shown."""
    return next((one.key for one in state.conducts if one.chosen), "")


def _measuring(sheet: Sheet) -> tuple[Measuring, ...]:
    return tuple(_asking(one, sheet.measured.get(one.key)) for one in measured.QUANTITIES.get(sheet.item, ()))


def _asking(one: measured.Quantity, value: int | None) -> Measuring:
    name, (least, most) = words.pick(one.text), measured.limits(one)
    text = f"{name} …" if value is None else f"{name} {measured.shown(one, value)}"
    return Measuring(one.key, text, value is not None, name, one.unit, one.decimals, f"{least}–{most} {one.unit}")


def _measured_words(sheet: Sheet) -> str:
    """Return what was measured in the words of law, for the papers."""
    known = [(measured.quantity(sheet.item, key), value) for key, value in sheet.measured.items()]
    said = "、".join(f"{one.text['zh']} {measured.shown(one, value)}" for one, value in known)
    return f"实测{said}" if said else ""


def _state(held: Held, item: str) -> ItemState:
    return {one.item.id: one for one in held.assessment.items}[item]


def _is_answered(held: Held, item: str) -> bool:
    entry = answers(held.entries).get(item)
    return entry is not None and entry.value.get("result") == "does_not_conform"


def _finding(held: Held, sheet: Sheet) -> Finding:
    """Return what the answer would be found to be."""
    drafts = answer_of(held, sheet)
    ids = (f"draft-{number}" for number in count())
    then = held.adding(write(held, drafts, held.opened_at, ids)).assessment
    return next(one for one in then.findings if sheet.item in one.items)


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
