"""Every page of the console as a picture, in both languages: the office's part of `make screens`.

The story's cases are worked on as far as the office's own clock allows, then whoever has a page opens it. Each page is
looked at: nothing may stick out of the window, no picture may be broken, and the browser may complain of nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from checklists.words import LANGUAGES
from demo import browser, campaigning, casework, county, drafting, sending, teaching
from demo.office import OfficeProcess


@dataclass(frozen=True)
class Look:
    """A page to look at: whose, at which address; `route` is the console's name of it where the address has more.

    `{record}`, `{paper}`, `{T}`, `{P}` in an address are the story's. `act` is what is clicked before the picture.
    `phone`: whoever opens it does so on an old phone, and the picture is of the whole page.
    """

    name: str
    login: str
    address: str
    route: str = ""
    act: str = ""
    refused: bool = False
    phone: bool = False


PHONE, WINDOW = {"width": 360, "height": 640}, {"width": 1366, "height": 768}

LOOKS = (
    Look("login", "", "/console/login"),
    Look("login-refused", "", "/console/login", act="form.card button.primary", refused=True),
    Look("cases", "handler", "/console/cases?active=all", "/console/cases"),
    Look("cases-leader", "leader", "/console/cases?active=all", "/console/cases"),
    Look("cases-none", "handler", "/console/cases?text=none", "/console/cases"),
    Look("search", "handler", "/console/search?q=云岭旗", "/console/search"),
    Look("search-none", "handler", "/console/search?q=nothing", "/console/search"),
    Look("handovers", "police", "/console/handovers"),
    Look("handovers-ended", "police", "/console/handovers?ended=1", "/console/handovers"),
    Look("alerts", "leader", "/console/alerts"),
    Look("tiers", "leader", "/console/tiers?level=unknown", "/console/tiers"),
    Look("tiers-none", "leader", "/console/tiers?text=none", "/console/tiers"),
    Look("formula", "leader", "/console/tiers/formula"),
    Look("known", "leader", "/console/known"),
    Look("sessions", "leader", "/console/sessions"),
    Look("session", "leader", "{session}", "/console/sessions/{session}"),
    Look("session-lesson", "leader", "{session}/lesson", "/console/sessions/{session}/lesson"),
    Look("lessons", "leader", "/console/lessons"),
    Look("lesson", "leader", "{lesson}", "/console/lessons/{draft}"),
    Look("ledger", "leader", "/console/ledger"),
    Look("ledger-terms-none", "leader", "/console/ledger?list=terms", "/console/ledger"),
    Look("ledger-carrier", "leader", "{ledger}", "/console/ledger/carriers/{sign}"),
    Look("ledger-person", "leader", "{pupil}", "/console/ledger/people/{sign}"),
    Look("phone", "", "{phone}", "/s/{token}"),
    Look("carrier", "leader", "{carrier}", "/console/carriers/{sign}"),
    Look("carrier-findings", "leader", "{carrier}?list=findings", "/console/carriers/{sign}"),
    Look("vehicle", "leader", "{vehicle}", "/console/vehicles/{sign}"),
    Look("person", "leader", "{person}", "/console/people/{sign}"),
    Look("tank", "leader", "{tank}", "/console/tanks/{sign}"),
    Look("alerts-closed", "supervisor", "/console/alerts?closed=1", "/console/alerts"),
    Look("orders", "leader", "/console/orders"),
    Look("orders-lifted-none", "leader", "/console/orders?lifted=1", "/console/orders"),
    Look("watch", "leader", "/console/watch"),
    Look("watch-ended-none", "leader", "/console/watch?state=ended", "/console/watch"),
    Look("campaigns", "leader", "/console/campaigns"),
    Look("campaigns-ended-none", "leader", "/console/campaigns?state=ended", "/console/campaigns"),
    Look("campaign-refused", "leader", "/console/campaigns", act="[action='/console/campaigns'] .primary",
         refused=True),
    Look("campaign", "leader", "{campaign}", "/console/campaigns/{campaign}"),
    Look("passes", "supervisor", "/console/passes"),
    Look("repeats", "supervisor", "/console/repeats"),
    Look("inbox", "supervisor", "/console/inbox"),
    Look("inbox-none", "supervisor", "/console/inbox?text=none", "/console/inbox"),
    Look("purpose", "supervisor", "/console/records/{record}", "/console/purpose"),
    Look("record", "supervisor", "/console/records/{record}", "/console/records/{digest}"),
    Look("paper", "supervisor", "/console/records/{record}/papers/{paper}",
         "/console/records/{digest}/papers/{number}"),
    Look("unsealed-none", "supervisor", "/console/unsealed"),
    Look("case", "handler", "/console/cases/{T}", "/console/cases/{case_id}"),
    Look("case-steps", "handler", "/console/cases/{T}", "/console/cases/{case_id}", act="#more summary"),
    Look("proofs", "handler", "/console/cases/{T}/proofs", "/console/cases/{case_id}/proofs"),
    Look("case-police", "police", "/console/cases/{P}", "/console/cases/{case_id}"),
    Look("do-note", "handler", "/console/cases/{T}/do/note", "/console/cases/{case_id}/do/{event}"),
    Look("do-refused", "handler", "/console/cases/{T}/do/note", "/console/cases/{case_id}/do/{event}",
         act="[data-submit]", refused=True),
    Look("do-denied", "handler", "/console/cases/{T}/do/decide", "/console/cases/{case_id}/do/{event}", refused=True),
    Look("document", "reviewer", "/console/cases/{T}/documents/review_form",
         "/console/cases/{case_id}/documents/{kind}"),
    Look("document-issued", "handler", "/console/cases/{T}/documents/notice",
         "/console/cases/{case_id}/documents/{kind}"),
    Look("figures", "supervisor", "/console/figures"),
    Look("figures-items", "supervisor", "/console/figures?by=item", "/console/figures"),
    Look("figures-violations", "supervisor", "/console/figures?by=violation", "/console/figures"),
    Look("figures-funnel", "supervisor", "/console/figures/funnel"),
    Look("figures-map", "supervisor", "/console/figures/map"),
    Look("figures-plan", "supervisor", "/console/figures/plan"),
    Look("figures-pairs", "supervisor", "/console/figures/pairs"),
    Look("figures-checks", "supervisor", "/console/figures/checks"),
    Look("figures-none", "supervisor", "/console/figures/checks?un=0000", "/console/figures/checks"),
    Look("law", "law", "/console/law"),
    Look("law-one", "leader", f"/console/law?code={county.FINED}", "/console/law"),
    Look("law-none", "leader", "/console/law?code=none", "/console/law"),
    Look("drafts", "law", "/console/drafts"),
    Look("drafts-none", "law", "/console/drafts?state=ended", "/console/drafts"),
    Look("draft", "law", "{draft}", "/console/drafts/{draft}"),
    Look("draft-review", "leader", "{draft}", "/console/drafts/{draft}"),
    Look("draft-change", "law", "{draft}/change?kind=item&name=TNK-05", "/console/drafts/{draft}/change"),
    Look("draft-trial", "law", "{trial}", "/console/drafts/{draft}/trials/{run}"),
    Look("office", "admin", "/console/office?agency=T", "/console/office"),
    Look("discretion", "law", "/console/discretion"),
    Look("exports", "handler", "/console/exports"),
    Look("account", "handler", "/console/account"),
    Look("roles", "handler", "/console/roles"),
    Look("imports", "leader", "/console/imports"),
    Look("import", "leader", "{import}", "/console/imports/{draft}"),
    Look("officers", "leader", "/console/officers"),
    Look("sites", "leader", "/console/sites"),
    Look("holidays", "law", "/console/holidays"),
    Look("users", "admin", "/console/users"),
    Look("user-new", "admin", "/console/users/new"),
    Look("user", "admin", "/console/users/1", "/console/users/{number}"),
    Look("devices", "admin", "/console/devices"),
    Look("fleet", "admin", "/console/fleet"),
    Look("fleet-none", "admin", "/console/fleet?mark=clock", "/console/fleet"),
    Look("audit", "admin", "/console/audit"),
    Look("way-back", "", "{link}", "/w/{token}", phone=True),
    Look("way-back-none", "", "/w/AAAAAAAAAAAAAAAAAAAAAA", "/w/{token}", refused=True, phone=True),
    Look("problem", "handler", "/console/nothing", "/console/", refused=True),
)  # fmt: skip
"""In the order taken; who is signed in stays so until somebody else comes."""


def take(
    office: OfficeProcess, told: Mapping[str, Any], folder: Path, work: Path, say: Callable[[str], None]
) -> list[str]:
    """Work on the story's cases, take a picture of every page in both languages and return what is wrong with them."""
    say("console: casework")
    names = {**casework.begin(office, told, work, say), "record": str(told["digest"])}
    shutil.copy(next(work.glob("*-office-notice.png")), folder / "console-notice-zh_CN.png")
    faults: list[str] = []
    with browser.page() as page:
        page.on("pageerror", lambda error: faults.append(f"console: {error}"))
        _export(page, office.url)
        names |= _draft(page, office.url)
        names["import"] = _import(page, office.url, work)
        names["campaign"] = _campaign(page, office.url)
        names["paper"] = _paper(page, f"{office.url}/console/records/{names['record']}")
        names |= _aboard(page, f"{office.url}/console/records/{names['record']}")
        names |= teaching.hold(page, office.url, names["carrier"], names["person"])
        names["link"] = _way_back(page, office.url, names["T"], next(work.glob("*-office-notice.png")))
        who = ""
        for look in LOOKS:
            who = _sign_in(page, office.url, look.login, who)
            faults += _look(page, office.url, look, names, folder)
    say(f"console: {len(LOOKS) * len(LANGUAGES)} pictures")
    return faults


def _export(page: Any, url: str) -> None:
    """Let the handler take a list out, so that his exports are no empty page."""
    _sign_in(page, url, "handler", "")
    page.goto(f"{url}/console/cases?active=all")
    with page.expect_navigation():
        page.click("form.export button")
    browser.say_why(page)


def _import(page: Any, url: str, work: Path) -> str:
    """Let the leader upload a file of vehicles with a fault in it, and return the address of its preview."""
    _sign_in(page, url, "leader", "")
    path = work / "车辆.csv"
    path.write_text("plate,colour\n蒙K88001,yellow\n蒙K88002,\n不是号牌,yellow\n", encoding="utf-8")
    page.goto(f"{url}/console/imports")
    page.select_option("select[name=kind]", "vehicle")
    page.set_input_files("input[name=file]", str(path))
    with page.expect_navigation():
        page.click("main form.fields button.primary")
    return str(page.url).removeprefix(url).partition("?")[0]


def _draft(page: Any, url: str) -> dict[str, str]:
    """Let the law administrator draft a change of an item, try it and send it, and return the two pages."""
    _sign_in(page, url, "law", "")
    page.goto(f"{url}/console/drafts")
    draft = drafting.begin(page, "罐体外观检查改写")
    page.goto(f"{url}{draft}/change?kind=item&name=TNK-05")
    page.fill("[name='text.zh']", "罐体外观完好，焊缝与罐底无渗漏")
    page.select_option("[name=severity]", "I")
    with page.expect_navigation():
        page.click("[data-save]")
    page.goto(f"{url}{draft}")
    trial = drafting.attempt(page)
    with page.expect_navigation():
        page.click("[data-act=submit]")
    return {"draft": draft, "trial": trial}


def _campaign(page: Any, url: str) -> str:
    """Let the leader make a campaign that begins today, and return its address."""
    _sign_in(page, url, "leader", "")
    page.goto(f"{url}/console/campaigns")
    page.click("details.add summary")
    campaigning.fill(page, "蒙K88001")
    with page.expect_navigation():
        page.click("details.add form button.primary")
    return str(page.url).removeprefix(url).partition("?")[0]


def _paper(page: Any, record: str) -> str:
    """Return the number of a paper that the driver of the record got."""
    page.goto(record)
    browser.say_why(page)
    return str(page.locator('a[href*="/papers/"]').first.get_attribute("href")).rpartition("/")[2]


def _aboard(page: Any, record: str) -> dict[str, str]:
    """Return the pages of all that was aboard at the record's check."""
    page.goto(record)
    browser.say_why(page)
    found = [str(link.get_attribute("href")) for link in page.locator("[data-aboard] a").all()]
    kinds = {"carriers": "carrier", "vehicles": "vehicle", "people": "person", "tanks": "tank"}
    return {kinds[address.split("/")[2]]: address for address in reversed(found)}


def _way_back(page: Any, url: str, case: str, picture: Path) -> str:
    """Let the handler give out a link and the party send proof by it, and return its address."""
    _sign_in(page, url, "handler", "")
    page.goto(f"{url}/console/cases/{case}/proofs")
    browser.say_why(page)
    page.fill(".linkform [name=why]", "当事人遗失文书")
    page.click(".linkform [value=give]")
    link = "/w/" + str(page.locator("code.wrap").inner_text()).rpartition("/")[2]
    page.goto(f"{url}{link}")
    sending.proof(page, picture)
    sending.dispute(page)
    return link


def _sign_in(page: Any, url: str, login: str, before: str) -> str:
    if login == before:
        return login
    page.context.clear_cookies()
    if login:
        page.goto(f"{url}/console/login")
        page.fill("#login", login)
        page.fill("#password", county.PASSWORD)
        with page.expect_navigation():
            page.click("form.card button.primary")
    return login


def _look(page: Any, url: str, look: Look, names: Mapping[str, str], folder: Path) -> Iterator[str]:
    page.set_viewport_size(PHONE if look.phone else WINDOW)
    for lang in LANGUAGES:
        shot = f"console-{look.name}-{lang}"
        address = re.sub(r"\{(\w+)\}", lambda found: names[found[1]], look.address)
        page.goto(f"{url}{address}{'&' if '?' in address else '?'}lang={lang}")
        if look.route != "/console/purpose":
            browser.say_why(page)
        if look.act:
            page.evaluate("document.querySelectorAll('[required]').forEach(one => one.removeAttribute('required'))")
            page.locator(f"details:not([open]):has({look.act}) > summary:not({look.act})").evaluate_all(
                "all => all.forEach(one => one.click())"
            )
            try:
                page.click(look.act, timeout=30_000)
            except Error as fault:
                yield f"{shot}: {look.act} is not to be clicked: {fault.message.splitlines()[0]}"
            page.wait_for_load_state()
        page.screenshot(path=str(folder / f"{shot}.png"), full_page=look.phone)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"{shot}: sticks out of the window"
        for broken in page.evaluate("[...document.images].filter(one => !one.naturalWidth).map(one => one.src)"):
            yield f"{shot}: no picture at {broken}"
        if not look.refused and page.locator(".card.empty h1, [role=alert]").count() and "none" not in look.name:
            yield f"{shot}: shows a problem instead of the page"
