"""A paper of the tablet prints what the office confirmed, once the package has brought it, and nothing of it before."""

from __future__ import annotations

import json
from datetime import date

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.definitions.definition import Definitions
from checklists.definitions.publication import from_published, publish
from checklists.goods.listing import Tables
from checklists.law.confirmations import Confirmation
from checklists.papers.notices import Facts, on_site_record
from checklists.papers.paper import text_of
from checklists.wire import canonical, to_plain

CLAUSE = ("dg-road-rules", "2026-02-06", "55(2)")
YES = Confirmation("CN-LIC-05b", "penalty", *CLAUSE, date(2026, 11, 20), ("周法制", "李队长"), "ab" * 32)
PRINTED = "《道路危险货物运输管理规定》第五十五条第（二）项"


def paper(definitions: Definitions, tables: Tables) -> tuple[str, str]:
    """The on-site record of the story, and the findings as they are sealed."""
    story = check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)
    facts = Facts("D01-R000001", "示例旗执法大队", "G109", story.situation.at, ("王强",), "hold")
    return text_of(on_site_record(definitions, story, facts)), canonical(to_plain(story.findings)).decode()


def test_what_is_confirmed_is_printed_and_sealed_with_who_and_when(definitions: Definitions, tables: Tables) -> None:
    plain = json.loads(json.dumps(publish(definitions)))
    before, sealed = paper(from_published(plain), tables)
    assert PRINTED not in before and "confirmed" not in sealed
    after, sealed = paper(from_published({**plain, "confirmations": to_plain((YES,))}), tables)
    assert PRINTED in after and "2026-11-20 周法制、李队长" in sealed
