"""The tables of administration: codes for officers, the sites' areas, imports and what they changed.

As in `models`: times are UTC text, JSON is text as written.
"""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CompositeKey, IntegerField, TextField

from server.store.models import Table


class OfficerCode(Table):
    """A one-time code with which an officer sets his first PIN on a tablet, as its hash.

    `device` binds it to one tablet; empty is any of his agency. Withdrawn ones stay.
    """

    id = AutoField()
    officer = TextField(index=True)
    agency = TextField()
    device = TextField(default="")
    code_hash = TextField()
    made_by = TextField()
    made_at = TextField()
    expires_at = TextField()
    ended_at = TextField(default="")
    ended_by = TextField(default="")


class SiteArea(Table):
    """In which administrative division a site lies: the code of GB/T 2260 without the zeros that mean "all of it"."""

    site = TextField(primary_key=True)
    division = TextField(index=True)


class ImportDraft(Table):
    """A file that was read and compared, and waits to be applied; `digest` is that of its bytes.

    `preview` is the digest of the differences that somebody was shown. `state`: draft, applied, dropped.
    """

    id = TextField(primary_key=True)
    digest = TextField(index=True)
    kind = TextField()
    name = TextField()
    bytes = IntegerField()
    as_of = TextField()
    who = TextField()
    agency = TextField()
    made_at = TextField()
    preview = TextField()
    counts = TextField()
    state = TextField()
    ended_at = TextField(default="")
    ended_by = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("made_at",), False),)


class RegistryChange(Table):
    """What an import or a correction made of a registry row: old and new data; `old` is empty for a new row.

    The audit log holds the digest of all changes of one `batch`.
    """

    id = AutoField()
    batch = TextField(index=True)
    kind = TextField()
    key = TextField()
    old = TextField(default="")
    new = TextField()
    old_as_of = TextField(default="")
    as_of = TextField()
    who = TextField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("kind", "key", "id"), False),)


class RegistryPart(Table):
    """A part of many registry rows that are loaded: `rows` as JSON until it is written, `done` what became of it.

    Nothing of a `load` is written before its `last` part is here; from then on all of it will be, whatever ends before.
    """

    id = AutoField()
    load = TextField(index=True)
    who = TextField()
    at = TextField()
    last = IntegerField(default=0)
    rows = TextField()
    done = TextField(default="")


class StatedPurpose(Table):
    """Why somebody looks at an inspection, its records and cases, as he said it before they were shown; rows stay."""

    id = AutoField()
    login = TextField()
    inspection = TextField()
    purpose = TextField()
    number = TextField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("login", "inspection", "at"), False), (("login", "id"), False))


class DevicePackage(Table):
    """Which version of a package a tablet took last, and when."""

    id = AutoField()
    device = TextField()
    name = TextField()
    version = TextField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("device", "name"), True),)


class DeviceStatus(Table):
    """What a tablet said of itself last, `at` by the office's clock and `said_at` by its own; nobody has proven it.

    `packages` is JSON: a list of name, version and when it was applied. `feed_place` is how far it has the feed,
    `feed_at` as of when it has all of it. `records` and `files` wait for the office, `refused` of them for a person; of
    these the oldest was sealed at `oldest_at` by the tablet's clock, which is `offset_ms` behind the office's.
    """

    device = TextField(primary_key=True)
    at = TextField()
    said_at = TextField()
    app = TextField()
    packages = TextField()
    offset_ms = BigIntegerField(null=True)
    agreed_at = TextField(null=True)
    feed_place = BigIntegerField(null=True)
    feed_at = TextField(null=True)
    records = IntegerField()
    files = IntegerField()
    refused = IntegerField()
    oldest_at = TextField(null=True)
    free_bytes = BigIntegerField(null=True)


class DeviceDay(Table):
    """What a tablet said last on a day (UTC) of its space and of what waits."""

    device = TextField()
    day = TextField()
    free_bytes = BigIntegerField(null=True)
    records = IntegerField()
    files = IntegerField()

    class Meta:
        """Peewee's settings."""

        primary_key = CompositeKey("device", "day")


ADMINISTRATION_TABLES: tuple[type[Table], ...] = (
    *(OfficerCode, SiteArea, ImportDraft, RegistryChange, RegistryPart),
    *(StatedPurpose, DevicePackage, DeviceStatus, DeviceDay),
)
