"""The shapes of what the feed tells: a page's head, a change, and what a change of each kind holds.

As in `answers` nothing is built from these; tests hold real pages against them. Each may have more fields than are
named here, and a change may be of a kind that is not: who passes it on passes the line on as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from server.api.answers import Base64, Count, Digest, Time

Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
CursorText = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9a-f]{12}\.\d+-\d+(-\d+)?$", description="`epoch.position`; opaque to its bearer")
]
Version = Annotated[
    int, msgspec.Meta(ge=1, description="Of the payload of this kind; a later one may have more fields")
]


class PageHead(msgspec.Struct):
    """The first line of a page: signed, with the digest of every byte below it."""

    format: Literal[1]
    at: Time
    agency: str
    area: str
    since: str
    cursor: CursorText
    more: bool
    changes: Count
    digest: Digest
    signature: Base64


class Change(msgspec.Struct):
    """A thing as it is now, or that it is gone; the last change of a thing is all there is to know of it.

    `data` is a payload of the kind; after the day `until` it is of no use, and nobody says that it is gone.
    """

    kind: str
    key: str
    v: Version
    data: dict[str, Any] | None = None
    as_of: Time | None = None
    until: Day | None = None
    gone: bool = False


class ListGiven(msgspec.Struct):
    """That the office gives a list at all, named by the key; `complete` false: numbers may be missing from it.

    Under the key `way_back` it names the public address of parties' links; empty: no link is printed.
    """

    complete: bool = True
    address: str = ""


class Rows(msgspec.Struct):
    """What stands against a number: rows of `checklists.facts.site` (Order, Past, WaybillUse)."""

    rows: list[dict[str, Any]]


class RegistryData(msgspec.Struct):
    """The fields of a vehicle, tank, carrier, person or site: `checklists.facts.transport`, `checklists.facts.site`."""


class Officer(msgspec.Struct):
    """An officer; the key is his id."""

    name: str
    agency: str
    card: str = ""


class CodeProof(msgspec.Struct):
    """What proves a one-time code of an officer; `device` empty: on any tablet of his agency."""

    hash: str
    until: Time
    device: str


class OfficerCodes(msgspec.Struct):
    """The codes with which an officer, whose id the key is, may set his first PIN."""

    first_pin: list[CodeProof]


class PackageOffer(msgspec.Struct):
    """The latest version of a package, as `GET /v1/packages` names it."""

    name: str
    version: str
    digest: Digest
    bytes: Count
    signature: Base64


class Revoked(msgspec.Struct):
    """A device that is revoked since `as_of`; the key is its id, `label` stands on its papers."""

    label: str


class TaskGiven(msgspec.Struct):
    """A task or alert of the agency, until it is gone; the rest of its fields are those of a task."""

    id: str
    tier: str
    created_at: Time
    kind: str = ""


class About(msgspec.Struct):
    """The numbers of what was checked, as the registry's keys."""

    vehicle: str = ""
    trailer: str = ""
    tank: str = ""
    carrier: str = ""
    driver: str = ""
    escort: str = ""


class HistoryOfCheck(msgspec.Struct):
    """A sealed inspection, also a clean one; what is not known is empty. `severity` is the worst, empty for none.

    `outcome` is what stands; where it was amended at `outcome_at`, `outcome_before` is what was sealed. `dismissed` are
    those of the violations whose case ended without a decision: they count against nobody. `unverified` are the items
    that nobody could verify on the spot; null where the office has not computed the check since it keeps them.
    `checklist`: what was asked.
    """

    inspection: str
    digest: Digest
    at: str
    plate: str
    colour: str
    carrier: str
    un: str
    outcome: str
    severity: str
    site: str
    about: About
    agencies: list[str]
    label: str
    violations: list[str]
    outcome_before: str = ""
    outcome_at: str = ""
    dismissed: list[str] = []
    unverified: list[str] | None = None
    checklist: str = ""


class TierReason(msgspec.Struct):
    """Why a carrier stands in its tier: a code of `checklists.findings.carrier_tier`, with what is known of it.

    `text` is what a person wrote, `counts` the figures that belong to the code.
    """

    code: str
    points: Count = 0
    number: str = ""
    on: Day | None = None
    text: str = ""
    counts: dict[str, Count] = {}


class CarrierTier(msgspec.Struct):
    """How closely a carrier, whose credit code the key is, is to be checked; one that is not told of is unknown.

    `level` is tightened, unknown, normal or reduced. `until` is the last day of a level that a person set. Of a reduced
    one `full_percent` of the vehicles are checked in full: those that `checklists.facts.carrier_standing.drawn` names.
    """

    level: str
    points: int
    formula: str
    since: Day
    checks: Count
    reasons: list[TierReason]
    until: Day | None = None
    salt: str = ""
    full_percent: Count | None = None


class CaseResult(msgspec.Struct):
    """How far a case is; `party_role` says against whom it is, and nobody's name is told."""

    number: str
    inspection: str
    agency: str
    keeper: str
    party_role: str
    state: str
    cause: str
    opened_at: Time
    decided_at: str | None = None
    closed_at: str | None = None


class VoidNumber(msgspec.Struct):
    """The number of a tablet's paper that counts no more since `as_of`; the key is the number.

    `kind` is the paper's, `replaced_by` the number under which the same words went out again, empty where none did.
    """

    kind: str
    replaced_by: str = ""


class WatchEntry(msgspec.Struct):
    """An entry of the watch list, until the day `until` or until it is gone; the key is its id. It accuses nobody.

    `on` is vehicle, carrier or person, `key` its folded number (a vehicle's with `|colour` where that is known); `do`
    is what a team is asked for (`checklists.facts.watch`).
    """

    id: str
    on: str
    key: str
    unit: str
    officer: str
    why: str
    do: str
    since: Day
    until: Day
    text: str = ""
    contact: str = ""


class OrderGiven(msgspec.Struct):
    """A stop order that an agency gave and may lift, until it is gone; its key is the office's id of it.

    `on` and `key` are what it is against, `until` its last day, empty until it is lifted.
    """

    number: str
    authority: str
    on: str
    key: str
    text: str = ""
    until: str = ""


class OrderAnswer(msgspec.Struct):
    """What the office made of a stop order that was given or lifted at a post; the key is the digest of its part.

    `key` is the folded number that the order is against, `codes` say why it was refused
    (`checklists.inspection.stop_order.REFUSALS`).
    """

    do: Literal["give", "lift"]
    number: str
    authority: str
    key: str
    state: Literal["stands", "lifted", "refused"]
    codes: list[str] = []


class CampaignTarget(msgspec.Struct):
    """Something that a campaign looks for: `on` is vehicle, carrier or un. It accuses nobody."""

    on: str
    key: str


class CampaignMade(msgspec.Struct):
    """A campaign, until the day `until` or until it is gone; the key is its id (`checklists.facts.campaign`).

    A check at one of `sites` or `roads`, both empty: anywhere, by one of `agencies`, empty: any, is made under it.
    `items` and `violations` are what it looks at before all.
    """

    id: str
    name: str
    why: str
    unit: str
    since: Day
    until: Day
    roads: list[str] = []
    sites: list[str] = []
    agencies: list[str] = []
    items: list[str] = []
    violations: list[str] = []
    targets: list[CampaignTarget] = []


class HolidayDay(msgspec.Struct):
    """A day of a published notice, on which people rest or work; such a year replaces that of the tables."""

    day: Day
    kind: Literal["rest", "work"]
    name_zh: str
    name_en: str
    source: str


class LawConfirmed(msgspec.Struct):
    """A row of law that two people of the office confirmed (`checklists.law.confirmations.Confirmation`)."""

    code: str
    part: str
    law: str
    version: str
    clause: str


PAYLOADS: Mapping[str, type[msgspec.Struct]] = {
    "feed": ListGiven,
    "orders": Rows,
    "revoked": Revoked,
    "alert": TaskGiven,
    "past": Rows,
    "waybill_uses": Rows,
    "vehicle": RegistryData,
    "tank": RegistryData,
    "carrier": RegistryData,
    "person": RegistryData,
    "site": RegistryData,
    "officer": Officer,
    "officer_codes": OfficerCodes,
    "package": PackageOffer,
    "task": TaskGiven,
    "history": HistoryOfCheck,
    "carrier_tier": CarrierTier,
    "case": CaseResult,
    "holiday": HolidayDay,
    "void": VoidNumber,
    "watch": WatchEntry,
    "order_given": OrderGiven,
    "order_act": OrderAnswer,
    "campaign": CampaignMade,
    "confirmation": LawConfirmed,
}
"""Kind → what its `data` hold."""
