from __future__ import annotations

import pytest
from playhouse.schema_diff import diff_models

from server import clock
from server.office import Office, open_office
from server.store import audit, meta, users
from server.store.engine import migrate
from server.store.models import TABLES, Audit, Session
from server.store.outage import DatabaseAway


def test_the_migrations_make_exactly_the_tables_of_the_models(office: Office) -> None:
    difference = diff_models(office.store.database, list(TABLES))
    assert not any(getattr(difference, name) for name in difference._fields)
    assert migrate(office.store.database) == []


def test_the_office_keeps_its_key(office: Office) -> None:
    again = open_office(office.config)
    again.close()
    assert again.key == office.key


def test_numbers_follow_each_other_by_name(office: Office) -> None:
    given = [office.store.write_now(lambda name=name: meta.number(name)) for name in ("a", "a", "b", "a")]
    assert given == [1, 2, 1, 3]


def test_a_password_opens_a_session_that_ends(office: Office) -> None:
    def sign_in() -> tuple[str, str]:
        users.add(login="wang", name="王某", role="leader", agency="T", password="correct horse")
        user = users.authenticate("wang", "correct horse")
        assert user is not None
        return users.open_session(user)

    token, csrf = office.store.write_now(sign_in)
    held = users.of_session(token)
    assert held is not None
    assert (held[0].login, held[1].csrf) == ("wang", csrf)
    office.store.write_now(lambda: Session.update(expires_at=clock.later(hours=-1)).execute())
    assert users.of_session(token) is None


def test_a_wrong_password_and_an_unknown_login_are_nobody(office: Office) -> None:
    office.store.write_now(
        lambda: users.add(login="wang", name="王某", role="leader", agency="T", password="correct horse")
    )
    assert users.authenticate("wang", "wrong") is None
    assert users.authenticate("li", "correct horse") is None
    with pytest.raises(ValueError, match="role"):
        users.add(login="x", name="x", role="king", agency="T", password="x")


def test_a_new_password_ends_the_sessions_of_the_old_one(office: Office) -> None:
    def change() -> str:
        told = {"login": "wang", "name": "王某", "role": "leader", "agency": "T"}
        token, _csrf = users.open_session(users.add(**told, password="old password"))
        users.add(**told, password="new password")
        return token

    assert users.of_session(office.store.write_now(change)) is None


def test_the_audit_log_shows_a_changed_or_missing_row(office: Office) -> None:
    def write() -> None:
        for subject in ("a", "b", "c"):
            audit.note(who="wang", action="view", subject=subject, purpose="case")

    office.store.write_now(write)
    assert audit.broken_at() is None
    middle = audit.page()[1].id
    office.store.write_now(lambda: Audit.update(subject="z").where(Audit.id == middle).execute())
    assert audit.broken_at() == middle
    office.store.write_now(lambda: Audit.delete().where(Audit.id == middle).execute())
    assert audit.broken_at() is not None


def test_a_connection_that_broke_is_made_again_for_whoever_reads(office: Office) -> None:
    office.store.read_now(meta.keep, "a", "1")
    office.store.database.connection().close()  # as a server that went away leaves it
    assert office.store.read_now(users.listing) == []


def test_what_stays_broken_is_said_to_be_away(office: Office) -> None:
    def broken() -> None:
        office.store.database.connection().close()
        users.listing()

    with pytest.raises(DatabaseAway):
        office.store.read_now(broken)
    assert office.store.read_now(users.listing) == []


def test_the_true_reason_of_a_failed_transaction_is_told(office: Office) -> None:
    def fail() -> None:
        office.store.database.execute_sql("ROLLBACK")  # as SQLite does by itself when the disk is full
        raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        office.store.write_now(fail)
    assert office.store.write_now(lambda: meta.number("n")) == 1
