"""`identify 蒙K12345`: what a plate or number is, whether it holds, and what it may be besides."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

from checklists import words
from checklists.commands.base import command, show
from checklists.facts.identifiers.checks import Check, Problem, readings
from checklists.facts.identifiers.model import compact
from checklists.facts.situation import LAW_ZONE
from checklists.goods.listing import load_tables


def _(message: str) -> str:
    return message


MINDED = ("id_unchecked", "other_plate", "no_plate")
"""Warnings that say what cannot be checked, and not that something is wrong."""

SEVERITIES = {"error": _("error"), "warn": _("warning")}


def add(commands: Any) -> None:
    """Add the command."""
    command(commands, "identify", run, "say what a plate or number is and whether it holds").add_argument("text")


def run(options: argparse.Namespace) -> int:
    """Print the kind, the value as it is written, what is wrong with it, and what else it may be."""
    today = datetime.now(UTC).astimezone(LAW_ZONE).date()
    found = readings(options.text, load_tables().goods, today) or (_unknown(options.text),)
    best, *others = found
    show(options, {**_plain(best), "also": [_plain(one) for one in others]}, _report(best, others))
    return 0 if best.ok else 1


def _unknown(text: str) -> Check:
    value = compact(text)
    return Check("", value[:64], (Problem("unknown" if value else "empty", "error"),))


def _plain(check: Check) -> dict[str, Any]:
    problems = [_problem(one) for one in check.problems]
    return {
        "kind": check.kind or None,
        "form": check.form or None,
        "colour": check.colour or None,
        "value": check.value,
        "valid": check.ok,
        "problems": problems,
    }


def _problem(one: Problem) -> dict[str, Any]:
    message = {
        lang: words.reason(one.code, one.params, words.say(code)) for lang, code in (("zh", "zh_CN"), ("en", "en"))
    }
    return {
        "severity": one.severity,
        "code": one.code,
        "message": message,
        "params": dict(one.params),
        "overridden": one.overridden,
    }


def _report(best: Check, others: list[Check]) -> list[str]:
    say = words.say("zh_CN")
    lines = _lines(best) if best.kind else []
    lines += [f"  {say(SEVERITIES[one.severity])}：{words.reason(one.code, one.params, say)}" for one in best.problems]
    return lines + [f"  {say(_('perhaps also'))}：{line}" for one in others for line in _lines(one)]


def _lines(check: Check) -> list[str]:
    say = words.say("zh_CN")
    said = [words.NUMBER_FORMS.get(check.form), words.COLOURS.get(check.colour)]
    more = "、".join(say(one) for one in said if one)
    named = f"{say(words.NUMBERS[check.kind])} {check.value}" + (f"（{more}）" if more else "")
    return [f"{named}  {say(_stands(check))}"]


def _stands(check: Check) -> str:
    """Return how a number stands: warnings alone do not make it wrong."""
    if check.ok:
        return _("valid")
    wrong = any(one.severity == "error" or one.code not in MINDED for one in check.problems)
    return _("not valid") if wrong else _("see the warning")
