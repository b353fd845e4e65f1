"""How the office says that a pass stands, asked while a line is there."""

from __future__ import annotations

from urllib.parse import quote

from checklists.wire import read_json
from mobile.link.office import Link, Office
from mobile.refusals import Refusal

TIMEOUT_S = (3, 5)
"""Somebody stands before the tablet and waits; without an answer what is known here counts."""


def ask(link: Link, number: str) -> str:
    """Return how a pass of that number stands (`PassStanding.state` of the link). Raises Refusal."""
    with Office(link) as office:
        answer = office.ask("GET", f"/v1/passes/{quote(number, safe='')}", timeout=TIMEOUT_S)
    try:
        return str(read_json(answer.content)["state"])
    except (ValueError, KeyError, TypeError) as problem:
        raise Refusal("answer_malformed", "no state of a pass") from problem
