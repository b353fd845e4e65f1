# ruff: noqa: D101, D106 - a frozen copy of the table as added; the runner wants the number in front
"""The sealed bytes of records leave their rows: no list walks over them any more, and they are deflated."""

from __future__ import annotations

import json
import zlib
from typing import Any

from peewee import BigIntegerField, BlobField, IntegerField, Model, TextField, chunked


class RecordBody(Model):
    record = IntegerField(primary_key=True)
    packed = BlobField()
    bytes = BigIntegerField()

    class Meta:
        legacy_table_names = False


class Record(Model):
    id = IntegerField(primary_key=True)
    kind = TextField()
    checklist = TextField(null=True)
    body = BlobField()

    class Meta:
        legacy_table_names = False


_SOME = 200


def _rows(query: Any) -> Any:
    return query.tuples()


def _checklist(body: Any) -> str | None:
    try:
        return str(json.loads(bytes(body)).get("checklist") or "") or None
    except (ValueError, AttributeError):
        return None


def up(migrator: Any, db: Any) -> None:
    """Move the bytes, and read by the way which checklist was asked, where a row does not say so yet.

    A body that a hub had let go of was empty, and has no row.
    """
    with db.bind_ctx((RecordBody, Record)):
        db.create_tables((RecordBody,), safe=False)
        for ids in chunked([one for (one,) in _rows(Record.select(Record.id))], _SOME):
            columns = Record.id, Record.body, Record.kind, Record.checklist
            moved = []
            for number, body, kind, checklist in list(_rows(Record.select(*columns).where(Record.id.in_(ids)))):
                if not body:
                    continue
                moved.append((number, zlib.compress(bytes(body), 1), len(body)))
                if kind == "inspection" and checklist is None:
                    Record.update(checklist=_checklist(body)).where(Record.id == number).execute()
            if moved:
                RecordBody.insert_many(moved).execute()
    migrator.migrate(migrator.drop_column("record", "body"))


def down(migrator: Any, db: Any) -> None:
    """Move them back."""
    # It takes no default (`findings/peewee-blob-column-takes-no-default.sh`), so it may be null for a moment.
    migrator.migrate(migrator.add_column("record", "body", BlobField(null=True)))
    with db.bind_ctx((RecordBody, Record)):
        for ids in chunked([one for (one,) in _rows(RecordBody.select(RecordBody.record))], _SOME):
            kept = RecordBody.select(RecordBody.record, RecordBody.packed).where(RecordBody.record.in_(ids))
            for number, packed in _rows(kept):
                Record.update(body=zlib.decompress(bytes(packed))).where(Record.id == number).execute()
        Record.update(body=b"").where(Record.body.is_null()).execute()
        db.drop_tables((RecordBody,))
