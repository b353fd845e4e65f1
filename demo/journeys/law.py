"""Journeys of who keeps the law: a change that another approves, a spreadsheet, a lesson; and the party's way back."""

from __future__ import annotations

from typing import Any

from demo import county, drafting, sending, teaching
from demo.journeys import road
from demo.journeys.clerk import Clerk, rewritten, rows, same, sure
from demo.journeys.scene import Scene

WORDS = "罐体外观完好，焊缝、罐底和阀门均无渗漏"


def change_of_an_item(scene: Scene) -> None:
    """Drafts a change with a mistake, mends it beside its field, tries it; another approves; tablets have it."""
    me = scene.clerk("law")
    me.menu("/console/law", "/console/drafts")
    draft = drafting.begin(me.page, "罐体外观检查改写", days=0)
    _form_of(me, draft, "TNK-05")
    me.fill(**{"text.zh": WORDS, "agency": "T, Q"})
    me.press("[data-save]")
    sure("the mistake does not stand beside its field", me.page.locator(".p-agency.bad [data-fault=agency]").count())
    me.fill(agency="T")
    me.press("[data-save]")
    sure("a mistake is left", not me.page.locator("[data-fault]").count(), me.told())
    me.follow(".crumbs [data-back]")
    me.has("焊缝、罐底和阀门均", place="[data-change=TNK-05] .diff")
    me.follow(f'a[href="{drafting.attempt(me.page)}"]')
    sure("nothing was tried", me.number(".counters .counter b") > 0)
    me.follow(".crumbs [data-back]")
    me.press("[data-act=submit]")
    sure("the author may approve what he wrote", not me.page.locator("[data-act=approve]").count())
    _approved(scene, draft)
    me = scene.clerk("law")
    me.menu("/console/law", "/console/drafts")
    me.follow(f'a.open[href="{draft}"]')
    me.press("[data-act=publish]")
    road.hears(scene.tablet, lambda tablet: _asked(tablet, "TNK-05") == WORDS)


def row_of_law(scene: Scene) -> None:
    """Writes a row of law with its amount that holds from a day; nobody approves what he wrote himself."""
    me = scene.clerk("law")
    me.menu("/console/law", "/console/drafts")
    draft = drafting.begin(me.page, "随车器材罚则改写")
    _form_of(me, draft, "CN-EQP-01")
    me.fill(**{"penalty.0.min_cny": "20000", "penalty.0.max_cny": "60000", "note": "演示"})
    me.press("[data-save]")
    basis = "penalty.0.basis."
    sure("verified without a reading", me.page.locator(f'[data-fault="{basis}verified"]').count())
    for name in ("verified", f"{basis}verified"):
        me.page.uncheck(f'[name="{name}"][type=checkbox]')
    me.press("[data-save]")
    sure("a mistake is left", not me.page.locator("[data-fault]").count(), me.told())
    me.follow(".crumbs [data-back]")
    me.has("20000", "60000", place="[data-change] .diff")
    me.press("[data-act=submit]")
    sure("the author may approve what he wrote", not me.page.locator("[data-act=approve]").count())
    _approved(scene, draft)


def spreadsheet(scene: Scene) -> None:
    """Takes a checklist out as XLSForm, changes a text in a spreadsheet, brings it in again as a draft."""
    me = scene.clerk("law")
    me.menu("/console/law", "/console/drafts")
    drafting.begin(me.page, "表格修改检查项")
    me.open("details:has([name=checklist]) summary")
    content = me.got('a[href*="/xlsform/cn-joint"]')
    before = next(text for row in rows(content) for text in row if _is_text(text))
    path = scene.files / "检查表.xlsx"
    path.write_bytes(rewritten(content, lambda text: f"{text}（现场拍照）" if text == before else text))
    form = "details:has([name=checklist]) form"
    me.page.select_option(f"{form} [name=checklist]", "cn-joint")
    me.page.set_input_files(f"{form} [name=file]", str(path))
    me.press("[data-act=xlsform]")
    same("changes", 1, me.number("[data-taken]", "data-taken"), me.page.locator("[data-change]").count())
    me.has("（现场拍照）", place="[data-change] ins")
    was = me.page.locator("[data-change] .was").first.inner_text()
    sure("the old text is not beside it", before[:4] in was, before, was)


def lesson_pack(scene: Scene) -> None:
    """Writes a lesson pack; another agrees; every tablet has it."""
    me = scene.clerk("law")
    me.menu("/console/tiers", "/console/lessons")
    teaching.write(me.page)
    page = me.page.url.partition("?")[0].removeprefix(scene.url)
    teaching.complete(me.page)
    me.press("button[name=propose]")
    sure("the author may agree to what he wrote", not me.page.locator(".decide").count())
    me = scene.clerk("leader")
    me.menu("/console/tiers", "/console/lessons")
    me.follow(f'a.open[href="{page}"]')
    me.press(".decide button.primary")
    me.menu("/console/tiers", "/console/lessons")
    me.has(teaching.PACK["title"])
    road.hears(scene.tablet, lambda tablet: teaching.PACK["title"] in road.lessons(tablet))


def way_back(scene: Scene) -> None:
    """A party sends a photo from a phone; a clerk sees it beside the road's and clears it; the hold is gone."""
    plate = scene.stops.held
    road.hears(scene.tablet, lambda tablet: road.is_held(tablet, plate))
    me = scene.clerk("police")
    me.find(plate)
    me.follow('a[href^="/console/cases/"]')
    me.follow('a[href$="/proofs"]')
    me.fill(".linkform", why="当事人遗失文书")
    me.press(".linkform [value=give]")
    link = "/w/" + me.page.locator("code.wrap").inner_text().rpartition("/")[2]
    case = me.page.url.partition("?")[0]
    with me.phone() as phone:
        phone.goto(scene.url + link)
        sending.proof(phone, scene.stops.photo)
        text = phone.locator("body").inner_text()
        sure("the phone does not say that it arrived", "收到" in text or "送达" in text, text[:300])
        sure("the page for parties sets a cookie", not phone.context.cookies())
    me.page.goto(case)
    pair = me.page.locator("section.besides[data-violation]").first
    sides = [pair.locator(f".sides > div:nth-child({number}) img").count() for number in (1, 2)]
    sure("there is no photo beside a photo", all(sides), sides)
    me.page.locator("[data-event=rectification_cleared]").first.click()
    me.page.wait_for_selector("#beside [data-submit]")
    me.page.locator("#beside textarea").first.fill("照片显示押运员已到岗")
    scene.picture("way_back-clears")
    me.press("#beside [data-submit]")
    me.page.goto(case)
    me.has("已放行", place="#hold")
    road.hears(scene.tablet, lambda tablet: not road.is_held(tablet, plate))


def _form_of(me: Clerk, draft: str, name: str) -> None:
    """Find what is to be changed in a draft, and open its form."""
    me.fill(f'form[action="{draft}#find"]', find=name)
    me.press(f'form[action="{draft}#find"] button')
    me.follow(f'[data-row]:has(code:has-text("{name}")) a.open')


def _approved(scene: Scene, draft: str) -> None:
    """Let the leader find the draft among those that wait, and approve it."""
    me = scene.clerk("leader")
    me.menu("/console/law", "/console/drafts")
    me.follow(f'a.open[href="{draft}"]')
    me.press("[data-act=approve]")


def _asked(tablet: Any, item: str) -> str:
    """Return the text of an item as the tablet would ask it."""
    held = road.before(tablet, county.TRACTOR).kit.definitions.checklists.values()
    return next(one.text["zh"] for checklist in held for one in checklist.items() if one.id == item)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "罐体" in value and "（" not in value and len(value) > 6


JOURNEYS = (change_of_an_item, row_of_law, spreadsheet, lesson_pack, way_back)
