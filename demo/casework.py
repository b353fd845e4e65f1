"""The office after the road: the transport case goes to the archive, the police case is handed over. Real clicks.

The clerk, the reviewer and the leader work in Chromium on an office whose clock is moved day by day; its pages say so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checklists.facts.situation import LAW_ZONE
from demo import browser, county
from demo.office import OfficeProcess

Say = Callable[[str], None]

WAIT_DAYS, SERVE_DAYS = 8, 3
"""Calendar days that the office lives on: over the five working days of the party, and until it has paid."""


class Desk:
    """Somebody of the office at his browser."""

    def __init__(self, page: Any, office: OfficeProcess, login: str, shots: Shots) -> None:
        self.page, self.url, self.shots, self._days = page, office.url, shots, office.days_ahead
        page.context.clear_cookies()
        page.goto(f"{self.url}/console/login")
        page.fill("#login", login)
        page.fill("#password", county.PASSWORD)
        page.click("form.card button.primary")
        page.wait_for_url(lambda address: "/console/login" not in address)

    @property
    def wall(self) -> str:
        """The time on the office's wall a minute ago, as a browser writes it."""
        at = datetime.now(LAW_ZONE) + timedelta(days=self._days, minutes=-1)
        return at.strftime("%Y-%m-%dT%H:%M")

    def case(self, case: str) -> Desk:
        """Open the page of a case."""
        self.page.goto(f"{self.url}/console/cases/{case}")
        return self

    def do(self, case: str, event: str, shot: str = "", **fields: Any) -> None:
        """Take a step: its form by its address, filled in, sent."""
        self.page.goto(f"{self.url}/console/cases/{case}/do/{event}")
        for name, value in fields.items():
            self.fill(name.replace("__", "."), value)
        if shot:
            self.shots.take(self.page, shot)
        self.page.click("[data-submit]")
        self.went_well(event)

    def issue(self, case: str, kind: str, shot: str = "", **fields: str) -> None:
        """Make a document on its page and issue it."""
        self.page.goto(f"{self.url}/console/cases/{case}/documents/{kind}")
        for name, value in fields.items():
            self.fill(name.replace("__", "."), value)
        if shot:
            self.page.click("button[value=look]")
            self.page.wait_for_load_state()
            self.shots.take(self.page, shot)
        self.page.click("[data-issue]")
        self.went_well(kind)

    def due(self, case: str) -> list[tuple[str, str]]:
        """Return the documents that a case owes, with the side track of each."""
        self.case(case)
        links = self.page.locator("tr[data-status=due] a[data-draft]")
        return [(one.get_attribute("data-draft"), one.get_attribute("href")) for one in links.all()]

    def fill(self, name: str, value: Any) -> None:
        """Fill in a field of the form, or choose a file."""
        held = self.page.locator(f'[name="{name}"]')
        if isinstance(value, Path):
            held.set_input_files(str(value))
        elif held.first.evaluate("one => one.tagName") == "SELECT":
            held.select_option(value)
        elif held.last.get_attribute("type") in ("radio", "checkbox"):
            self.page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            held.first.fill(value)

    def went_well(self, what: str) -> None:
        """Raise RuntimeError with what the page says where the step was refused."""
        self.page.wait_for_load_state()
        if "said=" not in self.page.url:
            self.shots.take(self.page, f"refused-{what}")
            raise RuntimeError(f"{what}: {self.page.locator('main').inner_text()[:800]}")


class Shots:
    """Pictures of the pages, numbered."""

    def __init__(self, folder: Path, before: int) -> None:
        self._folder, self._before = folder, before
        self.paths: list[Path] = []

    def take(self, page: Any, name: str) -> None:
        """Take a picture of what is seen."""
        path = self._folder / f"{self._before + len(self.paths) + 1:02d}-office-{name}.png"
        page.screenshot(path=str(path))
        self.paths.append(path)


@contextmanager
def lived_on(office: OfficeProcess, days: int) -> Iterator[None]:
    """Let the office live so many days ahead while this lasts."""
    office.stop()
    office.days_ahead = days
    office.start()
    yield


def work(office: OfficeProcess, told: Mapping[str, Any], folder: Path, before: int, say: Say) -> dict[str, Any]:
    """Take the story's cases to their ends and return what the summary says of the office."""
    shots = Shots(folder / "screens", before)
    scan = folder / "scan.pdf"
    with browser.page() as page:
        desks = _Desks(page, office, shots)
        cases = _until_noticed(desks, office, told, scan, say)
        with lived_on(office, WAIT_DAYS):
            say(f"办公端时钟拨快 {WAIT_DAYS} 天：陈述申辩期满  (the party's term has run)")
            _decide_and_serve(desks, cases["T"], scan)
        with lived_on(office, WAIT_DAYS + SERVE_DAYS):
            say("缴款、结案、归档  (paid, closed, archived)")
            _pay_and_close(desks, cases["T"])
        for agency, case in cases.items():
            if agency in ("T", "P"):
                desks.of("handler" if agency == "T" else "police").case(case)
                shots.take(page, f"case-{agency}")
    return {"cases": [_told(office, folder, cases[agency], agency) for agency in ("T", "P")], "shots": shots.paths}


def begin(office: OfficeProcess, told: Mapping[str, Any], folder: Path, say: Say) -> dict[str, str]:
    """Take the story's cases as far as the office's own clock allows and return their ids by agency."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser.page() as page:
        return _until_noticed(_Desks(page, office, Shots(folder, 0)), office, told, folder / "scan.pdf", say)


def _until_noticed(
    desks: _Desks, office: OfficeProcess, told: Mapping[str, Any], scan: Path, say: Say
) -> dict[str, str]:
    cases = {one["agency"]: one["url"].rpartition("/")[2] for one in told["cases"]}
    for agency in ("T", "P"):
        office.command("case", "office", agency, "--user", "leader", "--data", json.dumps(county.DETAILS[agency]))
        office.command("case", "sign", agency, county.SIGNS[agency], "--user", "leader")
    county.write_scan(scan)
    say("法规管理员提出、负责人确认一条法律依据  (two people confirm a clause)")
    _confirm_law(desks, scan)
    say("交警案件移送并收回执  (the police case is handed over)")
    _hand_over(desks, cases["P"], scan)
    say("办公端：承办、审核、负责人办理交通案件  (the office works on the transport case)")
    _open_and_investigate(desks, cases["T"], scan)
    _review_and_notice(desks, cases["T"], scan)
    return cases


class _Desks:
    """Everybody of the office, one after the other at the same browser."""

    def __init__(self, page: Any, office: OfficeProcess, shots: Shots) -> None:
        self._page, self._office, self._shots = page, office, shots
        self._who = ""
        self._desk: Desk | None = None

    def of(self, login: str) -> Desk:
        """Return somebody at his browser; whoever comes signs in."""
        who = f"{login}@{self._office.url}+{self._office.days_ahead}"
        if self._desk is None or who != self._who:
            self._who, self._desk = who, Desk(self._page, self._office, login, self._shots)
        return self._desk


def _confirm_law(desks: _Desks, scan: Path) -> None:
    """Let the law administrator propose the clause on which the fine rests, and the leader agree to its words."""
    law = desks.of("law")
    law.page.goto(f"{law.url}/console/law?code={county.FINED}")
    row = law.page.locator('.lawrow[data-part="penalty"][data-law="dg-road-rules"]').first
    row.locator("details.do summary").first.click()
    for name, words in county.ARTICLE.items():
        row.locator(f'[name="{name}"]').fill(words)
    row.locator('[name="scan"]').set_input_files(str(scan))
    law.shots.take(law.page, "law")
    row.locator("[data-propose]").click()
    law.went_well("law_proposed")
    leader = desks.of("leader")
    leader.page.goto(f"{leader.url}/console/law?code={county.FINED}")
    leader.shots.take(leader.page, "law-confirm")
    leader.page.locator("[data-confirm]").first.click()
    leader.went_well("law_confirmed")


def _open_and_investigate(desks: _Desks, case: str, scan: Path) -> None:
    handler = desks.of("handler")
    handler.case(case)
    handler.shots.take(handler.page, "clue")
    handler.do(case, "accept")
    handler.do(case, "party_corrected", party__address=county.PARTY_ADDRESS, party__kind="unit",
               party__number=county.LU_AN_USCC, reason="营业执照")  # fmt: skip
    _decide_links(handler, case)
    _split_off(handler, case)
    load = {f"load__{fact}": value for fact, value in county.LOAD.items()}
    handler.do(case, "load_settled", shot="load", reason=county.LOAD_BASIS, **load)
    handler.do(case, "propose_opening", shot="propose-opening", cause=county.CAUSE, **_two("investigators"))
    desks.of("leader").do(case, "opening_approved", shot="approve")
    handler = desks.of("handler")
    handler.do(case, "party_heard", how="interview", heard_at=handler.wall, text="对检查结果无异议", proof=scan)
    _complete_evidence(handler, case, scan)
    handler.do(case, "investigation_ended", text="事实清楚，证据充分")
    for kind in ("interview", "investigation_report"):
        handler.issue(case, kind, shot="report" if kind == "investigation_report" else "", **county.blanks(kind))


def _review_and_notice(desks: _Desks, case: str, scan: Path) -> None:
    reviewer = desks.of("reviewer")
    reviewer.page.goto(f"{reviewer.url}/console/cases/{case}/do/review_passed")
    names = reviewer.page.locator('input[name^="answers."][value=yes]')
    answers = {str(one.get_attribute("name")).replace(".", "__"): "yes" for one in names.all()}
    reviewer.do(case, "review_passed", shot="review", licence="A20261506", text="同意调查终结意见", **answers)
    handler = desks.of("handler")
    _plan(handler, case, "penalty_planned")
    handler.issue(case, "notice", shot="notice", hearing_offer="yes")
    handler.do(case, "notice_served", served_at=handler.wall, method="in_hand", hearing_right="yes", proof=scan)
    handler.case(case)
    handler.shots.take(handler.page, "noticed")


def _decide_and_serve(desks: _Desks, case: str, scan: Path) -> None:
    handler = desks.of("handler")
    if handler.case(case).page.locator('[data-event="terms_over_or_waived"]:not([disabled])').count():
        handler.do(case, "terms_over_or_waived")
    _plan(desks.of("leader"), case, "decide", text="依法给予罚款")
    handler = desks.of("handler")
    handler.do(case, "served", served_at=handler.wall, method="in_hand", proof=scan)


def _pay_and_close(desks: _Desks, case: str) -> None:
    handler = desks.of("handler")
    handler.do(
        case,
        "payment_received",
        amount_fen=f"{sum(county.FINES.values())}.00",
        paid_at=handler.wall,
        receipt="NM-2026-000127",
    )
    handler.do(case, "paid_in_full")
    _issue_due(handler, case)
    handler.issue(case, "closing_report", **county.blanks("closing_report"))
    handler.do(case, "close")
    handler.issue(case, "file_index")
    handler.do(case, "archive")


def _hand_over(desks: _Desks, case: str, scan: Path) -> None:
    police = desks.of("police")
    police.do(case, "accept")
    for kind in ("handover_letter", "handover_list"):
        police.issue(case, kind, **county.blanks(kind))
    police.do(case, "hand_over", to=county.HANDED_TO, sent_at=police.wall, what="案卷一册", proof=scan)
    police.do(case, "receipt_in", received_at=police.wall, proof=scan)


def _decide_links(desk: Desk, case: str) -> None:
    """Say of violations that may be one act that they are two: each has facts of its own."""
    while True:
        links = desk.case(case).page.locator('form.inline[action$="/do/link_decided"]')
        if not links.count():
            return
        links.first.locator('[name="verdict"][value="other"]').check()
        links.first.locator('[name="reason"]').fill("事实各自独立，分别违反不同义务")
        links.first.locator('[data-event="link_decided"]').click()
        desk.went_well("link_decided")


def _split_off(desk: Desk, case: str) -> None:
    """Let what cannot be decided with the rest go into a case of its own."""
    desk.page.goto(f"{desk.url}/console/cases/{case}/do/split")
    desk.page.locator(f'[name="keys"][value*="{county.APART}"]').check()
    desk.fill("reason", "处罚依据尚待核实，另案处理")
    desk.shots.take(desk.page, "split")
    desk.page.click("[data-submit]")
    desk.went_well("split")


def _complete_evidence(desk: Desk, case: str, scan: Path) -> None:
    """Add what the record lacks of evidence."""
    while True:
        lacking = desk.case(case).page.locator('a.mend[data-event="evidence_added"]')
        if not lacking.count():
            return
        desk.page.goto(desk.url + str(lacking.first.get_attribute("href")))
        desk.fill("evidence.0.file", scan)
        desk.fill("evidence.0.text", "承办人补充调取")
        desk.page.click("[data-submit]")
        desk.went_well("evidence_added")


def _plan(desk: Desk, case: str, event: str, **more: str) -> None:
    """Say the penalty of each violation: a fine within the law of the load."""
    desk.page.goto(f"{desk.url}/console/cases/{case}/do/{event}")
    rows = desk.page.locator("table.penalties select[name$='.violation']")
    for number in range(rows.count()):
        fine = county.FINES.get(rows.nth(number).input_value())
        desk.fill(f"penalties.{number}.kind", "fine" if fine else "")
        desk.fill(f"penalties.{number}.amount_cny", str(fine or ""))
    for name, value in more.items():
        desk.fill(name, value)
    desk.shots.take(desk.page, event)
    desk.page.click("[data-submit]")
    desk.went_well(event)


def _issue_due(desk: Desk, case: str) -> None:
    """Make every document that the case owes."""
    for kind, _href in desk.due(case):
        desk.issue(case, kind, **county.blanks(kind))


def _two(field: str) -> dict[str, str]:
    return {
        f"{field}__{number}__{key}": value
        for number, (login, name, card) in enumerate(county.INVESTIGATORS)
        for key, value in (("login", login), ("name", name), ("card", card))
    }


def _told(office: OfficeProcess, folder: Path, case: str, agency: str) -> dict[str, Any]:
    """Return what the summary says of a case: the states on its path, its documents with their files, its clocks."""
    held = json.loads(office.command("case", "story", case))
    papers = folder / "documents"
    papers.mkdir(exist_ok=True)
    documents: list[dict[str, str]] = []
    for one in held["documents"]:
        file = papers / f"{agency}-{len(documents) + 1:02d}-{one['kind']}.pdf"
        office.command("case", "paper", one["document"], "--out", str(file))
        content = file.read_bytes()
        documents.append({"kind": one["kind"], "number": one["number"], "sha256": hashlib.sha256(content).hexdigest(),
                          "file": str(file)})  # fmt: skip
        if documents[-1]["sha256"] != one["pdf"]:
            raise RuntimeError(f"{file}: not what was issued")
    return {"agency": agency, "number": held["number"], "state": held["state"], "path": held["path"],
            "documents": documents, "clocks": held["clocks"]}  # fmt: skip
