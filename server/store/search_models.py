"""The tables by which records and cases are found from the beginning of a name or number."""

from __future__ import annotations

from peewee import AutoField, BlobField, IntegerField, TextField

from server.store.models import Table


class SearchTerm(Table):
    """A number or name in its folded form, once, however often it occurs."""

    id = AutoField()
    folded = TextField(unique=True)


class SearchStart(Table):
    """The beginnings by which a term is found: each place in a name at which a search may start. UTF-8 bytes."""

    id = AutoField()
    start = BlobField()
    term = IntegerField(index=True)

    class Meta:
        """Peewee's settings."""

        indexes = ((("start", "term"), False),)


class SearchHit(Table):
    """Where a term stands: a record or a case, and as what (`plate`, `carrier`, `waybill` …)."""

    id = AutoField()
    term = IntegerField()
    what = TextField()
    ref = TextField()
    kind = TextField()
    shown = TextField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("term", "what", "ref", "kind"), True),
            (("what", "ref"), False),
            (("term", "at", "id"), False),
        )


SEARCH_TABLES: tuple[type[Table], ...] = (
    SearchTerm,
    SearchStart,
    SearchHit,
)
