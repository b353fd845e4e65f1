"""What a side track gives to documents: the measure, the registered evidence, the correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from server.cases.casefile import Clock, Side
from server.documents import chinese
from server.documents.chinese import day_words, moment_words, people_words, rows_people
from server.documents.dossier import Dossier

Values = dict[str, Any]


def of_side(dossier: Dossier) -> Values:
    """Return what the side track says."""
    side = dossier.case.side(dossier.side) or Side("", "", "")
    facts = side.facts
    ends = [one for one in dossier.case.clocks if one.side == side.id and one.due and _is_end(one)]
    until = str(facts.get("until") or facts.get("by") or (ends[-1].due if ends else ""))
    begun = str(facts.get("at") or facts.get("served_at") or "")
    number = dossier.document("measure_decision", "registration_list", side=side.id) if side.id else None
    return {
        "side_object": chinese.OBJECTS.get(str(facts.get("object")), ""),
        "side_what": str(facts.get("what") or ""),
        "side_reason": str(facts.get("reason") or ""),
        "side_outcome": str(facts.get("outcome") or ""),
        "side_at": moment_words(begun),
        "side_day": day_words(begun),
        "side_until": day_words(until),
        "side_officers": rows_people(facts.get("officers")) or people_words(dossier.case.investigators),
        "side_number": number.number if number else "",
        "side_items": tuple((str(count), line, "", "") for count, line in enumerate(_items(facts), start=1)),
    }


def _is_end(clock: Clock) -> bool:
    return clock.rule in ("seizure", "seizure_extension", "evidence_registration", "rectification")


def _items(facts: Mapping[str, Any]) -> Iterable[str]:
    return (line.strip() for line in str(facts.get("what") or "").replace("；", "\n").split("\n") if line.strip())
