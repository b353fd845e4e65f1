"""The tiers of carriers, and by which sign a person's page is found. Written as in `models`."""

from __future__ import annotations

from peewee import AutoField, IntegerField, TextField

from server.store.models import Table


class CarrierTier(Table):
    """A carrier by its folded credit code, in the tier in which it stands.

    `found` is the level that the formula gives, `level` the one that holds: a person's until the day `hand_until`.
    `reasons` is JSON, `due_at` when it is to be worked out again (empty: at once), `since` the day from which the level
    holds. `salt` goes into the draw of full checks and is shown to nobody.
    """

    key = TextField(primary_key=True)
    name = TextField(default="")
    level = TextField(default="unknown")
    found = TextField(default="unknown")
    points = IntegerField(default=0)
    checks = IntegerField(default=0)
    last_check = TextField(default="")
    reasons = TextField(default="[]")
    formula = TextField(default="")
    since = TextField(default="")
    computed_at = TextField(default="")
    due_at = TextField(default="")
    salt = TextField(default="")
    hand_level = TextField(default="")
    hand_reason = TextField(default="")
    hand_until = TextField(default="")
    hand_by = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("level", "points", "key"), False), (("due_at", "key"), False))


class CarrierTierChange(Table):
    """That a carrier came into another tier, or that a person set or ended one; rows are only added.

    `who` is a login, or office where the formula did it; `formula` its version, `until` the last day of a hand's.
    """

    id = AutoField()
    key = TextField()
    at = TextField()
    who = TextField()
    was = TextField()
    level = TextField()
    reason = TextField(default="")
    until = TextField(default="")
    formula = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("key", "id"), False),)


class PersonSign(Table):
    """The sign in the address of a person's page, in the place of a number that no address and no log may hold."""

    sign = TextField(primary_key=True)
    key = TextField(unique=True)


TIER_TABLES: tuple[type[Table], ...] = (CarrierTier, CarrierTierChange, PersonSign)
