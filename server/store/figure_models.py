"""The tables behind figures: a slim row a check, what was found and looked at in it, and the kept sums."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CompositeKey, IntegerField, TextField

from server.store.models import Table


class CheckFact(Table):
    """A check as it is counted; the columns are those of `figures.fact.Fact`."""

    id = AutoField()
    inspection = TextField(unique=True)
    digest = TextField()
    at = TextField()
    day = TextField()
    cell = IntegerField()
    site = TextField()
    agencies = TextField()
    carrier = TextField()
    un = TextField()
    pair = TextField()
    late = TextField()
    violations = IntegerField()
    found = IntegerField()
    serious = IntegerField()
    ordered = IntegerField()
    cased = IntegerField()
    decided = IntegerField()
    corrected = IntegerField()
    controlled = IntegerField()
    pictured = IntegerField()
    overridden = IntegerField()
    timed = IntegerField()
    minutes = IntegerField()
    paced = IntegerField()
    pace = IntegerField()

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("day", "id"), False),
            (("site", "day", "id"), False),
            (("carrier", "day", "id"), False),
            (("un", "day", "id"), False),
            (("pair", "day", "id"), False),
        )


class CheckFound(Table):
    """A violation that was found in a check, once, or an item that failed in it; `what` is violation or item.

    It is campaign, focus or target where the check was made under a campaign: see `figures.sums.Under`.
    """

    id = AutoField()
    inspection = TextField(index=True)
    what = TextField()
    code = TextField()
    day = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("what", "code", "day", "id"), False), (("what", "day", "id"), False))


class CheckLooked(Table):
    """The items that the office's computation found in order in a check, and those failing: each after a comma."""

    inspection = TextField(primary_key=True)
    conform = TextField()
    failed = TextField()


class KeptSum(Table):
    """A kept sum; `by`, `period`, `key` and `agencies` are those of `figures.sums.Key`, the rest its columns."""

    by = TextField()
    period = TextField()
    key = TextField()
    agencies = TextField()
    checks = BigIntegerField()
    found = BigIntegerField()
    serious = BigIntegerField()
    ordered = BigIntegerField()
    cased = BigIntegerField()
    decided = BigIntegerField()
    corrected = BigIntegerField()
    controlled = BigIntegerField()
    pictured = BigIntegerField()
    overridden = BigIntegerField()
    timed = BigIntegerField()
    paced = BigIntegerField()
    violations = BigIntegerField()
    minutes = BigIntegerField()
    pace = BigIntegerField()

    class Meta:
        """Peewee's settings."""

        primary_key = CompositeKey("by", "period", "key", "agencies")


FIGURE_TABLES: tuple[type[Table], ...] = (CheckFact, CheckFound, CheckLooked, KeptSum)
