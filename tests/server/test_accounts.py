"""Who gets in, how, and what they may see."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from server.accounts import ROLES, scope_of
from server.config import Config
from server.console import signing
from server.limits import Slowdown, client_of, neighbourhood
from server.office import Office, open_office
from server.refusals import Refused
from server.store import audit, users
from server.store.office_models import Session, User
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD


@pytest.fixture
def office(fresh: Path, dear_passwords: None) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(fresh), stall_seconds=2))
    add = {"login": "wang", "name": "王某", "role": "handler", "agency": "T", "password": PASSWORD}
    opened.store.write_now(lambda: users.add(**add))
    yield opened
    opened.close()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the login made somebody wait; nobody really does, but the clock of the lines goes on."""
    told: list[float] = []

    async def note(seconds: float) -> None:
        told.append(seconds)

    monkeypatch.setattr(signing, "_sleep", note)
    monkeypatch.setattr(signing, "Slowdown", partial(Slowdown, clock=lambda: sum(told)))
    return told


def log(office: Office) -> list[tuple[str, str, str, str]]:
    """What was done since the office was set up."""
    told = [(row.who, row.action, row.subject, row.purpose) for row in reversed(audit.page())]
    return [one for one in told if one[1] != "user.create"]


@pytest.mark.parametrize("role", ["officer", "leader", "handler", "reviewer"])
def test_who_handles_cases_sees_his_own_agency(role: str) -> None:
    assert scope_of(role, "T").holds("T")
    assert not scope_of(role, "T").holds("P")


@pytest.mark.parametrize("role", ["supervisor", "law_admin"])
def test_who_supervises_or_keeps_the_law_sees_the_area(role: str) -> None:
    assert scope_of(role, "T").holds("P")


@pytest.mark.parametrize("role", ["system_admin", "", "king"])
def test_who_keeps_the_machines_or_has_no_known_role_sees_nothing(role: str) -> None:
    assert scope_of(role, "T").nothing


def test_a_role_without_an_agency_sees_nothing() -> None:
    assert scope_of("handler", "").nothing


def test_every_role_that_can_be_given_has_words() -> None:
    assert set(users.ROLES) == set(ROLES)


def test_without_a_session_every_page_asks_for_the_login_and_comes_back(office: Office) -> None:
    result = Browser(office).get("/console/records/abc?x=1")
    assert result.status_code == 303
    assert result.headers["location"] == "/console/login?next=%2Fconsole%2Frecords%2Fabc%3Fx%3D1"


def test_signing_in_opens_the_page_that_was_asked_for(office: Office) -> None:
    result = Browser(office).sign_in("wang", next="/console/inbox?state=parked")
    assert (result.status_code, result.headers["location"]) == (303, "/console/inbox?state=parked")


@pytest.mark.parametrize("bad", ["https://e.example/", "//e.example", "/console/../\\e", "/console/logout", ""])
def test_signing_in_never_leads_out_of_the_console(office: Office, bad: str) -> None:
    assert Browser(office).sign_in("wang", next=bad).headers["location"] == "/"


def test_the_session_cookie_is_for_this_site_and_no_script(office: Office) -> None:
    browser = Browser(office)
    cookie = browser.sign_in("wang").cookies["lujian"]
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_neither_password_nor_session_token_is_kept_as_it_is(office: Office) -> None:
    browser = Browser(office, "wang")
    assert str(User.get(User.login == "wang").password).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert browser.cookies["lujian"] not in {row.token_hash for row in Session.select()}


def test_a_wrong_password_and_an_unknown_name_are_told_alike(office: Office) -> None:
    browser = Browser(office)
    wrong, unknown = browser.sign_in("wang", "not this"), browser.sign_in("nobody", "not this")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "账号或密码不正确" in wrong.text
    assert "账号或密码不正确" in unknown.text


def test_what_nobody_is_called_is_not_logged_as_it_may_be_a_password(office: Office) -> None:
    browser = Browser(office)
    browser.sign_in("wang", "not this")
    browser.sign_in("my-secret-password", "wang")
    assert [(who, action) for who, action, *_rest in log(office)] == [("wang", "login_refused"), ("?", "login_refused")]


def test_after_five_wrong_passwords_each_further_try_waits(office: Office, waits: list[float]) -> None:
    stranger = Browser(office)
    for _attempt in range(9):
        assert stranger.sign_in("wang", "not this").status_code == 401
    assert sum(waits) > 0
    assert waits == sorted(waits), "each wait is at least as long as the one before"
    assert stranger.sign_in("wang").status_code == 303


def test_strangers_never_keep_a_known_browser_out(office: Office, waits: list[float]) -> None:
    known, strangers = Browser(office, "wang"), Browser(office)
    strangers.client = known.client  # the same server, the same address
    known.cookies = {name: value for name, value in known.cookies.items() if name != "lujian"}
    for _attempt in range(40):
        strangers.sign_in("wang", "not this")
    before = len(waits)
    assert known.sign_in("wang").status_code == 303
    assert waits[before:] == [], "it did not even wait"


def test_a_known_browser_that_tries_wrong_passwords_is_slow_but_never_shut_out(
    office: Office, waits: list[float]
) -> None:
    browser = Browser(office, "wang")
    for _attempt in range(20):
        assert browser.sign_in("wang", "not this").status_code == 401
    assert browser.sign_in("wang").status_code == 303
    assert 0 < max(waits) <= 2


def test_who_tries_many_at_once_is_told_to_come_again() -> None:
    line = Slowdown(5, 8.0, lambda: 0.0)
    for _try in range(12):
        line.wrong("wang")
    waits = [line.book("wang") for _try in range(3)]
    assert waits == [0.0, 8.0, 16.0]
    with pytest.raises(Refused) as refused:
        asyncio.run(signing._wait_in([(line, "wang"), (line, "10.0.0.1")]))
    assert (refused.value.code, refused.value.headers) == ("login_throttled", {"Retry-After": "24"})


def test_a_mark_of_another_login_or_made_up_makes_no_browser_known(office: Office, waits: list[float]) -> None:
    known, other = Browser(office, "wang"), Browser(office)
    other.client = known.client
    for mark in (known.cookies["lujian_browser"][:-1] + "x", "a.1.b.c", "~" * 50, "\xe4.x.y.z"):
        other.cookies = {"lujian_browser": mark}
        for _attempt in range(6):
            other.sign_in("wang", "not this")
    assert waits, "strangers all the same"


def test_behind_tls_every_cookie_is_for_tls_alone(tmp_path: Path) -> None:
    opened = open_office(Config(data_dir=str(tmp_path), behind_tls=True))
    answer = Browser(opened).get("/console/login")
    assert all(one.secure for one in answer.cookies.values())
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    opened.close()


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, "9.9.9.9", "127.0.0.1"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 9.9.9.9, 10.0.0.1", "9.9.9.9"),
        (2, "9.9.9.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_client_is_whom_our_own_proxies_saw(hops: int, forwarded: str, expected: str) -> None:
    assert client_of("127.0.0.1", forwarded, hops) == expected


def test_one_subscriber_is_one_sender() -> None:
    assert neighbourhood("2001:db8:1:2::a") == neighbourhood("[2001:db8:1:2:ffff::1]") == "2001:db8:1:2::/64"
    assert neighbourhood("::ffff:10.1.2.3") == neighbourhood("10.1.2.3:4711") == "10.1.2.3"
    assert neighbourhood("[2001:db8:1:2::a]:443") == neighbourhood("[2001:db8:1:2::b]:9") == "2001:db8:1:2::/64"
    assert neighbourhood("[::ffff:10.1.2.3]:80") == neighbourhood("64:ff9b::a01:203") == "10.1.2.3"
    assert neighbourhood("unknown") == "unknown"


def test_a_login_form_that_was_not_made_here_is_refused(office: Office) -> None:
    fields = {"csrf": "made up", "login": "wang", "password": PASSWORD}
    assert Browser(office).post("/console/login", fields).status_code == 403
    assert Session.select().count() == 0


def test_a_form_from_another_site_is_refused_whatever_it_holds(office: Office) -> None:
    browser = Browser(office, "wang")
    page = browser.get("/console/inbox").text
    result = browser.post("/console/logout", {"csrf": token(page)}, **{"Sec-Fetch-Site": "cross-site"})
    assert result.status_code == 403
    assert Session.select().count() == 1


@pytest.mark.parametrize("path", ["/console/logout", "/console/purpose", "/console/account"])
def test_a_post_without_the_token_changes_nothing(office: Office, path: str) -> None:
    browser = Browser(office, "wang")
    assert browser.post(path, {"purpose": "review"}).status_code == 403
    assert [action for _who, action, *_rest in log(office)] == ["login"]


def test_an_address_that_is_no_page_is_said_in_words_and_only_to_those_inside(office: Office) -> None:
    result = Browser(office, "wang").get("/console/nowhere/at/all")
    assert (result.status_code, result.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "此处没有内容" in result.text
    assert Browser(office).get("/console/nowhere").status_code == 303


def test_a_stale_form_is_refused_in_words(office: Office) -> None:
    result = Browser(office, "wang").post("/console/logout", {"csrf": "old"})
    assert "表单已失效" in result.text


def test_signing_out_ends_the_session_also_for_a_copied_cookie(office: Office) -> None:
    browser = Browser(office, "wang")
    copied = dict(browser.cookies)
    browser.post("/console/logout", {"csrf": token(browser.get("/console/inbox").text)})
    browser.cookies = copied
    assert browser.get("/console/inbox").status_code == 303


def test_a_search_is_logged_before_anything_is_found(office: Office) -> None:
    Browser(office, "wang").get("/console/inbox?text=蒙K")
    assert log(office)[-1] == ("wang", "search", "蒙K", "")


def test_a_new_password_ends_the_sessions_of_the_old_one(office: Office) -> None:
    browser = Browser(office, "wang")
    add = {"login": "wang", "name": "王某", "role": "handler", "agency": "T", "password": "another-one"}
    office.store.write_now(lambda: users.add(**add))
    assert browser.get("/console/inbox").status_code == 303


def test_a_row_changed_in_the_audit_log_shows(office: Office) -> None:
    browser = Browser(office, "wang")
    browser.get("/console/inbox?text=蒙K")
    assert audit.broken_at() is None
    row = audit.page()[-1]
    office.store.database.execute_sql("UPDATE audit SET who = 'li' WHERE id = " + str(row.id))
    assert audit.broken_at() == row.id
