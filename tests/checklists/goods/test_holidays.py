"""The year's notice of holidays, added by an office without a release."""

import json
from datetime import date

import pytest

from checklists.__main__ import main
from checklists.goods import holidays
from checklists.goods.listing import REFERENCE, Tables, load_tables
from checklists.law.clocks import calendar_of, due
from checklists.law.model import Term

STATUTORY = load_tables().statutory_days
NOTICE = [
    {"day": one["day"], "kind": "rest", "name_zh": one["holiday"], "name_en": "", "source": "国办发明电"}
    for one in STATUTORY
    if one["day"].startswith("2027")
]
MOVED = [
    {"day": "2027-02-09", "kind": "rest", "name_zh": "春节", "name_en": "", "source": "国办发明电"},
    {"day": "2027-02-20", "kind": "work", "name_zh": "春节", "name_en": "", "source": "国办发明电"},
]


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "2027.csv"
    path.write_text(holidays.write([*NOTICE, *MOVED]), "utf-8")
    return path


def with_change(tmp_path, old, new):
    path = tmp_path / "wrong.csv"
    path.write_text(holidays.write([*NOTICE, *MOVED]).replace(old, new), "utf-8")
    return path


def test_an_added_notice_makes_the_terms_of_its_year_sure(notice, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LUJIAN_HOLIDAYS", str(tmp_path / "kept"))
    service = ["due", "service", "--from", "2027-02-03", "--json"]
    assert main(service) == 1
    assert main(["holidays", "add", str(notice)]) == 0
    capsys.readouterr()
    assert main(service) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["due"]) == ("sure", "2027-02-17")


def test_the_tables_of_a_package_carry_the_added_year(notice, tmp_path, monkeypatch):
    monkeypatch.setenv("LUJIAN_HOLIDAYS", str(tmp_path / "kept.csv"))
    assert main(["holidays", "add", str(notice)]) == 0
    package = json.loads(json.dumps(load_tables().to_plain()))
    five = Term("t", {}, 5, "working_days", "order")
    assert due(five, date(2027, 7, 1), calendar_of(Tables.from_plain(package))).status == "sure"


def test_a_package_of_before_the_statutory_days_is_still_read():
    plain = load_tables().to_plain()
    old = Tables.from_plain({name: one for name, one in plain.items() if name != "statutory_days"})
    assert due(Term("t", {}, 5, "working_days", "order"), date(2026, 12, 22), calendar_of(old)).status == "manual"


def test_all_faults_are_said_at_once_and_nothing_is_stored(tmp_path, capsys):
    text = holidays.write([*NOTICE, *MOVED])
    text = text.replace("2027-02-20,work", "2027-02-22,work").replace("2027-06-09", "2027-6-9")
    path, target = tmp_path / "wrong.csv", tmp_path / "kept.csv"
    path.write_text(text.replace("2027-04-05,rest", "2027-04-05,half"), "utf-8")
    assert main(["holidays", "add", str(path), "--to", str(target), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert len(told["faults"]) == 3 and told["stored"] is None and not target.exists()
    assert ["Monday" in one for one in told["faults"]].count(True) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2027-10-01,rest", "2027-09-30,rest", "2027-10-01"),
        ("2027-01-01,rest,元旦,,国办发明电\n", "", "2027-01-01"),
        ("2027-02-20,work", "2027-02-09,rest", "twice"),
        ("2027-02-20,work,春节", "2027-08-21,work,春节", "far"),
        ("国办发明电", "", "source"),
        ("2027-", "2077-", "cannot be checked"),
        ("2027-02-09", "2027-02-30", "no day"),
        ("day,kind", "tag,art", "no column"),
        ("2027-02-09,rest,", "2027-02-09,rest", "cells"),
    ],
)
def test_what_is_no_whole_notice_is_refused(old, new, said, tmp_path, capsys):
    assert main(["holidays", "add", str(with_change(tmp_path, old, new)), "--to", str(tmp_path / "kept.csv")]) == 1
    assert said in capsys.readouterr().out


def test_an_empty_file_is_refused(tmp_path, capsys):
    empty = tmp_path / "empty.csv"
    empty.write_text("day,kind,name_zh,name_en,source\n", "utf-8")
    assert main(["holidays", "add", str(empty), "--to", str(tmp_path / "kept.csv")]) == 1


def test_a_year_added_before_gives_way_only_when_asked(notice, tmp_path, capsys):
    target = ["--to", str(tmp_path / "kept.csv")]
    assert main(["holidays", "add", str(notice), *target]) == 0
    assert main(["holidays", "add", str(notice), *target]) == 0, "the same again changes nothing"
    changed = str(with_change(tmp_path, "2027-02-09", "2027-02-10"))
    assert main(["holidays", "add", changed, *target]) == 1
    assert main(["holidays", "add", changed, *target, "--replace"]) == 0
    assert "2027-02-10" in (tmp_path / "kept.csv").read_text("utf-8")
    assert "2027-02-09" not in (tmp_path / "kept.csv").read_text("utf-8")


def test_a_corrected_notice_stands_in_the_place_of_the_products_own_year():
    own = load_tables().holidays
    year = [row for row in own if holidays.year_of(row) == 2026]
    other = [{**row, "day": "2026-10-11"} if row["day"] == "2026-10-10" else row for row in year]
    days = {row["day"] for row in holidays.merged(own, other)}
    assert "2026-10-11" in days and "2026-10-10" not in days and "2025-10-11" in days


def test_new_years_eve_belongs_to_the_next_years_notice():
    assert holidays.year_of({"day": "2022-12-31", "name_zh": "元旦"}) == 2023
    assert holidays.year_of({"day": "2022-12-31", "name_zh": "其他"}) == 2022


def test_the_years_are_listed_with_what_was_added(notice, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LUJIAN_HOLIDAYS", str(tmp_path / "kept"))
    main(["holidays", "add", str(notice)])
    capsys.readouterr()
    assert main(["holidays", "list", "--json"]) == 0
    years = {one["year"]: one for one in json.loads(capsys.readouterr().out)["years"]}
    assert years[2027]["added"] and not years[2026]["added"]
    assert years[2027]["work"] == ["2027-02-20"]


@pytest.mark.parametrize("year", range(2015, 2027))
def test_the_products_own_notices_are_whole_by_the_same_rules(year):
    rows = [row for row in load_tables().holidays if holidays.year_of(row) == year]
    assert holidays.faults(rows, STATUTORY) == []


def test_the_product_carries_no_added_year():
    assert not (REFERENCE / holidays.ADDED).exists()
