"""The page of an amended record: old and new beside each other, the decision that stands, what does not count."""

from __future__ import annotations

import pytest
from falcon.testing import TestClient

from checklists.inspection.correction import correcting
from checklists.records.record import Sealed
from server.office import Office
from server.publishing import publish_all
from server.store import devices, users
from tests.server.browser import Browser
from tests.server.cast import Tablet
from tests.server.console.test_pages import text
from tests.server.feed.test_holds import HOLD, amended, brought, deliver
from tests.server.scene import PASSWORD
from tests.server.story import seal_story


@pytest.fixture
def held(client: TestClient, tablet: Tablet, office: Office) -> Sealed:
    part = seal_story(tablet, publish_all(office), outcome=HOLD, facts={"seen.gross_mass_kg": (49000, "weighbridge")})
    deliver(client, tablet, office, part)
    office.store.write_now(lambda: users.add(login="a", name="a", role="supervisor", agency="T", password=PASSWORD))
    return part


def page(office: Office, part: Sealed) -> str:
    return text(Browser(office, "a").get(f"/console/records/{part.digest}").text)


def corrected(tablet: Tablet, part: Sealed) -> Sealed:
    wrong = next(one for one in part.part["entries"] if one["item"] == "seen.gross_mass_kg")
    value = correcting("fact", 49000, 44920, "看错一位")
    entry = {**tablet.entry(part.part["inspection"], 98, "fact", wrong["item"], value), "withdraws": wrong["id"]}
    told = {"kind": "amendment", "amends": part.digest, "inspection": part.part["inspection"]}
    more = {"opened_at": part.part["opened_at"], "definitions": part.part["definitions"], "outcome": None}
    return tablet.seal(**told, **more, entries=[entry])


def test_a_correction_stands_as_old_and_new_with_its_reason(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    assert "更正" not in page(office, held)
    deliver(client, tablet, office, corrected(tablet, held))
    assert "49000 → 44920 看错一位" in page(office, held)


def test_a_line_and_a_person_stand_value_by_value_with_what_went(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    old = [{"un": "1830", "net_mass_kg": 28000}]
    said = {
        "waybill.lines": correcting("fact", old, [{"un": "1830", "net_mass_kg": 27500}], "抄错"),
        "seen.aboard": correcting("fact", [{"role": "driver"}, {"role": "escort", "name": "李卫东"}],
                                  [{"role": "driver"}], "未在车上"),
    }  # fmt: skip
    entries = [
        tablet.entry(held.part["inspection"], 90 + seq, "fact", path, value)
        for seq, (path, value) in enumerate(said.items())
    ]
    told = {"kind": "amendment", "amends": held.digest, "inspection": held.part["inspection"]}
    more = {"opened_at": held.part["opened_at"], "definitions": held.part["definitions"], "outcome": None}
    deliver(client, tablet, office, tablet.seal(**told, **more, entries=entries))
    shown = page(office, held)
    assert "货物明细 第1项 · 净重（kg）: 28000 → 27500 抄错" in shown
    assert "车上人员 第2项: 身份 押运员 · 姓名 李卫东 → 无此项 未在车上" in shown


def test_the_decision_that_stands_is_beside_the_one_that_was_sealed(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    deliver(client, tablet, office, amended(tablet, held, "release_after_correction"))
    assert "更正后 当场改正后放行" in page(office, held)


def test_what_came_of_a_revoked_tablet_is_shown_and_counts_for_nothing(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    office.store.write_now(lambda: devices.revoke(tablet.enrolled["device"], "lost", "test"))
    brought(office, tablet, corrected(tablet, held))
    shown = page(office, held)
    assert "在该平板吊销后送达" in shown and "44920 看错" not in shown.partition("时间线")[0]
