# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Case work: what a case carries, its history, clocks, documents and side tracks; cases of before begin as `found`."""

from __future__ import annotations

import json
from typing import Any

from peewee import AutoField, BlobField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class CaseEvent(Table):
    id = AutoField()
    case = TextField()
    seq = IntegerField()
    event = TextField()
    from_state = TextField()
    to_state = TextField()
    side = TextField(default="")
    who = TextField()
    name = TextField()
    role = TextField()
    agency = TextField()
    at = TextField(index=True)
    reason = TextField(default="")
    data = TextField()
    prev_hash = TextField()
    hash = TextField()

    class Meta:
        indexes = ((("case", "seq"), True),)


class CaseClock(Table):
    id = AutoField()
    case = TextField()
    rule = TextField()
    term = TextField()
    term_version = TextField()
    started = TextField()
    started_by = TextField()
    due = TextField(default="")
    due_at = TextField(default="")
    sure = TextField()
    why = TextField(default="")
    side = TextField(default="")
    paused_from = TextField(default="")
    paused_days = IntegerField(default=0)
    ended_at = TextField(default="")
    ended_by = TextField(default="")

    class Meta:
        indexes = ((("case", "id"), False), (("ended_at", "due_at"), False))


class CaseDocument(Table):
    id = AutoField()
    case = TextField()
    kind = TextField()
    status = TextField()
    by_event = TextField()
    side = TextField(default="")
    document = TextField(default="", index=True)
    number = TextField(default="")
    title = TextField(default="")
    template = TextField(default="")
    template_version = TextField(default="")
    docx = TextField(default="")
    pdf = TextField(default="")
    words = TextField(default="")
    law = TextField(default="[]")
    text = TextField(default="")
    issued_by = TextField(default="")
    issued_at = TextField(default="")
    reason = TextField(default="")

    class Meta:
        indexes = ((("case", "id"), False),)


class DocumentNumber(Table):
    id = AutoField()
    agency = TextField()
    kind = TextField()
    year = IntegerField()
    serial = IntegerField()
    number = TextField(index=True)
    document = TextField()
    case = TextField()
    given_at = TextField()
    void_reason = TextField(default="")

    class Meta:
        indexes = ((("agency", "kind", "year", "serial"), True),)


class Service(Table):
    id = AutoField()
    case = TextField(index=True)
    event = TextField()
    document = TextField(default="")
    method = TextField()
    tried_at = TextField()
    served_at = TextField(default="")
    result = TextField(default="")
    proof = TextField(default="")
    proof_reason = TextField(default="")
    who = TextField()
    at = TextField()


class CaseEvidence(Table):
    id = AutoField()
    case = TextField(index=True)
    violation = TextField(default="")
    kind = TextField()
    file = TextField(default="")
    entry = TextField(default="")
    text = TextField(default="")
    not_obtainable = TextField(default="")
    obtained_by = TextField()
    at = TextField()


class CaseParty(Table):
    case = TextField(primary_key=True)
    role = TextField(default="")
    name = TextField(default="")
    number = TextField(default="")
    kind = TextField(default="")
    address = TextField(default="")
    phone = TextField(default="")
    electronic = IntegerField(default=0)
    unknown = IntegerField(default=0)


class CaseInvestigator(Table):
    id = AutoField()
    case = TextField(index=True)
    login = TextField()
    name = TextField()
    card = TextField()
    since = TextField()
    until = TextField(default="")


class ActLink(Table):
    id = AutoField()
    inspection = TextField(index=True)
    one = TextField()
    other = TextField()
    verdict = TextField()
    reason = TextField()
    case = TextField()
    who = TextField()
    at = TextField()


class Handover(Table):
    id = AutoField()
    case = TextField(index=True)
    sender = TextField()
    receiver = TextField()
    sent_at = TextField()
    what = TextField(default="")
    incoming = TextField(default="", index=True)
    state = TextField()
    receipt_at = TextField(default="")
    result = TextField(default="")
    ended_at = TextField(default="")

    class Meta:
        indexes = ((("receiver", "state", "id"), False), (("sender", "state", "id"), False))


class Payment(Table):
    id = AutoField()
    case = TextField(index=True)
    amount_fen = IntegerField()
    surcharge_fen = IntegerField(default=0)
    paid_at = TextField()
    receipt = TextField()
    who = TextField()
    at = TextField()


class SideTrack(Table):
    id = TextField(primary_key=True)
    case = TextField(index=True)
    kind = TextField()
    state = TextField()
    facts = TextField(default="{}")
    begun_at = TextField()
    begun_by = TextField()
    ended_at = TextField(default="")
    due_at = TextField(default="")

    class Meta:
        indexes = ((("kind", "state", "due_at"), False),)


class CaseNote(Table):
    id = AutoField()
    case = TextField(index=True)
    text = TextField()
    who = TextField()
    name = TextField()
    at = TextField()


class SavedFilter(Table):
    id = AutoField()
    login = TextField()
    name = TextField()
    query = TextField()
    at = TextField()

    class Meta:
        indexes = ((("login", "name"), True),)


class ExportJob(Table):
    id = TextField(primary_key=True)
    login = TextField()
    agency = TextField()
    kind = TextField()
    query = TextField()
    state = TextField()
    made_at = TextField()
    done_at = TextField(default="")
    rows = IntegerField(default=0)
    file = TextField(default="")
    error = TextField(default="")

    class Meta:
        indexes = ((("login", "made_at"), False), (("state", "made_at"), False))


class StopOrder(Table):
    id = AutoField()
    number = TextField()
    authority = TextField()
    kind = TextField()
    on = TextField()
    key = TextField(index=True)
    shown = TextField()
    since = TextField()
    due = TextField(default="")
    closed_on = TextField(default="")
    text = TextField()
    agency = TextField()
    who = TextField()
    made_at = TextField()
    lifted_at = TextField(default="", index=True)
    lifted_by = TextField(default="")
    lifted_why = TextField(default="")

    class Meta:
        indexes = ((("authority", "number"), True),)


class Holiday(Table):
    day = TextField(primary_key=True)
    kind = TextField()
    name_zh = TextField()
    name_en = TextField(default="")
    source = TextField()
    year = IntegerField(index=True)
    published_by = TextField()
    published_at = TextField()


class OfficeFile(Table):
    sha256 = TextField(primary_key=True)
    type = TextField()
    bytes = IntegerField()
    name = TextField(default="")
    who = TextField()
    at = TextField()


class SearchTerm(Table):
    id = AutoField()
    folded = TextField(unique=True)


class SearchStart(Table):
    id = AutoField()
    start = BlobField()
    term = IntegerField(index=True)

    class Meta:
        indexes = ((("start", "term"), False),)


class SearchHit(Table):
    id = AutoField()
    term = IntegerField()
    what = TextField()
    ref = TextField()
    kind = TextField()
    shown = TextField()
    at = TextField()

    class Meta:
        indexes = ((("term", "what", "ref", "kind"), True), (("what", "ref"), False))


TABLES = (
    CaseEvent,
    CaseClock,
    CaseDocument,
    DocumentNumber,
    Service,
    CaseEvidence,
    CaseParty,
    CaseInvestigator,
    ActLink,
    Handover,
    Payment,
    SideTrack,
    CaseNote,
    SavedFilter,
    ExportJob,
    StopOrder,
    Holiday,
    OfficeFile,
    SearchTerm,
    SearchStart,
    SearchHit,
)

_NEW = {
    "part": IntegerField(default=1),
    "keeper": TextField(default=""),
    "version": IntegerField(default=0),
    "owner": TextField(default=""),
    "tier": TextField(default="low"),
    "rank": IntegerField(default=2),
    "active": IntegerField(default=1),
    "source": TextField(default=""),
    "origin": TextField(default=""),
    "cause": TextField(default=""),
    "facts": TextField(default="{}"),
    "opened_law_at": TextField(null=True),
    "decided_at": TextField(null=True),
    "served_at": TextField(null=True),
    "closed_at": TextField(null=True),
    "next_due": TextField(default="9999"),
    "next_due_rule": TextField(default=""),
}

_INDEXES = (
    (("inspection", "agency", "party_key", "part"), True),
    (("keeper", "active", "rank", "next_due", "id", "owner", "state"), False),
    (("active", "rank", "next_due", "id", "owner", "state"), False),
    (("owner", "active", "rank", "next_due", "id"), False),
    (("state", "id"), False),
)


class Case(Table):
    id = TextField(primary_key=True)
    inspection = TextField()
    agency = TextField()
    state = TextField()
    keeper = TextField()
    tier = TextField()
    rank = IntegerField()


class CaseViolation(Table):
    id = AutoField()
    case = TextField()
    finding = TextField()
    inspection = TextField()


def up(migrator: Any, db: Any) -> None:
    """Add what is new, and let every case that there is begin as one that nobody has taken."""
    migrator.migrate(
        migrator.drop_index("case", "case_inspection_agency_party_key"),
        *(migrator.add_column("case", name, field) for name, field in _NEW.items()),
        *(migrator.add_index("case", columns, unique) for columns, unique in _INDEXES),
        migrator.add_column("case_violation", "inspection", TextField(default="")),
        migrator.add_index("case_violation", ("inspection",)),
    )
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
    with db.bind_ctx((Case, CaseViolation)):
        for case in list(Case.select()):
            _begin(case)


def _begin(case: Any) -> None:
    """Give a case of before its keeper and its tier; the office opens its history when it starts."""
    rows = list(CaseViolation.select().where(CaseViolation.case == case.id))
    severities = {json.loads(row.finding).get("severity") for row in rows}
    rank = 0 if "I" in severities else 1 if "II" in severities else 2
    Case.update(state="found", keeper=case.agency, rank=rank, tier=("high", "medium", "low")[rank]).where(
        Case.id == case.id
    ).execute()
    CaseViolation.update(inspection=case.inspection).where(CaseViolation.case == case.id).execute()
