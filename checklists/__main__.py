"""The command line for checklist authors, lawyers and testers: `python -m checklists goods 1830`.

Exit code 0: nothing to report; 1: findings or problems; 2: the command was not understood or its file not read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from checklists import words
from checklists.casefile import check, read_case
from checklists.findings import Assessment, Finding
from checklists.goods import load_tables
from checklists.identifiers import identify
from checklists.loading import load_all, validate
from checklists.situation import LAW_ZONE
from checklists.wire import WireError, to_plain


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (OSError, WireError, ValueError) as problem:
        print(f"{problem}", file=sys.stderr)
        return 2


def _goods(options: argparse.Namespace) -> int:
    table = load_tables().goods
    found = table.search(options.search) if options.search else table.lookup(options.un or "", options.pg)
    lines = [f"UN {one.un} {one.packing_group:3}  {one.name_zh}  {one.name_en}" for one in found]
    _print(options, [dict(one.row) for one in found], lines)
    return 0 if found else 1


def _identify(options: argparse.Namespace) -> int:
    found = identify(options.text)
    problems = found.problems if found else ()
    lines = [f"{found.kind}: {found.value}" if found else "not recognised"]
    lines += [f"  {one.severity}: {one.code}" for one in problems]
    _print(options, to_plain(found) if found else None, lines)
    return 0 if found and not problems else 1


def _check(options: argparse.Namespace) -> int:
    case = read_case(options.case)
    if options.on:
        noon = datetime.combine(datetime.fromisoformat(options.on).date(), time(12), LAW_ZONE)
        case = replace(case, situation=replace(case.situation, at=noon))
    assessment = check(case, load_all(), load_tables())
    _print(options, _plain_assessment(assessment), _report(assessment))
    return 1 if assessment.findings else 0


def _validate(options: argparse.Namespace) -> int:
    problems = validate(options.root) if options.root else validate()
    lines = [f"{one.file}:{one.line}: {one.message} ({one.hint})" for one in problems]
    _print(options, to_plain(problems), lines or ["no problems"])
    return 1 if problems else 0


def _plain_assessment(assessment: Assessment) -> dict[str, Any]:
    return {
        "findings": [_plain_finding(one) for one in assessment.findings],
        "results": to_plain(assessment.results),
        "outcome": to_plain(assessment.proposal),
        "open": [one.item.id for one in assessment.open],
    }


def _plain_finding(one: Finding) -> dict[str, Any]:
    return {"rule": one.rule, "values": [], "verified": False, "simple": one.simple, **to_plain(one)}


def _report(assessment: Assessment) -> list[str]:
    say = words.say("zh_CN")
    lines = []
    for one in assessment.findings:
        mark = "" if one.verified else "  [待核]"
        what = f"{one.rule or '—':4} {one.item:7} {one.violation:10} {one.agency}"
        lines.append(f"{what}  {words.pick(one.text, 'zh')}{mark}")
        lines += [f"       {words.label(value.name, say)}: {value.value or '—'}" for value in one.values]
    for result in assessment.results:
        if result.verdict in ("cannot_tell", "stale"):
            why = ", ".join(result.missing + result.stale)
            lines.append(f"{result.rule:4} {say(words.VERDICTS[result.verdict])}: {why}")
    return [*lines, say(words.OUTCOMES[assessment.proposal.outcome])]


def _print(options: argparse.Namespace, plain: Any, lines: list[str]) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=2) if options.json else "\n".join(lines))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("checklists", description="危货路检: goods, checks and definitions")
    commands = parser.add_subparsers(required=True)
    goods = _command(commands, "goods", _goods, "look a UN number or a name up in the goods list")
    goods.add_argument("un", nargs="?")
    goods.add_argument("--pg", choices=("I", "II", "III"))
    goods.add_argument("--search")
    _command(commands, "identify", _identify, "say what a plate or number is and whether it holds").add_argument("text")
    case = _command(commands, "check", _check, "judge a situation from a YAML file")
    case.add_argument("case", type=Path)
    case.add_argument("--on", help="the day of the conduct, 2026-11-21")
    _command(commands, "validate", _validate, "list every problem of the definitions").add_argument("--root", type=Path)
    return parser


def _command(commands: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
