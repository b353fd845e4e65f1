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

from checklists.words import LANGUAGES
from demo import browser, casework, county
from demo.office import OfficeProcess


@dataclass(frozen=True)
class Look:
    """A page to look at: whose, at which address; `route` is the console's name of it where the address has more.

    `{record}`, `{paper}`, `{T}`, `{P}` in an address are the story's. `act` is what is clicked before the picture.
    """

    name: str
    login: str
    address: str
    route: str = ""
    act: str = ""
    refused: bool = False


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
    Look("alerts-closed", "supervisor", "/console/alerts?closed=1", "/console/alerts"),
    Look("inbox", "supervisor", "/console/inbox"),
    Look("inbox-none", "supervisor", "/console/inbox?text=none", "/console/inbox"),
    Look("purpose", "supervisor", "/console/records/{record}", "/console/purpose"),
    Look("record", "supervisor", "/console/records/{record}", "/console/records/{digest}"),
    Look("paper", "supervisor", "/console/records/{record}/papers/{paper}",
         "/console/records/{digest}/papers/{number}"),
    Look("unsealed-none", "supervisor", "/console/unsealed"),
    Look("case", "handler", "/console/cases/{T}", "/console/cases/{case_id}"),
    Look("case-steps", "handler", "/console/cases/{T}", "/console/cases/{case_id}", act="#more summary"),
    Look("case-police", "police", "/console/cases/{P}", "/console/cases/{case_id}"),
    Look("do-note", "handler", "/console/cases/{T}/do/note", "/console/cases/{case_id}/do/{event}"),
    Look("do-refused", "handler", "/console/cases/{T}/do/note", "/console/cases/{case_id}/do/{event}",
         act="[data-submit]", refused=True),
    Look("do-denied", "handler", "/console/cases/{T}/do/decide", "/console/cases/{case_id}/do/{event}", refused=True),
    Look("document", "reviewer", "/console/cases/{T}/documents/review_form",
         "/console/cases/{case_id}/documents/{kind}"),
    Look("document-issued", "handler", "/console/cases/{T}/documents/notice",
         "/console/cases/{case_id}/documents/{kind}"),
    Look("law", "law", "/console/law"),
    Look("law-one", "leader", f"/console/law?code={county.FINED}", "/console/law"),
    Look("law-none", "leader", "/console/law?code=none", "/console/law"),
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
        names["import"] = _import(page, office.url, work)
        names["paper"] = _paper(page, f"{office.url}/console/records/{names['record']}")
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


def _paper(page: Any, record: str) -> str:
    """Return the number of a paper that the driver of the record got."""
    page.goto(record)
    browser.say_why(page)
    return str(page.locator('a[href*="/papers/"]').first.get_attribute("href")).rpartition("/")[2]


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
    for lang in LANGUAGES:
        address = re.sub(r"\{(\w+)\}", lambda found: names[found[1]], look.address)
        page.goto(f"{url}{address}{'&' if '?' in address else '?'}lang={lang}")
        if look.route != "/console/purpose":
            browser.say_why(page)
        if look.act:
            page.evaluate("document.querySelectorAll('[required]').forEach(one => one.removeAttribute('required'))")
            page.click(look.act)
            page.wait_for_load_state()
        shot = f"console-{look.name}-{lang}"
        page.screenshot(path=str(folder / f"{shot}.png"))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"{shot}: sticks out of the window"
        for broken in page.evaluate("[...document.images].filter(one => !one.naturalWidth).map(one => one.src)"):
            yield f"{shot}: no picture at {broken}"
        if not look.refused and page.locator(".card.empty h1, [role=alert]").count() and "none" not in look.name:
            yield f"{shot}: shows a problem instead of the page"
