"""What can be done with a user: what is not named stays, every change is told, nobody locks the office out."""

from __future__ import annotations

from typing import Any

import pytest

from server.office import Office
from server.store import audit, users
from server.store.office_models import Audit, Session
from server.store.users import UserError

SECRET = "Tm7-kappe-Regen"


def made(office: Office, login: str = "wang", **told: Any) -> users.User:
    held = {"name": "王某", "role": "handler", "agency": "T", "password": SECRET, **told}
    return office.store.write_now(lambda: users.create("sun", login=login, **held))


def signed_in(office: Office, login: str = "wang") -> str:
    held = users.by_login(login)
    assert held is not None
    return office.store.write_now(lambda: users.open_session(held))[0]


def told(login: str = "wang") -> list[tuple[str, str, dict[str, Any]]]:
    rows = Audit.select().where(Audit.subject == f"user:{login}").order_by(Audit.id)
    return [(str(one.who), str(one.action), audit.detail_of(one)) for one in rows]


def test_a_new_role_keeps_name_and_password_and_is_told_old_and_new(office: Office) -> None:
    made(office)
    changed = office.store.write_now(lambda: users.change("sun", "wang", role="leader"))
    assert (changed.name, changed.role, changed.agency) == ("王某", "leader", "T")
    assert users.authenticate("wang", SECRET) is not None
    assert told()[-1] == ("sun", "user.change", {"role": ["handler", "leader"]})


@pytest.mark.parametrize(
    ("change", "stays"),
    [({"name": "王大"}, True), ({"role": "leader"}, False), ({"agency": "P"}, False), ({"area": "150624"}, False)],
)
def test_sessions_end_where_somebody_sees_something_else_from_now_on(
    office: Office, change: dict[str, str], stays: bool
) -> None:
    made(office)
    token = signed_in(office)
    office.store.write_now(lambda: users.change("sun", "wang", **change))
    assert (users.of_session(token) is not None) == stays


def test_what_is_not_changed_is_not_told(office: Office) -> None:
    made(office)
    token = signed_in(office)
    office.store.write_now(lambda: users.change("sun", "wang", role="handler", name=" 王某 "))
    assert len(told()) == 1 and users.of_session(token) is not None


def test_passwords_are_never_told(office: Office) -> None:
    made(office)
    office.store.write_now(lambda: users.change("sun", "wang", password="Other-9-words"))
    office.store.write_now(lambda: users.own_password("wang", "Other-9-words", "Third-9-words"))
    assert [one[2].get("password") for one in told()] == [None, "new", "new"]
    assert "words" not in str([str(one.detail) for one in Audit.select()])


def test_who_closes_a_user_says_why_and_signs_him_out_at_once(office: Office) -> None:
    made(office)
    token = signed_in(office)
    with pytest.raises(UserError, match="reason"):
        office.store.write_now(lambda: users.close("sun", "wang", " "))
    office.store.write_now(lambda: users.close("sun", "wang", "transferred"))
    assert users.of_session(token) is None and Session.select().count() == 0
    assert users.authenticate("wang", SECRET) is None
    assert told()[-1][1:] == (
        "user.close",
        {"closed_at": [None, users.by_login("wang").closed_at], "why": "transferred"},
    )


def test_a_closed_user_works_again_with_what_he_had(office: Office) -> None:
    made(office, role="leader")
    office.store.write_now(lambda: users.close("sun", "wang", "leave"))
    with pytest.raises(UserError, match="closed"):
        office.store.write_now(lambda: users.change("sun", "wang", name="x"))
    assert office.store.write_now(lambda: users.reopen("sun", "wang")).role == "leader"
    assert users.authenticate("wang", SECRET) is not None


def test_the_last_system_administrator_can_neither_be_closed_nor_given_another_role(office: Office) -> None:
    made(office, "sun", role="system_admin")
    for act in (
        lambda: users.close("sun", "sun", "why"),
        lambda: users.change("sun", "sun", role="handler"),
    ):
        with pytest.raises(UserError, match="last system administrator"):
            office.store.write_now(act)
    made(office, "two", role="system_admin")
    office.store.write_now(lambda: users.close("sun", "two", "left"))
    with pytest.raises(UserError, match="last system administrator"):
        office.store.write_now(lambda: users.close("sun", "sun", "why"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"login": "w ang"}, users.LOGIN_WRONG),
        ({"login": ""}, users.LOGIN_WRONG),
        ({"login": "ｗａｎｇ"}, users.LOGIN_WRONG),
        ({"login": "._-"}, users.LOGIN_WRONG),
        ({"name": "  "}, users.NAME_MISSING),
        ({"name": "王" * 61}, users.NAME_MISSING),
        ({"role": "king"}, users.ROLE_UNKNOWN),
        ({"agency": ""}, users.AGENCY_MISSING),
        ({"area": "15062"}, "division"),
        ({"area": "蒙K"}, "division"),
        ({"password": "short"}, "at least 10"),
        ({"password": "1234567890"}, "first that somebody would try"),
    ],
)
def test_a_user_that_cannot_be_made(office: Office, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said[:20]):
        made(office, **wrong)
    assert users.listing() == []


def test_all_faults_of_a_new_user_are_told_at_once(office: Office) -> None:
    with pytest.raises(UserError) as found:
        made(office, name="", role="king", agency="", area="x", password="x")
    assert len(found.value.faults) == 5


def test_a_login_is_never_given_twice_also_not_that_of_somebody_closed(office: Office) -> None:
    made(office)
    office.store.write_now(lambda: users.close("sun", "wang", "left"))
    for login in ("wang", "WANG", "Wang"):
        with pytest.raises(UserError, match="taken"):
            made(office, login)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong", "Third-9-words", users.PASSWORD_WRONG),
        (SECRET, SECRET, users.PASSWORD_SAME),
        (SECRET, "short", "at least 10"),
        (SECRET, "wangwang2026", "first that somebody would try"),
    ],
)
def test_an_own_password_that_is_refused(office: Office, old: str, new: str, said: str) -> None:
    made(office)
    with pytest.raises(UserError, match=said[:20]):
        office.store.write_now(lambda: users.own_password("wang", old, new))
    assert users.authenticate("wang", SECRET) is not None


def test_a_password_of_ones_own_ends_the_other_sessions_alone(office: Office) -> None:
    made(office)
    here, elsewhere = signed_in(office), signed_in(office)
    held = office.store.write_now(lambda: users.own_password("wang", SECRET, "Third-9-words", here))
    assert users.of_session(here) is not None and users.of_session(elsewhere) is None
    assert held.password_by == "wang" and not users.must_choose(held)


def test_an_area_is_kept_without_the_zeros_that_mean_all_of_it(office: Office) -> None:
    assert made(office, area=" 150600 ").area == "1506"
