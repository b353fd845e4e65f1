"""The tables of administration: codes for officers, the sites' areas, imports and what they changed.

As in `models`: times are UTC text, JSON is text as written.
"""

from __future__ import annotations

from peewee import AutoField, IntegerField, TextField

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


ADMINISTRATION_TABLES: tuple[type[Table], ...] = (
    *(OfficerCode, SiteArea, ImportDraft, RegistryChange),
    *(StatedPurpose, DevicePackage),
)
