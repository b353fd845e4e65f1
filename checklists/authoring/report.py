"""An assessment as plain text for lawyers: each finding with its values, clauses, authority and procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checklists import words
from checklists.definitions.citation import agency, cite, in_force, measure
from checklists.definitions.definition import Checklist, Definitions
from checklists.findings.finding import Alert, Assessment, Finding
from checklists.findings.proof import Proof
from checklists.law.cases import Case
from checklists.law.model import Citation, Penalty
from checklists.rules.crosscheck import Result, Value


def _(message: str) -> str:
    return message


INDENT = "     "
OPEN = ("cannot_tell", "stale")


def told(assessment: Assessment, definitions: Definitions, checklist: Checklist) -> tuple[Result, ...]:
    """Return the results that mean something under the checklist's regime: those with a row there."""
    rows = definitions.rules
    return tuple(one for one in assessment.results if (checklist.regime, one.rule, one.case) in rows)


def report(assessment: Assessment, definitions: Definitions, checklist: Checklist, lang: str) -> list[str]:
    """Return the lines: what is proposed, findings, alerts, what could not be told, and the items left open."""
    teller = _Teller(definitions, assessment, lang)
    results = told(assessment, definitions, checklist)
    lines = [teller.title(checklist), *teller.outdated(checklist, results), *teller.proposal()]
    pairs = zip(assessment.findings, assessment.evidence, strict=False)
    for number, (finding, proof) in enumerate(pairs, start=1):
        lines += ["", *teller.finding(number, finding, proof)]
    if not assessment.findings:
        lines += ["", teller.say(_("No deviation was found."))]
    return [*lines, *teller.rest(results)]


class _Teller:
    """Holds what every line needs: the definitions, the day of the conduct and the language."""

    def __init__(self, definitions: Definitions, assessment: Assessment, lang: str) -> None:
        self.definitions, self.assessment, self.lang = definitions, assessment, lang
        self.say = words.say(lang)
        self.day = assessment.situation.day
        self.colon, self.stop, self.open, self.close = (": ", "; ", " (", ")") if lang == "en" else "：；（）"

    def title(self, checklist: Checklist) -> str:
        state = "" if checklist.status == "published" else checklist.status
        named = self._aside(f"{checklist.name} {checklist.version}", state)
        return f"{words.pick(checklist.title, self.lang)}{named} {self.day}"

    def outdated(self, checklist: Checklist, results: Iterable[Result]) -> Iterator[str]:
        """What replaced the checklist by that day, and what is known of it."""
        for one in (each for each in results if each.case == "list_outdated"):
            row = self.definitions.rules[checklist.regime, one.rule, one.case]
            known = next((value.value or "" for value in one.values if value.name == "checklist.known"), "")
            yield f"⚠ {words.pick(row.text, self.lang)}{self._aside(known)}"

    def proposal(self) -> Iterator[str]:
        held = self.assessment.proposal
        count = len(self.assessment.open)
        left = self.say(_("{count} items not answered yet")).format(count=count) if count else ""
        outcome = self.say(words.OUTCOMES.get(held.outcome, held.outcome))
        yield self._line(_("Proposed outcome"), f"{outcome}{self._aside(left)}")
        if held.measures:
            yield self._line(_("Measures"), self._measures(held.measures))

    def finding(self, number: int, one: Finding, proof: Proof) -> Iterator[str]:
        head = " ".join(filter(None, (f"{number:2}. [{one.severity}]", one.rule, "+".join(one.items))))
        yield f"{head}  {words.pick(one.text, self.lang)}"
        yield from self._values(one.values)
        if one.violation:
            yield self._row(_("Violation"), f"{one.violation} {words.pick(one.violation_title, self.lang)}")
        yield from self._citations(_("Rests on"), one.basis)
        yield from self._citations(_("Rules broken"), one.duty)
        held = [row for row in one.penalty if not row.basis or in_force(self.definitions, row.basis, self.day)]
        for penalty in held:
            name = _("Basis of a measure") if penalty.kind == "measure" else _("Basis of a penalty")
            yield self._row(name, self._penalty(penalty))
        if one.penalty and not held:
            yield self._row(_("Basis of a penalty"), self.say(_("none that was in force that day is known")))
        for case in one.cases:
            yield from self._case(case)
        yield self._row(_("Handled by"), self._joined(self._agency(code) for code in (one.agency, *one.also_agencies)))
        role = self.say(words.ROLES.get(one.party.role, one.party.role))
        yield self._row(_("Party"), f"{role} {one.party.name or words.value(None, self.say)}")
        yield self._row(_("Procedure"), self.say(words.SIMPLE.get(one.simple, one.simple)) + self._because(one))
        yield self._row(_("Measures"), self._measures(one.measures))
        if one.acts:
            yield self._row(_("May be one act with"), self._joined(one.acts))
        if proof.missing:
            yield self._row(_("Evidence missing"), self._joined(map(self._evidence, proof.missing)))

    def _case(self, case: Case) -> Iterator[str]:
        """What holds if the load is of one kind, while it is not settled of which."""
        if case.when:
            yield self._row(_("If"), words.law_case(case.when, self.say))
        else:
            yield INDENT + self.say(_("That the case is this violation is to be verified by a lawyer."))
        for name, text in (
            (_("Rules broken"), self._joined(self._cited(one) for one in case.duty if self._held(one))),
            *((_("Basis of a penalty"), self._penalty(one)) for one in case.penalty if self._held(one.basis)),
        ):
            if text:
                yield f"{INDENT}{self._row(name, text)}"

    def _held(self, one: Citation | None) -> bool:
        return one is None or in_force(self.definitions, one, self.day)

    def rest(self, results: Iterable[Result]) -> Iterator[str]:
        if self.assessment.alerts:
            yield from ("", self.say(_("Alerts")))
        for alert in self.assessment.alerts:
            yield from self._alert(alert)
        unsure = [one for one in results if one.verdict in OPEN]
        if unsure:
            yield from ("", self.say(_("Cannot be told")))
        yield from dict.fromkeys(self._unsure(one) for one in unsure)
        yield from dict.fromkeys(self._caveat(one) for one in results if one.verdict == "consistent" and one.caveats)
        for value in self.assessment.warnings:
            text = f"{words.label(value.name, self.say)} {value.value or ''}"
            yield INDENT + self._line(_("Editions of the goods list differ"), text)
        if self.assessment.open:
            yield from ("", self._line(_("Not answered yet"), " ".join(one.item.id for one in self.assessment.open)))

    def _alert(self, alert: Alert) -> Iterator[str]:
        yield f"  ! {alert.result.rule} {words.pick(alert.text, self.lang)}"
        yield from self._values(alert.result.values)
        yield from self._citations(_("Rests on"), alert.basis)

    def _unsure(self, one: Result) -> str:
        why = self._aside(*(words.label(path, self.say) for path in dict.fromkeys((*one.missing, *one.stale))))
        name = f"{one.rule} {self.say(words.RULES.get(one.rule, one.rule))}"
        return f"{INDENT}{name}{self.colon}{self.say(words.VERDICTS[one.verdict])}{why}"

    def _caveat(self, one: Result) -> str:
        name = f"{one.rule} {self.say(words.RULES.get(one.rule, one.rule))}"
        open_ones = self._joined(words.label(path, self.say) for path in one.caveats)
        return f"⚠ {self._line(name, self.say(_('consistent, but not compared: {what}')).format(what=open_ones))}"

    def _values(self, values: Iterable[Value]) -> Iterator[str]:
        for one in values:
            source = self._aside(self.say(words.SOURCES.get(one.source, one.source)) if one.source else "")
            yield f"{INDENT}· {words.label(one.name, self.say)}{self.colon}{words.value(one.value, self.say)}{source}"

    def _citations(self, name: str, citations: Iterable[Citation]) -> Iterator[str]:
        held = dict.fromkeys(self._cited(one) for one in citations if in_force(self.definitions, one, self.day))
        if held:
            yield self._row(name, self._joined(held))

    def _cited(self, one: Citation) -> str:
        law = self.definitions.laws.get(one.law)
        bare = cite(self.definitions, replace(one, clause=""), self.lang)
        clause = cite(self.definitions, one, self.lang).removeprefix(bare).strip(" ,")
        short = law.short if law and (law.short.isascii() or self.lang != "en") else ""
        mark = "" if one.verified and clause else self._mark()
        return f"{short or bare}{self._aside(one.version)}{' ' if self.lang == 'en' else ''}{clause}".rstrip() + mark

    def _penalty(self, one: Penalty) -> str:
        amounts = [str(amount) for amount in (one.min_cny, one.max_cny) if amount is not None]
        fine = self.say(_("{amounts} yuan")).format(amounts="–".join(amounts)) if amounts else ""
        basis = self._cited(one.basis) if one.basis else self._mark()
        whom = self._aside(self.say(words.ROLES.get(one.subject, one.subject))) if one.subject else ""
        return " ".join(filter(None, (basis, fine, words.pick(one.text, self.lang) if one.text else ""))) + whom

    def _because(self, one: Finding) -> str:
        why = one.simple_because
        return self._aside(words.reason(why.code, why.values, self.say) if why.code else "")

    def _evidence(self, code: str) -> str:
        kind = self.definitions.evidence.get(code)
        return words.pick(kind.text, self.lang) if kind else code

    def _agency(self, code: str) -> str:
        return agency(self.definitions, code, self.lang)

    def _measures(self, codes: Iterable[str]) -> str:
        return self._joined(measure(self.definitions, code, self.lang) for code in codes)

    def _joined(self, parts: Iterable[str]) -> str:
        return self.stop.join(parts)

    def _aside(self, *parts: str) -> str:
        held = self.stop.join(filter(None, parts))
        return f"{self.open}{held}{self.close}" if held else ""

    def _mark(self) -> str:
        return f" [{self.say(_('to be verified'))}]"

    def _row(self, name: str, text: str) -> str:
        return INDENT + self._line(name, text)

    def _line(self, name: str, text: str) -> str:
        return f"{self.say(name)}{self.colon}{text}"
