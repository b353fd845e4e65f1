"""`check SITUATION.yaml [--regime cn|eu] [--on 2026-11-21]`: the findings of a situation, with what they rest on."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from checklists.authoring.casefile import CHECKLISTS, check, read_case
from checklists.authoring.loader import load_all
from checklists.authoring.report import report, told
from checklists.commands.base import command, show
from checklists.definitions.definition import Checklist, Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.findings.finding import Assessment, Finding
from checklists.goods.listing import load_tables
from checklists.wire import WireError, to_plain

LANGUAGES = {"zh": "zh_CN", "en": "en"}


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "check", run, "judge a situation from a YAML file")
    parser.add_argument("case", type=Path)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--regime", choices=CHECKLISTS, type=str.lower, help="as the case file says, else cn")
    which.add_argument("--checklist", metavar="NAME", default="", help="another checklist, such as fast-lane")
    parser.add_argument("--on", metavar="DAY", help="the day of the conduct, 2026-11-21")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh")


def run(options: argparse.Namespace) -> int:
    """Print the findings, what could not be told, and the outcome proposed."""
    try:
        case = read_case(options.case)
    except WireError as fault:
        raise ValueError(f"{options.case}: {fault}") from fault
    if options.on:
        noon = datetime.combine(_day(options.on), time(12), LAW_ZONE)
        case = replace(case, situation=replace(case.situation, at=noon))
    definitions = load_all()
    name = options.checklist or CHECKLISTS.get(options.regime, "") or case.checklist
    assessment = check(case, definitions, load_tables(), name)
    checklist = definitions.checklists[name]
    plain = _plain(assessment, definitions, checklist)
    show(options, plain, report(assessment, definitions, checklist, LANGUAGES[options.lang]))
    return 1 if assessment.findings or assessment.alerts else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(f"--on {text}: no day; write it as 2026-11-21") from wrong


def _plain(assessment: Assessment, definitions: Definitions, checklist: Checklist) -> dict[str, Any]:
    return {
        "checklist": checklist.name,
        "version": checklist.version,
        "regime": checklist.regime,
        "day": assessment.situation.day.isoformat(),
        "findings": [_finding(one, definitions) for one in assessment.findings],
        "alerts": to_plain(assessment.alerts),
        "results": to_plain(told(assessment, definitions, checklist)),
        "outcome": to_plain(assessment.proposal),
        "evidence": to_plain(assessment.evidence),
        "warnings": to_plain(assessment.warnings),
        "open": [one.item.id for one in assessment.open],
    }


def _finding(one: Finding, definitions: Definitions) -> dict[str, Any]:
    """Return a finding with every key that a reader may rely on, also where it holds its default."""
    stable = {
        "rule": one.rule,
        "case": one.case,
        "violation": one.violation,
        "values": [],
        "basis": [],
        "verified": one.verified,
        "simple": one.simple,
    }
    return {**stable, **to_plain(one), "agency_name": dict(definitions.agencies.get(one.agency, {}))}
