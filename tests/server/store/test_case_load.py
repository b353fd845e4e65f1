"""Where the law hangs on the load, the office settles it; what is decided apart goes on with what was got for it."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.authoring.loader import load_all
from checklists.law.cases import case_of
from checklists.law.model import rows_on
from checklists.wire import to_plain
from server.cases.casefile import CaseFile, Held
from server.office import Office
from server.store import case_files, case_law
from server.store.case_models import CaseEvidence
from server.store.models import Case
from tests.server.store.office_cases import FILE, TWO, do, finding, furnish, missing, now, opened

CODE = "CN-LIC-03"


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    return office


def hanging() -> dict[str, Any]:
    """A finding of a load that nobody knew on the road."""
    rows = [one for one in rows_on(load_all().violations, CODE, now().date()) if one.applies_when]
    return finding(CODE, item="LIC-03", cases=[to_plain(case_of(one)) for one in rows], duty=[], penalty=[])


def file_of(case: Any) -> CaseFile:
    return case_files.load(Case.get_by_id(case.id), case_law.current()).file


def held(case: Any) -> Held:
    return next(one for one in file_of(case).violations if one.code == CODE)


def test_the_load_decides_range_and_law_once_somebody_has_settled_it(furnished: Office) -> None:
    (case,) = opened(furnished, hanging())
    do(furnished, case, "accept")
    before = held(case)
    assert not before.verified and before.ranges == () and before.hangs_on["hazchem"] == ("yes", "no")
    do(furnished, case, "load_settled", load={"hazchem": "yes"}, reason="检验报告", proof=FILE)
    after = held(case)
    assert after.verified and (50_000, 500_000) in after.ranges and after.answers == ("carrier",)
    assert "hazchem" in after.hangs_on, "what was settled wrongly can be settled anew"
    told = {"load": {"hazchem": "perhaps"}, "reason": "x"}
    assert [(one.code, one.detail) for one in missing(furnished, case, "load_settled", **told)] == [
        ("field_wrong", "load.hazchem")
    ]


def test_what_is_split_off_takes_its_evidence_and_what_is_known_of_the_load_along(furnished: Office) -> None:
    (case,) = opened(furnished, hanging(), finding())
    do(furnished, case, "accept")
    do(furnished, case, "load_settled", load={"hazchem": "yes"}, reason="检验报告")
    do(furnished, case, "propose_opening", cause="x", investigators=TWO)
    do(furnished, case, "opening_approved", "lead")
    rows = [{"violation": CODE, "kind": "item", "file": FILE}, {"violation": "CN-EQP-01", "kind": "item", "file": FILE}]
    do(furnished, case, "evidence_added", evidence=rows)
    do(furnished, case, "split", keys=list(held(case).keys), reason="另案处理")
    apart = Case.select().where(Case.source == "split").get()
    assert [one.code for one in file_of(case).violations] == ["CN-EQP-01"]
    assert [one.code for one in file_of(apart).violations] == [CODE] and held(apart).verified
    got = CaseEvidence.select().where(CaseEvidence.case == apart.id)
    assert [(str(one.violation), str(one.file)) for one in got] == [(CODE, FILE)]
    assert str(apart.state) == "found" and str(apart.origin) == str(case.id)
