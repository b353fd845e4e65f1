"""The party's way back: what a link shows and to whom, what may be sent by it, and what a clerk makes of that."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from falcon import testing

from checklists.facts import history
from checklists.facts.earlier import HOLDING, UNITS, holds
from checklists.papers.way_back import new_token, token_digest
from server import clock
from server.app import create_app
from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.config import Config
from server.console.way_back import page
from server.office import Office, open_office
from server.publishing import load_registry, publish_all
from server.store import case_apply, feed_history, hold_lifts, lifted, users, way_back, way_back_links
from server.store.case_models import SideTrack
from server.store.models import Case, CaseViolation, Record
from server.store.office_models import Audit
from server.store.way_back_models import HoldLift, WayBackFile, WayBackLink, WayBackSent
from tests.server import scene
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD, PEOPLE, TABLETS, Stage, deliver, drain, registry, tablet, waste_acid

_picture = scene.picture


@cache
def picture(words: str, kind: str) -> dict[str, bytes]:
    """Draw each picture once: what is on it is of no matter here."""
    return _picture(words, kind)


JPEG = picture("整改后", "box")["original"]
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
MORE = (("handle", "乌兰", "handler", "T"), ("other", "何平", "leader", "P"))


@dataclass
class Made:
    """An office that the public reaches, and one check that holds a vehicle."""

    office: Office
    link: str
    inspection: str
    client: testing.TestClient

    def get(self, link: str = "", **more: Any) -> Any:
        return self.client.simulate_get(f"/w/{link or self.link}", **more)

    def send(self, code: str, what: str = "proof", text: str = "", *files: tuple[str, bytes], link: str = "") -> Any:
        body, kind = multipart({"code": code, "what": what, "text": text}, files)
        return self.client.simulate_post(f"/w/{link or self.link}", body=body, headers={"Content-Type": kind})

    @property
    def codes(self) -> list[str]:
        rows = CaseViolation.select(CaseViolation.violation).where(CaseViolation.inspection == self.inspection)
        return sorted({str(one.violation) for one in rows})

    @property
    def printed(self) -> list[str]:
        """The violations that the papers name; the office found others since."""
        found = page.asked
        return [one for one in self.codes if found(self.inspection, one)]

    def do(self, case: Any, event: str, who: Actor, **data: Any) -> Any:
        return self.office.store.write_now(lambda: case_apply.apply_event(str(case.id), event, data, who))


def multipart(fields: dict[str, str], files: Any) -> tuple[bytes, str]:
    mark = "----way"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
             for name, text in fields.items()]  # fmt: skip
    for number, (name, content) in enumerate(files, start=1):
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file{number}"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: text/html\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def leader(case: Any) -> Actor:
    return Actor(f"lead-{case.keeper}", "另一人", "leader", str(case.keeper))


def handler(case: Any) -> Actor:
    return Actor(f"hand-{case.keeper}", "经办人", "handler", str(case.keeper))


def begin(office: Office) -> Made:
    stage = Stage(office)
    load_registry(office, registry())
    publish_all(office)
    for login, name, role, agency in (*PEOPLE, *MORE):
        office.store.write_now(
            lambda login=login, name=name, role=role, agency=agency: users.add(
                login=login, name=name, role=role, agency=agency, password=PASSWORD
            )
        )
    stage.tablets = {agency: tablet(office, agency, name) for agency, name in TABLETS.items()}
    return check(stage, testing.TestClient(create_app(office)))


def check(stage: Stage, client: testing.TestClient) -> Made:
    link = new_token()
    sealed, _pictures = waste_acid(stage, link)
    deliver(stage, "story", sealed)
    drain(stage.office)
    made = Made(stage.office, link, str(sealed.part["inspection"]), client)
    made.stage = stage  # type: ignore[attr-defined]
    return made


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("way")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scene, "picture", picture)
        yield from _quarters(folder)


def _quarters(folder: Path) -> Iterator[Made]:
    office = open_office(Config(data_dir=str(folder), public_address="https://lj.example.cn"))
    yield begin(office)
    office.close()


@pytest.fixture
def made(quarters: Made) -> Made:
    """Another check of the same office, so that no test hears of another one's."""
    return check(quarters.stage, quarters.client)  # type: ignore[attr-defined]


def test_a_link_shows_what_was_found_and_nobody_by_name(made: Made) -> None:
    page = made.get()
    assert page.status_code == 200
    for told in ("检查发现了什么", "整改责任人", "承运人", "T0001-"):
        assert told in page.text
    for hidden in ("张建国", "王志强", "刘海峰", "蒙K12345", "15062401", "吸附棉"):
        assert hidden not in page.text
    assert "<script" not in page.text and "src=" not in page.text
    assert "行政复议" in page.text and "/console/" not in page.text


def test_nothing_of_a_link_is_kept_found_or_passed_on(made: Made) -> None:
    head = made.get().headers
    assert head["cache-control"] == "no-store" and head["referrer-policy"] == "no-referrer"
    assert "noindex" in head["x-robots-tag"] and "script-src" not in head["content-security-policy"]
    rows = [str(one.digest) for one in WayBackLink.select()]
    assert made.link not in rows and token_digest(made.link) in rows


def test_a_wrong_token_and_one_that_has_not_arrived_get_the_same_answer(made: Made) -> None:
    answers = [made.get(new_token()), made.get("x"), made.get("A" * 22)]
    assert {(one.status_code, one.text) for one in answers} == {(404, answers[0].text)}
    assert "还没有" in answers[0].text


def test_wrong_tries_are_slowed_and_whoever_has_a_link_is_not(quarters: Made) -> None:
    client = testing.TestClient(create_app(quarters.office))
    statuses = [client.simulate_get(f"/w/{new_token()}").status_code for _try in range(24)]
    assert statuses[0] == 404 and 429 in statuses
    assert client.simulate_get(f"/w/{quarters.link}").status_code == 200


def test_a_token_never_stands_in_the_log(made: Made, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        made.get()
        made.send(made.codes[0], "proof", "", ("a.exe", b"MZ"))
    told = " ".join(f"{one.getMessage()} {vars(one)}" for one in caplog.records)
    assert caplog.records and made.link not in told


def test_proof_arrives_once_however_often_it_is_sent(made: Made) -> None:
    code = made.codes[0]
    first = made.send(code, "proof", "已补齐", ("整改.jpg", JPEG), ("证.pdf", PDF))
    assert first.status_code == 200 and "已经收到" in first.text and "整改.jpg" in first.text
    again = made.send(code, "proof", "已补齐", ("整改.jpg", JPEG), ("证.pdf", PDF))
    assert "已经在这里" in again.text
    case = way_back.case_of(made.inspection, code)
    assert case is not None
    side = way_back.track(str(case.id), "proof", code)
    assert side is not None and side.state == "proof_in" and side.facts["violations"] == [code]
    assert WayBackFile.select().where(WayBackFile.side == side.id).count() == 2
    assert SideTrack.select().where(SideTrack.case == case.id, SideTrack.kind == "rectification").count() == 1
    more = made.send(code, "proof", "", ("另一张.jpg", picture("第二张", "box")["original"]))
    assert "已经收到" in more.text and len(way_back.arrived(made.inspection)) == 2


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ((("照片.jpg", b"<html>"),), "都不是"),
        ((("半张.jpg", JPEG[: len(JPEG) // 2]),), "都不是"),
        ((), "没有选择"),
    ],
)
def test_what_is_no_whole_photo_or_pdf_is_refused_and_said(made: Made, files: Any, says: str) -> None:
    answer = made.send(made.codes[0], "proof", "", *files)
    assert answer.status_code == 422 and says in answer.text
    assert WayBackSent.select().where(WayBackSent.inspection == made.inspection).count() == 0
    assert SideTrack.select().join(Case, on=(Case.id == SideTrack.case)).where(
        Case.inspection == made.inspection).count() == 0  # fmt: skip


def test_of_good_and_bad_files_the_good_ones_are_kept_and_the_bad_are_named(made: Made) -> None:
    answer = made.send(made.codes[0], "proof", "", ("好.jpg", JPEG), ("坏.heic", b"\0\0\0 ftypheic"))
    assert answer.status_code == 200 and "坏.heic" in answer.text and "好.jpg" in answer.text
    (sent,) = way_back.arrived(made.inspection)
    assert [str(one.name) for one in sent.files] == ["好.jpg"]


def test_a_refused_form_gives_back_what_was_typed(made: Made) -> None:
    answer = made.send(made.codes[0], "dispute", "")
    assert answer.status_code == 422
    odd = made.client.simulate_post(f"/w/{made.link}", body="code=none&what=proof&text=a",
                                    headers={"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert odd.status_code == 400
    full = made.send(made.codes[0], "proof", "<b>字</b>" * 2, ("x", b"no"))
    assert full.status_code == 200 and "&lt;b&gt;" in full.text and "<b>字" not in full.text


def test_an_inspection_takes_no_more_than_its_bounds(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way_back, "MOST_FILES", 1)
    assert made.send(made.codes[0], "proof", "", ("1.jpg", JPEG)).status_code == 200
    answer = made.send(made.codes[0], "proof", "", ("2.pdf", PDF))
    assert answer.status_code == 413 and "受理窗口" not in answer.text
    assert len(way_back.arrived(made.inspection)) == 1


def test_a_revoked_or_old_link_says_so_and_opens_nothing(made: Made) -> None:
    store = made.office.store
    store.write_now(lambda: WayBackLink.update(until="2020-01-01T00:00:00.000Z").where(
        WayBackLink.inspection == made.inspection).execute())  # fmt: skip
    assert "期限" in made.get().text and 'class="card"' not in made.get().text
    store.write_now(lambda: way_back_links.revoke(made.inspection, "handle", "丢失"))
    assert "已经停用" in made.get().text
    assert made.send(made.codes[0], "proof", "a", ("1.jpg", JPEG)).text.count("已经停用") == 1
    fresh = store.write_now(lambda: way_back_links.give(made.inspection, "handle", "补发", 30))
    assert made.get(fresh).status_code == 200
    told = [str(one.action) for one in Audit.select().where(Audit.subject == f"inspection:{made.inspection}")]
    assert told == ["way_back.revoke", "way_back.give"]


def test_a_record_that_names_a_known_link_does_not_take_it_over(made: Made) -> None:
    part = {"kind": "inspection", "inspection": "other", "sealed_at": clock.now(),
            "papers": [{"way_back": token_digest(made.link)}, {"way_back": "<x>"}]}  # fmt: skip
    made.office.store.write_now(lambda: way_back_links.take(part, "d" * 64, 30))
    held = way_back_links.of_token(made.link)
    assert held is not None and held.inspection == made.inspection
    assert way_back_links.of_inspection("other") == []


def test_what_is_asked_again_is_read_at_the_link(made: Made) -> None:
    code = made.codes[0]
    made.send(code, "proof", "已补齐", ("1.jpg", JPEG))
    case = way_back.case_of(made.inspection, code)
    side = way_back.track(str(case.id), "proof", code).id  # type: ignore[union-attr]
    made.do(case, "rectification_asked_again", handler(case), side=side, by="2099-01-02", reason="请拍清楚铭牌")
    page = made.get().text
    assert "请拍清楚铭牌" in page and "2099-01-02" in page and "经办人" not in page
    made.send(code, "proof", "", ("2.jpg", picture("铭牌", "box")["original"]))
    assert way_back.track(str(case.id), "proof", code).state == "proof_in"  # type: ignore[union-attr]


def cleared(made: Made, code: str) -> None:
    """A point is put right and accepted; a clerk has ordered it, whatever the papers say."""

    def job() -> Any:
        way_back.send(made.inspection, code, "proof", "已整改", (), way_back.Asked("2099-01-02", "补", ""))
        case = way_back.case_of(made.inspection, code)
        assert case is not None
        side = way_back.track(str(case.id), "proof", code)
        assert side is not None
        data = {"side": side.id, "text": "看过照片，已整改"}
        return case_apply.apply_event(str(case.id), "rectification_cleared", data, leader(case))

    done = made.office.store.write_now(job)
    assert not isinstance(done, Refusal), done.missing


def told(made: Made) -> dict[str, Any]:
    (row,) = feed_history.of([made.inspection])
    return row


def test_what_is_sent_while_a_re_visit_is_ordered_takes_it_from_nobody(made: Made) -> None:
    code = made.printed[0]
    made.send(code, "proof", "好了")
    case = way_back.case_of(made.inspection, code)
    side = way_back.track(str(case.id), "proof", code).id  # type: ignore[union-attr]
    done = made.do(case, "revisit_ordered", leader(case), side=side, by="2099-01-02", reason="照片看不清，现场看")
    assert not isinstance(done, Refusal), done.missing
    made.send(code, "proof", "再发一次", ("1.jpg", JPEG))
    assert way_back.track(str(case.id), "proof", code).state == "revisit"  # type: ignore[union-attr]
    assert len(way_back.arrived(made.inspection)) == 2 and "照片看不清，现场看" in made.get().text


def holding(made: Made) -> set[str]:
    """What holds on a tablet that hears the feed and meets the same vehicle: by the kernel's own functions."""
    row = told(made)
    asked = {role: (number,) for role, number in row["about"].items() if role in UNITS}
    checks = history.checks_of([row], asked, "", None)
    return {one.inspection for one in holds(checks, history.units(asked), clock.read(clock.now()))}


def test_the_last_point_cleared_lets_the_vehicle_go_on_every_tablet(made: Made) -> None:
    *others, last = made.codes
    for code in others:
        cleared(made, code)
    assert told(made)["outcome"] in HOLDING, "one point is open still"
    assert made.inspection in holding(made)
    made.office.store.write_now(
        lambda: way_back.send(made.inspection, last, "proof", "好了", (), way_back.Asked("2099-01-02", "补", ""))
    )
    assert told(made)["outcome"] in HOLDING, "proof alone clears nothing"
    cleared(made, last)
    row = told(made)
    assert (row["outcome"], row["outcome_before"]) == ("release_after_correction", "hold")
    assert made.inspection not in holding(made)
    assert HoldLift.select().where(HoldLift.inspection == made.inspection).count() == 1
    assert "车辆已放行" in made.get().text


def test_what_was_decided_or_found_since_holds_again(made: Made) -> None:
    lift = ("2026-11-29T00:00:00.000Z", frozenset(made.codes))
    row = {**told(made), "outcome_at": "2026-01-01T00:00:00.000Z"}
    assert lifted.told(row, lift)["outcome"] == "release_after_correction"
    assert lifted.told({**row, "violations": [*made.codes, "CN-NEW-01"]}, lift) == {}
    assert lifted.told({**row, "outcome_at": "2999-01-01T00:00:00.000Z"}, lift) == {}
    assert lifted.told(row, None) == {}


@pytest.mark.parametrize(("outcome", "why"), [("seize", "seized"), ("transfer_load", "")])
def test_a_seizure_is_lifted_at_a_post_alone(made: Made, outcome: str, why: str) -> None:
    made.office.store.write_now(
        lambda: Record.update(outcome=outcome).where(Record.inspection == made.inspection).execute()
    )
    standing = hold_lifts.standing(made.inspection)
    assert standing is not None and standing.holds and standing.beyond == ((why,) if why else ())
    assert not hold_lifts.Standing(True, outcome, (), standing.beyond).clears or not why
    assert ("复查后解除" in made.get().text) == bool(why)


def test_a_dispute_is_answered_by_none_of_those_who_found_it(made: Made) -> None:
    code = made.codes[0]
    assert "已经收到" in made.send(code, "dispute", "当时灭火器在副驾座位下", ("1.jpg", JPEG)).text
    case = way_back.case_of(made.inspection, code)
    side = way_back.track(str(case.id), "dispute", code).id  # type: ignore[union-attr]
    road = Actor("x", "王志强" if str(case.keeper) == "T" else "刘海峰", "leader", str(case.keeper))
    refused = made.do(case, "dispute_taken", road, side=side)
    assert isinstance(refused, Refusal) and refused.codes == ("four_eyes",)
    made.do(case, "dispute_taken", leader(case), side=side)
    assert "another" not in made.get(params={"lang": "zh_CN"}).text
    refused = made.do(case, "dispute_corrected", road, side=side, reason="x")
    assert isinstance(refused, Refusal) and refused.codes == ("four_eyes",)
    made.do(case, "dispute_corrected", leader(case), side=side, reason="复看照片，灭火器在位")
    page = made.get().text
    assert "复看照片，灭火器在位" in page and code in told(made)["dismissed"]
    assert made.send(code, "dispute", "再次").status_code == 409, "it is answered once"


def test_a_finding_that_stands_holds_and_one_that_was_overturned_does_not(made: Made) -> None:
    stands, gone = made.printed[:2]
    for code in (stands, gone):
        assert made.send(code, "dispute", "有异议").status_code == 200
    for code, event in ((stands, "dispute_upheld"), (gone, "dispute_corrected")):
        case = way_back.case_of(made.inspection, code)
        side = way_back.track(str(case.id), "dispute", code).id  # type: ignore[union-attr]
        made.do(case, "dispute_taken", leader(case), side=side)
        made.do(case, event, leader(case), side=side, reason=f"照片清楚 {event}")
    left = hold_lifts.standing(made.inspection).left  # type: ignore[union-attr]
    assert stands in left and gone not in left
    assert "照片清楚 dispute_upheld" in made.get().text


def test_a_clerk_sees_photo_beside_photo_and_gives_out_a_new_link_once(made: Made) -> None:
    code = next(one for one in made.codes if str(way_back.case_of(made.inspection, one).keeper) == "T")  # type: ignore[union-attr]
    made.send(code, "proof", "已补齐", ("整改.jpg", JPEG))
    case = way_back.case_of(made.inspection, code)
    address = f"/console/cases/{case.id}/proofs"  # type: ignore[union-attr]
    clerk = Browser(made.office, "handle")
    page = clerk.get(address)
    assert page.status_code == 200
    (file,) = [one.sha256 for one in way_back.arrived(made.inspection)[0].files]
    assert f"/files/{file}" in page.text and "rectification_cleared" in page.text
    assert clerk.get(f"/console/cases/{case.id}/files/{file}").content == JPEG  # type: ignore[union-attr]
    given = clerk.post(address, {"csrf": token(page.text), "act": "give", "why": "司机丢了纸"})
    (shown,) = re.findall(r"https://lj\.example\.cn/w/([A-Za-z0-9_-]{22})", given.text)
    assert made.get(shown).status_code == 200 and "已经停用" in made.get().text
    assert shown not in clerk.get(address).text
    assert clerk.post(address, {"csrf": token(page.text), "act": "revoke", "why": ""}).status_code == 422


def test_a_moved_clock_takes_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    office = replace(made.office, config=replace(made.office.config, days_ahead=3))
    client = testing.TestClient(create_app(office))
    body, kind = multipart({"code": made.codes[0], "what": "proof", "text": "x"}, ())
    assert client.simulate_post(f"/w/{made.link}", body=body, headers={"Content-Type": kind}).status_code == 503
