"""The tables of case work. As in `models`: times are UTC text, days of the law are days, JSON is text as written."""

from __future__ import annotations

from peewee import SQL, AutoField, IntegerField, TextField

from server.store.administration_models import ADMINISTRATION_TABLES
from server.store.draft_models import DRAFT_TABLES
from server.store.education_models import EDUCATION_TABLES
from server.store.feed_models import FEED_TABLES
from server.store.figure_models import FIGURE_TABLES
from server.store.hub_models import HUB_TABLES
from server.store.models import TABLES, Table
from server.store.office_models import OFFICE_TABLES
from server.store.paper_models import PAPER_TABLES
from server.store.search_models import SEARCH_TABLES
from server.store.steering_models import STEERING_TABLES
from server.store.tier_models import TIER_TABLES
from server.store.way_back_models import WAY_BACK_TABLES


class CaseEvent(Table):
    """What happened to a case, in order; each row holds the hash of the one before. Never changed."""

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
        """Peewee's settings."""

        indexes = ((("case", "seq"), True),)


class CaseClock(Table):
    """A clock of a case: the columns are those of `casefile.Clock`; ended rows stay."""

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
        """Peewee's settings."""

        indexes = (
            (("case", "id"), False),
            (("case", "ended_at", "id"), False),
            (("ended_at", "due_at"), False),
            (("ended_at", "rule", "due_at"), False),
        )


CaseClock.add_index(
    CaseClock.ended_at,
    CaseClock.term_version,
    CaseClock.case,
    name="case_clock_open_version",
    where=SQL("ended_at = ''"),
)


class CaseDocument(Table):
    """A document of a case, or one that is due. `status`: due, issued, past, void, waived. What was issued stays.

    `docx`, `pdf` and `words` are digests, `law` the rows that it names.
    """

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
        """Peewee's settings."""

        indexes = ((("case", "id"), False), (("status", "case"), False))


class DocumentNumber(Table):
    """A number that was given: by agency, form and year of Beijing, without gaps or doubles."""

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
        """Peewee's settings."""

        indexes = ((("agency", "kind", "year", "serial"), True),)


class Service(Table):
    """A service that was made or tried; `result` is served or what came of the try."""

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
    """A piece of evidence beside what the record holds, or why one cannot be had."""

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
    """Who answers in a case, with what is needed to serve him."""

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
    """Somebody who investigates a case, or did (`until` then says until when); rows are only added and ended."""

    id = AutoField()
    case = TextField(index=True)
    login = TextField()
    name = TextField()
    card = TextField()
    since = TextField()
    until = TextField(default="")


class ActLink(Table):
    """What somebody decided about two violations of one stop: one act (same) or two (other). The latest row holds."""

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
    """A hand-over; `incoming` is the case that the other agency got. `state`: sent, received, done, refused, taken."""

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
        """Peewee's settings."""

        indexes = ((("receiver", "state", "id"), False), (("sender", "state", "id"), False))


UNANSWERED = SQL("state IN ('sent', 'received')")
Handover.add_index(Handover.case, name="handover_unanswered", where=UNANSWERED)


class Payment(Table):
    """Money that came in, in fen."""

    id = AutoField()
    case = TextField(index=True)
    amount_fen = IntegerField()
    surcharge_fen = IntegerField(default=0)
    paid_at = TextField()
    receipt = TextField()
    who = TextField()
    at = TextField()


class SideTrack(Table):
    """A side track of a case; `kind` is measure, registration, rectification, appeal or dispute."""

    id = TextField(primary_key=True)
    case = TextField(index=True)
    kind = TextField()
    state = TextField()
    facts = TextField(default="{}")
    begun_at = TextField()
    begun_by = TextField()
    ended_at = TextField(default="")
    due_at = TextField(default="")


class CaseNote(Table):
    """A note on a case; never changed."""

    id = AutoField()
    case = TextField(index=True)
    text = TextField()
    who = TextField()
    name = TextField()
    at = TextField()


CASE_TABLES: tuple[type[Table], ...] = (
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
)

ALL_TABLES = (
    *TABLES,
    *CASE_TABLES,
    *OFFICE_TABLES,
    *ADMINISTRATION_TABLES,
    *SEARCH_TABLES,
    *PAPER_TABLES,
    *FEED_TABLES,
    *HUB_TABLES,
    *STEERING_TABLES,
    *FIGURE_TABLES,
    *TIER_TABLES,
    *EDUCATION_TABLES,
    *WAY_BACK_TABLES,
    *DRAFT_TABLES,
)
"""Every table of the office."""
