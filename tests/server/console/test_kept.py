"""What was typed into a form that is refused is given back, and sent again by one click where it came from here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from server.console.kept import kept
from server.console.posted import TEXT_BYTES, Posted, Upload
from server.office import Office
from server.store import site_areas
from tests.server.browser import Browser, token
from tests.server.console.admin.staff import opened
from tests.server.console.cases.clerk import Clerk

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("office")) as made:
        yield made


def again(page: str) -> dict[str, str]:
    """The hidden fields of the form that sends it again."""
    form = page[: page.index("data-resend")].rsplit("<form", 1)[1]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_a_form_with_an_old_token_is_given_back_and_sent_again(office: Office) -> None:
    lead = Browser(office, "lead")
    refused = lead.post("/console/sites", {"csrf": "old", "site": "国道 北门", "division": "150624"}, **HERE)
    assert refused.status_code == 403 and "国道 北门" in refused.text
    assert site_areas.of(["国道 北门"]) == {}
    assert lead.post("/console/sites", again(refused.text), **HERE).status_code == 303
    assert site_areas.of(["国道 北门"]) == {"国道 北门": "150624"}


def test_a_form_that_does_not_say_that_it_came_from_here_is_given_back_without_the_click(office: Office) -> None:
    refused = Browser(office, "lead").post("/console/sites", {"csrf": "old", "site": "国道 北门", "division": "1"})
    assert "国道 北门" in refused.text and "data-resend" not in refused.text
    elsewhere = Browser(office, "lead").post(
        "/console/sites", {"site": "国道 北门"}, **{"Sec-Fetch-Site": "cross-site"}
    )
    assert elsewhere.status_code == 403 and "国道 北门" not in elsewhere.text


def test_a_form_of_somebody_whose_session_ended_is_not_lost(office: Office) -> None:
    lead = Browser(office, "lead")
    csrf = token(lead.get("/console/account").text)
    lead.post("/console/logout", {"csrf": csrf})
    refused = lead.post("/console/sites", {"csrf": csrf, "site": "国道 北门", "division": "150624"}, **HERE)
    assert refused.status_code == 401 and "国道 北门" in refused.text
    assert lead.sign_in("lead").status_code == 303
    second = lead.post("/console/sites", again(refused.text), **HERE)
    assert second.status_code == 403
    assert lead.post("/console/sites", again(second.text), **HERE).status_code == 303
    assert site_areas.of(["国道 北门"]) == {"国道 北门": "150624"}


def test_a_form_with_a_scan_of_somebody_whose_session_ended_is_not_lost(office: Office) -> None:
    lead = Clerk(office, "lead")
    del lead.cookies["lujian"]
    scan = b"%PDF-1.7\n" + bytes(TEXT_BYTES)
    refused = lead.send("/console/cases/1/do/served", [("place", "示例县 北门")], {"proof": scan})
    assert refused.status_code == 401
    assert "示例县 北门" in refused.text and "proof.pdf" in refused.text


def test_secrets_and_tokens_are_never_given_back() -> None:
    form = Posted({"csrf": ("t",), "old": ("geheim 1",), "new": ("geheim 2",), "why": ("wegen Regen", "zweimal Regen")})
    told = kept(form)
    assert told is not None
    assert told.pairs == [("why", "wegen Regen"), ("why", "zweimal Regen")]
    assert told.typed == ["wegen Regen", "zweimal Regen"]


def test_codes_alone_are_nothing_typed_and_files_are_named() -> None:
    assert kept(Posted({"csrf": ("t",), "act": ("close",), "version": ("3",)})) is None
    told = kept(Posted({}, {"scan": Upload("送达回证.pdf", "application/pdf", b"x")}))
    assert told is not None and told.files == ["送达回证.pdf"]
