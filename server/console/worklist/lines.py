"""A case as a line says it, wherever cases are listed: whose vehicle, who answers, what for, who works on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checklists.definitions.definition import Definitions
from server.cases.states import MAIN
from server.console import findings
from server.console.findings import Text
from server.store import case_around, case_rows
from server.store.models import Case


@dataclass(frozen=True)
class Line:
    """A case with what its line says. `title` is the gravest violation, `more` how many there are besides.

    `keeper` is the agency that works on it, where that is another than the competent one.
    """

    case: Case
    state: str
    plate: str
    colour: str
    title: Text
    more: int
    owner: str
    agency: Text
    keeper: Text


def lines(definitions: Definitions, cases: Sequence[Case]) -> dict[str, Line]:
    """Return the lines of cases by id: a few queries, however many they are. Reads the store.

    What somebody owned who left is nobody's, as long as it is open.
    """
    vehicles = case_rows.vehicles({str(one.inspection) for one in cases})
    codes = case_rows.violations(str(one.id) for one in cases)
    titles = findings.violation_titles(definitions, {code for held in codes.values() for code in held})
    names = case_rows.names({str(one.owner) for one in cases if one.owner})
    left = set(case_around.gone()) if cases else set()
    told = (vehicles, codes, titles, names)
    made = {str(one.id): _line(definitions, one, *told) for one in cases}
    nobodys = [str(one.id) for one in cases if one.active and (one.keeper, one.owner) in left]
    return made | {id_: replace(made[id_], owner="") for id_ in nobodys}


def _line(
    definitions: Definitions,
    case: Case,
    vehicles: Mapping[str, tuple[str, str]],
    codes: Mapping[str, Sequence[str]],
    titles: Mapping[str, Text],
    names: Mapping[str, str],
) -> Line:
    plate, colour = vehicles.get(str(case.inspection), ("", ""))
    held = codes.get(str(case.id), [])
    agency, keeper = str(case.agency), str(case.keeper or case.agency)
    return Line(
        case=case,
        state=MAIN.get(str(case.state), str(case.state)),
        plate=plate,
        colour=colour,
        title=titles.get(held[0]) or {"zh": held[0], "en": held[0]} if held else {},
        more=max(0, len(held) - 1),
        owner=names.get(str(case.owner), str(case.owner)),
        agency=findings.agency_text(definitions, agency),
        keeper=findings.agency_text(definitions, keeper) if keeper != agency else {},
    )
