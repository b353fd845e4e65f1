"""A file is brought, seen with all its faults and differences, then written as a whole or dropped."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from server.intake import registry_file
from server.office import Office
from server.publishing import load_registry, publish_all
from server.store import imports, registry, registry_changes
from tests.server.browser import Browser
from tests.server.console.admin.staff import bring, opened, send, text
from tests.server.scene import registry as rows

HEAD = "uscc,name,licence.valid_until\n"
GOOD = HEAD + "91150624MA0000000X,示例一,2027-06-30\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("office")) as made:
        load_registry(made, rows())
        publish_all(made)
        yield made


def brought(browser: Browser, content: str, kind: str = "carrier", name: str = "承运人.csv") -> str:
    result = bring(browser, "/console/imports", name, content.encode(), kind=kind, as_of="")
    assert result.status_code == 303
    return str(result.headers["location"])


def preview(page: Any) -> str:
    return re.findall(r'name="preview" value="([0-9a-f]+)"', page.text)[0]


def test_differences_are_shown_nothing_is_written_before_it_is_confirmed_and_then_all_is(office: Office) -> None:
    lead, key = Browser(office, "lead"), next(one["key"] for one in rows() if one["kind"] == "carrier")
    held = registry.lookup("carrier", key)
    assert held is not None
    place = brought(lead, f"{HEAD}{key},改名公司,2031-01-01\n")
    page = lead.get(place)
    shown = text(page.text)
    assert "改名公司" in shown and str(held["data"]["name"]) in shown
    assert registry.lookup("carrier", key) == held
    assert send(lead, place, act="apply", preview=preview(page)).status_code == 303
    now = registry.lookup("carrier", key)
    assert now is not None and now["data"]["name"] == "改名公司"
    done = text(lead.get(place).text)
    assert "苏日娜于" in done and "改名公司" in done and "全部写入" not in done
    assert registry_changes.broken() == []


def test_the_list_names_who_brought_a_file_and_how_much_it_takes(office: Office) -> None:
    lead = Browser(office, "lead")
    brought(lead, GOOD)
    page = lead.get("/console/imports").text
    assert text(page).count("苏日娜") > 1 and f'data-most="{registry_file.MOST_BYTES + 64 * 1024}"' in page
    assert re.search(r'data-over="[^"]*\d+ ?MB', page), "the browser says so before a byte is sent"


def test_all_faults_are_told_at_once_and_such_a_file_cannot_be_written(office: Office) -> None:
    lead = Browser(office, "lead")
    place = brought(lead, HEAD + "123,甲,2027-06-30\n91150624MA0000000X,,2027-6-x\n")
    page = lead.get(place)
    assert "全部写入" not in text(page.text)
    assert "第2行" in text(page.text) and "第3行" in text(page.text)
    assert page.text.count('<tr><td class="nowrap">第3行') >= 2
    assert send(lead, place, act="apply", preview="x").status_code == 409


def test_what_changed_meanwhile_is_not_written_over(office: Office) -> None:
    lead, chief = Browser(office, "lead"), Browser(office, "police")
    plate = "plate,colour,kerb_mass_kg\n蒙K77001,yellow,{}\n"
    one, two = brought(lead, plate.format(8800), "vehicle"), brought(chief, plate.format(9900), "vehicle")
    first, second = preview(lead.get(one)), preview(chief.get(two))
    assert send(lead, one, act="apply", preview=first).status_code == 303
    refused = send(chief, two, act="apply", preview=second)
    assert refused.status_code == 409 and "8800" in text(refused.text) and "9900" in text(refused.text)
    held = registry.lookup("vehicle", "蒙K77001")
    assert held is not None and held["data"]["kerb_mass_kg"] == 8800


def test_a_dropped_file_is_history_and_writes_nothing(office: Office) -> None:
    lead = Browser(office, "lead")
    place = brought(lead, HEAD + "91150624MA0000001X,示例二,\n", name="很长" * 60 + ".csv")
    assert send(lead, place, act="drop").status_code == 303
    assert "已放弃" in text(lead.get("/console/imports").text)
    assert send(lead, place, act="apply", preview="x").status_code == 409
    assert send(lead, place, act="drop").status_code == 409
    states = [str(one.state) for one in imports.listing()]
    assert states.count("dropped") == 1


def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(office: Office) -> None:
    lead = Browser(office, "lead")
    wrong = bring(
        lead,
        "/console/imports",
        "x.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
        kind="tank",
        as_of="2026-01-01",
    )
    assert wrong.status_code == 422 and ".xls" in text(wrong.text)
    assert 'value="2026-01-01"' in wrong.text and 'value="tank" selected' in wrong.text
    later = bring(lead, "/console/imports", "x.csv", GOOD.encode(), kind="carrier", as_of="2099-01-01")
    assert later.status_code == 422 and "2099-01-01" in text(later.text)


def test_stop_orders_are_given_by_a_leader_in_the_name_of_his_agency(office: Office) -> None:
    from server.store.office_models import StopOrder

    head = "number,authority,on,key,text\n"
    lead = Browser(office, "lead")
    place = brought(lead, head + "示停〔2026〕12号,示例大队,trailer,蒙K8801挂,罐体检验合格前不得上路\n", "order")
    assert send(lead, place, act="apply", preview=preview(lead.get(place))).status_code == 303
    held = StopOrder.get(StopOrder.number == "示停〔2026〕12号")
    assert (held.agency, held.who) == ("T", "lead")
    assert bring(Browser(office, "police"), "/console/imports", "x.csv", head.encode(), kind="order").status_code == 403


def test_officers_of_another_agency_cannot_be_brought(office: Office) -> None:
    lead = Browser(office, "lead")
    page = lead.get(brought(lead, "id,name,agency\nP-099,某某,P\n", "officer"))
    assert "全部写入" not in text(page.text) and "第2行" in text(page.text)


def test_another_agencys_file_is_not_seen(office: Office) -> None:
    place = brought(Browser(office, "lead"), GOOD)
    assert Browser(office, "chief").get(place).status_code == 404
    assert place not in Browser(office, "system").get("/console/imports").text


def test_the_template_has_text_columns(office: Office) -> None:
    import python_calamine

    given = Browser(office, "lead").get("/console/imports/template/person.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(given.content))
    assert any("身份证" in str(cell) for cell in book.get_sheet_by_index(0).to_python()[0])
