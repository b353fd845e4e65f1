"""Rows of the audit log in words: what was done, to what, and what it changed from what to what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.accounts import PURPOSES, ROLES
from server.cases.words import EVENTS
from server.exporting import masks
from server.importing.comparing import shown
from server.importing.kinds import YES_NO
from server.store import audit
from server.store.office_models import Audit


def _(words: str) -> str:
    return words


ACTIONS: Mapping[str, str] = {
    "login": _("signed in"),
    "login_refused": _("wrong password"),
    "logout": _("signed out"),
    "view": _("looked at"),
    "search": _("searched"),
    "purpose": _("said the purpose"),
    "user.create": _("created a user"),
    "user.change": _("changed a user"),
    "user.close": _("closed a user"),
    "user.reopen": _("re-opened a user"),
    "user.own_password": _("chose a password of his own"),
    "user.reset_password": _("gave a one-time password"),
    "officer_code.new": _("made a code for a first PIN"),
    "officer_code.end": _("withdrew codes for a first PIN"),
    "device.code": _("made a code for a tablet"),
    "device.come_back": _("a tablet came back that a backup lacked"),
    "device.labels_skipped": _("left out labels that may have been given after a backup"),
    "device.revoke": _("revoked a tablet"),
    "device.area": _("said where a tablet works"),
    "handover.import": _("took in a tablet's file"),
    "feed.restart": _("let every tablet load anew"),
    "packages.publish": _("published the packages"),
    "registry.import": _("imported rows"),
    "registry.load": _("began to load rows in parts"),
    "registry.lists": _("imported tasks and orders"),
    "import.draft": _("brought a file"),
    "import.drop": _("dropped a file"),
    "site.division": _("placed a site"),
    "holidays.publish": _("published holidays"),
    "office.details": _("changed the office's details"),
    "numbers.sign": _("changed the sign of the numbers"),
    "discretion.published": _("published a table of discretion"),
    "law.propose": _("proposed a clause"),
    "law.confirm": _("confirmed a clause"),
    "law.end": _("ended a confirmation"),
    "draft.create": _("began a draft"),
    "draft.write": _("wrote in a draft"),
    "draft.submit": _("sent a draft to the reviewer"),
    "draft.approve": _("approved a draft"),
    "draft.send_back": _("sent a draft back"),
    "draft.reopen": _("took a draft back to write in it"),
    "draft.publish": _("published a draft"),
    "draft.put": _("the day of a draft came"),
    "draft.drop": _("laid a draft aside"),
    "draft.end": _("ended a draft"),
    "draft.try": _("tried a draft on past inspections"),
    "draft.try_stop": _("stopped the trial of a draft"),
    "lesson.begin": _("began a lesson pack"),
    "lesson.save": _("wrote in a lesson pack"),
    "lesson.propose": _("proposed a lesson pack"),
    "lesson.back": _("sent a lesson pack back"),
    "lesson.publish": _("published a lesson pack"),
    "session.plan": _("planned an education session"),
    "session.invite": _("invited to an education session"),
    "session.attend": _("noted who came to an education session"),
    "session.step": _("took an education session further"),
    "visit.give": _("gave a visit to somebody"),
    "visit.done": _("noted a visit"),
    "promise.write": _("wrote down a promise"),
    "promise.settle": _("noted what came of a promise"),
    "carrier_tier.set": _("set a carrier's level by hand"),
    "carrier_tier.end": _("ended a carrier's level set by hand"),
    "stop_order.issue": _("gave a stop order"),
    "stop_order.lift": _("lifted a stop order"),
    "stop_order.give_refused": _("a stop order of a post that the office did not take"),
    "stop_order.lift_refused": _("a lift at a post that the office did not take"),
    "watch.add": _("put on the watch list"),
    "watch.lift": _("took off the watch list"),
    "campaign.make": _("made a campaign"),
    "campaign.change": _("changed a campaign"),
    "campaign.end": _("ended a campaign"),
    "pass.withdraw": _("withdrew a pass"),
    "way_back.proof": _("proof came by a party's link"),
    "way_back.dispute": _("a dispute came by a party's link"),
    "way_back.give": _("gave out a party's link"),
    "way_back.revoke": _("ended a party's links"),
    "hold.lift": _("a hold ended: everything is cleared or overturned"),
    "alert.told": _("told the teams of an alert"),
    "alert.leader": _("told leaders of an alert"),
    "alert.supervisor": _("told supervisors of an alert"),
    "alert.answer": _("answered an alert"),
    "alert.closed": _("closed an alert"),
    "audit.verify": _("verified the audit log"),
    "export.ask": _("asked for an export"),
    "export.done": _("export made"),
    "export.failed": _("export failed"),
    "export.fetch": _("fetched an export"),
    "export.remove": _("took an export away"),
    "case.export": _("took out a case file"),
    "photos.move": _("moved photos to another store"),
    "case.clock_moved": _("end of a term moved"),
    "record_release": _("released a record"),
    "record_accept": _("said that a tablet was at a check"),
    "record_rest": _("saw that a check was begun by mistake"),
    "record_settle": _("settled a conflict"),
    "record_retry": _("queued a record again"),
    "record_park": _("set a record aside"),
    "office.restored": _("brought the office back from a backup"),
    "seed": _("made up a year to try things out"),
    **{f"case.{event}": words for event, words in EVENTS.items()},
}
"""What was done → what a page says; what is not here is shown by its code."""
KINDS: Mapping[str, str] = {
    "": _("everything"),
    "user.": _("changes of users"),
    "login": _("signing in"),
    "view": _("views"),
    "search": _("searches"),
    "purpose": _("purposes"),
    "case.": _("steps of cases"),
    "record_": _("records that waited"),
    "registry.": _("imports"),
    "import.": _("files brought"),
    "device.": _("tablets and codes"),
    "officer_code.": _("codes for first PINs"),
    "law.": _("law confirmed"),
    "draft.": _("drafts of checklists and law"),
    "lesson.": _("lesson packs"),
    "session.": _("education sessions"),
    "visit.": _("visits"),
    "promise.": _("promises"),
    "carrier_tier.": _("levels of carriers by hand"),
    "holidays.": _("holidays"),
    "export.": _("exports"),
    "stop_order.": _("stop orders"),
    "watch.": _("watch list"),
    "campaign.": _("campaigns"),
    "pass.": _("passes"),
    "way_back.": _("links of parties"),
    "handover.": _("files of tablets"),
    "alert.": _("alerts"),
    "office.": _("details of the office"),
    "audit.": _("verifications"),
}
"""Beginning of what was done → what a filter says."""
NAMES: Mapping[str, str] = {
    "role": _("role in the office"),
    "agency": _("agency"),
    "area": _("area"),
    "name": _("person's name"),
    "password": _("Password"),
    "closed_at": _("closed since"),
    "why": _("Reason"),
    "until": _("valid until"),
    "device": _("tablet"),
    "label": _("label"),
    "revoked_at": _("revoked since"),
    "division": _("division's code"),
    "for": _("Number of the case, letter or instruction"),
    "kind": _("kind"),
    "rows": _("rows"),
    "added": _("added"),
    "changed": _("changed"),
    "unchanged": _("unchanged"),
    "ignored": _("ignored as older"),
    "file": _("file"),
    "ended": _("ended"),
    "changes": _("changes"),
    "broken_at": _("broken at row"),
    "last": _("last hash"),
    "found": _("hash of before found"),
    "doubts": _("doubted"),
    "refused": _("at fault"),
    "batches": _("imports that differ"),
    "records": _("records"),
    "photos": _("photos"),
    "tablets": _("tablets"),
    "parts": _("parts"),
    "orders": _("stop orders"),
    "tasks": _("tasks"),
    "definitions": _("definitions"),
    "reference": _("reference tables"),
    "state": _("State"),
    "did": _("what was done"),
    "login": _("Name"),
    "asked": _("how many were asked for"),
    "sha256": _("digest of the file"),
}
"""Name of a value → its words."""


_UNTOLD = ("batch", "digest")
"""What proves something to a program and says nothing to a reader."""


_AGENCIES = ("agency", "agencies", "keeper", "to")
"""Values that name agencies by their codes."""


@dataclass(frozen=True)
class Change:
    """A value that a row tells: its name, and what it was and is; `old` is None where the row tells one value alone."""

    name: str
    old: str | None
    new: str


@dataclass(frozen=True)
class Told:
    """A row of the log as a page shows it; `who`, `subject` and values as far as the reader may see them."""

    row: Audit
    words: str
    subject: str
    purpose: str
    changes: Sequence[Change]


def tell(row: Audit, role: str, agencies: Mapping[str, str] | None = None) -> Told:
    """Return a row for a reader of that role; `agencies` are called as said by their codes."""
    hidden = masks.of_role(role)
    subject = str(row.subject)
    if str(row.action) == "search":
        subject = masks.name(subject) if hidden == masks.ALL else masks.text(subject)
    purpose = PURPOSES.get(str(row.purpose), str(row.purpose))
    detail = audit.detail_of(row)
    told = [
        _hidden(_change(name, value, agencies or {}), hidden)
        for name, value in _flat(detail)
        if name not in _UNTOLD and not _empty(value)
    ]
    return Told(row, ACTIONS.get(str(row.action), str(row.action)), masks.hide("text", subject, hidden), purpose, told)


def _flat(detail: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each name with its value; what holds names itself is told by these."""
    for name, value in detail.items():
        held = value if isinstance(value, list) else [value]
        if held and all(isinstance(one, Mapping) for one in held):
            for one in held:
                yield from _flat(one)
        else:
            yield name, value


def _hidden(one: Change, hidden: str) -> Change:
    old = one.old if one.old is None else masks.hide("text", one.old, hidden)
    return Change(one.name, old, masks.hide("text", one.new, hidden))


def _change(name: str, value: Any, agencies: Mapping[str, str]) -> Change:
    words = NAMES.get(name, name)
    if name in _AGENCIES:
        value = (
            [agencies.get(str(one), one) for one in value]
            if isinstance(value, list)
            else agencies.get(str(value), value)
        )
    if isinstance(value, list) and len(value) == 2 and value[0] is not None:
        return Change(words, _plain(name, value[0]), _plain(name, value[1]))
    return Change(words, None, _plain(name, value[1] if isinstance(value, list) and len(value) == 2 else value))


def _empty(value: Any) -> bool:
    return value in ("", None) or (value == 0 and value is not False) or (isinstance(value, list) and not any(value))


def _plain(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name == "role":
        return ROLES.get(str(value), str(value))
    if isinstance(value, bool):
        return YES_NO[shown(value)]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
