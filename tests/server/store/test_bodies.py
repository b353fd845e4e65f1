from __future__ import annotations

import pytest
from falcon.testing import TestClient
from playhouse.migrations import Runner

from server.office import Office
from server.store import bodies, engine, records
from server.store.models import RecordBody
from tests.server.cast import Tablet, batch


def test_the_bytes_come_back_as_they_were_sealed(client: TestClient, tablet: Tablet) -> None:
    sealed = tablet.seal()
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    held = records.by_digest(sealed.digest)
    assert held is not None and bodies.of(held) == sealed.body
    kept = RecordBody.get()
    assert (kept.record, kept.bytes) == (held.id, len(sealed.body)) and len(bytes(kept.packed)) < len(sealed.body)


class TestStep:
    """The step of the schema, on a database of its own."""

    @pytest.fixture(params=["sqlite", "postgres"])
    def database(self, request: pytest.FixtureRequest) -> str:
        return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))

    def test_it_moves_them_into_the_row_and_out_again(self, office: Office, client: TestClient, tablet: Tablet) -> None:
        first, second = tablet.seal(), tablet.seal()
        client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(first, second))
        gone = records.by_digest(second.digest)
        assert gone is not None
        RecordBody.delete().where(RecordBody.record == gone.id).execute()  # as a hub lets go
        database = office.store.database
        steps = Runner(database, str(engine._MIGRATIONS))
        while RecordBody.table_exists():
            steps.down()
        rows = dict(database.execute_sql("SELECT digest, body FROM record").fetchall())
        assert (bytes(rows[first.digest]), bytes(rows[second.digest])) == (first.body, b"")
        engine.migrate(database)
        held = records.by_digest(first.digest)
        assert held is not None and bodies.of(held) == first.body and bodies.of(gone) == b""
