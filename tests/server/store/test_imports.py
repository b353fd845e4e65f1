"""A file is applied as a whole or not at all, as it was shown, and every change stays to be read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from server import clock, registry_load
from server.cases.ends import day_text
from server.console.admin.previews import draft_page
from server.importing.faults import SheetError
from server.intake import registry_file
from server.office import Office
from server.publishing import load_registry
from server.store import audit, imports, registry, registry_changes, site_areas, stop_orders
from server.store.administration_models import ImportDraft, RegistryChange, RegistryPart
from server.store.feed_models import FeedRow
from server.store.imports import ImportingError
from server.store.office_models import Audit, RegistryRow
from server.upkeep import tidy
from tests.server.cast import AS_OF, REGISTRY, now
from tests.server.store.office_cases import actor
from tests.server.test_registry_load import breaking

HEAD = ["plate", "carrier", "vin"]


def sheet(*rows: Sequence[str]) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue().encode()


def bring(office: Office, kind: str, *rows: Sequence[str], **told: str) -> Any:
    return registry_file.draft(office, kind, "list.csv", sheet(*rows), **{"who": "lead", "agency": "T", **told})


def rows(kind: str) -> dict[str, dict[str, Any]]:
    return {str(one.key): json.loads(one.data) for one in RegistryRow.select().where(RegistryRow.kind == kind)}


def test_a_preview_writes_nothing_and_applying_it_all(office: Office) -> None:
    load_registry(office, REGISTRY)
    draft, preview = bring(office, "vehicle", HEAD, ["蒙K·12345", "另一公司", ""], ["蒙K54321", "", ""])
    assert [one.status for one in preview.lines] == ["changed", "added"]
    assert "蒙K54321" not in rows("vehicle")
    registry_file.apply(office, draft, "lead")
    held = rows("vehicle")
    assert held["蒙K12345"]["carrier"] == "另一公司"
    assert held["蒙K12345"]["permit"] == REGISTRY[0]["data"]["permit"], "what the sheet does not name stays"
    assert held["蒙K54321"] == {"plate": "蒙K54321"}
    assert imports.by_id(draft.id).state == "applied"


def test_one_fault_and_nothing_of_the_file_is_written(office: Office) -> None:
    draft, preview = bring(office, "vehicle", HEAD, ["蒙K54321", "", ""], ["蒙K1", "", ""])
    assert preview.counts["added"] == preview.counts["refused"] == 1
    with pytest.raises(ImportingError, match="faults"):
        registry_file.apply(office, draft, "lead")
    assert rows("vehicle") == {} and RegistryChange.select().count() == 0
    assert imports.by_id(draft.id).state == "draft"


PLATES = [f"蒙K5{n:04d}" for n in range(7)]


@pytest.fixture
def parts_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_load, "SOME", 2)
    monkeypatch.setattr(registry_load, "sleep", lambda _seconds: None)


def long_file(office: Office) -> ImportDraft:
    """A file of seven vehicles, of which the office has the third and the fourth, that one with another carrier."""
    held = [{"kind": "vehicle", "key": one, "as_of": AS_OF, "data": {"plate": one, "carrier": "甲"}} for one in PLATES]
    load_registry(office, [held[2], {**held[3], "data": {**held[3]["data"], "carrier": "乙"}}])
    draft: ImportDraft = bring(office, "vehicle", HEAD, *[[one, "甲", ""] for one in PLATES])[0]
    return draft


@pytest.mark.usefixtures("parts_of_two")
def test_a_long_file_is_written_in_parts_and_its_changes_are_its_own(office: Office) -> None:
    draft = long_file(office)
    before = Audit.select().count()
    registry_file.apply(office, draft, "lead")
    assert {key: one["carrier"] for key, one in rows("vehicle").items()} == dict.fromkeys(PLATES, "甲")
    assert imports.by_id(draft.id).state == "applied" and registry_changes.broken() == []
    changes = imports.changes_of(draft.id)
    assert [one.key for one in changes] == [one for one in PLATES if one != PLATES[2]]
    assert {one.who for one in changes} == {"lead"} and RegistryPart.select().count() == 0
    assert json.loads(changes[2].old)["carrier"] == "乙"
    told = [audit.detail_of(one) for one in Audit.select().order_by(Audit.id).offset(before)]
    assert [(one["changed"], one["file"]) for one in told if "changed" in one] == [(1, draft.digest)]
    assert [one["changes"] for one in told if "batch" in one] == [2, 1, 2, 1]
    assert len(imports.changes_of(draft.id, 2)) == 2


@pytest.mark.usefixtures("parts_of_two")
@pytest.mark.parametrize("at", [0, 2, 3])
def test_of_a_long_file_that_was_not_agreed_to_nothing_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    draft = long_file(office)
    before = rows("vehicle")
    with monkeypatch.context() as power:
        breaking(power, "stage", at)
        with pytest.raises(ZeroDivisionError):
            registry_file.apply(office, draft, "lead")
    tidy(office)
    assert rows("vehicle") == before and imports.by_id(draft.id).state == "draft"
    registry_file.apply(office, draft, "lead")
    assert len(rows("vehicle")) == 7 and registry_changes.broken() == []


@pytest.mark.usefixtures("parts_of_two")
def test_what_was_agreed_to_is_written_whatever_ends_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = long_file(office)
    short, _preview = bring(office, "vehicle", HEAD, ["蒙K59999", "", ""])
    registry_file.apply(office, short, "lead")
    with monkeypatch.context() as power:
        breaking(power, "write", 1)
        with pytest.raises(ZeroDivisionError):
            registry_file.apply(office, draft, "lead")
    held = imports.by_id(draft.id)
    assert held.state == "applied" and len(rows("vehicle")) == 5
    assert draft_page(office, held, "", "", "", str).writes
    assert not draft_page(office, imports.by_id(short.id), "", "", "", str).writes
    tidy(office)
    assert len(rows("vehicle")) == 8 and registry_changes.broken() == []
    page = draft_page(office, held, "", "", "", str)
    assert len(page.rows) == 6 and not page.writes


@pytest.mark.usefixtures("parts_of_two")
def test_a_row_that_somebody_changed_before_its_part_was_written_stays_and_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = long_file(office)
    with monkeypatch.context() as power:
        breaking(power, "write", 0)
        with pytest.raises(ZeroDivisionError):
            registry_file.apply(office, draft, "lead")
    other = {"kind": "vehicle", "key": PLATES[3], "as_of": AS_OF, "data": {"plate": PLATES[3], "carrier": "丙"}}
    office.store.write_now(lambda: registry.put([other]))
    registry_load.finish(office.store)
    assert rows("vehicle")[PLATES[3]]["carrier"] == "丙" and len(rows("vehicle")) == 7
    told = [audit.detail_of(one) for one in Audit.select()]
    assert [one["left"] for one in told if "left" in one] == [1] and registry_changes.broken() == []
    counts = imports.counts_of(imports.by_id(draft.id))
    assert (counts["added"], counts["changed"], counts["ignored"], counts["unchanged"]) == (5, 0, 1, 1)


@pytest.mark.usefixtures("parts_of_two")
def test_a_long_file_whose_preview_is_not_the_one_that_was_shown_is_not_agreed_to(office: Office) -> None:
    draft = long_file(office)
    before = rows("vehicle")
    with pytest.raises(ImportingError, match="changed since"):
        registry_file.apply(office, draft, "lead", shown="0" * 64)
    tidy(office)
    assert rows("vehicle") == before and imports.by_id(draft.id).state == "draft"


def test_what_breaks_in_a_short_file_leaves_nothing_behind(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, _preview = bring(office, "vehicle", HEAD, *[[f"蒙K5{n:04d}", "", ""] for n in range(45)])
    monkeypatch.setattr(registry_changes, "keep", lambda *_told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        registry_file.apply(office, draft, "lead")
    assert rows("vehicle") == {} and imports.by_id(draft.id).state == "draft"


def test_a_registry_that_changed_since_the_preview_is_looked_at_again(office: Office) -> None:
    load_registry(office, REGISTRY)
    at = now()
    draft, _preview = bring(office, "vehicle", HEAD, ["蒙K12345", "另一公司", ""], as_of=at)
    newer = {**REGISTRY[0], "data": {"plate": "蒙K12345", "vin": "X"}, "as_of": at}
    load_registry(office, [newer])
    with pytest.raises(ImportingError, match="changed since"):
        registry_file.apply(office, draft, "lead")
    again = registry_file.look(office, draft)
    registry_file.apply(office, draft, "lead", shown=again.digest)
    assert rows("vehicle")["蒙K12345"] == {"plate": "蒙K12345", "vin": "X", "carrier": "另一公司"}


def test_what_a_newer_registry_leaves_nothing_of_has_changed_and_is_no_fault_of_the_file(office: Office) -> None:
    load_registry(office, REGISTRY)
    draft, _preview = bring(office, "vehicle", HEAD, ["蒙K12345", "另一公司", ""], as_of=clock.later(hours=-1))
    load_registry(office, [{**REGISTRY[0], "data": {"plate": "蒙K12345", "vin": "X"}, "as_of": now()}])
    with pytest.raises(ImportingError, match="changed since"):
        registry_file.apply(office, draft, "lead")


def test_a_file_is_applied_once(office: Office) -> None:
    draft, _preview = bring(office, "vehicle", HEAD, ["蒙K54321", "", ""])
    registry_file.apply(office, draft, "lead")
    with pytest.raises(ImportingError, match="already"):
        registry_file.apply(office, draft, "lead")
    dropped, _preview = bring(office, "vehicle", HEAD, ["蒙K54322", "", ""])
    office.store.write_now(lambda: imports.drop(dropped.id, "lead"))
    with pytest.raises(ImportingError, match="already"):
        registry_file.apply(office, dropped, "lead")


def test_an_older_row_changes_nothing_and_a_later_one_that_says_the_same_is_held_as_of_then(office: Office) -> None:
    load_registry(office, REGISTRY)
    head = ["plate", "carrier", "as_of"]
    draft, preview = bring(
        office, "vehicle", head, ["蒙K12345", "另一公司", "2020-01-01"], ["蒙K54321", "", AS_OF[:10]]
    )
    assert [one.status for one in preview.lines] == ["ignored", "added"]
    registry_file.apply(office, draft, "lead")
    assert rows("vehicle")["蒙K12345"] == REGISTRY[0]["data"]
    same = REGISTRY[0]["data"]["carrier"]
    later = date.fromisoformat(AS_OF[:10]) + timedelta(days=2)
    draft, preview = bring(office, "vehicle", head, ["蒙K12345", same, later.isoformat()])
    assert preview.counts["unchanged"] == 1 and preview.can_apply
    registry_file.apply(office, draft, "lead")
    assert registry.lookup("vehicle", "蒙K12345")["as_of"] == f"{later - timedelta(days=1)}T16:00:00.000Z"
    assert [one.batch for one in registry_changes.of_key("vehicle", "蒙K12345")] != [draft.id]


def test_every_change_stays_old_and_new_and_the_log_proves_it(office: Office) -> None:
    load_registry(office, REGISTRY)
    draft, _preview = bring(office, "vehicle", HEAD, ["蒙K12345", "另一公司", ""])
    registry_file.apply(office, draft, "lead")
    change = registry_changes.of_key("vehicle", "蒙K12345")[0]
    assert (change.who, change.batch) == ("lead", draft.id)
    assert json.loads(change.old)["carrier"] == REGISTRY[0]["data"]["carrier"]
    assert json.loads(change.new)["carrier"] == "另一公司"
    told = audit.detail_of(audit.page()[0])
    assert (told["kind"], told["changed"], told["batch"], told["file"]) == ("vehicle", 1, draft.id, draft.digest)
    assert registry_changes.broken() == []
    office.store.write_now(lambda: RegistryChange.update(new="{}").where(RegistryChange.batch == draft.id).execute())
    assert registry_changes.broken() == [draft.id]


def test_orders_are_given_each_once_in_the_name_of_an_agency(office: Office) -> None:
    head = ["number", "authority", "on", "key", "text"]
    told = [["1号", "示例队", "trailer", "蒙K1234挂", "不得上路"], ["2号", "示例队", "trailer", "蒙K·1234挂", "先检验"]]
    draft, preview = bring(office, "order", head, *told)
    assert preview.counts["added"] == 2
    registry_file.apply(office, draft, "lead")
    orders = stop_orders.page()
    assert [(one.number, one.agency, one.who, one.lifted_at) for one in orders] == [
        ("2号", "T", "lead", ""),
        ("1号", "T", "lead", ""),
    ]
    assert [one["number"] for one in registry.lookup("orders", "蒙K1234挂")["data"]["rows"]] == ["1号", "2号"]
    _draft, again = bring(office, "order", head, *told)
    assert again.counts["unchanged"] == 2


def test_a_lifted_order_does_not_come_back_in_other_brackets_and_its_last_day_ends_it(office: Office) -> None:
    head = ["number", "authority", "on", "key", "text", "until"]
    last, after = (day_text(clock.later(days=many)) for many in (3, 4))
    draft, _preview = bring(office, "order", head, ["示停〔2026〕1号", "示例队", "trailer", "蒙K1234挂", "x", last])
    registry_file.apply(office, draft, "lead")
    (order,) = stop_orders.page()
    assert order.closed_on == after
    again = ["示停[2026]1号", "示例队", "trailer", "蒙K1234挂", "x", last]
    assert bring(office, "order", head, again)[1].counts["unchanged"] == 1
    office.store.write_now(lambda: stop_orders.lift(actor("lead"), int(order.id), "已整改"))
    _draft, preview = bring(office, "order", head, again)
    assert [one.code for one in preview.all_faults] == ["order_lifted"]


def test_a_site_says_where_it_lies_and_tablets_are_not_told(office: Office) -> None:
    draft, _preview = bring(office, "site", ["name", "road", "division"], ["东门", "G109", "150624"])
    registry_file.apply(office, draft, "lead")
    assert rows("site") == {"东门": {"road": "G109"}} and site_areas.of(["东门"]) == {"东门": "150624"}
    (told,) = [one for one in FeedRow.select() if one.kind == "site"]
    assert "150624" not in str(told.body)
    _draft, again = bring(office, "site", ["name", "division"], ["东门", "150625"])
    assert [(one.old, one.new) for one in again.lines[0].differences] == [("150624", "150625")]
    draft, _emptied = bring(office, "site", ["name", "division"], ["东门", "-"])
    registry_file.apply(office, draft, "lead")
    assert site_areas.of(["东门"]) == {}, "a dash takes it back"


def test_a_sheet_of_people_says_whose_tablets_hear_of_each(office: Office) -> None:
    head, number = ["id_number", "name", "division"], "15062419800101001X"
    draft, _preview = bring(office, "person", head, [number, "张三", "150600"], ["E1234567", "李四", ""])
    registry_file.apply(office, draft, "lead")
    assert rows("person")[number] == {"id_number": number, "name": "张三"}
    held = [(str(one.key), str(one.area)) for one in FeedRow.select().where(FeedRow.kind == "person")]
    assert sorted(held) == [(number, "1506"), ("E1234567", "")]
    _draft, named = bring(office, "person", head[:2], [number, "张三丰"])
    assert [(one.old, one.new) for one in named.lines[0].differences] == [("张三", "张三丰")], (
        "what the sheet does not name stays"
    )
    draft, again = bring(office, "person", head, [number, "张三", "150625"])
    assert [(one.old, one.new) for one in again.lines[0].differences] == [("1506", "150625")]
    registry_file.apply(office, draft, "lead")
    change = registry_changes.of_key("person", number)[0]
    assert [json.loads(one)["division"] for one in (change.old, change.new)] == ["1506", "150625"]
    assert registry.areas_of("person", [number]) == {number: "150625"}
    draft, _emptied = bring(office, "person", head, [number, "张三", "-"])
    registry_file.apply(office, draft, "lead")
    assert registry.areas_of("person", [number]) == {}, "a dash takes it back"


def test_rows_of_programs_may_bring_a_sites_division_and_a_day_without_a_clock(office: Office) -> None:
    row = {"kind": "site", "key": "东门", "as_of": "2026-11-01", "data": {"road": "G109", "division": "150624"}}
    assert load_registry(office, [row]).added == 1
    assert registry.lookup("site", "东门") == {"data": {"road": "G109"}, "as_of": "2026-10-31T16:00:00.000Z"}
    assert site_areas.of(["东门"]) == {"东门": "150624"}


def test_rows_of_programs_that_are_older_are_told(office: Office) -> None:
    load_registry(office, REGISTRY)
    older = {**REGISTRY[0], "as_of": "2020-01-01", "data": {"plate": "蒙K12345"}}
    done = load_registry(office, [older, REGISTRY[1]])
    assert (done.ignored, done.unchanged, done.changed) == (1, 1, 0)
    assert rows("vehicle")["蒙K12345"] == REGISTRY[0]["data"]


def test_an_officer_and_a_site_are_one_however_they_are_written(office: Office) -> None:
    draft, _preview = bring(office, "officer", ["id", "name", "agency"], ["T-008", "李四", "T"])
    registry_file.apply(office, draft, "lead")
    draft, preview = bring(
        office, "officer", ["id", "name", "agency"], [" ｔ-008", "李四", "T"], ["T-009", "王某", "T"]
    )
    assert [(one.key, one.status) for one in preview.lines] == [("T-008", "unchanged"), ("T-009", "added")]
    registry_file.apply(office, draft, "lead")
    assert sorted(rows("officer")) == ["T-008", "T-009"]
    draft, _preview = bring(office, "site", ["name", "road"], ["G109 示例县卡口", "G109"])
    registry_file.apply(office, draft, "lead")
    draft, preview = bring(office, "site", ["name", "road"], ["Ｇ109示例县卡口", "G6"])
    assert [(one.key, one.status) for one in preview.lines] == [("G109 示例县卡口", "changed")]
    registry_file.apply(office, draft, "lead")
    assert rows("site") == {"G109 示例县卡口": {"road": "G6"}}


def test_an_officer_of_another_agency_is_not_ones_own_to_name(office: Office) -> None:
    head = ["id", "name", "agency"]
    _draft, preview = bring(office, "officer", head, ["P-1", "刘某", "P"], own="T")
    assert preview.counts["refused"] == 1


@pytest.mark.parametrize(("as_of", "said"), [("whenever", "no day"), ("2099-01-01", "future")])
def test_the_time_of_a_file_is_read_or_refused(office: Office, as_of: str, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        bring(office, "vehicle", HEAD, ["蒙K54321", "", ""], as_of=as_of)
    assert ImportDraft.select().count() == 0


def test_drafts_that_nobody_applies_go_with_their_files_and_applied_ones_stay(office: Office) -> None:
    old, _preview = bring(office, "vehicle", HEAD, ["蒙K54321", "", ""])
    kept, _preview = bring(office, "vehicle", HEAD, ["蒙K54322", "", ""])
    registry_file.apply(office, kept, "lead")
    office.store.write_now(lambda: ImportDraft.update(made_at=AS_OF[:4]).execute())
    assert registry_file.tidy(office) == 1
    folder = office.config.photos / "imports"
    assert [one.name for one in folder.iterdir()] == [kept.digest]
    assert imports.by_id(old.id).state == "dropped"
