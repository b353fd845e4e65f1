"""From findings to cases: one per authority and party, holding its violations. Pure; findings are as on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Finding = Mapping[str, Any]


class Identity(NamedTuple):
    """What makes two findings the same one, whatever data they rest on."""

    item: str
    rule: str
    case: str
    violation: str

    @property
    def key(self) -> str:
        """The identity as one text."""
        return "|".join(self)


@dataclass(frozen=True)
class CaseDraft:
    """A case that is to be opened, or to be added to: an authority, a party, and findings with who found them."""

    agency: str
    party_role: str
    party_name: str
    party_key: str
    findings: tuple[tuple[Finding, str], ...]


def identity(finding: Finding) -> Identity:
    """Return what makes a finding the same as another."""
    return Identity(*(str(finding.get(name) or "") for name in Identity._fields))


def opens_case(finding: Finding) -> bool:
    """Whether a finding becomes part of a case: a violation with an authority, grave enough or measured so.

    Severity III is corrected and taught; it opens a case only where its measures say so (C). Whether the law behind it
    is verified makes no difference here: an unverified basis is checked in the case, and is never printed.
    """
    grave = finding.get("severity") in ("I", "II") or "C" in (finding.get("measures") or ())
    return bool(finding.get("violation") and finding.get("agency") and grave)


def compare(shown: Iterable[Finding], found: Iterable[Finding]) -> list[tuple[str, Finding]]:
    """Return `(new|same|gone, finding)` of what was found against what was shown."""
    before = {identity(one): one for one in shown}
    now = {identity(one): one for one in found}
    told = [("same" if key in before else "new", one) for key, one in now.items()]
    return told + [("gone", one) for key, one in before.items() if key not in now]


def cases_for(shown: Iterable[Finding], found: Iterable[Finding] = ()) -> tuple[CaseDraft, ...]:
    """Return the cases that follow from the findings as shown and those that the office found besides.

    What was shown stays in its case although the office no longer finds it: a person decides. Where both found it, the
    office's fuller data say who the party is, so that one carrier does not get two cases.
    """
    fuller = {identity(one): one for one in found}
    tablet = {identity(one): one for one in shown}
    held: dict[tuple[str, str], list[tuple[Finding, str]]] = {}
    for key, finding in {**fuller, **tablet}.items():
        if opens_case(finding):
            group = (str(finding["agency"]), party_key(fuller.get(key, finding)))
            held.setdefault(group, []).append((finding, "tablet" if key in tablet else "server"))
    return tuple(_draft(agency, tuple(findings), fuller) for (agency, _key), findings in sorted(held.items()))


def party_key(finding: Finding) -> str:
    """Return who answers as one text: role, and number or name; a party not yet known is the role alone."""
    party = finding.get("party") or {}
    return f"{party.get('role', '')}:{party.get('key') or party.get('name') or ''}"


def _draft(agency: str, findings: tuple[tuple[Finding, str], ...], fuller: Mapping[Identity, Finding]) -> CaseDraft:
    ordered = tuple(sorted(findings, key=lambda pair: (pair[0].get("severity", ""), identity(pair[0]))))
    first = ordered[0][0]
    known = fuller.get(identity(first), first)
    party = known.get("party") or {}
    return CaseDraft(agency, party.get("role", ""), party.get("name", ""), party_key(known), ordered)
