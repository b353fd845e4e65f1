"""The outbox of the feed. Written as in `models`."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, IntegerField, TextField

from server.store.models import Table


class FeedRow(Table):
    """What tablets of a scope are to know of one thing, as it stands now: the last change of a thing is enough.

    `agency` and `area` are the scope, empty for all; who has left it stands there as `gone`, without content. `place`
    is where the change lies in the feed: NULL until just before its transaction is committed. `lane` 0 goes first.
    `body` is the line that is sent. After the day `until` nobody needs it any more.
    """

    id = AutoField()
    kind = TextField()
    key = TextField()
    agency = TextField(default="")
    area = TextField(default="")
    lane = IntegerField()
    place = BigIntegerField(null=True)
    gone = IntegerField(default=0)
    body = TextField()
    until = TextField(default="")
    told_at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("kind", "key", "agency", "area"), True),
            (("lane", "place"), False),
            (("place",), False),
            (("gone", "told_at"), False),
            (("until",), False),
        )


class CheckNumber(Table):
    """By which numbers a check that counts is found, each in the role in which it was aboard; `at` is its time."""

    id = AutoField()
    number = TextField()
    role = TextField()
    inspection = TextField(index=True)
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("number", "inspection", "role"), True), (("number", "at"), False))


class CheckBrief(Table):
    """A check that counts, in a row without its bytes: what lists by a number and the tiers of carriers read.

    `agencies` are those that took part and that of the sealing tablet, as `|P|T|`. `valid` is 0 where it was begun by
    mistake or given up.
    """

    inspection = TextField(primary_key=True)
    digest = TextField()
    at = TextField()
    agencies = TextField()
    site = TextField()
    plate = TextField()
    colour = TextField()
    carrier = TextField()
    un = TextField()
    outcome = TextField()
    severity = TextField()
    checklist = TextField()
    about = TextField()
    valid = IntegerField()


FEED_TABLES: tuple[type[Table], ...] = (FeedRow, CheckNumber, CheckBrief)
