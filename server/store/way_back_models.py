"""The party's way back: the links, what came by them, and the holds that the office lifted."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, IntegerField, TextField

from server.store.models import Table


class WayBackLink(Table):
    """A link by the digest of its token, which the office never knew, or showed once; it opens one inspection.

    `record` is the part that names it, empty where somebody of the office (`made_by`) gave it out. `until` is the last
    moment at which it opens; revoked with a reason, never deleted.
    """

    digest = TextField(primary_key=True)
    inspection = TextField(index=True)
    record = TextField(default="")
    made_at = TextField()
    made_by = TextField(default="")
    until = TextField()
    revoked_at = TextField(default="")
    revoked_by = TextField(default="")
    revoked_why = TextField(default="")


class WayBackSent(Table):
    """Something that a party sent by its link: proof or a dispute, of one violation of one case. Never changed."""

    id = AutoField()
    inspection = TextField(index=True)
    case = TextField(index=True)
    side = TextField(index=True)
    kind = TextField()
    violation = TextField()
    text = TextField(default="")
    at = TextField()


class WayBackFile(Table):
    """A file that was sent; of one side track each content once."""

    id = AutoField()
    sent = IntegerField(index=True)
    side = TextField()
    sha256 = TextField(index=True)
    type = TextField()
    bytes = BigIntegerField()
    name = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("side", "sha256"), True),)


class HoldLift(Table):
    """A hold of a check that the office let go: everything that held the vehicle was cleared or overturned.

    `violations` are those of that moment, as JSON: one that is found later holds again.
    """

    id = AutoField()
    inspection = TextField(index=True)
    outcome = TextField()
    violations = TextField()
    case = TextField()
    who = TextField()
    at = TextField()


WAY_BACK_TABLES: tuple[type[Table], ...] = (WayBackLink, WayBackSent, WayBackFile, HoldLift)
