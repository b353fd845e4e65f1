"""`check SITUATION.yaml [--regime cn|eu] [--on 2026-11-21]`: the findings of a situation, with what they rest on."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from checklists import words
from checklists.casefile import CHECKLISTS, check, read_case
from checklists.commands.base import command, show
from checklists.findings import Assessment, Finding
from checklists.goods import load_tables
from checklists.loading import load_all
from checklists.situation import LAW_ZONE
from checklists.wire import to_plain


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "check", run, "judge a situation from a YAML file")
    parser.add_argument("case", type=Path)
    parser.add_argument("--regime", choices=CHECKLISTS, help="as the case file says, else cn")
    parser.add_argument("--on", metavar="DAY", help="the day of the conduct, 2026-11-21")


def run(options: argparse.Namespace) -> int:
    """Print the findings, what could not be told, and the outcome proposed."""
    case = read_case(options.case)
    if options.on:
        noon = datetime.combine(datetime.fromisoformat(options.on).date(), time(12), LAW_ZONE)
        case = replace(case, situation=replace(case.situation, at=noon))
    assessment = check(case, load_all(), load_tables(), CHECKLISTS.get(options.regime, ""))
    show(options, _plain(assessment), _report(assessment))
    return 1 if assessment.findings or assessment.alerts else 0


def _plain(assessment: Assessment) -> dict[str, Any]:
    return {
        "findings": [_finding(one) for one in assessment.findings],
        "alerts": to_plain(assessment.alerts),
        "results": to_plain(assessment.results),
        "outcome": to_plain(assessment.proposal),
        "evidence": to_plain(assessment.evidence),
        "warnings": to_plain(assessment.warnings),
        "open": [one.item.id for one in assessment.open],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {"rule": one.rule, "values": [], "verified": False, "simple": one.simple, **to_plain(one)}


def _report(assessment: Assessment) -> list[str]:
    say = words.say("zh_CN")
    lines = []
    for one in assessment.findings:
        mark = "" if one.verified else "  [待核]"
        what = f"{one.rule or '—':4} {one.item:7} {one.violation:10} {one.agency}"
        lines.append(f"{what}  {words.pick(one.text, 'zh')}{mark}")
        lines += [f"       {words.label(value.name, say)}: {value.value or '—'}" for value in one.values]
        lines.append(f"       {say(words.SIMPLE[one.simple])}{_because(one, say)}")
    for alert in assessment.alerts:
        lines.append(f"{alert.result.rule:4} {words.pick(alert.text, 'zh')}")
        lines += [f"       {words.label(value.name, say)}: {value.value or '—'}" for value in alert.result.values]
    for result in assessment.results:
        if result.verdict in ("cannot_tell", "stale"):
            why = ", ".join(result.missing + result.stale)
            lines.append(f"{result.rule:4} {say(words.VERDICTS[result.verdict])}: {why}")
    lines += [f"!    {words.label(one.name, say)}: {one.value}" for one in assessment.warnings]
    return [*lines, say(words.OUTCOMES[assessment.proposal.outcome])]


def _because(one: Finding, say: words.Say) -> str:
    held = one.simple_because
    return f"（{words.reason(held.code, held.values, say)}）" if held.code else ""
