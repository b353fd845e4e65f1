"""The tables of documents and of what was confirmed of the law. As in `models`."""

from __future__ import annotations

from peewee import AutoField, IntegerField, TextField

from server.store.models import Table


class DocumentDraft(Table):
    """What somebody has begun to fill in for a document, as JSON; gone once it is issued."""

    id = AutoField()
    case = TextField()
    kind = TextField()
    side = TextField(default="")
    filled = TextField()
    who = TextField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("case", "kind", "side"), True),)


class LawConfirmation(Table):
    """A row of law that somebody proposed, another confirmed, and perhaps a third ended; never deleted.

    `text` is the article as both have seen it, `text_source` where it comes from (`product` or what was typed), `scan`
    the digest of the page. `as_clause` is the number that was read where the row has another or none; amounts stand
    for those of the row where other ones were read.
    """

    id = AutoField()
    code = TextField()
    part = TextField()
    law = TextField()
    version = TextField()
    clause = TextField()
    as_clause = TextField(default="")
    subject = TextField(default="")
    min_cny = IntegerField(null=True)
    max_cny = IntegerField(null=True)
    text = TextField()
    text_digest = TextField()
    text_source = TextField()
    scan = TextField(default="")
    note = TextField(default="")
    proposed_by = TextField()
    proposed_name = TextField()
    proposed_role = TextField()
    proposed_at = TextField()
    confirmed_by = TextField(default="")
    confirmed_name = TextField(default="")
    confirmed_role = TextField(default="")
    confirmed_at = TextField(default="")
    ended_by = TextField(default="")
    ended_name = TextField(default="")
    ended_at = TextField(default="")
    ended_why = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("code", "part", "law", "clause"), False),)


PAPER_TABLES: tuple[type[Table], ...] = (DocumentDraft, LawConfirmation)
