"""A draft of a document: its words, its files, the law that it names, and what is still missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.cases.asking import Missing
from server.documents import docx, law, pdf, penalties, values
from server.documents.dossier import Dossier, Statement
from server.documents.form import STRICT, Form
from server.documents.forms import FORMS
from server.documents.law import Named
from server.documents.sheet import Sheet, fill

MARK = "草稿"
"""What stands across a draft, and never on what was issued."""


@dataclass(frozen=True)
class Draft:
    """A document as it would be issued now. `missing` keeps it from being issued, `warnings` do not.

    `values` are by name what stands in it, for a page to show; `number` is the one that it would get.
    """

    kind: str
    side: str
    sheet: Sheet
    values: Mapping[str, Any]
    law: tuple[Named, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[Missing, ...]
    docx: bytes
    pdf: bytes

    @property
    def words(self) -> str:
        """The digest of the words."""
        return self.sheet.digest


def make(dossier: Dossier, kind: str, filled: Mapping[str, Any], *, issued: bool = False) -> Draft:
    """Return a document; without `issued` it is marked as a draft. Raises KeyError for a kind that has no form."""
    form, agency = FORMS[kind], dossier.issuer
    good = {name: value for name, value in filled.items() if name not in values.faults(form, filled)}
    told = values.values_of(form, dossier, good)
    sheet = fill(form, agency, told)
    if proof := _proof(form, dossier, sheet) if issued else "":
        told = {**told, "proof": proof}
        sheet = fill(form, agency, told)
    named = law_of(form, dossier, told)
    mark = "" if issued else MARK
    printed, lacking = pdf.render(sheet, dossier.case_number, mark)
    return Draft(
        kind=kind,
        side=dossier.side,
        sheet=sheet,
        values=told,
        law=named,
        missing=tuple(lacks(form, dossier, told, filled, named)),
        warnings=tuple(_warnings(dossier, form, lacking)),
        docx=docx.render(form, agency, told, mark),
        pdf=printed,
    )


def lacks(
    form: Form, dossier: Dossier, told: Mapping[str, Any], filled: Mapping[str, Any], named: Iterable[Named]
) -> Iterable[Missing]:
    """Yield what keeps a document from being issued."""
    yield from (Missing("blank_wrong", name) for name in values.faults(form, filled))
    yield from (Missing("blank_missing", name) for name in values.missing(form, dossier.issuer, told))
    if not dossier.office.get("name"):
        yield Missing("blank_missing", "office_name")
    for one in named:
        if not one.verified:
            yield Missing("law_unverified", one.said)


def law_of(form: Form, dossier: Dossier, told: Mapping[str, Any]) -> tuple[Named, ...]:
    """Return the clauses that a document names: those of the violations, and the general ones of its sentences."""
    rows: tuple[Named, ...] = ()
    if form.law and form.plan == "measure":
        held = law.measures(dossier.definitions, dossier.groups, dossier.conduct_day, dossier.load)
        rows = tuple(Named(one.law, one.version, one.clause, True, "measure") for one in held)
        rows = rows or (Named("", "", "", False, "measure"),)
    elif form.law:
        plan = dossier.case.facts.get(form.plan) or () if form.plan else ()
        rows = penalties.named(dossier, plan, strict=form.law == STRICT)
    return tuple(dict.fromkeys((*rows, *_general(form, dossier, told))))


def _proof(form: Form, dossier: Dossier, sheet: Sheet) -> str:
    """Return the text of the document's code; nothing where the form has none, or no record stands behind the case."""
    coded = any(part.kind == "code" for part in form.for_agency(dossier.issuer))
    if not coded or dossier.prove is None or not dossier.stop.record:
        return ""
    return dossier.prove(Statement(dossier.stop.record, sheet.digest, form.kind, dossier.case_number))


def _general(form: Form, dossier: Dossier, told: Mapping[str, Any]) -> Iterable[Named]:
    for name in form.names(dossier.issuer):
        if name.startswith("by_") and told.get(name):
            clause = law.general_clause(dossier.definitions, name.removeprefix("by_"), dossier.today)
            if clause is not None:
                yield Named(clause.law, clause.version, clause.clause, True)


def _warnings(dossier: Dossier, form: Form, lacking: Iterable[str]) -> Iterable[Missing]:
    signs = "".join(lacking)
    if signs:
        yield Missing("glyph_missing", signs)
    for one in dossier.case.facts.get(form.plan) or () if form.plan in ("penalties", "planned") else ():
        if one.get("kind") in penalties.NAMED_IN_WORDS and not one.get("text"):
            yield Missing("penalty_vague", f"{one.get('violation')} {one.get('kind')}")
