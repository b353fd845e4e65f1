"""Lesson packs written in the browser: a form that loses nothing, two people, and then every tablet has the pack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from checklists.definitions.publication import from_published
from server.console.lessons import form as forms
from server.office import Office
from server.publishing import publish_all
from server.store import lesson_drafts, packages, users
from server.store.education_models import LessonDraft
from server.store.office_models import Audit
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import furnish

EVIL = "<script>x()</script>"


@pytest.fixture
def staffed(office: Office) -> Iterator[Office]:
    furnish(office)
    people = (("law", "law_admin"), ("boss", "leader"), ("rev", "reviewer"), ("desk", "handler"))

    def hire() -> None:
        for login, role in people:
            users.create("admin", login=login, name=login, role=role, agency="T", password=PASSWORD)

    office.store.write_now(hire)
    yield office


def pack(**changes: str) -> dict[str, str]:
    told = {
        "title": "冬季防冻",
        "brief": "天冷阀门会冻。",
        "source": "本单位编写",
        "look-1": "看阀",
        "means-1": "不结冰",
    }
    told |= {"slide-1": "阀门", "say-1-1": f"结冰的阀门不硬扳{EVIL}", "from-1-1": "本单位操作规程"}
    for n in range(1, 4):
        told |= {f"ask-{n}": f"问题{n}", f"option-{n}-1": "不硬扳", f"option-{n}-2": "用力扳", f"right-{n}": "1"}
        told |= {f"why-{n}": "会断", f"source-{n}": "本单位操作规程", f"on-{n}": "1"}
    return {**told, **changes}


def post(browser: Browser, address: str, **fields: str) -> Any:
    return browser.post(address, {"csrf": token(browser.get("/console/account").text), **fields})


def begun(browser: Browser) -> str:
    return str(post(browser, "/console/lessons").headers["location"])


def on_tablets(office: Office) -> Any:
    last = office.store.read_now(packages.latest, "definitions")
    assert last is not None
    return from_published(packages.content(last)).lessons


def test_a_pack_reaches_the_tablets_once_a_second_person_agrees(staffed: Office) -> None:
    law, rev = Browser(staffed, "law"), Browser(staffed, "rev")
    here = begun(law)
    assert post(law, here, **pack(), edited="0", propose="1").status_code == 303
    assert post(law, f"{here}/do/publish").status_code == 422, "nobody agrees to what he wrote"
    assert len(on_tablets(staffed)) == 3
    assert post(rev, f"{here}/do/publish").status_code == 303
    name = str(LessonDraft.get().lesson)
    held = on_tablets(staffed)[name]
    assert held.title == {"zh": "冬季防冻"} and held.slides[0].answers == ("q1", "q2", "q3")
    assert not held.slides[0].statements[0].verified
    publish_all(staffed)
    assert name in on_tablets(staffed), "what the authors publish leaves it standing"
    assert {"lesson.begin", "lesson.save", "lesson.propose", "lesson.publish"} <= {
        str(o.action) for o in Audit.select()
    }
    assert EVIL not in rev.get(here).text


def test_a_new_version_takes_the_place_of_the_one_before(staffed: Office) -> None:
    law, rev = Browser(staffed, "law"), Browser(staffed, "rev")
    here = begun(law)
    post(law, here, **pack(), edited="0", propose="1")
    post(rev, f"{here}/do/publish")
    second = str(post(law, "/console/lessons", of=here.rpartition("/")[2]).headers["location"])
    assert post(law, second, **pack(title="冬季防冻（二）"), edited="0", propose="1").status_code == 303
    assert post(rev, f"{second}/do/publish").status_code == 303
    told = [one.title["zh"] for name, one in on_tablets(staffed).items() if name.startswith(lesson_drafts.PREFIX)]
    assert told == ["冬季防冻（二）"]
    assert [str(one.state) for one in LessonDraft.select().order_by(LessonDraft.id)] == ["ended", "published"]


def test_a_draft_with_faults_is_kept_and_not_proposed(staffed: Office) -> None:
    law = Browser(staffed, "law")
    here = begun(law)
    page = post(law, here, **pack(**{"right-2": "", "on-3": "9", "items-1": "NO-99"}), edited="0", propose="1")
    assert page.status_code == 422
    assert all(
        words in page.text for words in ("第 2 题：须有二至四个选项", "第 3 题：须指明讲义", "第 1 题：检查表中没有")
    )
    row = LessonDraft.get()
    assert row.state == "draft" and lesson_drafts.fields_of(row)["title"] == "冬季防冻"


def test_of_two_who_write_at_once_the_second_is_told_and_loses_nothing(staffed: Office) -> None:
    law, boss = Browser(staffed, "law"), Browser(staffed, "boss")
    here = begun(law)
    assert post(boss, here, **pack(), edited="0").status_code == 303
    late = post(law, here, **pack(title="另一个题目"), edited="0")
    assert late.status_code == 422 and "另一个题目" in late.text
    assert lesson_drafts.fields_of(LessonDraft.get())["title"] == "冬季防冻"


def test_who_changed_a_pack_is_no_second_person(staffed: Office) -> None:
    law, boss = Browser(staffed, "law"), Browser(staffed, "boss")
    here = begun(law)
    post(boss, here, **pack(), edited="0")
    post(law, here, **pack(), edited="1", propose="1")
    assert post(boss, f"{here}/do/publish").status_code == 422
    assert post(Browser(staffed, "rev"), f"{here}/do/back", why="").status_code == 422
    assert post(Browser(staffed, "rev"), f"{here}/do/back", why="第 2 题不清楚").status_code == 303
    assert "第 2 题不清楚" in law.get(here).text


def test_who_may_not_write_only_reads(staffed: Office) -> None:
    here = begun(Browser(staffed, "law"))
    desk = Browser(staffed, "desk")
    assert desk.get(here).status_code == 200 and 'name="title"' not in desk.get(here).text
    assert post(desk, here, **pack()).status_code == 403 and post(desk, "/console/lessons").status_code == 403


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, forms.TITLE), ({"brief": "长" * 331}, forms.TOO_LONG), ({"look-1": ""}, forms.NO_LOOK),
        ({"from-1-1": ""}, forms.NO_SLIDE), ({"slide-1": ""}, forms.NO_SLIDE), ({"ask-3": ""}, forms.FEW),
        ({"option-1-2": ""}, forms.OPTIONS), ({"right-1": "3"}, forms.OPTIONS), ({"why-1": ""}, forms.WHY),
        ({"on-1": ""}, forms.SLIDE),
    ],
)  # fmt: skip
def test_each_fault_is_named(changes: dict[str, str], words: str) -> None:
    told = forms.kept(pack(**changes))
    assert words in [one.words for one in forms.faults(told, ())]
    assert not forms.faults(forms.kept(pack()), ())


def test_a_form_keeps_nothing_that_it_does_not_have() -> None:
    assert forms.kept({"title": " a\n\u202eb\0 ", "other": "x", "ask-99": "x"}) == {"title": "a b"}
