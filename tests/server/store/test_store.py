from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path

import pytest
from playhouse.schema_diff import diff_models

from server import clock
from server.office import Office, open_office
from server.store import audit, meta, registry, space, users
from server.store.case_models import ALL_TABLES
from server.store.engine import migrate, open_store
from server.store.models import Meta
from server.store.office_models import Audit, RegistryRow, Session
from server.store.outage import DatabaseAway

AT = "2026-11-20T00:00:00.000Z"


def test_the_migrations_make_exactly_the_tables_of_the_models(office: Office) -> None:
    difference = diff_models(office.store.database, list(ALL_TABLES))
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
    assert (held[0].login, held[1]) == ("wang", csrf)
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


def test_a_full_disk_fails_a_whole_group_with_its_true_reason(tmp_path: Path) -> None:
    """SQLite ends the transaction by itself, so nothing of the group stands, and each of its jobs is told why."""
    store = open_store(tmp_path / "x.sqlite3")
    store.write_now(lambda: store.database.pragma("max_page_count", 1, permanent=True))
    begun, go = threading.Event(), threading.Event()
    held = store.writer.submit(lambda: (begun.set(), go.wait(10)))
    begun.wait(10)  # the jobs behind it become one group
    jobs = [
        store.writer.submit(lambda: meta.keep("small", "x")),
        store.writer.submit(lambda: meta.keep("big", "x" * 500_000)),
        store.writer.submit(lambda: meta.keep("after", "x")),
    ]
    go.set()
    held.result(10)
    outcomes = [job.exception(10) for job in jobs]
    stands = {str(one.name) for one in Meta.select() if one.name in ("small", "after")}
    for name, outcome in zip(("small", "big", "after"), outcomes, strict=True):
        assert (outcome is None) == (name in stands)
        assert outcome is None or space.is_out(outcome)
    assert outcomes[1] is not None
    store.database.pragma("max_page_count", 2**30, permanent=True)
    store.write_now(lambda: store.database.pragma("max_page_count", 2**30))
    assert store.write_now(lambda: meta.keep("big", "x" * 500_000))
    store.close()


def test_row_40_a_row_is_found_however_its_key_is_written(office: Office) -> None:
    rows = [
        {"kind": "vehicle", "key": "蒙K·22345", "data": {"plate": "蒙K·22345\u200b"}, "as_of": AT},
        {"kind": "orders", "key": "15062419800101001x", "data": {"rows": []}, "as_of": AT},
    ]
    office.store.write_now(lambda: registry.put(rows))
    for way in ("蒙K22345", "蒙k-22345", "蒙Ｋ２２３４５", " 蒙K22345"):
        held = registry.lookup("vehicle", way)
        assert held is not None and held["data"] == {"plate": "蒙K·22345"}
    assert registry.lookup("orders", "150624800101001") is not None
    assert {str(one.key) for kind in ("vehicle", "orders") for one in registry.page(kind)} == {
        "蒙K22345", "15062419800101001X",
    }  # fmt: skip


def test_row_40_rows_from_before_keys_were_folded_are_brought_under_them(office: Office) -> None:
    old = [("蒙K·22345", "2026-01-01"), ("蒙K22345", "2026-02-01"), ("蒙k32345", "2026-01-01")]
    rows = [{"kind": "vehicle", "key": key, "data": "{}", "as_of": at} for key, at in old]

    def job() -> None:
        RegistryRow.insert_many(rows).execute()
        import_module("server.migrations.0004_registry_keys").up(None, office.store.database)

    office.store.write_now(job)
    assert [(row.key, row.as_of) for row in RegistryRow.select().order_by(RegistryRow.key)] == [
        ("蒙K22345", "2026-02-01"),
        ("蒙K32345", "2026-01-01"),
    ]


def test_row_40_of_two_rows_of_one_key_the_newer_is_put(office: Office) -> None:
    rows = [
        {"kind": "tank", "key": key, "data": {"code": code}, "as_of": at}
        for key, code, at in (("T-1", "new", "2026-11-21"), ("t1", "old", "2026-11-20"))
    ]
    assert office.store.write_now(lambda: registry.put(rows)) == 1
    held = registry.lookup("tank", "T1")
    assert held is not None and held["data"] == {"code": "new"}
