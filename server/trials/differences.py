"""What a draft would have changed of one past inspection: found, asked, charged. Pure.

Both sides are worked out from the same entries, once by the definitions in force and once as if the draft had held
then, so that all that differs is the draft's doing. What nobody was asked is told as asked, never as passed or failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.findings.finding import Assessment, Finding
from checklists.values import frozen
from checklists.wire import to_plain
from server.cases.opening import identity

KINDS = ("new", "gone", "changed", "asked", "not_asked", "outcome")
"""A finding comes, goes, or is charged otherwise; an item is asked, or is no more; the outcome is another."""

CHARGED = ("violation", "severity", "measures", "agency", "simple", "penalty", "cases", "text")
"""What of a finding is compared."""


@frozen
class Difference:
    """One thing that differs. `was` and `now` hold those fields of CHARGED, the outcome, or an item's state."""

    kind: str
    item: str = ""
    violation: str = ""
    text: Mapping[str, str] | None = None
    was: Mapping[str, Any] | None = None
    now: Mapping[str, Any] | None = None


def differences(held: Assessment, drafted: Assessment) -> tuple[Difference, ...]:
    """Return all that differs between what the definitions in force give and what the draft gives."""
    found = (*_findings(held.findings, drafted.findings), *_asked(held, drafted))
    if held.proposal.outcome == drafted.proposal.outcome:
        return found
    was, now = {"outcome": held.proposal.outcome}, {"outcome": drafted.proposal.outcome}
    return (*found, Difference("outcome", was=was, now=now))


def is_as_shown(shown: Iterable[Mapping[str, Any]], held: Assessment) -> bool:
    """Whether the definitions in force find what was sealed: where they do not, the draft is not what differs."""
    return {identity(one) for one in shown} == {identity(to_plain(one)) for one in held.findings}


def _findings(was: Iterable[Finding], now: Iterable[Finding]) -> list[Difference]:
    before, after = {_key(one): one for one in was}, {_key(one): one for one in now}
    told = [Difference("new", one.item, one.violation, one.text) for key, one in after.items() if key not in before]
    told += [Difference("gone", one.item, one.violation, one.text) for key, one in before.items() if key not in after]
    for key in before.keys() & after.keys():
        old, new = _charged(before[key]), _charged(after[key])
        fields = [name for name in CHARGED if old[name] != new[name]]
        if fields:
            sides = {name: old[name] for name in fields}, {name: new[name] for name in fields}
            told.append(Difference("changed", after[key].item, after[key].violation, after[key].text, *sides))
    return sorted(told, key=lambda one: (KINDS.index(one.kind), one.item, one.violation))


def _key(one: Finding) -> tuple[str, str, str]:
    return one.item, one.rule, one.case


def _charged(one: Finding) -> dict[str, Any]:
    """Return what is charged; of a penalty who, how much and what, not the clause: its days are not those of then."""
    held = {name: to_plain(getattr(one, name)) for name in CHARGED}
    held["penalty"] = _fines(held["penalty"])
    held["cases"] = [_fines(case.get("penalty") or ()) for case in held["cases"]]
    return held


def _fines(penalties: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    names = ("min_cny", "max_cny", "text", "subject", "kind")
    return [{name: one[name] for name in names if name in one} for one in penalties]


def _asked(held: Assessment, drafted: Assessment) -> list[Difference]:
    """Return the items that would be asked and have no answer, and those that would not be asked any more."""
    before, after = {one.item.id: one for one in held.items}, {one.item.id: one for one in drafted.items}
    open_ = {one.item.id for one in drafted.open}
    told = [
        Difference("asked", name, text=one.item.text)
        for name, one in after.items()
        if name not in before and name in open_
    ]
    return told + [
        Difference("not_asked", name, text=one.item.text, was={"state": one.state})
        for name, one in before.items()
        if name not in after
    ]
