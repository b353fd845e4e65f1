"""A sheet as clerks really send it: every fault at once with its row, and exactly what would change."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter

from checklists import words
from server.importing import cells, entries, sheets
from server.importing.comparing import Held, Preview, compare, keys
from server.importing.faults import CellError, SheetError, in_words
from server.importing.kinds import KINDS, Kind, with_agencies
from server.importing.templates import template

AS_OF, NOW = "2026-11-20T00:00:00.000Z", "2026-11-28T00:00:00.000Z"
TWELVE = "15062419800101001X"


def csv_file(*rows: Sequence[str], encoding: str = "utf-8", mark: str = ",") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=mark).writerows(rows)
    return made.getvalue().encode(encoding)


def excel(*rows: Sequence[Any], sheet: str = "数据", before: int = 0, hidden: bool = False) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    if hidden:
        book.add_worksheet("旧").write_row(0, 0, ["nothing", "of", "this"])
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows, before):
        for place, cell in enumerate(row):
            if isinstance(cell, date | datetime):
                page.write_datetime(number, place, cell, day)
            elif cell is not None:
                page.write(number, place, cell)
    book.close()
    return made.getvalue()


def look(kind: str, content: bytes, held: dict[str, Held] | None = None) -> Preview:
    parsed = entries.parse(KINDS[kind], sheets.read(content), AS_OF, NOW)
    return compare(parsed, {key: value for key, value in (held or {}).items() if key in keys(parsed)})


def faults(preview: Preview) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in preview.all_faults]


@pytest.mark.parametrize("make", [csv_file, excel, lambda *rows: csv_file(*rows, encoding="gb18030"),
                                  lambda *rows: csv_file(*rows, encoding="utf-16"),
                                  lambda *rows: csv_file(*rows, mark=";"), lambda *rows: csv_file(*rows, mark="\t"),
                                  lambda *rows: b"\xef\xbb\xbf" + csv_file(*rows)])  # fmt: skip
def test_excel_and_csv_in_both_codes_say_the_same(make: Any) -> None:
    preview = look("vehicle", make(["号牌号码", "号牌颜色", "承运人"], ["蒙K·12345", "黄色", "示例县顺达"]))
    line = preview.lines[0]
    assert (line.number, line.key, line.status) == (2, "蒙K12345", "added")
    assert line.data == {"plate": "蒙K12345", "colour": "yellow", "carrier": "示例县顺达"}


@pytest.mark.parametrize(
    "head",
    [["plate", "permit.valid_until"], ["号牌号码 *", "道路运输证 有效期至"], ["PLATE", "operating permit valid until"]],
)
def test_columns_are_found_by_id_or_words_in_either_language(head: list[str]) -> None:
    line = look("vehicle", csv_file(head, ["蒙K12345", "2027-06-30"])).lines[0]
    assert line.data == {"plate": "蒙K12345", "permit": {"valid_until": "2027-06-30"}}


def test_rows_keep_the_numbers_of_the_sheet_whatever_is_empty_above_or_between() -> None:
    content = excel(["plate"], [None], ["蒙K1"], [""], ["蒙K2"], before=3)
    assert [one[0] for one in faults(look("vehicle", content))] == [6, 8]
    quoted = csv_file(["name", "road"], ["a\nb", "G1"], ["", "G2"])
    assert faults(look("site", quoted)) == [(4, "name of the site", "missing")]


@pytest.mark.parametrize("above", [["车辆台账（2026年11月）"], ["示例市交通运输局", "", "填报日期：2026-11-28"]])
def test_columns_are_named_below_the_title_of_a_list(above: list[str]) -> None:
    preview = look("vehicle", csv_file(above, ["号牌号码", "承运人"], ["蒙K12345", "甲"]))
    assert [(one.number, one.key) for one in preview.lines] == [(3, "蒙K12345")] and not faults(preview)
    strange = look("vehicle", csv_file(above, ["车牌", "类型"], ["蒙K12345", "trailer"]))
    assert faults(strange) == [(1, "", "no_header")], "a value that is called as a column is names none"


def test_a_cell_that_is_merged_with_others_holds_for_none_but_the_first() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("数据")
    for row, cells_ in enumerate((["plate", "carrier"], ["蒙K12345", "甲"], ["蒙K67890", ""]), 0):
        sheet.write_row(row, 0, cells_)
    sheet.merge_range(1, 1, 2, 1, "甲")
    book.close()
    preview = look("vehicle", made.getvalue())
    assert faults(preview) == [(3, "carrier", "merged")] and preview.lines[0].data["carrier"] == "甲"


def test_every_fault_of_every_row_is_told_at_once() -> None:
    content = excel(
        ["identity number", "name", "telephone", "qualification valid until", "qualified as"],
        [150624198001010012, "", 13800000000, 46354, "pilot"],
        [TWELVE, "张三", "138", date(2027, 6, 30), "driver"],
        ["150624198001010011", "李四", "", "next year", ""],
    )
    preview = look("person", content)
    assert faults(preview) == [
        (2, "identity number", "damaged"),
        (2, "qualification valid until", "date_as_number"),
        (2, "qualified as", "not_choice"),
        (2, "person's name", "missing"),
        (4, "identity number", "number"),
        (4, "qualification valid until", "not_date"),
    ]
    assert preview.counts == {"added": 1, "changed": 0, "unchanged": 0, "ignored": 0, "refused": 2, "doubts": 1}
    assert not preview.can_apply


@pytest.mark.parametrize("cell", [150624198001010012.0, "1.50624E+17", "1.50624198001010e17", 1e15])
def test_a_long_number_that_excel_has_cut_is_refused_in_words(cell: Any) -> None:
    with pytest.raises(CellError) as found:
        cells.identity(cell)
    assert found.value.code == "damaged"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13800000000.0, "13800000000"),
        (7.0, "7"),
        (" a \u00a0b\t", "a b"),
        ("ＡＢ", "ＡＢ"),
        ("a\u200bb", "ab"),
        (5, "5"),
    ],
)
def test_text_is_tidy_and_a_short_number_its_figures(cell: Any, text: str) -> None:
    assert cells.text(cell) == text


@pytest.mark.parametrize("cell", [True, 1.5, date(2026, 1, 1), "ÃÉK12345", "x" * 501, float("nan"), float("inf")])
def test_what_is_no_text_is_refused(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.text(cell)


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 1),
        datetime(2026, 3, 1, 9),  # noqa: DTZ001 - a cell has no zone
        "2026-03-01",
        "2026/3/1",
        "2026.03.01",
        "20260301",
        "2026年3月1日",
        "２０２６-３-１",
        "2026-03-01 00:00:00",
        "2026/3/1 0:00",
        "2026-03-01 08:00",
        "2026年3月1日8:00",
        20260301.0,
    ],
)
def test_a_day_is_read_in_every_form_that_people_write(cell: Any) -> None:
    assert cells.day(cell) == "2026-03-01"


@pytest.mark.parametrize(
    "cell", ["2026-02-30", "1.3.2026", "soon", "2026-03-01 25:00", 46000.0, True, time(8), "0000-01-01"]
)
def test_what_is_no_day_is_refused(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [(12000.0, 12000), ("12,000", 12000), ("12 000", 12000), ("1，200,000", 1_200_000), ("１２０００", 12000), (0, 0)],
)
def test_a_whole_number(cell: Any, number: int) -> None:
    assert cells.whole(cell) == number


@pytest.mark.parametrize(
    "cell", [-1, 1.5, "1.5", "-1", "12t", True, "1e3", float("inf"), "9" * 13, "12,5", "8,80", "12 5", "1234,567"]
)
def test_what_is_no_whole_number_is_refused(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.whole(cell)


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("2026-11-01", "2026-10-31T16:00:00.000Z"),
        ("2026-11-01 08:30", "2026-11-01T00:30:00.000Z"),
        ("2026/11/01 08:30", "2026-11-01T00:30:00.000Z"),
        ("2026/11/1 8:30", "2026-11-01T00:30:00.000Z"),
        ("2026-11-01 8:30", "2026-11-01T00:30:00.000Z"),
        ("2026年11月1日 8:30", "2026-11-01T00:30:00.000Z"),
        ("2026 - 11 - 01", "2026-10-31T16:00:00.000Z"),
        ("2026-11-01T08:30:00Z", "2026-11-01T08:30:00.000Z"),
        ("2026年11月1日", "2026-10-31T16:00:00.000Z"),
        (date(2026, 11, 1), "2026-10-31T16:00:00.000Z"),
        (datetime(2026, 11, 1, 8, 30), "2026-11-01T00:30:00.000Z"),  # noqa: DTZ001 - a cell has no zone
    ],
)
def test_a_time_without_a_zone_is_the_one_on_the_wall_and_a_day_its_beginning(cell: Any, at: str) -> None:
    assert entries.moment(cell) == at


@pytest.mark.parametrize("cell", ["2026-W48-5", "2026-333", "1764300000", "2026-11-01 25:00", "soon", 46000.0, "0"])
def test_what_is_no_time_is_refused(cell: Any) -> None:
    with pytest.raises(CellError) as found:
        entries.moment(cell)
    assert found.value.code == "as_of"


BROKEN = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "＃N/A", "######", "N/A", "NULL", "null", "nan", "None"]


@pytest.mark.parametrize("cell", BROKEN)
def test_what_a_failed_formula_leaves_is_no_text(cell: str) -> None:
    with pytest.raises(CellError) as found:
        cells.text(cell)
    assert found.value.code == "broken"


def test_a_cell_whose_formula_failed_is_told_and_a_row_of_nothing_else_passed_over() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.add_worksheet("旧").write_formula(1, 0, "=NA()", None, "#N/A")
    page = book.add_worksheet("data & <more>")
    page.write_row(0, 0, ["plate", "carrier", "permit.valid_until"])
    page.write_row(1, 0, ["蒙K12345"])
    page.write_formula(1, 1, '=VLOOKUP(A2,"x",2)', None, "#N/A")
    page.write_formula(1, 2, "=Z9", None, "#REF!")
    page.write_formula(2, 1, "=NA()", None, "#N/A")
    page.write_row(3, 0, ["蒙K54321"])
    book.get_worksheet_by_name("旧").hide()
    page.activate()
    book.close()
    preview = look("vehicle", made.getvalue())
    assert faults(preview) == [
        (2, "carrier", "broken"),
        (2, "operating permit valid until", "broken"),
    ]
    assert [one.number for one in preview.lines] == [2, 4]


def test_what_stands_in_place_of_a_value_is_told_and_no_name() -> None:
    head = ["number", "code", "media", "inspection.number"]
    line = look("tank", csv_file(head, ["GT-1", "/", "", "无"])).lines[0]
    assert [(one.column, one.code) for one in line.doubts] == [
        ("tank code", "placeholder"),
        ("inspection report", "placeholder"),
    ]
    for given in ("0", "/", "-", "暂无"):
        assert faults(look("person", csv_file(["id_number", "name"], [TWELVE, given]))) == [
            (2, "person's name", "missing")
        ]


HELD = {"蒙K12345": Held({"plate": "蒙K12345", "colour": "yellow", "vin": "X", "permit": {"number": "1"}}, AS_OF)}


def test_what_a_sheet_does_not_name_stays_an_empty_cell_too_and_a_dash_empties() -> None:
    line = look(
        "vehicle", csv_file(["plate", "carrier", "permit.number", "vin"], ["蒙k12345", "", "2", "-"]), HELD
    ).lines[0]
    assert line.data == {"plate": "蒙K12345", "colour": "yellow", "permit": {"number": "2"}}
    assert line.status == "changed"
    assert [(one.column, one.old, one.new) for one in line.differences] == [
        ("number of the operating permit", "1", "2"),
        ("VIN", "X", ""),
    ]


@pytest.mark.parametrize(
    ("row", "as_of", "status"),
    [
        (["蒙K12345", "1"], "2026-11-21", "unchanged"),
        (["蒙K12345", "1"], "2020-01-01", "unchanged"),
        (["蒙K12345", "2"], "2026-11-21", "changed"),
        (["蒙K12345", "2"], "2020-01-01", "ignored"),
        (["蒙K54321", "2"], "2020-01-01", "added"),
        (["蒙K12345", "2"], "2099-01-01", "refused"),
        (["蒙K12345", "2"], "whenever", "refused"),
    ],
)
def test_a_row_that_is_older_is_told_and_one_of_the_future_refused(row: list[str], as_of: str, status: str) -> None:
    preview = look("vehicle", csv_file(["plate", "permit.number", "as_of"], [*row, as_of]), HELD)
    assert preview.lines[0].status == status


def test_two_rows_of_one_key_are_refused_with_the_row_of_the_first() -> None:
    preview = look("vehicle", csv_file(["plate"], ["蒙K·12345"], ["蒙K54321"], ["蒙k12345"]))
    assert [(one.row, one.code, one.params) for one in preview.all_faults] == [(4, "twice", {"first": "2"})]


@pytest.mark.parametrize(
    ("held", "rows", "told"),
    [
        ({}, [["蒙K12345", "yellow"]], ["蒙K12345"]),
        ({}, [["蒙K12345", "yellow"], ["蒙K12345", "blue"]], ["蒙K12345|yellow", "蒙K12345|blue"]),
        ({}, [["蒙K12345_2", ""]], ["蒙K12345"]),
        (HELD, [["蒙K12345", ""]], ["蒙K12345"]),
        (HELD, [["蒙K12345", "yellow"]], ["蒙K12345"]),
        (HELD, [["蒙K12345", "blue"]], ["蒙K12345|blue"]),
        ({"蒙K12345|blue": Held({}, AS_OF)}, [["蒙K12345", "blue"]], ["蒙K12345|blue"]),
        ({"蒙K12345|blue": Held({}, AS_OF)}, [["蒙K12345", ""]], ["colour_needed"]),
    ],
)
def test_a_vehicle_stands_under_its_colour_where_there_are_several(
    held: dict[str, Held], rows: list[list[str]], told: list[str]
) -> None:
    preview = look("vehicle", csv_file(["plate", "colour"], *rows), held)
    assert [one.faults[0].code if one.faults else one.key for one in preview.lines] == told


def test_a_column_that_nobody_knows_or_that_stands_there_twice_is_refused() -> None:
    preview = look("vehicle", csv_file(["plate", "号牌号码", "permitt"], ["蒙K12345", "", ""]))
    assert faults(preview) == [(1, "plate number", "column_twice"), (1, "", "unknown_column")]
    said = in_words(preview.faults[1], words.catalogue("zh_CN", "server").gettext)
    assert "permitt" in said and "号牌号码" in said
    assert faults(look("person", csv_file(["name"], ["张三"]))) == [(1, "identity number", "column_missing")]


ORDER = ["number", "authority", "on", "key", "text"]


@pytest.mark.parametrize(
    ("change", "lifted", "code"),
    [
        ({}, False, ""),
        ({"key": "蒙K·1234挂"}, False, ""),
        ({"text": "other"}, False, "order_differs"),
        ({}, True, "order_lifted"),
        ({"key": "蒙K12"}, False, "number"),
    ],
)
def test_an_order_is_given_once_and_never_changed(change: dict[str, str], lifted: bool, code: str) -> None:
    told = {"number": "1号", "authority": "示例队", "on": "trailer", "key": "蒙K1234挂", "text": "不得上路"}
    held = {"示例队\x1f1号": Held({**told, "since": "2026-11-01"}, AS_OF, lifted=lifted)}
    line = look("order", csv_file(ORDER, [{**told, **change}[name] for name in ORDER]), held).lines[0]
    assert (line.faults[0].code if line.faults else "", line.status) == (code, "refused" if code else "unchanged")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": "vehicle"}, "not_of_kind"),
        ({"key": "蒙K12345"}, "not_of_kind"),
        ({"on": "tank", "key": "甲罐"}, "number"),
        ({"on": "carrier", "key": "某某运输有限公司"}, "number"),
        ({"on": "driver", "key": "张三"}, "number"),
        ({"until": "2026-11-27"}, "until"),
        ({"since": "2026-12-10", "until": "2026-12-09"}, "until"),
        ({"until": "9999-12-31"}, "until"),
    ],
)
def test_an_order_against_what_nobody_can_find_or_that_is_over_is_refused(change: dict[str, str], code: str) -> None:
    told = {"number": "1号", "authority": "示例队", "on": "trailer", "key": "蒙K1234挂", "text": "x", **change}
    line = look("order", csv_file([*told], [*told.values()])).lines[0]
    assert ([one.code for one in line.faults], line.status) == ([code], "refused")


def test_an_order_is_one_however_its_number_is_written() -> None:
    told = {"number": "示停〔2026〕12号", "authority": "示例队", "on": "trailer", "key": "蒙K1234挂", "text": "x"}
    rows = [[{**told, "number": one}[name] for name in ORDER] for one in ("示停[2026] 12 号", "示停（２０２６）12号")]
    held = {"示例队\x1f示停2026-12号": Held(told, AS_OF)}
    first, second = look("order", csv_file(ORDER, *rows), held).lines
    assert (first.status, first.data["number"]) == ("unchanged", told["number"])
    assert [one.code for one in second.faults] == ["twice"]


@pytest.mark.parametrize(
    ("kind", "head", "rows"),
    [
        (
            "officer",
            ["id", "name", "agency"],
            [["T-008", "李四", "T"], ["t-008", "李四", "T"], ["Ｔ-008 ", "李四", "T"]],
        ),
        ("site", ["name"], [["G109 示例县卡口"], ["G109示例县卡口"], ["Ｇ109 示例县卡口"]]),
    ],
)
def test_an_id_and_a_name_are_one_in_whatever_width_case_and_spaces(
    kind: str, head: list[str], rows: list[list[str]]
) -> None:
    assert [(one.row, one.code) for one in look(kind, csv_file(head, *rows)).all_faults] == [(3, "twice"), (4, "twice")]


def test_an_officer_of_an_agency_that_is_not_ones_own_is_refused() -> None:
    kind = with_agencies(KINDS["officer"], ["T"])
    sheet = sheets.read(csv_file(["id", "name", "agency"], ["T-1", "王某", "T"], ["P-1", "刘某", "P"]))
    found = compare(entries.parse(kind, sheet, AS_OF, NOW), {})
    assert faults(found) == [(3, "agency", "not_choice")]
    assert found.lines[0].key == "T-1" and found.lines[0].data == {"name": "王某", "agency": "T"}


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_template_is_read_back_and_its_example_passed_over(kind: Kind, lang: str) -> None:
    preview = look(kind.id, template(kind, lang))
    assert (preview.examples, list(preview.lines), preview.faults) == (1, [], ())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_example_of_each_template_would_be_taken(kind: Kind) -> None:
    told = [*(one.example for one in kind.columns[:-1]), "2026-11-28"]
    rows = [one.id for one in kind.columns], told
    preview = look(kind.id, csv_file(*rows))
    assert faults(preview) == [] and [one.status for one in preview.lines] == ["added"]


def test_a_template_leaves_long_numbers_alone() -> None:
    with zipfile.ZipFile(io.BytesIO(template(KINDS["person"], "zh_CN"))) as packed:
        styles = packed.read("xl/styles.xml").decode()
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert 'numFmtId="49"' in styles, "49 is Excel's own number for text"
    columns = re.findall("<col [^>]*>", sheet)
    assert columns and all(" style=" in one for one in columns)
    assert "<v>150624" not in sheet, "the example is a text"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_header"),
        (b"plate\n", "no_rows"),
        (b"\xff\xfe\xff\xff\xff", "encoding"),
        (b"plate\n\x00\n", "not_a_table"),
        (b"PK\x03\x04 no zip", "not_a_table"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old_excel"),
        (b"\xd0\xcf\x11\xe0" + bytes(60) + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (csv_file(["plate"], *[["x"]] * (sheets.MOST_ROWS + 1)), "too_many_rows"),
        (csv_file(["plate"], ["x"] * (sheets.MOST_COLUMNS + 1)), "too_wide"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(SheetError) as found:
        sheets.read(content)
    assert [one.code for one in found.value.faults] == [code]


@pytest.mark.parametrize(("row", "column", "code"), [(1_000_000, 0, "too_many_rows"), (3, 16_000, "too_wide")])
def test_one_cell_far_away_never_fills_the_memory(row: int, column: int, code: str) -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["plate"])
    page.write(row, column, "x")
    book.close()
    with pytest.raises(SheetError) as found:
        sheets.read(made.getvalue())
    assert [one.code for one in found.value.faults] == [code]


def packed(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(content_xml="<table/>"), "not_a_table"),
        (packed(xl__workbook_bin=""), "not_a_table"),
        (packed(xl__workbook_xml="", content_xml=""), "not_a_table"),
        (packed(xl__workbook_xml="", xl__workbook_bin=""), "not_a_table"),
        (packed(xl__workbook_xml="", xl__sheets__s_xml='<c r="GS3"/>'), "too_wide"),
        (packed(xl__workbook_xml="", XL__Worksheets__S_XML="<c r = 'gs3'/>"), "too_wide"),
        (packed(xl__workbook_xml="", other_xml="<c r='A100001'/>"), "too_many_rows"),
    ],
)
def test_another_kind_of_workbook_is_refused_and_a_sheet_found_wherever_it_lies(content: bytes, code: str) -> None:
    with pytest.raises(SheetError) as found:
        sheets.look_inside(content)
    assert [one.code for one in found.value.faults] == [code]


def test_what_another_process_cannot_lay_out_is_not_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    content = excel(["plate"], ["蒙K12345"])
    sheets.look_inside(content)
    monkeypatch.setattr(sheets, "_MOST_LAID_OUT", 1024 * 1024)
    with pytest.raises(SheetError) as found:
        sheets.look_inside(content)
    assert [one.code for one in found.value.faults] == ["too_large"]


def test_what_a_workbook_remembers_of_others_is_left_alone() -> None:
    sheets.look_inside(packed(xl__workbook_xml="", xl__externalLinks__externalLink1_xml='<cell r="XFD9"/>'))


def test_the_sheet_named_data_goes_before_others() -> None:
    assert look("vehicle", excel(["plate"], ["蒙K12345"], hidden=True)).lines[0].key == "蒙K12345"


@pytest.mark.parametrize(("cell", "bare"), [('="15062419800101001X"', TWELVE), ("'15062419800101001X", TWELVE)])
def test_what_people_write_in_csv_so_that_excel_leaves_a_number_alone(cell: str, bare: str) -> None:
    assert look("person", csv_file(["id_number", "name"], [cell, "张三"])).lines[0].key == bare


def test_a_person_may_be_qualified_as_driver_and_as_escort() -> None:
    rows = csv_file(["id_number", "name", "qualification.category"], [TWELVE, "张三", "驾驶员兼押运员"])
    parsed = entries.parse(KINDS["person"], sheets.read(rows), AS_OF, NOW)
    assert [one.values["qualification.category"] for one in parsed.entries] == ["driver、escort"]
