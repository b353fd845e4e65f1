"""What a hub holds for its parent, beside records and photos. Written as in `models`."""

from __future__ import annotations

from peewee import AutoField, BlobField, TextField

from server.store.models import Table


class HubPhoto(Table):
    """How far a photo that is whole here has gone: held, passed (its receipt stands in `Photo`) or refused, and why."""

    sha256 = TextField(primary_key=True)
    state = TextField()
    code = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("state",), False),)


class HubPost(Table):
    """What is passed on as it came and is no record: an act about a task, a piece of a hand-over file.

    `key` is its id or the digest of its bytes, `device` who brought it, `answer` the parent's own, as JSON.
    """

    id = AutoField()
    kind = TextField()
    key = TextField()
    device = TextField()
    path = TextField()
    body = BlobField()
    state = TextField()
    code = TextField(default="")
    answer = TextField(default="")
    received_at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("kind", "key"), True), (("state", "id"), False), (("device", "state"), False))


class HubRevocation(Table):
    """The office's signed word that a device is revoked, as the hub got it."""

    device = TextField(primary_key=True)
    paper = TextField()


HUB_TABLES: tuple[type[Table], ...] = (HubPhoto, HubPost, HubRevocation)
