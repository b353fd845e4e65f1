"""How law is named on paper and on screens: no clause is made up, and none is cited that is not in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from checklists import words
from checklists.definitions.definition import Definitions
from checklists.law.cases import Known, holds, scope
from checklists.law.clauses import CLAUSE, clause_text
from checklists.law.model import Citation, GeneralRule, printable
from checklists.patterns import pattern

_ADOPTED = pattern(r"\d{4}-\d{2}-\d{2}")


def citable(definitions: Definitions, citations: Iterable[Citation], day: date) -> tuple[Citation, ...]:
    """Return, each once, what may be printed as a basis: verified, numbered, in force that day with its version."""
    held = (one for one in printable(citations, day) if in_force(definitions, one, day))
    return tuple({(one.law, one.clause): one for one in held}.values())


def cite(definitions: Definitions, citation: Citation, lang: str = "zh_CN") -> str:
    """Return a citation as it is printed: 《law》第四十四条; without its clause where that is not known."""
    law = definitions.laws.get(citation.law)
    title = words.pick(law.title, lang) if law else citation.law
    if lang == "en":
        return f"{title}, {_english(citation.clause)}" if citation.clause else title
    title = title if title.startswith("《") else f"《{title}》"
    return title + clause_text(citation.clause)


def agency(definitions: Definitions, code: str, lang: str) -> str:
    """Return an agency's full name in the language, or its code where the data lack it."""
    return words.pick(definitions.agencies.get(code, {}), lang) or code


def agency_short(definitions: Definitions, code: str, lang: str) -> str:
    """Return an agency's short name in the language, or its code where the data lack it."""
    return definitions.agencies.get(code, {}).get(f"short_{lang.partition('_')[0]}") or code


def measure(definitions: Definitions, code: str, lang: str) -> str:
    """Return a measure in words; `T:P` is a hand-over to the agency P."""
    bare, _, target = code.partition(":")
    held = definitions.measures.get(bare)
    text = words.pick(held.text, lang) if held else bare
    return f"{text}（{agency(definitions, target, lang)}）" if target else text


def general(definitions: Definitions, use: str, day: date, known: Known | None = None) -> GeneralRule | None:
    """Return the general clause for a use, or None where the data have none that may be printed.

    A clause of a law that covers some loads only is given where `known` facts say that this is one of them.
    """
    held = (rule for rule in definitions.general if rule.use == use and printable([rule], day))
    return next((rule for rule in held if holds(scope(definitions.laws, rule), known or {})), None)


def in_force(definitions: Definitions, one: Citation, day: date) -> bool:
    """Whether clause and version were in force that day; unknown ends, and a version not in the data, are open.

    A version that is named by the day of its adoption was not in force before that day.
    """
    law = definitions.laws.get(one.law)
    held = law.version(one.version) if law else None
    spans = replace(one, in_force_from=held.in_force_from, in_force_to=held.in_force_to) if held else one
    too_early = bool(_ADOPTED.fullmatch(one.version)) and day.isoformat() < one.version
    return one.in_force(day) and spans.in_force(day) and not too_early


def _english(clause: str) -> str:
    if not CLAUSE.fullmatch(clause):
        return clause
    return f"art. {clause.replace('¶', ' para. ')}"
