"""Lists of cases: overdue first, page by page without gaps; counts are those of the lists; one box finds everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from checklists.wire import instant
from server.accounts import Scope
from server.console.worklist.lines import lines
from server.office import Office
from server.processing.worker import Worker
from server.store import (
    case_filters,
    case_found,
    case_history,
    case_lists,
    case_rows,
    case_search,
    counted,
    site_areas,
    users,
)
from server.store.case_lists import Wanted
from server.store.models import Case, Record
from server.store.search_models import SearchStart, SearchTerm
from tests.loaded import load_all
from tests.server.cast import Tablet
from tests.server.store.office_cases import day, do, finding, furnish, missing, now, opened

ALL, MINE = Scope(None), Scope(frozenset({"T"}))


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    return office


def party(name: str) -> dict[str, Any]:
    return {"role": "carrier", "name": name, "key": name}


def many(office: Office) -> None:
    """Twelve cases of three tiers, some overdue, two of them due at the same moment; one of the police."""
    for number in range(12):
        severity = ("I", "II", "III")[number % 3]
        told = finding(severity=severity, measures=["C"], party=party(f"承运 {number}"))
        (case,) = opened(office, told)
        due = instant(now() + timedelta(days=number // 2 - 3))
        come_due(office, case, due)
    opened(office, finding(agency="P"))


def come_due(office: Office, case: Case, due: str) -> None:
    """Let the first duty of a case run out then."""
    told = Case.update(next_due=due, duty_due=due).where(Case.id == case.id)
    office.store.write_now(told.execute)


def test_overdue_comes_first_then_tier_then_time_left(furnished: Office) -> None:
    many(furnished)
    page = case_lists.page(MINE, Wanted(), limit=100)
    keys = [(str(one.next_due) > page.now, int(one.rank), str(one.next_due), str(one.id)) for one in page.rows]
    assert keys == sorted(keys) and len(keys) == 12


@pytest.mark.parametrize("limit", [1, 5, 12])
def test_pages_follow_each_other_without_gap_or_double(furnished: Office, limit: int) -> None:
    many(furnished)
    seen, after, at = [], "", ""
    while True:
        page = case_lists.page(ALL, Wanted(), after=after, limit=limit, now=at)
        seen += [str(one.id) for one in page.rows]
        after, at = page.next, page.now
        if not after:
            break
    assert len(seen) == len(set(seen)) == 13
    assert seen == [str(one.id) for one in case_lists.page(ALL, Wanted(), limit=100, now=at).rows]


@pytest.mark.parametrize("wanted", [Wanted(text="承运"), Wanted(text="承运 7"), Wanted(text="承运", active="all")])
def test_a_list_that_is_looked_through_row_by_row_is_whole_both_ways(
    furnished: Office, monkeypatch: pytest.MonkeyPatch, wanted: Wanted
) -> None:
    many(furnished)
    at, whole = "", [str(one.id) for one in case_lists.page(ALL, wanted, limit=100).rows]
    monkeypatch.setattr(case_search, "FEW", 0)
    monkeypatch.setattr(counted, "LOOKED", 3)
    seen, place, pages = list[str](), "", list[case_lists.Page]()
    while not pages or place:
        page = case_lists.page(ALL, wanted, after=place, limit=2, now=at)
        seen += [str(one.id) for one in page.rows]
        place, at = page.next, page.now
        pages.append(page)
    assert seen == whole
    assert len(whole) > 1 or not pages[0].ended, "what is rare is not found within three rows"
    back, place = list[str](), "1|1|0||"
    while place:
        page = case_lists.page(ALL, wanted, before=place, limit=2, now=at)
        back = [str(one.id) for one in page.rows] + back
        place = page.previous
    assert back == whole


WANTED = (
    Wanted(),
    Wanted(due="overdue"),
    Wanted(due="soon"),
    Wanted(tier="high"),
    Wanted(nobody=True),
    Wanted(owner="wang"),
    Wanted(state="clue"),
    Wanted(agency="P"),
    Wanted(violation="CN-EQP-01"),
    Wanted(waits="paper"),
    Wanted(waits="law"),
    Wanted(waits="answer"),
    Wanted(waits="elsewhere"),
    Wanted(active="ended"),
    Wanted(active="all"),
    Wanted(text="承运 7"),
)


def test_a_count_is_that_of_its_list(furnished: Office) -> None:
    many(furnished)
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    do(furnished, case, "rectification_ordered", "wang", by=day(10)[:10], what="补齐")
    (ended,) = opened(furnished)
    do(furnished, ended, "discard", "lead", reason="重复")
    for scope, wanted in product((ALL, MINE), WANTED):
        page = case_lists.page(scope, wanted, limit=100)
        assert case_lists.count(scope, wanted, page.now) == len(page.rows), wanted
    for wanted in WANTED:
        if wanted.text or wanted.state or wanted.active == "ended":
            assert len(case_lists.page(MINE, wanted).rows) == 1, wanted


def test_a_head_of_the_board_opens_the_list_that_it_counts(furnished: Office) -> None:
    many(furnished)
    at = instant(now())
    counts = case_lists.board(MINE, "wang", at)
    assert counts["overdue"] == 8 and counts["nobody"] == counts["open"] == 12
    for name, wanted in case_lists.heads("wang").items():
        assert counts[name] == len(case_lists.page(MINE, wanted, limit=100, now=at).rows), name


def test_what_somebody_owned_who_left_is_nobodys(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    owner = str(Case.get_by_id(case.id).owner)
    assert case_lists.count(MINE, Wanted(nobody=True)) == 0
    furnished.store.write_now(lambda: users.close("test", owner, "退休"))
    assert [one.owner for one in case_lists.page(MINE, Wanted(nobody=True)).rows] == [owner]
    assert [one.owner for one in case_rows.files([Case.get_by_id(case.id)])] == [""]
    furnished.store.write_now(lambda: users.reopen("test", owner))
    assert case_lists.count(MINE, Wanted(nobody=True)) == 0


def test_what_somebody_owned_who_moved_to_another_agency_is_nobodys_there_and_his_own_here_stay(
    furnished: Office,
) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    owner = str(Case.get_by_id(case.id).owner)
    furnished.store.write_now(lambda: users.change("test", owner, agency="P"))
    assert [one.id for one in case_lists.page(MINE, Wanted(nobody=True)).rows] == [case.id]
    assert [one.owner for one in case_rows.files([Case.get_by_id(case.id)])] == [""]
    assert lines(load_all(), [Case.get_by_id(case.id)])[str(case.id)].owner == ""
    assert case_lists.page(Scope(frozenset({"P"})), Wanted(owner=owner)).rows == ()
    furnished.store.write_now(lambda: users.change("test", owner, agency="T"))
    assert case_lists.count(MINE, Wanted(nobody=True)) == 0


def test_what_lies_outside_of_an_owners_new_area_is_nobodys(furnished: Office) -> None:
    (here,), (there,) = opened(furnished), opened(furnished)

    def lie() -> None:
        told = {"kind": "inspection", "format": 1, "device": "d", "device_seq": 1, "signature": "", "receipt": ""}
        told |= {"sealed_at": day(), "received_at": day(), "state": "processed"}
        for case, area in ((here, "150624"), (there, "150625")):
            named = {"digest": str(case.id), "part": str(case.id), "inspection": case.inspection, "site": area}
            Record.create(**told, **named)
            site_areas.put("test", area, area)

    furnished.store.write_now(lie)
    for case in (here, there):
        do(furnished, case, "accept")
    furnished.store.write_now(lambda: users.change("test", "wang", area="1506"))
    assert case_lists.count(MINE, Wanted(owner="wang")) == 2
    furnished.store.write_now(lambda: users.change("test", "wang", area="150624"))
    assert [one.id for one in case_lists.page(MINE, Wanted(nobody=True)).rows] == [there.id]
    assert [one.id for one in case_lists.page(MINE, Wanted(owner="wang")).rows] == [here.id]
    assert [one.code for one in missing(furnished, there, "re_assign", "lead", owner="wang")] == ["owner_unknown"]
    do(furnished, there, "re_assign", "lead", owner="bai")
    furnished.store.write_now(lambda: site_areas.put("test", "150624", "150625"))
    assert [one.id for one in case_lists.page(MINE, Wanted(nobody=True)).rows] == [here.id], "its site was moved"
    assert case_history.of_case(str(here.id))[-1].event == "owner_left"
    assert case_lists.count(MINE, Wanted(owner="bai")) == 1, "who has no area keeps what he has"


@pytest.mark.parametrize("text", ["150600MA0", "N3K4P", "A0N3K4P0Q", "2019-08", "0262", "交罚〔2026〕", "202612号"])
def test_a_number_is_found_from_its_middle_also_one_that_was_kept_before(office: Office, text: str) -> None:
    told = (
        ("uscc", "91150600MA0N3K4P0Q"),
        ("tank", "G2019-0815"),
        ("case", "T-20262-0007"),
        ("document", "示交罚〔2026〕12号"),
    )
    office.store.write_now(lambda: case_search.index([case_search.Place("case", "c", "2026-11-28", told)]))
    found = case_search.matching(text)
    assert found

    def older() -> None:
        keep = [
            one.id
            for term in SearchTerm.select()
            for one in SearchStart.select().where(SearchStart.term == term.id).order_by(SearchStart.id).limit(2)
        ]
        SearchStart.delete().where(SearchStart.id.not_in(keep)).execute()

    office.store.write_now(older)
    while office.store.write_now(case_search.catch_up):
        pass
    assert case_search.matching(text) == found and office.store.write_now(case_search.catch_up) == 0
    count = SearchStart.select().count()
    assert count == len({(bytes(one.start), one.term) for one in SearchStart.select()})


def test_a_list_is_kept_under_a_name(furnished: Office) -> None:
    wanted = Wanted(tier="high", due="overdue", nobody=True)
    furnished.store.write_now(lambda: case_filters.save_filter("wang", "急", wanted))
    furnished.store.write_now(lambda: case_filters.save_filter("wang", "急", replace(wanted, text="蒙")))
    assert case_filters.filters("wang") == [("急", replace(wanted, text="蒙"))] and case_filters.filters("li") == []
    furnished.store.write_now(lambda: case_filters.drop_filter("wang", "急"))
    assert case_filters.filters("wang") == []
    with pytest.raises(ValueError, match="name"):
        furnished.store.write_now(lambda: case_filters.save_filter("wang", " ", wanted))
    assert case_filters.wanted_of({"tier": "high", "nobody": "yes", "new": 1}) == Wanted(tier="high")


def test_a_place_that_is_none_is_the_first_page() -> None:
    assert case_lists.Place.of("") is case_lists.Place.of("x|1|2|3|4") is case_lists.Place.of("0|1|9|2|3") is None


FACTS = {
    "vehicle.plate": "蒙K12345",
    "trailer": {"plate": "蒙K1234挂"},
    "waybill": {"number": "YD2026-000123", "driver": {"name": "赵晓明", "id_number": "150624198301010011"}},
    "tank.number": "LNG-7788",
    "carrier.name": "示例县顺达危货运输有限公司",
}


TEXTS = (
    "蒙K·12345", "蒙k 12345", "蒙Ｋ１２３４５", "12345", "顺达危货", "赵晓明", "晓明", "150624198301010011", "010011",
    "150624830101001", "yd2026000123", "000123", "lng7788", "蒙K1234", "T0001-R00001", "车牌蒙K12345",
    "车牌号码：蒙K·12345", "运单号YD2026-000123",
)  # fmt: skip


def test_one_box_finds_every_number_and_name_of_a_record(furnished: Office, tablet: Tablet) -> None:
    inspection = sealed(furnished, tablet)
    for text in TEXTS:
        only = case_found.find(ALL, text).only
        assert only is not None and (only.what, only.ref) == ("record", inspection), text


def test_the_box_finds_a_record_by_its_seal_within_the_scope(furnished: Office, tablet: Tablet) -> None:
    inspection = sealed(furnished, tablet)
    seal = str(Record.get().digest)
    for text in (seal, seal[:8], seal[:16].upper(), " ".join(seal[at : at + 8] for at in range(0, 64, 8))[:60]):
        only = case_found.find(ALL, text).only
        assert only is not None and (only.kind, only.ref, only.shown) == ("digest", inspection, seal), text
    assert case_found.find(ALL, seal[:7]).groups == () == case_found.find(Scope(frozenset({"M"})), seal).groups


def sealed(office: Office, tablet: Tablet) -> str:
    """A processed record with the facts above, and a paper."""
    from server.store import devices
    from tests.server.cast import batch, take

    part = tablet.part()
    entries = [
        tablet.entry(part["inspection"], number, "fact", path, {"data": data, "source": "officer"})
        for number, (path, data) in enumerate(FACTS.items(), start=1)
    ]
    told = {**part, "entries": entries, "papers": [{"kind": "record", "number": "T0001-R00001", "digest": "ab" * 32}]}
    tablet.seq -= 1
    named = [
        {"name": name, "version": one.version, "digest": one.digest}
        for name in ("definitions", "reference")
        if (one := latest(name))
    ]
    told.pop("device_seq")
    record = tablet.seal(**{**told, "definitions": named, "device_seq": tablet.seq + 1})
    take(office, (devices.listing()[0], batch(record)))
    Worker(office).drain()
    return str(part["inspection"])


def latest(name: str) -> Any:
    from server.store import packages

    return packages.latest(name)


def test_a_case_is_found_by_its_number_party_and_documents_within_the_scope(furnished: Office) -> None:
    (case,) = opened(furnished)
    for text in (str(case.number), str(case.number)[:5].lower(), "顺达危货", "91150000ma0example"):
        assert case_found.find(MINE, text).refs("case") == [str(case.id)], text
        assert case_found.find(Scope(frozenset({"P"})), text).groups == ()
    assert case_found.find(MINE, "顺").groups == () == case_found.find(MINE, "·").groups
