"""Every message of the feed in its bytes, as the office makes it of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from checklists.crypto import SigningKey
from checklists.inspection.stop_order import GIVE, OrderAct
from checklists.records.feed_page import opened
from checklists.wire import canonical
from server import clock
from server.api import change_shapes, changes
from server.api.changes import Asked
from server.api.cursor import Cursor
from server.office import Office
from server.store import (
    campaigns,
    carrier_tiers,
    case_clocks,
    devices,
    feed,
    feed_cases,
    feed_history,
    feed_pages,
    feed_voids,
    law_confirmations,
    meta,
    officer_codes,
    packages,
    post_orders,
    registry,
    site_areas,
    stop_orders,
    tasks,
    watch,
)
from server.store.administration_models import OfficerCode
from server.store.feed_models import FeedRow
from server.store.feed_pages import Sight
from server.store.models import Case, Device, Package, Record, ServerFinding
from server.store.office_models import Holiday, StopOrder, Task
from server.store.paper_models import LawConfirmation
from server.store.steering_models import Campaign, WatchEntry
from server.store.tier_models import CarrierTier
from tests.loaded import load_all

AT = "2026-11-29T08:00:00.000Z"
GOLDEN = Path(__file__).parents[2] / "golden"
KEY = SigningKey(bytes(range(32)))
DIGEST = "ab" * 32
LATER = {"campaign", "carrier_tier", "order_act", "order_given", "watch"}
"""Kinds that came after the first golden page; each has golden lines of its own."""
USCC, PERSON = "91150624MA0EXAMPLE", "15062419800101001X"


@pytest.fixture
def county(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office that has something of each kind, with names and times that are always the same."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    office.store.write_now(lambda: meta.put(feed_pages.EPOCH, "0123456789ab"))
    office.store.write_now(_fill)
    yield office


def _fill() -> None:
    _registry()
    StopOrder.create(
        number="示停〔2026〕1号", authority="示例县大队", kind="stop", on="vehicle", key="蒙K88001", shown="蒙K88001",
        since="2026-11-28", text="停止行驶", agency="T", who="lead", made_at=AT,
    )  # fmt: skip
    stop_orders.publish(["蒙K88001"])
    device = {"name": "t", "public_key": "", "certificate": "{}", "app": "0.1.0", "enrolled_at": AT}
    Device.create(id="device-1", agency="T", prefix="T0001", token_hash="1", **device)
    Device.create(id="device-2", agency="T", prefix="T0002", token_hash="2", revoked_at=AT, **device)
    devices.tell_revoked()
    row = {"tier": "high", "created_at": AT, "title": {"zh": "补查", "en": "Look again"}, "text": "", "due": ""}
    tasks.add("T", {**row, "id": "alert-1", "kind": "alert", "plate": "蒙K88001", "case": ""})
    tasks.add("T", {**row, "id": "task-1", "kind": "supplement", "plate": "", "case": "T-2026-00001", "tier": "low"})
    package = {"body": b"{}", "packed": b"", "signature": "c2ln", "published_at": AT}
    Package.create(name="definitions", version="2026.11.29.1", digest=DIGEST, **package)
    packages.tell()
    OfficerCode.create(officer="T-001", agency="T", code_hash="cd" * 32, made_by="lead", made_at=AT, expires_at=_FAR)
    officer_codes.tell(["T-001"])
    Holiday.create(
        day="2027-01-01", kind="rest", name_zh="元旦", name_en="New Year", source="x", year=2027, published_by="lead",
        published_at=AT,
    )  # fmt: skip
    case_clocks.tell_holidays()
    _confirmation()
    _check()
    feed_voids.tell(_voided())


def _voided() -> dict[str, Any]:
    spoilt = {"kind": "order", "number": "T0001-O000001", "digest": DIGEST, "void": "打印损坏"}
    papers = [spoilt, {"kind": "order", "number": "T0001-O000002", "digest": DIGEST}]
    return {"kind": "amendment", "certificate": {"prefix": "T0001"}, "sealed_at": AT, "papers": papers}


_FAR = "2999-01-01T00:00:00.000Z"


def _registry() -> None:
    rows = {
        ("vehicle", "蒙K88001|yellow"): {"plate": "蒙K88001", "colour": "yellow", "carrier_uscc": USCC},
        ("tank", "GT20260088"): {"number": "GT-2026-0088", "volume_l": 32000},
        ("carrier", USCC): {"name": "示例县某某危货运输有限公司", "uscc": USCC},
        ("person", PERSON): {"name": "张三", "id_number": PERSON},
        ("site", "G109 示例县卡口"): {"road": "G109", "bans": []},
        ("officer", "T-001"): {"name": "李四", "card": "15062408", "agency": "T"},
        ("past", "蒙K88001"): {"rows": [{"violation": "CN-LIC-05b", "on": "2026-06-01", "keys": ["蒙K88001"]}]},
        ("waybill_uses", "YD-1"): {"rows": [{"number": "YD-1", "plate": "蒙K88001"}]},
        ("feed", "past"): {},
    }
    registry.put({"kind": kind, "key": key, "data": data, "as_of": AT} for (kind, key), data in rows.items())


def _confirmation() -> None:
    LawConfirmation.create(
        code="CN-LIC-05b", part="penalty", law="示例法", version="1", clause="1", text="…", text_digest=DIGEST,
        text_source="product", proposed_by="a", proposed_name="周文", proposed_role="law_admin", proposed_at=AT,
        confirmed_by="b", confirmed_name="何敏", confirmed_role="reviewer", confirmed_at=AT,
    )  # fmt: skip
    law_confirmations.tell()


def _check() -> None:
    site_areas.put("lead", "G109 示例县卡口", "150624")
    about = '{"carrier":"91150624MA0EXAMPLE","driver":"15062419800101001X","vehicle":"蒙K88001|yellow"}'
    Record.create(
        digest=DIGEST, part="part-1", kind="inspection", format=1, inspection="inspection-1", device="device-1",
        device_seq=1, sealed_at=AT, received_at=AT, signature="", receipt="", state="processed",
        processed_at=AT, plate="蒙K88001", colour="yellow", carrier="示例县某某危货运输有限公司", un="1830",
        outcome="hold", severity="I", site="G109 示例县卡口", inspected_at=AT, agencies="|P|T|", about=about,
    )  # fmt: skip
    for difference, code in (("same", "CN-LIC-05b"), ("new", "CN-EQP-01"), ("gone", "CN-PLA-02")):
        ServerFinding.create(
            inspection="inspection-1", record=DIGEST, sense="fuller", difference=difference,
            finding=f'{{"violation":"{code}"}}', found_at=AT,
        )  # fmt: skip
    feed_history.tell(["inspection-1"])
    Case.create(
        id="case-1", number="T-2026-00001", inspection="inspection-1", agency="T", keeper="T", party_role="carrier",
        party_name="示例县某某危货运输有限公司", party_key=USCC, opened_at=AT, state="filed", cause="示例案由",
    )  # fmt: skip
    feed_cases.tell(["case-1"])


def taken(office: Office, since: str = "") -> bytes:
    """Return the page that a tablet of the transport office in that county gets."""
    sight, end = Sight("T", "150624"), feed_pages.end()
    epoch = sight.epoch(end.epoch)
    numbers = since.partition(".")[2].split("-") if since else ["0", "0", str(end.place)]
    at = Cursor(epoch, *map(int, numbers))
    signed = Office(office.config, office.store, KEY, office.photo_files, office.sealing_key)
    return changes.page(signed, Asked(sight, since, at, 500, packed=False), end).body


def _watch() -> None:
    WatchEntry.create(
        id="watch-1", on="vehicle", key="蒙K88001|yellow", shown="蒙K88001", unit="示例县大队", officer="王警官",
        contact="0477-1234567", why="上周弃车离开，需了解情况", do="call", text="留下司机电话", since="2026-11-28",
        until="2026-12-31", area="1506", made_by="lead", made_agency="T", made_at=AT,
    )  # fmt: skip
    watch.tell(["watch-1"])


def _campaign() -> None:
    Campaign.create(
        id="campaign-1", name="G109 夜查", why="去年同期问题多", unit="示例县大队", since="2026-12-01",
        until="2026-12-31", roads='["G109"]', sites='["园区东门"]', agencies='["T"]', items='["EQP-14"]',
        violations='["CN-LOD-02"]',
        targets='[{"on":"vehicle","key":"蒙K88001|yellow"},{"on":"un","key":"1203"}]', area="1506", made_by="lead",
        made_agency="T", made_at=AT,
    )  # fmt: skip
    campaigns.tell(["campaign-1"])


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def test_every_kind_in_its_bytes(county: Office) -> None:
    page = taken(county)
    assert {one["kind"] for one in opened(page, KEY.public, "").changes()} == set(change_shapes.PAYLOADS) - LATER
    assert page == golden("feed-page-1.ndjson")


def test_the_watch_list_and_its_tombstone_in_their_bytes(county: Office) -> None:
    since = opened(taken(county), KEY.public, "").cursor
    county.store.write_now(_watch)
    page = taken(county, since)
    (change,) = opened(page, KEY.public, since).changes()
    msgspec.convert(change["data"], change_shapes.PAYLOADS["watch"], strict=True)
    assert page == golden("feed-page-2-watch.ndjson")

    def lift() -> None:
        WatchEntry.update(lifted_at=AT).execute()
        watch.tell(["watch-1"])

    county.store.write_now(lift)
    behind = opened(page, KEY.public, since).cursor
    assert taken(county, behind) == golden("feed-page-2-watch-gone.ndjson")


def test_a_campaign_and_its_tombstone_in_their_bytes(county: Office) -> None:
    since = opened(taken(county), KEY.public, "").cursor
    county.store.write_now(_campaign)
    page = taken(county, since)
    (change,) = opened(page, KEY.public, since).changes()
    msgspec.convert(change["data"], change_shapes.PAYLOADS["campaign"], strict=True)
    assert page == golden("feed-page-2-campaign.ndjson")

    def end() -> None:
        Campaign.update(ended_on="2026-12-02").execute()
        campaigns.tell(["campaign-1"])

    county.store.write_now(end)
    behind = opened(page, KEY.public, since).cursor
    assert taken(county, behind) == golden("feed-page-2-campaign-gone.ndjson")


def test_an_order_to_lift_and_what_came_of_a_posts_in_their_bytes(county: Office) -> None:
    since = opened(taken(county), KEY.public, "").cursor
    act = OrderAct(GIVE, "T0001-S000001", "示例县大队", "vehicle", "蒙K88001黄", "罐体泄漏", "拦停", 3)

    def tell() -> None:
        stop_orders.tell(["蒙K88001"])
        post_orders.tell(DIGEST, "T", act, post_orders.Answer("refused", ("until",)))

    county.store.write_now(tell)
    page = taken(county, since)
    for change in opened(page, KEY.public, since).changes():
        msgspec.convert(change["data"], change_shapes.PAYLOADS[change["kind"]], strict=True)
    assert page == golden("feed-page-3-orders.ndjson")


def test_a_carriers_tier_in_its_bytes(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It came later than the first page of every kind, whose bytes stay as they are."""
    since = opened(taken(county), KEY.public, "").cursor
    reasons = [
        {"code": "check", "points": 20, "number": "蒙K88001", "on": "2026-11-20", "counts": {"I": 1}, "link": "x"}
    ]
    told = {"found": "reduced", "points": 20, "checks": 12, "formula": "1", "salt": "5a17", "computed_at": AT}
    hand = {"hand_level": "tightened", "hand_reason": "约谈后观察", "hand_until": "2026-12-31", "hand_by": "lead"}

    def stand() -> None:
        CarrierTier.delete().execute()
        for key, more in ((USCC, hand), ("91150624MA0REDUCED", {})):
            row = CarrierTier.create(key=key, level="unknown", reasons=canonical(reasons).decode(), **{**told, **more})
            carrier_tiers.settle(row, "office")

    monkeypatch.setattr(carrier_tiers, "current_formula", lambda: load_all().carrier_tiers[0])
    county.store.write_now(stand)
    page = taken(county, since)
    lines = [line for line in page.splitlines()[1:] if b'"kind":"carrier_tier"' in line]
    assert b"\n".join(lines) + b"\n" == golden("feed-carrier-tier-1.ndjson")
    for line in lines:
        change = msgspec.json.decode(line, type=change_shapes.Change)
        msgspec.convert(change.data, change_shapes.CarrierTier, strict=True)


def test_what_is_gone_and_nothing_in_their_bytes(county: Office) -> None:
    since = opened(taken(county), KEY.public, "").cursor

    def end_all() -> None:
        StopOrder.update(lifted_at=AT).execute()
        stop_orders.publish(["蒙K88001"])
        for one in Task.select():
            tasks.close(one)
        Record.update(state="conflict").execute()
        feed_history.tell(["inspection-1"])
        Holiday.delete().execute()
        case_clocks.tell_holidays()
        LawConfirmation.update(ended_at=AT).execute()
        law_confirmations.tell()
        officer_codes.end("lead", "T-001")

    county.store.write_now(end_all)
    page = taken(county, since)
    kinds = sorted(one["kind"] for one in opened(page, KEY.public, since).changes() if one.get("gone"))
    assert kinds == ["alert", "confirmation", "history", "holiday", "orders", "task"]
    assert page == golden("feed-page-1-gone.ndjson")
    behind = opened(page, KEY.public, since).cursor
    assert taken(county, behind) == golden("feed-page-1-empty.ndjson")


def test_every_line_has_the_shape_that_is_described(county: Office) -> None:
    first, *lines = taken(county).splitlines()
    assert msgspec.json.decode(first, type=change_shapes.PageHead).changes == len(lines)
    for line in lines:
        change = msgspec.json.decode(line, type=change_shapes.Change)
        msgspec.convert(change.data, change_shapes.PAYLOADS[change.kind], strict=True)


def test_a_line_is_canonical_as_all_that_the_office_signs(county: Office) -> None:
    for one in FeedRow.select():
        assert canonical(msgspec.json.decode(one.body)).decode() == one.body


def test_nobody_but_the_agency_hears_of_its_tasks_and_cases(county: Office) -> None:
    there = {line.split('"kind":')[1] for _place, line in feed_pages.after(Sight("M"), feed.REST, 0, 100)}
    assert not any(one.startswith(('"case"', '"task"')) for one in there)
    police = [line for _place, line in feed_pages.after(Sight("P"), feed.REST, 0, 100)]
    assert any('"kind":"case"' in one for one in police)  # they took part in the check
    assert not any("张三" in one for one in police if '"kind":"case"' in one)
