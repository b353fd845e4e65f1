# ruff: noqa: D101, D106 - a frozen copy of the tables as first released; the runner wants the number in front
"""The tables of the first release. Frozen: the models may move on, this file does not."""

from __future__ import annotations

from typing import Any

from peewee import (
    AutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


class Table(Model):
    class Meta:
        legacy_table_names = False


class Meta(Table):
    name = TextField(primary_key=True)
    value = TextField()


class Counter(Table):
    name = TextField(primary_key=True)
    value = BigIntegerField()


class EnrolmentCode(Table):
    id = AutoField()
    code_hash = TextField(unique=True)
    agency = TextField()
    made_at = TextField()
    expires_at = TextField()
    used_at = TextField(null=True)
    device = TextField(null=True)


class Device(Table):
    id = TextField(primary_key=True)
    name = TextField()
    agency = TextField()
    prefix = TextField(unique=True)
    public_key = TextField()
    certificate = TextField()
    token_hash = TextField(unique=True)
    app = TextField()
    enrolled_at = TextField()
    seen_at = TextField(null=True)
    revoked_at = TextField(null=True)
    head_seq = BigIntegerField(default=0)
    head_digest = TextField(null=True)


class Record(Table):
    id = AutoField()
    digest = TextField(unique=True)
    part = TextField()
    kind = TextField()
    format = IntegerField()
    inspection = TextField(index=True)
    device = TextField()
    device_seq = BigIntegerField()
    previous = TextField(null=True)
    sealed_at = TextField()
    received_at = TextField()
    body = BlobField()
    signature = TextField()
    receipt = TextField()
    state = TextField()
    reason = TextField(default="")
    processed_at = TextField(null=True)
    alarm = BooleanField(default=False)
    plate = TextField(null=True)
    colour = TextField(null=True)
    carrier = TextField(null=True)
    un = TextField(null=True)
    outcome = TextField(null=True)
    severity = TextField(null=True)
    site = TextField(null=True)
    inspected_at = TextField(null=True)

    class Meta:
        indexes = (
            (("state", "id"), False),
            (("device", "device_seq"), False),
            (("plate", "id"), False),
            (("kind", "id"), False),
        )


class Claim(Table):
    name = TextField(primary_key=True)
    digest = TextField()


class PhotoWanted(Table):
    record = TextField()
    entry = TextField()
    role = TextField()
    sha256 = TextField(index=True)
    bytes = BigIntegerField()
    type = TextField()

    class Meta:
        primary_key = CompositeKey("record", "entry", "role")


class Photo(Table):
    sha256 = TextField(primary_key=True)
    bytes = BigIntegerField()
    type = TextField()
    received_at = TextField()
    receipt = TextField()


class ServerFinding(Table):
    id = AutoField()
    inspection = TextField(index=True)
    record = TextField()
    sense = TextField()
    difference = TextField()
    finding = TextField()
    found_at = TextField()


class Case(Table):
    id = TextField(primary_key=True)
    number = TextField(unique=True)
    inspection = TextField()
    agency = TextField()
    party_role = TextField()
    party_name = TextField()
    party_key = TextField()
    opened_at = TextField()
    state = TextField()

    class Meta:
        indexes = ((("inspection", "agency", "party_key"), True), (("agency", "state", "id"), False))


class CaseViolation(Table):
    id = AutoField()
    case = TextField()
    violation = TextField()
    item = TextField()
    key = TextField()
    finding = TextField()
    source = TextField()

    class Meta:
        indexes = ((("case", "key"), True),)


class Package(Table):
    id = AutoField()
    name = TextField()
    version = TextField()
    digest = TextField()
    body = BlobField()
    packed = BlobField()
    signature = TextField()
    published_at = TextField()

    class Meta:
        indexes = ((("name", "version"), True),)


class RegistryRow(Table):
    id = AutoField()
    kind = TextField()
    key = TextField()
    data = TextField()
    as_of = TextField()

    class Meta:
        indexes = ((("kind", "key"), True),)


class User(Table):
    id = AutoField()
    login = TextField(unique=True)
    name = TextField()
    role = TextField()
    agency = TextField()
    area = TextField(default="")
    password = TextField()
    made_at = TextField()
    closed_at = TextField(null=True)


class Session(Table):
    token_hash = TextField(primary_key=True)
    user = IntegerField(index=True)
    csrf = TextField()
    opened_at = TextField()
    expires_at = TextField()


class Audit(Table):
    id = AutoField()
    prev_hash = TextField(unique=True)
    at = TextField()
    who = TextField()
    action = TextField()
    subject = TextField()
    purpose = TextField()
    hash = TextField()


TABLES = (
    Meta,
    Counter,
    EnrolmentCode,
    Device,
    Record,
    Claim,
    PhotoWanted,
    Photo,
    ServerFinding,
    Case,
    CaseViolation,
    Package,
    RegistryRow,
    User,
    Session,
    Audit,
)


def up(_migrator: Any, db: Any) -> None:
    """Make every table on either engine."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
