"""The driver's copy: the words of his paper in codes that any phone reads, without anybody's numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.definitions.definition import Definitions
from checklists.facts.situation import Source
from checklists.facts.transport import Person
from checklists.findings.assessment import Assessment
from checklists.goods.listing import Tables
from checklists.papers.driver_copy import MOST_BYTES, MOST_PARTS, driver_copy, hidden
from checklists.papers.notices import Facts, on_site_record, order_to_correct, orders
from checklists.papers.paper import Block, Notice, text_of

PERSON, PHONE, STREET = "15062419800101001X", "13900001111", "示例旗解放路1号"
GOLDEN = Path(__file__).parents[2] / "golden"
NOTICE = Notice("责令改正违法行为通知书", "D01-O000001", "示例旗交通运输综合行政执法大队")


@pytest.fixture
def story(definitions: Definitions, tables: Tables) -> Assessment:
    found = check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)
    at = found.situation
    driver = replace(at.driver or Person("张建国"), phone=PHONE, address=STREET)
    sources = {**at.sources, "driver.phone": Source("party"), "driver.address": Source("party")}
    return replace(found, situation=replace(at, driver=driver, sources=sources))


def facts(**more: object) -> Facts:
    at = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    held = Facts(
        "D01-R000001", "示例大队", "G109", at, ("王强（交通执法，T-0001）",), "hold", statement="还没补。" * 40
    )
    return replace(held, **{"cards": ("王强 T-0001",), **more})  # type: ignore[arg-type]


def body(parts: tuple[str, ...]) -> str:
    return "\n".join(one.partition("\n")[2] for one in parts)


def test_an_order_is_whole_in_a_few_codes_each_numbered(definitions: Definitions, story: Assessment) -> None:
    order = orders(story)[0]
    notice = order_to_correct(definitions, story, facts(number="D01-O000001"), order)
    copy = driver_copy(notice)
    assert not copy.shortened and 1 < len(copy.parts) <= MOST_PARTS
    count = len(copy.parts)
    heads = [one.partition("\n")[0] for one in copy.parts]
    assert heads == [f"{notice.title} D01-O000001（{at}/{count}）" for at in range(1, count + 1)]
    flat = body(copy.parts).replace("\n", "")
    assert all(block.text.replace("\n", "") in flat for block in notice.blocks if block.text)
    assert "以文书原件为准" in copy.parts[0]


def test_what_takes_too_many_codes_is_shortened_says_so_and_keeps_what_counts(
    definitions: Definitions, story: Assessment
) -> None:
    notice = on_site_record(definitions, story, facts())
    copy = driver_copy(notice)
    text = body(copy.parts)
    assert copy.shortened and "非全文" in copy.parts[0]
    assert len(copy.parts) < len(text_of(notice).encode()) / MOST_BYTES
    for kept in ("蒙K12345", "挂车道路运输证已过有效期", "违反规定", "暂停行驶", "您有权陈述和申辩"):
        assert kept in text
    assert "处理机关" not in text and "执法人员：" not in text


def test_nobodys_numbers_are_in_it_and_not_where_anybody_is_reached(
    definitions: Definitions, story: Assessment
) -> None:
    notice = on_site_record(definitions, story, facts(statement=f"我电话{PHONE}，身份证{PERSON}。"))
    assert PERSON in text_of(notice) and PHONE in text_of(notice) and STREET in text_of(notice)
    text = body(driver_copy(notice).parts)
    assert PERSON not in text and PHONE not in text and STREET not in text
    assert "139****1111" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("150624 19800101 001X", "150624********001X"),
        ("150624-1980-01-01-001x", "150624********001x"),
        ("1506 2419 8001 0100 1X", "150624********001X"),
        ("１５０６２４１９８００１０１００１Ｘ", "150624********001X"),
        ("150624800101001", "150624******001"),
        ("138 1234 5678", "138****5678"),
        ("2026-11-21 138-1234-5678", "2026-11-21 138****5678"),
        ("+8613812345678", "+86138****5678"),
    ],
)
def test_a_number_in_groups_or_of_an_old_form_is_hidden_too(text: str, shown: str) -> None:
    assert hidden(f"联系：{text}。") == f"联系：{shown}。"


def test_any_number_of_a_person_is_hidden_whatever_paper_it_is_of() -> None:
    rows = (
        ("在场人员", f"驾驶人 张三 E12345678；押运员 李四 {PERSON}"),
        ("身份证号", "H1234567801"),
        ("车辆", "蒙K12345"),
    )
    text = body(driver_copy(replace(NOTICE, blocks=(Block("table", rows=rows),))).parts)
    assert "E1*****78" in text and "150624********001X" in text and "12345678" not in text and "蒙K12345" in text


@pytest.mark.parametrize("text", ["YD20261121000123", "91150600MA0N3K4P0Q", "150624005678", "2026-11-21", "44920"])
def test_what_is_no_number_of_a_person_stays(text: str) -> None:
    assert hidden(text) == text


@given(st.text(alphabet="甲乙，。；\n 1aZ", max_size=3000))
def test_no_sign_is_lost_between_the_parts_and_none_is_too_long(text: str) -> None:
    copy = driver_copy(replace(NOTICE, blocks=(Block("text", text),)))
    assert all(len(one.encode()) <= MOST_BYTES for one in copy.parts)
    assert "".join(text.split()) in "".join(body(copy.parts).split())


def test_a_phone_reads_each_code_as_plain_text(definitions: Definitions, story: Assessment) -> None:
    notice = order_to_correct(definitions, story, facts(number="D01-O000001"), orders(story)[0])
    for part in driver_copy(notice).parts:
        buffer = BytesIO()
        code = segno.make(part, error="m", micro=False)
        assert int(code.version) <= 20
        code.save(buffer, kind="png", scale=3)
        (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(buffer.getvalue())), formats=zxingcpp.BarcodeFormat.QRCode)
        assert found.text == part


def test_record_and_copies_read_word_for_word_as_released(definitions: Definitions, story: Assessment) -> None:
    order = order_to_correct(definitions, story, facts(number="D01-O000001"), orders(story)[0])
    record = on_site_record(definitions, story, facts())
    told = [text_of(record), *driver_copy(record).parts, *driver_copy(order).parts]
    assert "\n----\n".join(told) + "\n" == (GOLDEN / "papers-at-the-roadside.txt").read_text(encoding="utf-8")
