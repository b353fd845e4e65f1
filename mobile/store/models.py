"""The tables on the tablet. What could name a person or a vehicle is encrypted; keys for look-up are keyed hashes."""

from __future__ import annotations

from peewee import AutoField, BlobField, CompositeKey, IntegerField, Model, TextField

SCHEMA = 3
"""Stands in `PRAGMA user_version`; a store with a higher one is left alone."""


class Table(Model):
    """The common ground of all tables; queries name their database when they run."""

    class Meta:
        """Tables are named as the classes are: `entry_row`."""

        legacy_table_names = False


class Setting(Table):
    """One named value, encrypted: the enrolment, the agreed clock, choices of the device."""

    name = TextField(primary_key=True)
    value = BlobField()


class Inspection(Table):
    """One vehicle being checked, or checked. `lead` is an opaque officer id.

    `lead_device` is the tablet that opened it where that is another one: then it is joined here. Empty or null is ours.
    """

    id = TextField(primary_key=True)
    opened_at = TextField()
    state = TextField(index=True)
    lead = TextField()
    lead_device = TextField(null=True)


class EntryRow(Table):
    """One entry; `body` is the whole entry, encrypted for its row."""

    id = TextField(primary_key=True)
    inspection = TextField(index=True)
    seq = IntegerField()
    device = TextField()
    body = BlobField()


class SealedRow(Table):
    """One sealed part and what became of it; the lowest `priority` goes first, `receipt` and `problem` are JSON.

    `hub` holds it for the office, which has not receipted it.
    """

    digest = TextField(primary_key=True)
    device_seq = IntegerField(unique=True)
    previous = TextField(null=True)
    inspection = TextField(index=True)
    priority = IntegerField()
    size = IntegerField()
    body = BlobField()
    signature = TextField()
    state = TextField(index=True)
    receipt = TextField(null=True)
    problem = TextField(null=True)
    hub = TextField(null=True)


class PhotoRow(Table):
    """One file of a photo. `part` is the sealed part that names it, once there is one; `sent` counts bytes.

    `hub` as of a sealed part.
    """

    sha256 = TextField(primary_key=True)
    inspection = TextField(index=True)
    entry = TextField(index=True)
    role = TextField()
    size = IntegerField()
    type = TextField()
    state = TextField(index=True)
    part = TextField(null=True)
    sent = IntegerField(default=0)
    receipt = TextField(null=True)
    problem = TextField(null=True)
    hub = TextField(null=True)


class PackageRow(Table):
    """The version of a package in use. `body` is gzip of its bytes."""

    name = TextField(primary_key=True)
    version = TextField()
    digest = TextField()
    applied_at = TextField()
    body = BlobField()


class FeedPlace(Table):
    """How far this tablet is in the office's feed. One row; see `mobile.store.feed`.

    `used` and `urgent` are the generations that are looked into, for what is urgent and for the rest; `coming` is one
    that is not whole yet, 0 for none, with a cursor of its own. `at` is the office's time of the last page, `heard_at`
    this device's, empty before the first whole state; `page` is the digest of the last page's signed head;
    `hubs` are those on whose word some of it rests, with bars between.
    """

    id = IntegerField(primary_key=True)
    used = IntegerField(default=0)
    urgent = IntegerField(default=0)
    cursor = TextField(default="")
    coming = IntegerField(default=0)
    coming_cursor = TextField(default="")
    at = TextField(default="")
    heard_at = TextField(default="")
    page = TextField(default="")
    hubs = TextField(default="")
    swept = TextField(default="")


class FeedRow(Table):
    """What the office told last of one thing, under a keyed hash of kind and key; after `until` it is of no use."""

    id = AutoField()
    generation = IntegerField()
    kind = TextField()
    name = BlobField()
    until = TextField(null=True)
    line = BlobField()

    class Meta:
        """New rows go to the end of one tree, and only the small index is filled in no order."""

        indexes = ((("generation", "kind", "name"), True),)


class FeedWay(Table):
    """Another number that leads to a row, under keyed hashes of both: from a trailer's plate to its vehicle."""

    generation = IntegerField()
    way = BlobField()
    name = BlobField()

    class Meta:
        """A way is looked up by its beginning, and taken away whole."""

        without_rowid = True
        primary_key = CompositeKey("generation", "way", "name")


class View(Table):
    """Where the officer stands, so that a restart goes on there. One row."""

    id = IntegerField(primary_key=True)
    body = BlobField()


class PaperCounter(Table):
    """The last number given to papers of a kind on this device."""

    kind = TextField(primary_key=True)
    last = IntegerField()


EVIDENCE = (Setting, Inspection, EntryRow, SealedRow, PhotoRow, PackageRow, View, PaperCounter)
"""What is salvaged row by row from a torn file. What the feed told is asked from the office again."""
MODELS = (*EVIDENCE, FeedPlace, FeedRow, FeedWay)
