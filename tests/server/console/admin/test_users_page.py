"""The system administrator's pages of users: changes are told old and new, nobody lifts himself or is deleted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.office import Office
from server.store import users
from tests.server.browser import Browser
from tests.server.console.admin.staff import logged, opened, secret, send, text
from tests.server.scene import PASSWORD

OWN = "Kiesel-Lampe-77-grau"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture(scope="module")
def system(office: Office) -> Browser:
    return Browser(office, "system")


def address(login: str) -> str:
    held = users.by_login(login)
    assert held is not None
    return f"/console/users/{held.id}"


def seen(browser: Browser, login: str) -> str:
    return browser.get(address(login)).text.split('name="seen" value="')[1].split('"')[0]


def test_a_new_user_comes_with_a_password_for_once_and_sees_nothing_before_he_has_chosen_his_own(
    office: Office, system: Browser
) -> None:
    told = {"login": "li.si", "name": "李四", "role": "handler", "agency": "T", "area": "150624"}
    made = send(system, "/console/users/new", **told)
    assert made.status_code == 200
    newcomer = Browser(office)
    assert newcomer.sign_in("li.si", secret(made.text)).status_code == 303
    assert newcomer.get("/console/cases").headers["location"] == "/console/account"
    assert "一次性密码" in text(newcomer.get("/console/account").text)
    chosen = send(newcomer, "/console/account", old=secret(made.text), new=OWN, again=OWN)
    assert chosen.headers["location"].startswith("/console/cases")
    assert newcomer.get("/console/cases").status_code == 200
    held = users.by_login("li.si")
    assert held is not None and held.once_until is None and users.authenticate("li.si", secret(made.text)) is None
    assert [one[:2] for one in logged("user:li.si")] == [("system", "user.create"), ("li.si", "user.own_password")]
    assert logged("user:li.si")[0][2]["role"] == [None, "handler"]


def test_what_is_wrong_with_a_new_user_is_said_at_once_and_what_was_typed_stays(system: Browser) -> None:
    told = {"login": "with space", "name": "", "role": "king", "agency": "T", "area": "15x"}
    refused = send(system, "/console/users/new", **told)
    shown = text(refused.text)
    assert refused.status_code == 422
    for words in ("账号由1至60", "姓名为1至60", "没有该角色", "地区为行政区划代码"):
        assert words in shown
    assert 'value="with space"' in refused.text and 'value="15x"' in refused.text
    assert users.by_login("with space") is None


def test_a_change_is_told_old_and_new_and_a_stale_page_changes_nothing(system: Browser) -> None:
    before = seen(system, "review")
    told = {"name": "何敏", "role": "leader", "agency": "T", "area": "1506", "act": "change"}
    assert send(system, address("review"), seen=before, **told).status_code == 303
    assert logged("user:review")[-1] == (
        "system", "user.change", {"role": ["reviewer", "leader"], "area": ["", "1506"]},
    )  # fmt: skip
    again = send(system, address("review"), seen=before, **{**told, "role": "handler"})
    assert again.status_code == 422 and "刚被他人更改" in text(again.text)
    held = users.by_login("review")
    assert held is not None and held.role == "leader"


def test_nobody_changes_his_own_role_nor_closes_himself(office: Office, system: Browser) -> None:
    told = {
        "name": "孙工",
        "role": "leader",
        "agency": "T",
        "area": "",
        "act": "change",
        "seen": seen(system, "system"),
    }
    assert send(system, address("system"), **told).status_code == 422
    assert send(system, address("system"), act="close", why="x").status_code == 422
    held = users.by_login("system")
    assert held is not None and (held.role, held.closed_at) == ("system_admin", None)
    renamed = send(system, address("system"), act="change", name="孙工程师", seen=seen(system, "system"))
    assert renamed.status_code == 303


def test_closing_needs_a_reason_signs_out_at_once_and_can_be_undone(office: Office, system: Browser) -> None:
    police = Browser(office, "police")
    assert send(system, address("police"), act="close", why=" ").status_code == 422
    assert send(system, address("police"), act="close", why="调离").status_code == 303
    assert police.get("/console/cases").headers["location"].startswith("/console/login")
    assert Browser(office).sign_in("police").status_code == 401
    assert send(system, address("police"), act="reopen").status_code == 303
    assert Browser(office).sign_in("police").status_code == 303
    closed, reopened = logged("user:police")[-2:]
    assert (closed[1], closed[2]["why"], reopened[1]) == ("user.close", "调离", "user.reopen")


def test_the_last_system_administrator_stays(office: Office, system: Browser) -> None:
    deputy = Browser(office, "deputy")
    assert send(system, address("deputy"), act="close", why="x").status_code == 303
    assert deputy.get("/console/users").status_code == 303
    assert send(system, address("deputy"), act="reopen").status_code == 303
    deputy = Browser(office, "deputy")
    assert send(deputy, address("system"), act="close", why="x").status_code == 303
    last = users.by_login("deputy")
    assert last is not None
    with pytest.raises(users.UserError):
        office.store.write_now(lambda: users.close("other", "deputy", "x"))
    assert send(deputy, address("system"), act="reopen").status_code == 303


def test_a_reset_password_is_for_once_and_ends_sessions(office: Office, system: Browser) -> None:
    law = Browser(office, "law")
    given = send(Browser(office, "system"), address("law"), act="reset")
    assert law.get("/console/cases").headers["location"].startswith("/console/login")
    assert users.authenticate("law", PASSWORD) is None
    assert users.authenticate("law", secret(given.text)) is not None
    assert secret(given.text) not in str(logged("user:law"))


def test_an_old_one_time_password_opens_nothing(office: Office) -> None:
    given = office.store.write_now(lambda: users.reset_password("system", "area"))
    past = "2026-01-01T00:00:00.000Z"
    office.store.write_now(lambda: users.User.update(once_until=past).where(users.User.login == "area").execute())
    assert users.authenticate("area", given) is None


def test_the_list_is_narrowed_by_agency_role_state_and_text(office: Office) -> None:
    browser = Browser(office, "deputy")
    assert ">chief<" in browser.get("/console/users?agency=P&role=leader").text
    assert ">chief<" not in browser.get("/console/users?agency=T").text
    assert ">lead<" not in browser.get("/console/users?state=closed").text
    assert ">lead<" in browser.get("/console/users?text=苏日").text
    assert "没有符合条件的用户" in browser.get("/console/users?text=%E6%97%A0").text


def test_an_own_password_is_checked_and_the_login_keeps_the_name_that_was_typed(office: Office) -> None:
    browser = Browser(office, "lead")
    wrong = send(browser, "/console/account", old="no", new=OWN, again=OWN + "x")
    assert wrong.status_code == 422 and "两次输入的新密码不一致" in text(wrong.text)
    assert send(browser, "/console/account", old="no", new=OWN, again=OWN).status_code == 422
    assert OWN not in send(browser, "/console/account", old="no", new=OWN, again=OWN).text
    refused = Browser(office).sign_in("lead", "wrong")
    assert refused.status_code == 401 and 'value="lead"' in refused.text
