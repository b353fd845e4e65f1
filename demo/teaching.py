"""An education session of the story's carrier with its quiz on a phone, a visit to it, a lesson that is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from checklists.facts.situation import LAW_ZONE
from demo import browser, county

PACK = {
    "title": "冬季出车防冻",
    "source": "云岭旗联合检查组编写",
    "brief": "天冷，阀门、刹车气路会冻。出车前多看两分钟，路上少停一小时。",
    "slide-1": "出车前",
    "say-1-1": "阀门、盖板结冰时不硬扳，先化冰再检查是否关严。",
    "from-1-1": "本单位操作规程（待核）",
    "ask-1": "阀门结冰了，能不能硬扳？",
    "option-1-1": "不能，先化冰再查",
    "option-1-2": "能，用力扳开",
}
"""The beginning of a lesson pack that the leader writes."""

REST = {
    "look-1": "先化冰",
    "means-1": "用热水或蒸汽，不用明火",
    "ask-2": "化冰用什么？",
    "option-2-1": "热水或蒸汽",
    "option-2-2": "明火",
    "ask-3": "化冰以后做什么？",
    "option-3-1": "检查阀门是否关严",
    "option-3-2": "直接出车",
    **{f"why-{number}": "结冰处硬扳或者明火烘烤都会损坏密封面" for number in (1, 2, 3)},
    **{f"source-{number}": "本单位操作规程（待核）" for number in (1, 2, 3)},
}
"""What a pack needs besides before it is proposed."""

PEOPLE = ((county.DRIVER, "driver", "6217"), (county.ESCORT, "escort", ""), ("高安全", "manager", ""))


def hold(page: Any, url: str, carrier: str, person: str) -> dict[str, str]:
    """Plan a session, let its first person answer on a phone, give a visit; return where the pages are.

    The leader is signed in; `carrier` and `person` are the addresses of their 360° pages.
    """
    now, key = datetime.now(LAW_ZONE), carrier.rpartition("/")[2]
    page.goto(f"{url}/console/sessions?carrier={key}")
    plan(page)
    session = str(page.url).removeprefix(url).partition("?")[0]
    _press(page, "form[action$='/do/before'] button")
    phone = "/s/" + str(page.locator("code.long").inner_text()).rpartition("/s/")[2]
    page.goto(f"{url}{phone}")
    answer(page, lambda question: question.locator("input[type=radio]").first)
    ledger = carrier.replace("/console/", "/console/ledger/")
    page.goto(f"{url}{ledger}")
    page.fill("form[action$='/do/visit'] input[name=why]", "复查押运员配备、罐体阀门和出车前检查记录")
    page.select_option("form[action$='/do/visit'] select[name=owner]", "officer")
    page.fill("form[action$='/do/visit'] input[name=until]", (now + timedelta(days=10)).strftime("%Y-%m-%d"))
    _press(page, "form[action$='/do/visit'] button")
    page.fill("form[action$='/do/promise'] input[name=text]", "月底前给每辆车配齐押运员，补齐运单复核记录")
    page.fill("form[action$='/do/promise'] input[name=by]", (now + timedelta(days=20)).strftime("%Y-%m-%d"))
    _press(page, "form[action$='/do/promise'] button")
    page.goto(f"{url}/console/lessons")
    write(page)
    lesson = str(page.url).removeprefix(url).partition("?")[0]
    page.goto(f"{url}{person}")
    browser.say_why(page)
    return {
        "session": session,
        "lesson": lesson,
        "phone": phone,
        "ledger": ledger,
        "pupil": person.replace("/console/", "/console/ledger/"),
    }


def plan(page: Any) -> None:
    """Plan a session now in the form for a carrier, which is open, and invite its people."""
    page.fill("input[name=starts]", datetime.now(LAW_ZONE).strftime("%Y-%m-%dT%H:%M"))
    page.fill("input[name=place]", "公司二楼会议室")
    page.fill("input[name=held_by]", "王志强、李海峰")
    _press(page, "form.fields button.primary")
    for name, role, code in PEOPLE:
        page.fill("form.guest input[name=name]", name)
        page.select_option("form.guest select[name=role]", role)
        page.fill("form.guest input[name=code]", code)
        _press(page, "form.guest button")


def answer(phone: Any, choose: Callable[[Any], Any]) -> None:
    """Answer the quiz on a phone as the first of the people; `choose` returns which answer of a question is taken."""
    phone.fill("#number", "1")
    phone.fill("#code", PEOPLE[0][2])
    _press(phone, "button[type=submit]")
    for question in phone.locator(".question").all():
        choose(question).check()
    _press(phone, "button[type=submit]")


def write(page: Any) -> None:
    """Begin a lesson pack on the list of packs, and keep what was written."""
    _press(page, "form[action='/console/lessons'] button.primary")
    for name, text in PACK.items():
        page.fill(f"[name={name}]", text)
    _press(page, "button[name=save]")


def complete(page: Any) -> None:
    """Write what the pack on the page still lacks before it can be proposed."""
    for name, text in REST.items():
        page.fill(f"[name={name}]", text)
    for number in (1, 2, 3):
        page.check(f"[name=right-{number}][value='1']")
        page.select_option(f"[name=on-{number}]", "1")


def _press(page: Any, button: str) -> None:
    with page.expect_navigation():
        page.click(button)
