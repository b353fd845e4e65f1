"""Drafts in the browser: written in forms, mistakes beside the fields, tried, read by a second person, published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from checklists.authoring.xlsform import ZH, sheets
from checklists.authoring.xlsform_file import pack, unpack
from checklists.definitions.publication import publish
from server.office import Office
from server.store import audit, drafts, packages
from server.trials.runner import TrialRunner
from tests.loaded import load_all
from tests.server.console.cases.clerk import Clerk, text
from tests.server.console.quarters import ESCAPED, HOSTILE, csrf_of, form_of, sent, shared

ADDRESS = "/console/drafts"
ITEM = "change?kind=item&name=TNK-05"


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = shared(tmp_path_factory.mktemp("office"))
    office = next(made)
    office.store.write_now(lambda: packages.publish(office.key, "definitions", publish(load_all())))
    yield office
    next(made, None)


@pytest.fixture
def zhou(lite: Office) -> Clerk:
    return Clerk(lite, "zhou")


@pytest.fixture
def lead(lite: Office) -> Clerk:
    return Clerk(lite, "lead")


def begun(clerk: Clerk, title: str = "罐体检查项改写") -> str:
    day = (drafts.today() + timedelta(days=20)).isoformat()
    done = sent(clerk, form_of(clerk.get(ADDRESS).text, ADDRESS), title=title, day=day)
    assert done.status_code == 303
    return str(done.headers["location"])


def edited(clerk: Clerk, draft: str, where: str = ITEM, **values: str) -> Any:
    address = f"{draft}/{where}"
    page = clerk.get(address).text
    return sent(clerk, form_of(page, address), **values)


def act(clerk: Clerk, draft: str, what: str, **values: str) -> Any:
    return sent(clerk, form_of(clerk.get(draft).text, draft, act=what), **values)


def number(draft: str) -> int:
    return int(draft.rpartition("/")[2])


def test_from_a_form_to_the_package_through_two_people(lite: Office, zhou: Clerk, lead: Clerk) -> None:
    draft = begun(zhou)
    where = "change?kind=item&name=TNK-04"  # not that of the other drafts: this one waits for its day
    assert edited(zhou, draft, where, **{"text.zh": "罐体铭牌完好"}).status_code == 303
    page = zhou.get(draft).text
    assert "<del>" in page and "<ins>" in page and "拍照" not in page
    assert 'data-act="approve"' not in page
    assert act(zhou, draft, "submit").status_code == 303
    assert "您参与了起草" in zhou.get(draft).text and 'data-act="approve"' not in zhou.get(draft).text
    office_leader = lead.get(draft).text
    assert 'data-act="approve"' in office_leader and 'data-act="publish"' not in office_leader
    assert act(lead, draft, "approve").status_code == 303
    early = act(zhou, draft, "publish")
    assert early.status_code == 422 and "本文本尚未在以往检查上试算" in text(early.text)
    assert act(lead, draft, "try").status_code == 303
    assert TrialRunner(lite).once()
    assert act(zhou, draft, "publish").status_code == 303
    held = drafts.draft_of(number(draft))
    assert held is not None and held.state == "published" and held.package == packages.latest("definitions").version  # type: ignore[union-attr]
    page = text(zhou.get(draft).text)
    assert "已发布" in page and "lead" in page and "审核通过" in page
    assert "<ins>" in zhou.get(draft).text, "what it changed stays to be read"
    told = {str(one.action) for one in audit.page()}
    assert {"draft.create", "draft.write", "draft.submit", "draft.approve", "draft.try", "draft.publish"} <= told


def test_mistakes_stand_beside_their_fields_in_chinese_and_nothing_typed_is_lost(zhou: Clerk) -> None:
    draft = begun(zhou)
    done = edited(zhou, draft, **{"text.zh": "", "text.en": HOSTILE, "agency": "Q", "basis.0.clause": "乱写"})
    assert done.status_code == 303
    page = zhou.get(f"{draft}/{ITEM}").text
    for path, words in (("text.zh", "缺中文"), ("agency", "没有这个机关：Q")):
        assert f'data-fault="{path}"' in page and words in text(page)
    assert ESCAPED in page and "<script>alert" not in page and "乱写" in page
    refused = zhou.get(draft).text
    assert 'data-act="submit"' not in refused and "有错误的草稿不能试算" in text(refused)


def test_two_windows_do_not_lose_each_others_words(zhou: Clerk) -> None:
    draft = begun(zhou)
    stale = form_of(zhou.get(f"{draft}/{ITEM}").text, f"{draft}/{ITEM}")
    edited(zhou, draft, **{"text.zh": "先保存的文字"})
    done = sent(zhou, stale, **{"text.zh": "后保存的文字"})
    assert done.status_code == 422
    assert "其间他人保存了本草稿" in text(done.text) and "后保存的文字" in done.text


def test_what_differs_is_marked_by_more_than_colour_and_can_be_taken_out(zhou: Clerk) -> None:
    draft = begun(zhou)
    edited(zhou, draft, severity="I")
    page = zhou.get(draft).text
    assert "<del>II</del>" in page and "<ins>I</ins>" in page
    assert act(zhou, draft, "remove").status_code == 303
    assert "本草稿尚无改动" in text(zhou.get(draft).text)


def test_a_row_of_law_shows_its_new_first_day_and_keeps_code_and_load(zhou: Clerk) -> None:
    draft = begun(zhou)
    where = "change?kind=violation&name=CN-LOD-06%3Fhazchem%3Dyes"
    assert edited(zhou, draft, where, points="12").status_code == 303
    page = text(zhou.get(draft).text)
    held = drafts.draft_of(number(draft))
    assert held is not None and f"<ins>{held.day}" not in page and str(held.day)[:4] in page and "起始日期" in page
    assert edited(zhou, draft, where, **{"penalty.0.max_cny": "300000"}).status_code == 303
    assert "没有写明何人核读" in text(zhou.get(f"{draft}/{where}").text)
    read = {"read_by": "周文", "read_on": "2026-11-29", "read_source": "国家法律法规数据库"}
    edited(zhou, draft, where, **{f"penalty.0.basis.{name}": value for name, value in read.items()})
    assert drafts.draft_of(number(draft)).faults == "[]"  # type: ignore[union-attr]
    assert "周文 于 2026-11-29 核读" in text(zhou.get(draft).text)


def test_a_new_item_is_found_a_place_and_a_bad_number_is_told(zhou: Clerk) -> None:
    draft = begun(zhou)
    done = act(zhou, draft, "new", name="乱")
    assert "检查项编号由字母" in text(zhou.get(done.headers["location"]).text)
    done = act(zhou, draft, "new", name="tnk-91")
    assert "name=TNK-91" in done.headers["location"]
    page = zhou.get(done.headers["location"])
    assert page.status_code == 200 and 'name="text.zh"' in page.text


@pytest.mark.parametrize("query", ["罐体", "CN-LOD-06", "hazchem-law", "TNK-0"])
def test_what_can_be_changed_is_found_by_number_or_words(zhou: Clerk, query: str) -> None:
    draft = begun(zhou)
    assert "/change?kind=" in zhou.get(f"{draft}?find={query}").text
    assert "/change?kind=" not in zhou.get(f"{draft}?find=没有这样的").text


def test_a_reviewer_sends_back_with_a_reason_that_the_author_reads(zhou: Clerk, lead: Clerk) -> None:
    draft = begun(zhou)
    edited(zhou, draft, severity="I")
    act(zhou, draft, "submit")
    refused = act(lead, draft, "send_back", why=" ")
    assert refused.status_code == 422 and "请填写理由" in text(refused.text)
    assert act(lead, draft, "send_back", why="严重程度依据不足").status_code == 303
    assert "严重程度依据不足" in text(zhou.get(draft).text)


def test_a_forged_act_is_refused_whatever_the_page_shows(zhou: Clerk, lead: Clerk) -> None:
    draft = begun(zhou)
    edited(zhou, draft, severity="I")
    act(zhou, draft, "submit")
    digest = str(drafts.draft_of(number(draft)).digest)  # type: ignore[union-attr]
    own = zhou.send(draft, [("csrf", csrf_of(zhou)), ("act", "approve"), ("digest", digest)])
    assert own.status_code == 422 and "参与起草的人不能审核" in text(own.text)
    other = lead.send(draft, [("csrf", csrf_of(lead)), ("act", "approve"), ("digest", "0" * 64)])
    assert other.status_code == 422 and "这已不是您看到的文本" in text(other.text)
    assert lead.send(f"{draft}/{ITEM}", [("csrf", csrf_of(lead))]).status_code == 403


@pytest.mark.parametrize("address", ["/console/drafts/999", "/console/drafts/x", "/console/drafts/1/trials/999"])
def test_what_is_not_there_is_not_found(zhou: Clerk, address: str) -> None:
    assert zhou.get(address).status_code == 404


def test_a_checklist_goes_out_as_an_xlsform_and_comes_back_as_a_draft(zhou: Clerk) -> None:
    given = zhou.get(f"{ADDRESS}/xlsform/cn-joint.xlsx")
    assert given.status_code == 200 and unpack(given.content) == unpack(
        pack(sheets(drafts.base().checklists["cn-joint"]))
    )
    draft = begun(zhou)
    same = act_with_file(zhou, draft, given.content)
    assert same.status_code == 200 and "与现行检查表没有差异" in text(same.text)
    changed = unpack(given.content)
    head = changed["survey"][0]
    for row in changed["survey"]:
        if row[1] == "TNK-05":
            row[head.index(f"label::{ZH}")] = "表格里改的文字"
    changed["survey"] = [row for row in changed["survey"] if row[1] != "TNK-04"]
    done = act_with_file(zhou, draft, pack(changed))
    page = text(done.text)
    assert "表格里改的文字" in done.text.replace("<ins>", "").replace("</ins>", "") and "TNK-04：表格中没有" in page
    bad = act_with_file(zhou, draft, b"no workbook")
    assert bad.status_code == 422 and "该文件不是检查表的 XLSForm" in text(bad.text)


def act_with_file(clerk: Clerk, draft: str, content: bytes) -> Any:
    return sent(clerk, form_of(clerk.get(draft).text, draft, act="xlsform"), {"file": content})
