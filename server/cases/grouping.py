"""The violations of a case, each once: violation → the facts that show it → its law. Shown once, fined once.

One violation may be shown by five findings (the same wrong panel on five sides, or an item and a rule). Findings are as
on the wire.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.cases.opening import Finding, identity

GRAVEST_FIRST = ("I", "II", "III", "")


@dataclass(frozen=True)
class Fact:
    """One finding that shows a violation: its key in the case, who found it, the finding itself, and at which stop."""

    key: str
    source: str
    finding: Finding
    inspection: str = ""


@dataclass(frozen=True)
class Group:
    """A violation once: code and words, the gravest severity, every fact, and the law of all, each row once."""

    violation: str
    title: Mapping[str, str]
    severity: str
    facts: tuple[Fact, ...]
    duty: tuple[Mapping[str, Any], ...]
    penalty: tuple[Mapping[str, Any], ...]
    acts: tuple[str, ...]
    verified: bool
    simple: str
    evidence: tuple[str, ...]


def grouped(rows: Iterable[tuple[str, Finding]]) -> tuple[Group, ...]:
    """Return the violations of `(source, finding)` rows, the gravest first, then by code."""
    return grouped_facts(Fact(identity(finding).key, source, finding) for source, finding in rows)


def grouped_facts(facts_: Iterable[Fact]) -> tuple[Group, ...]:
    """Return the violations that facts show, the gravest first, then by code; a fact of each key once."""
    held: dict[str, list[Fact]] = {}
    for fact in facts_:
        finding = fact.finding
        facts = held.setdefault(str(finding.get("violation") or finding.get("item") or ""), [])
        if all(one.key != fact.key for one in facts):
            facts.append(fact)
    groups = [_group(code, tuple(facts)) for code, facts in held.items()]
    return tuple(sorted(groups, key=lambda one: (_rank(one.severity), one.violation)))


def _group(code: str, facts: tuple[Fact, ...]) -> Group:
    findings = [one.finding for one in facts]
    titles = [one.get("violation_title") for one in findings if one.get("violation_title")]
    return Group(
        violation=code,
        title=dict(titles[0] or {}) if titles else dict(findings[0].get("text") or {}),
        severity=min((str(one.get("severity") or "") for one in findings), key=_rank),
        facts=facts,
        duty=_rows(findings, "duty"),
        penalty=_rows(findings, "penalty"),
        acts=tuple(sorted({str(other) for one in findings for other in one.get("acts") or ()})),
        verified=all(bool(one.get("verified")) for one in findings),
        simple=_simple({str(one.get("simple") or "unknown") for one in findings}),
        evidence=tuple(dict.fromkeys(str(kind) for one in findings for kind in one.get("evidence") or ())),
    )


def _rows(findings: Iterable[Finding], name: str) -> tuple[Mapping[str, Any], ...]:
    """Return the law rows of several findings, each once, in the order in which they come."""
    seen: dict[str, Mapping[str, Any]] = {}
    for one in findings:
        for row in one.get(name) or ():
            seen.setdefault(repr(sorted(row.items(), key=lambda pair: pair[0])), row)
    return tuple(seen.values())


def _simple(told: set[str]) -> str:
    """Return whether a decision on the spot is allowed: what forbids it in one fact forbids it for all."""
    return next((one for one in ("no", "unknown", "partly", "yes") if one in told), "unknown")


def _rank(severity: str) -> int:
    return GRAVEST_FIRST.index(severity) if severity in GRAVEST_FIRST else len(GRAVEST_FIRST)


def tier_of(severities: Iterable[str]) -> str:
    """Return the tier of a case by its gravest violation: I high, II medium, else low."""
    gravest = min(map(_rank, severities), default=len(GRAVEST_FIRST))
    return "high" if gravest == 0 else "medium" if gravest == 1 else "low"
