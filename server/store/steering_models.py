"""What steers checks: the watch list with what teams did about it, passes, and campaigns with their checks."""

from __future__ import annotations

from peewee import AutoField, TextField

from server.store.models import Table


class WatchEntry(Table):
    """An entry of the watch list, as `checklists.facts.watch.Watch`; `shown` is the number as it was typed.

    `agency` and `area` say which tablets are told, empty: all. `made_agency` may lift it. Lifted with a reason, never
    deleted; `lifted_at` is empty until then.
    """

    id = TextField(primary_key=True)
    on = TextField()
    key = TextField(index=True)
    shown = TextField()
    unit = TextField()
    officer = TextField()
    contact = TextField(default="")
    why = TextField()
    do = TextField()
    text = TextField(default="")
    since = TextField()
    until = TextField(index=True)
    agency = TextField(default="")
    area = TextField(default="")
    made_by = TextField()
    made_agency = TextField()
    made_at = TextField()
    lifted_at = TextField(default="", index=True)
    lifted_by = TextField(default="")
    lifted_why = TextField(default="")


class WatchAct(Table):
    """What a record says of an entry: it was on the screen (`shown`), or the team did what was asked (`done`).

    `id` is that of the entry in the record, so that the same record processed again is told once.
    """

    id = TextField(primary_key=True)
    watch = TextField(index=True)
    did = TextField()
    at = TextField()
    officer = TextField()
    agency = TextField()
    device = TextField()
    inspection = TextField()


class ReleasePass(Table):
    """A pass after a clean check, as a processed record names it; `until` is until when it is shown.

    `withdrawn_at` is empty until somebody of the office withdrew it, and why.
    """

    id = AutoField()
    number = TextField(unique=True)
    digest = TextField()
    inspection = TextField(index=True)
    device = TextField()
    plate = TextField()
    colour = TextField(default="")
    un = TextField(default="")
    site = TextField(default="")
    agencies = TextField(default="")
    at = TextField(index=True)
    until = TextField()
    withdrawn_at = TextField(default="")
    withdrawn_by = TextField(default="")
    withdrawn_why = TextField(default="")


class Campaign(Table):
    """A campaign, as `checklists.facts.campaign.Campaign`; its lists are JSON. `area` says which tablets are told.

    `made_agency` may change and end it. `ended_on` is the last day of one that was ended early, empty until then; a
    campaign is never deleted.
    """

    id = TextField(primary_key=True)
    name = TextField()
    why = TextField()
    unit = TextField()
    since = TextField(index=True)
    until = TextField(index=True)
    roads = TextField(default="[]")
    sites = TextField(default="[]")
    agencies = TextField(default="[]")
    items = TextField(default="[]")
    violations = TextField(default="[]")
    targets = TextField(default="[]")
    area = TextField(default="")
    made_by = TextField()
    made_agency = TextField()
    made_at = TextField()
    changed_by = TextField(default="")
    changed_at = TextField(default="")
    ended_on = TextField(default="")
    ended_at = TextField(default="")
    ended_by = TextField(default="")
    ended_why = TextField(default="")


class CampaignCheck(Table):
    """That a record says that its check was made under a campaign; `name` as the tablet had it.

    `targets` are those of the campaign that the check met, by the office's own reading of the whole inspection: JSON.
    """

    id = AutoField()
    inspection = TextField()
    campaign = TextField()
    name = TextField(default="")
    targets = TextField(default="[]")

    class Meta:
        """Peewee's settings."""

        indexes = ((("inspection", "campaign"), True),)


STEERING_TABLES: tuple[type[Table], ...] = (WatchEntry, WatchAct, ReleasePass, Campaign, CampaignCheck)
