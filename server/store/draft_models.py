"""Drafts of checklists and law, their steps, and trials of them on past inspections. Written as in `models`."""

from __future__ import annotations

from peewee import AutoField, IntegerField, TextField

from server.store.models import Table


class DefinitionDraft(Table):
    """Changes of the definitions that take effect together on a day of the law's zone.

    `content` is the revision as canonical JSON, `digest` that of these bytes, `version` counts the savings, `faults`
    are the mistakes found in it as JSON. `over` is what it takes the place of as JSON, as it was when it was sent
    to the reviewer. `put_at` is when its items came into the package; rows of law are there from `published_at` on.
    """

    id = AutoField()
    title = TextField()
    day = TextField()
    content = TextField()
    digest = TextField()
    changes = IntegerField(default=0)
    version = IntegerField(default=1)
    faults = TextField(default="[]")
    state = TextField(default="writing")
    over = TextField(default="")
    created_by = TextField()
    created_name = TextField()
    created_at = TextField()
    changed_at = TextField()
    approved_digest = TextField(default="")
    published_at = TextField(default="")
    package = TextField(default="")
    put_at = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("state", "id"), False), (("put_at", "state", "day"), False))


class DraftStep(Table):
    """What somebody did to a draft; rows are only added. `content` is the text that was sent, approved or published."""

    id = AutoField()
    draft = IntegerField()
    at = TextField()
    who = TextField()
    name = TextField()
    role = TextField()
    act = TextField()
    digest = TextField()
    why = TextField(default="")
    content = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("draft", "id"), False),)


class TrialRun(Table):
    """A draft tried on the newest past inspections that its asker may see; `found` is what differs, as JSON.

    `digest` is that of the draft's text, so that a later text is not taken for one that was tried. A run belongs to
    the process that was heard of last.
    """

    id = AutoField()
    draft = IntegerField()
    digest = TextField()
    login = TextField()
    asked = IntegerField()
    state = TextField(default="waiting")
    done = IntegerField(default=0)
    total = IntegerField(default=0)
    made_at = TextField()
    seen_at = TextField(default="")
    ended_at = TextField(default="")
    process = TextField(default="")
    tries = IntegerField(default=0)
    found = TextField(default="{}")

    class Meta:
        """Peewee's settings."""

        indexes = ((("draft", "id"), False), (("state", "id"), False))


DRAFT_TABLES: tuple[type[Table], ...] = (DefinitionDraft, DraftStep, TrialRun)
