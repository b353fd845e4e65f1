"""Six journeys of a supervisor: where to look, whom to stop, whom to teach, and what he reports upwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from checklists.zone import LAW_ZONE
from demo import campaigning, county, teaching
from demo.journeys import road
from demo.journeys.clerk import Clerk, figures, holds_number, is_pdf, rows, same, sure, words
from demo.journeys.scene import Scene


def plan_of_next_week(scene: Scene) -> None:
    """Sees on the heat map where nobody looked, has posts proposed for next week, takes them to the shift leader."""
    me = scene.clerk("supervisor")
    me.menu("/console/figures")
    me.follow('nav.figtabs a[href^="/console/figures/map"]')
    unseen = me.page.locator("table.heat td.unseen").count()
    sure("somebody looked everywhere", unseen)
    told = me.page.locator("table.heat tbody tr td:last-child").all_inner_texts()
    same("hours nobody looked", unseen, sum(int(one) for one in told))
    cell = me.page.locator("table.heat td a[data-figure]").first
    count = int(cell.get_attribute("data-figure"))
    with me.page.expect_navigation():
        cell.click()
    same("checks of an hour", count, me.number("[data-total]", "data-total"), me.page.locator("[data-row]").count())
    me.page.go_back()
    me.follow('nav.figtabs a[href^="/console/figures/plan"]')
    me.fill("form.figfilters", officers="6", hours="36")
    me.press("form.figfilters button.primary")
    shown = me.page.locator("table.plan tbody tr")
    posts = shown.count()
    sure("no post is proposed", posts)
    first = shown.first.locator("td").nth(1).inner_text()
    held = rows(me.download("input[value=figure_plan] ~ button"))
    same("posts", posts, len(held) - 1)
    same("site of the first post", first, held[1][4])
    me.page.go_back()


def campaign(scene: Scene) -> None:
    """Makes a campaign with a focus and a target; every tablet has it; ends it early and says why."""
    me = scene.clerk("supervisor")
    me.menu("/console/orders", "/console/campaigns")
    me.open("details.add summary")
    campaigning.fill(me.page, scene.stops.let_go)
    me.press("details.add form button.primary")
    me.has(county.CAMPAIGN, "EQP-14", "TNK-07")
    name = me.page.url.partition("?")[0].rpartition("/")[2]
    me.menu("/console/orders", "/console/campaigns")
    me.has(county.CAMPAIGN, "3 项", place=f'[data-campaign="{name}"]')
    road.hears(scene.tablet, lambda tablet: name in road.campaigns(tablet))
    me.follow(f'[data-campaign="{name}"] a.named')
    me.open("details.lift summary")
    me.fill("details.lift", why="专项任务提前完成")
    me.press("details.lift form button")
    me.has("专项任务提前完成", "郑督导")
    me.follow(".crumbs a")
    me.has(county.CAMPAIGN, place=f'[data-campaign="{name}"]')
    road.hears(scene.tablet, lambda tablet: name not in road.campaigns(tablet))


def alert(scene: Scene) -> None:
    """From an alert: acknowledges it, stops the vehicle by an order, lifts that when it is dealt with, closes."""
    me = scene.clerk("supervisor")
    plate = scene.stops.let_go
    me.menu("/console/alerts")
    card = f'article.alert:has([title="{plate}"])'
    me.follow(f"{card} a.open")
    me.fill(note="已电话通知前方检查站")
    me.press("button[value=acknowledged]")
    me.has("已电话通知前方检查站")
    here = me.page.url.partition("?")[0]
    me.follow('a[href^="/console/orders?against=vehicle"]')
    same("plate of the order", plate, me.page.input_value("details.add [name=key]"))
    me.fill("details.add", number="停驶〔2026〕17号", text="驾驶员从业资格已撤销，停驶待查")
    me.press("details.add form button.primary")
    same("back at the alert", here, me.page.url.partition("?")[0])
    road.hears(scene.tablet, lambda tablet: road.orders(tablet, plate))
    me.menu("/console/orders")
    order = 'article.order:has-text("停驶〔2026〕17号")'
    me.has("停驶〔2026〕17号")
    me.open(f"{order} details.lift summary")
    me.fill(f"{order} details.lift", why="驾驶员已更换")
    me.press(f"{order} details.lift form button")
    road.hears(scene.tablet, lambda tablet: not road.orders(tablet, plate))
    me.menu("/console/alerts")
    me.follow(f"{card} a.open")
    me.fill(note="驾驶员已更换，车辆已复查")
    me.press("button[value=ended]")
    me.menu("/console/alerts")
    sure("the alert is still open", not me.page.locator(card).count())
    me.follow('nav.which a[href$="closed=1"]')
    me.has("驾驶员已更换，车辆已复查", place=card)


def carrier(scene: Scene) -> None:
    """Follows the reasons of a carrier that is checked closely to their records, sets its level, takes all of it."""
    me = scene.clerk("supervisor")
    me.menu("/console/tiers")
    me.follow('nav.tierheads a[href$="level=tightened"]')
    me.follow("table.tierlist a.open")
    here = me.page.url
    links = [one.get_attribute("href") for one in me.page.locator("#tier table.reasons a").all()]
    sure("no reason leads anywhere", links)
    for link in links:
        me.follow(f'#tier a[href="{link}"]')
        sure("a reason leads nowhere", not me.page.locator(".card.empty h1, [role=alert]").count(), link)
        me.page.goto(here)
    me.open("details.hand summary")
    until = (datetime.now(LAW_ZONE) + timedelta(days=30)).date().isoformat()
    me.fill("form.handform", level="normal", until=until, reason="企业已完成整改，经约谈核实")
    me.press("form.handform button.primary")
    me.has(until, "企业已完成整改，经约谈核实", "郑督导")
    key = me.page.url.partition("?")[0].rpartition("/")[2]
    checks = me.number("nav.figures a.f-checks b")
    held = rows(me.download("#list form button"))
    same("checks of the carrier", checks, len(held) - 1)
    me.menu("/console/tiers")
    me.follow('nav.tierheads a[href$="level=normal"]')
    me.fill("form.filters", text=key[:10])
    me.press("form.filters button.primary")
    me.follow(f'table.tierlist a.open[href$="{key}"]')


def report(scene: Scene) -> None:
    """Filters the statistics: the same number on the page, in its list, in the Excel file and in the briefing."""
    me = scene.clerk("supervisor")
    me.menu("/console/figures")
    me.fill("form.figfilters", site="G18 高速示例服务区")
    me.press("form.figfilters button.primary")
    here = me.page.url
    found = me.page.locator("tr.all td [data-figure]").nth(1)
    number = int(found.get_attribute("data-figure"))
    with me.page.expect_navigation():
        found.click()
    same("checks with findings: page and list", number, me.number("[data-total]", "data-total"), _walked(me))
    listed = rows(me.download("input[value=figure_checks] ~ button"))
    same("checks with findings: list and its file", number, len(listed) - 1)
    me.page.goto(here)
    table = rows(me.download("input[value=figures] ~ button"))
    same("checks with findings: page and file", number, sum(figures(table, "发现问题的检查")))
    me.page.goto(here)
    text = words(me.download("input[value=briefing] ~ button"))
    sure("the briefing says another number", f"其中{number}次发现问题" in text, number, text[:300])
    sure("no number alone", holds_number(text, number))
    me.page.goto(here)


def teaching_of_a_carrier(scene: Scene) -> None:
    """From the ledger: a visit planned and its result noted; a session with its quiz on a phone, and a certificate."""
    _name_the_office(scene)
    me = scene.clerk("supervisor")
    me.menu("/console/tiers")
    me.follow('nav.tierheads a[href$="level=tightened"]')
    me.follow('table.tierlist a[href^="/console/ledger/carriers/"]')
    today = datetime.now(LAW_ZONE)
    visit = "form[action$='/do/visit']"
    me.fill(visit, why="复查押运员配备和出车前检查记录", owner="supervisor", until=today.date().isoformat())
    me.press(f"{visit} button")
    here = me.page.url.partition("?")[0]
    me.menu("/console/tiers", "/console/ledger")
    me.has("复查押运员配备和出车前检查记录", "今天")
    me.follow("[data-row]:has-text('复查押运员配备') a.open")
    same("the ledger of the carrier", here, me.page.url.partition("?")[0])
    me.open("#visits details.end summary")
    me.fill("#visits details.end", result="kept", found="押运员已配齐，记录完整")
    me.press("#visits details.end button")
    me.has("押运员已配齐，记录完整")
    me.follow('header a[href^="/console/sessions?carrier="]')
    teaching.plan(me.page)
    session = me.page.url.partition("?")[0]
    _quiz(me, "before")
    me.press("form[action$='/do/taught'] button")
    _quiz(me, "after")
    me.page.check("input[name='came-1'][value=yes]")
    me.press("form[action$='/do/attend'] button")
    me.press("form[action$='/do/closed'] button")
    scores = [int(one.partition("/")[0]) for one in me.page.locator("table.seats tr:has(td) td").all_inner_texts()[4:6]]
    sure("there are no two results", len(scores) == 2, scores)
    sure("the certificate is no PDF", is_pdf(me.opened('a[href*="/certificates/1"]')))
    same("still there", session, me.page.url.partition("?")[0])


def _name_the_office(scene: Scene) -> None:
    """Let the leader write how the office is called on its papers."""
    me = scene.clerk("leader")
    me.menu("/console/admin", "/console/office")
    for field in me.page.locator("main form label input:not([name=sign])").all():
        field.fill(county.DETAILS["T"].get(str(field.get_attribute("name")), ""))
    me.fill("main form", sign=county.SIGNS["T"])
    me.press("main form button.primary")


def _walked(me: Clerk) -> int:
    """Return how many rows a list has, from its first page to its last."""
    count = me.page.locator("[data-row]").count()
    while me.page.locator("a[rel=next]").count():
        me.follow("a[rel=next]")
        count += me.page.locator("[data-row]").count()
    return count


def _quiz(me: Clerk, phase: str) -> None:
    """Open the quiz, let the first of the invited answer it on a phone, and look again."""
    me.press(f"form[action$='/do/{phase}'] button")
    link = me.page.locator("code.long").inner_text()
    with me.phone() as phone:
        phone.goto(me.url + "/s/" + link.rpartition("/s/")[2])
        sure("the phone's page sticks out", not _sticks_out(phone))
        teaching.answer(phone, lambda question: question.locator("input[type=radio]").first)
        text = phone.locator("body").inner_text()
        sure("the phone does not say that answers are kept", "答题结果已保存" in text, text)
        sure("the page for phones sets a cookie", not phone.context.cookies())
    me.follow("section.phonelink a")
    told = me.page.locator("section.phonelink b").inner_text()
    sure("it does not say that one has answered", holds_number(told, 1), told)


def _sticks_out(phone: Any) -> bool:
    box = phone.locator("body").bounding_box()
    return bool(box and box["width"] > phone.viewport_size["width"])


JOURNEYS = (plan_of_next_week, campaign, alert, carrier, report, teaching_of_a_carrier)
