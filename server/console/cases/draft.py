"""What a form holds before and after it was sent: every value by the name of its input, as it was typed.

Names are those of the event's fields: `cause`, `served_at`; of a row `officers.0.name`, `penalties.0.amount_cny`, of a
party `party.address`; of a scan that is kept `proof.kept`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from checklists.words import pick
from server.cases.casefile import CaseFile
from server.cases.fields import FIELDS
from server.cases.moves import Move
from server.console.cases.choices import Choices, Person
from server.console.findings import Text

Draft = Mapping[str, tuple[str, ...]]

LEAST_PEOPLE, SPARE = 2, 1
"""How many rows for people a form has at least, and how many empty ones below those that are filled."""

ROWS: Mapping[str, tuple[str, ...]] = {
    "people": ("login", "name", "card"),
    "penalties": ("violation", "kind", "amount_cny", "text"),
    "evidence": ("violation", "kind", "entry", "not_obtainable", "text", "file.kept"),
    "plan": ("by", "amount_fen"),
}
"""Kind of rows → the inputs of one."""


KEYS = tuple(dict.fromkeys(key for keys in ROWS.values() for key in keys))
"""The inputs by which a row counts as filled."""


def last(draft: Draft, name: str) -> str:
    """Return the value of an input, empty where it has none."""
    held = draft.get(name, ())
    return held[-1] if held else ""


def rows(draft: Draft, field: str) -> list[int]:
    """Return the numbers of the rows of a field that the draft holds, in their order."""
    numbers = {name.split(".")[1] for name in draft if name.startswith(f"{field}.")}
    return sorted(int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) < 4)


def begin(
    move: Move, file: CaseFile, choices: Choices, query: Mapping[str, str], lang: str = "zh_CN"
) -> dict[str, tuple[str, ...]]:
    """Return the draft that a form begins with: what the case knows already, and what its link has said."""
    draft: dict[str, tuple[str, ...]] = {}
    for name in (*move.needs, *move.takes):
        kind = FIELDS[name].kind
        if name in ("evidence", "wanted") and "wanted" in move.needs:
            draft[name] = _ASKED[name](choices, query, lang)
        elif name in query and kind in ("text", "code", "choice", "day", "agency", "login"):
            draft[name] = (query[name],)
        elif name in _KNOWN:
            draft |= _KNOWN[name](move, file, choices, query)
    return draft


def asked(choices: Choices, query: Mapping[str, str]) -> list[tuple[str, str, Text, Text]]:
    """Return the pieces that a team is asked for: the one that the link names, else all that is got on the road."""
    named = (query.get("violation"), query.get("kind"))
    wanted = [one for one in choices.missing if (one[0], one[1]) == named]
    return wanted or [one for one in choices.missing if one[1] not in choices.of_the_office]


def _pieces(choices: Choices, query: Mapping[str, str], _lang: str) -> tuple[str, ...]:
    return tuple(f"{code} {kind}" for code, kind, *_words in asked(choices, query))


def _wanted(choices: Choices, query: Mapping[str, str], lang: str) -> tuple[str, ...]:
    """Return what is missing as text, which the clerk goes on writing: a line for each piece."""
    lines = (
        (
            f"{pick(words, lang)} ({pick(title, lang)})"
            if lang == "en"
            else f"{pick(words, lang)}（{pick(title, lang)}）"
        )
        for _code, _kind, title, words in asked(choices, query)
    )
    return ("\n".join(lines),)


_ASKED: Mapping[str, Callable[..., tuple[str, ...]]] = {"evidence": _pieces, "wanted": _wanted}


def _officers(move: Move, file: CaseFile, choices: Choices, _query: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return _people_rows("officers", choices.on_the_road)


def _investigators(
    move: Move, file: CaseFile, choices: Choices, _query: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    said = file.facts.get("proposed_investigators") or [vars(one) for one in file.investigators]
    held = [Person(*(str(one.get(key) or "") for key in ("login", "name", "card"))) for one in said]
    owner = choices.person(file.owner)
    return _people_rows("investigators", held or choices.on_the_road or ([owner] if owner else []))


def _people_rows(field: str, people: Sequence[Person]) -> dict[str, tuple[str, ...]]:
    draft: dict[str, tuple[str, ...]] = {}
    for number, one in enumerate(people):
        draft |= {f"{field}.{number}.{key}": (getattr(one, key),) for key in ROWS["people"]}
    return draft


def _penalties(
    move: Move, file: CaseFile, choices: Choices, _query: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """Return a row for each violation, with what was planned or proposed for it before; more rows where there were."""
    before: Sequence[Mapping[str, Any]] = file.facts.get("planned") or file.facts.get("proposed") or ()
    held: list[Mapping[str, Any]] = []
    for one in choices.violations:
        mine = [row for row in before if row.get("violation") == one.code]
        held += mine or [{"violation": one.code}]
    draft: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(held):
        said = {key: row.get(key) for key in ROWS["penalties"]}
        if row.get("ground"):
            said["kind"] = f"{row['kind']}:{row['ground']}"
        draft |= {f"penalties.{number}.{key}": ("" if one is None else str(one),) for key, one in said.items()}
    return draft


def _party(move: Move, file: CaseFile, _choices: Choices, _query: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    said = vars(file.party)
    return {f"party.{key}": (("yes" if one else "no") if isinstance(one, bool) else one,) for key, one in said.items()}


def _evidence(move: Move, file: CaseFile, choices: Choices, query: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return one row: of the piece that the link names, else of the first that is missing."""
    first = next(iter(choices.missing), ("", "", {}, {}))
    code, kind = (query["violation"], query["kind"]) if {"violation", "kind"} <= set(query) else first[:2]
    return {"evidence.0.violation": (code,), "evidence.0.kind": (kind,)}


def _violations(
    move: Move, file: CaseFile, choices: Choices, query: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    pair = (query.get("one"), query.get("other"))
    if all(pair):
        return {"violations": tuple(str(one) for one in pair)}
    if move.event == "link_decided":
        return {"violations": file.links[0] if file.links else ()}
    stand = tuple(one.code for one in file.violations if one.code not in file.unproven)
    return {"violations": stand} if move.event == "rectification_ordered" else {}


def _cause(move: Move, file: CaseFile, _choices: Choices, _query: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {"cause": (str(file.facts.get("cause") or ""),)}


def _noticed(name: str, said: str) -> Callable[..., Mapping[str, tuple[str, ...]]]:
    """Return what fills a field with what the notice says."""

    def known(move: Move, file: CaseFile, *_rest: Any) -> Mapping[str, tuple[str, ...]]:
        held = str(dict(file.facts.get("notice_says") or {}).get(said) or "")
        return {name: (held,)} if held and move.event == "notice_served" else {}

    return known


_KNOWN: Mapping[str, Callable[..., Mapping[str, tuple[str, ...]]]] = {
    "officers": _officers,
    "investigators": _investigators,
    "present": lambda *_given: {},
    "penalties": _penalties,
    "party": _party,
    "evidence": _evidence,
    "violations": _violations,
    "cause": _cause,
    "load": lambda move, file, choices, query: {
        f"load.{fact}": (value,) for fact, value in dict(file.facts.get("load") or {}).items()
    },
    "hearing_right": _noticed("hearing_right", "hearing"),
    "statement_until": _noticed("statement_until", "until"),
    "tier": lambda move, file, choices, query: {"tier": (file.tier,)},
}
"""Field → what the case knows for it."""
