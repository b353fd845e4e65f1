"""What devices bring and what comes of it. Times are UTC text as on the wire; JSON is text as it was written."""

from __future__ import annotations

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CompositeKey,
    DatabaseProxy,
    IntegerField,
    Model,
    TextField,
    fn,
)

database = DatabaseProxy()

FAR = "9999"
"""Later than every instant: where nothing comes due."""


class Table(Model):
    """The base of every table: all live in the one open database."""

    class Meta:
        """Peewee's settings."""

        database = database
        legacy_table_names = False


class Meta(Table):
    """Single values of the office itself, such as its signing key."""

    name = TextField(primary_key=True)
    value = TextField()


class Counter(Table):
    """Numbers given one after the other, such as those of cases."""

    name = TextField(primary_key=True)
    value = BigIntegerField()


class EnrolmentCode(Table):
    """A code that enrols one device, kept as its hash. `area` and `days` are a hub's: what it sees, and how long."""

    id = AutoField()
    code_hash = TextField(unique=True)
    agency = TextField()
    made_at = TextField()
    expires_at = TextField()
    used_at = TextField(null=True)
    device = TextField(null=True)
    kind = TextField(default="tablet")
    area = TextField(default="")
    days = IntegerField(default=0)


class Device(Table):
    """An enrolled tablet; `head_seq` and `head_digest` are the end of its chain as it last said.

    `area`: the division in which it works, without the zeros that mean all of it; empty is everywhere. `kind`: a hub
    seals nothing; its agency may be empty, which is every one, and after `until` it is not let in any more.
    """

    id = TextField(primary_key=True)
    name = TextField()
    agency = TextField()
    prefix = TextField(unique=True)
    public_key = TextField()
    certificate = TextField()
    token_hash = TextField(unique=True)
    app = TextField()
    enrolled_at = TextField()
    seen_at = TextField(null=True)
    revoked_at = TextField(null=True)
    head_seq = BigIntegerField(default=0)
    head_digest = TextField(null=True)
    area = TextField(default="")
    kind = TextField(default="tablet")
    until = TextField(default="")


class Record(Table):
    """A sealed part as received. `state`: received, processed, parked or conflict, with its `reason` code.

    On a hub: held, passed or refused; the receipt is the parent's, empty until it has come.

    The columns from `plate` on are for lists; they are filled when the record is processed. `alarm` says that
    computing again from the frozen inputs did not give the findings as shown. `agencies` are those whose officers took
    part, as `|P|T|`. `detail` says more of the reason, and never a value; `tries` counts how often a process died with
    the record in hand, 0 where many are taken up again. `outcome` is what stands; where an amendment changed it at
    `outcome_at`, `outcome_before` is what was sealed. `unverified` are the items that nobody could verify on the spot,
    as JSON; null is not known. `checklist` is the name of the one that was asked.
    """

    id = AutoField()
    digest = TextField(unique=True)
    part = TextField()
    kind = TextField()
    format = IntegerField()
    inspection = TextField()
    device = TextField()
    device_seq = BigIntegerField()
    previous = TextField(null=True)
    sealed_at = TextField()
    received_at = TextField()
    signature = TextField()
    receipt = TextField()
    state = TextField()
    reason = TextField(default="")
    processed_at = TextField(null=True)
    alarm = BooleanField(default=False)
    plate = TextField(null=True)
    colour = TextField(null=True)
    carrier = TextField(null=True)
    un = TextField(null=True)
    outcome = TextField(null=True)
    severity = TextField(null=True)
    site = TextField(null=True)
    inspected_at = TextField(null=True)
    agencies = TextField(null=True)
    detail = TextField(null=True)
    tries = IntegerField(null=True)
    about = TextField(null=True)
    outcome_before = TextField(null=True)
    outcome_at = TextField(null=True)
    unverified = TextField(null=True)
    checklist = TextField(null=True)

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("state", "id"), False),
            (("device", "device_seq"), False),
            (("plate", "id"), False),
            (("kind", "id"), False),
            (("severity", "id", "kind", "state"), False),
            (("inspected_at", "plate", "colour"), False),
            (("outcome", "inspected_at", "id"), False),
            (("site",), False),
            (("inspection", "state", "id"), False),
            (("inspection", "kind", "state", "plate", "colour", "site"), False),
            (("state", "device", "agencies", "inspection", "kind", "alarm", "reason"), False),
        )


Record.add_index(fn.COALESCE(Record.inspected_at, Record.sealed_at), Record.id, name="record_when_id")
Record.add_index(Record.id, name="record_alarm_id", where=(Record.alarm == SQL("TRUE")))
Record.add_index(Record.id, name="record_orders_waiting", where=SQL("kind = 'order' AND state = 'received'"))
Record.add_index(
    Record.id, name="record_fresh_waiting", where=SQL("COALESCE(state, '') = 'received' AND tries IS NULL")
)


class RecordBody(Table):
    """The sealed bytes of a record by its number, apart from its row so that no list walks over them.

    `packed` is deflated (zlib), `bytes` their count before. A hub lets go of them once its office has them.
    """

    record = IntegerField(primary_key=True)
    packed = BlobField()
    bytes = BigIntegerField()


class Claim(Table):
    """Who came first: `part:<id>` and `seal:<inspection>` belong to the digest that claimed them."""

    name = TextField(primary_key=True)
    digest = TextField()


class PhotoWanted(Table):
    """A photo that a record's manifest names; `role` is original, working or thumbnail."""

    record = TextField()
    entry = TextField()
    role = TextField()
    sha256 = TextField(index=True)
    bytes = BigIntegerField()
    type = TextField()

    class Meta:
        """Peewee's settings."""

        primary_key = CompositeKey("record", "entry", "role")


class PhotosDue(Table):
    """A record, by its number, that names photos of which `PhotoWanted` has no rows yet, and who sealed it."""

    record = IntegerField(primary_key=True)
    device = TextField(index=True)


class Photo(Table):
    """A photo whose bytes are here, whole and durable. On a hub the receipt is the parent's, empty until it comes."""

    sha256 = TextField(primary_key=True)
    bytes = BigIntegerField()
    type = TextField()
    received_at = TextField()
    receipt = TextField()


class ServerFinding(Table):
    """What the office found by computing again.

    `sense` frozen: same inputs and versions, so any row is an alarm. `sense` fuller: with the office's data and the law
    of the day of conduct. `difference` against the findings as shown: new, same or gone.
    """

    id = AutoField()
    inspection = TextField(index=True)
    record = TextField()
    sense = TextField()
    difference = TextField()
    finding = TextField()
    found_at = TextField()

    class Meta:
        """Peewee's settings."""

        # The difference leads: asked for an inspection in one sense, in which nearly all findings are alike, SQLite
        # shall take the index of the inspections.
        indexes = ((("difference", "sense", "inspection"), False),)


class Case(Table):
    """One case: an inspection, the authority that is competent, the party that answers.

    `part` counts the cases of one inspection, authority and party: further ones come from a split, a hand-over or what
    was found late. `keeper` is the agency that works on it (another one where the competent agency has nobody here).
    `active` is 0 once it has ended. `next_due` is the instant of the first open clock (`FAR` where there is none),
    `duty_due` that of the first one which makes it overdue, `rank` the tier as a number, for lists. `facts` is what its
    events left behind, as JSON; the whole history stands in `case_event`, of which `version` is the last number.
    """

    id = TextField(primary_key=True)
    number = TextField(unique=True)
    inspection = TextField()
    agency = TextField()
    party_role = TextField()
    party_name = TextField()
    party_key = TextField()
    opened_at = TextField()
    state = TextField()
    part = IntegerField(default=1)
    keeper = TextField(default="")
    version = IntegerField(default=0)
    owner = TextField(default="")
    tier = TextField(default="low")
    rank = IntegerField(default=2)
    active = IntegerField(default=1)
    source = TextField(default="")
    origin = TextField(default="")
    cause = TextField(default="")
    facts = TextField(default="{}")
    opened_law_at = TextField(null=True)
    decided_at = TextField(null=True)
    served_at = TextField(null=True)
    closed_at = TextField(null=True)
    next_due = TextField(default=FAR)
    next_due_rule = TextField(default="")
    duty_due = TextField(default=FAR)

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("inspection", "agency", "party_key", "part"), True),
            (("agency", "state", "id"), False),
            (("keeper", "active", "rank", "next_due", "id", "owner", "state"), False),
            (("active", "rank", "next_due", "id", "owner", "state"), False),
            (("owner", "active", "rank", "next_due", "id"), False),
            (("state", "keeper", "rank", "next_due", "id"), False),
            (("state", "keeper", "rank", "duty_due", "id"), False),
            (("state", "rank", "next_due", "id"), False),
            (("state", "rank", "duty_due", "id"), False),
            (("keeper", "active", "owner"), False),
            (("keeper", "active", "rank", "duty_due", "id"), False),
            (("active", "rank", "duty_due", "id"), False),
            (("keeper", "closed_at", "id"), False),
            (("closed_at", "id"), False),
            (("owner", "active", "duty_due"), False),
            (("agency", "active", "rank", "next_due", "id"), False),
            (("origin",), False),
            (("party_key", "id"), False),
            (("party_name", "id"), False),
        )


KEPT_ELSEWHERE = SQL("active = 1 AND keeper <> agency")
Case.add_index(Case.agency, Case.active, Case.keeper, name="case_kept_elsewhere", where=KEPT_ELSEWHERE)


class CaseViolation(Table):
    """A violation in a case; `key` is what makes a finding the same, `source` who found it: tablet or server.

    `inspection` is where it was found, which is another than the case's after a merge.
    """

    id = AutoField()
    case = TextField()
    violation = TextField()
    item = TextField()
    key = TextField()
    finding = TextField()
    source = TextField()
    inspection = TextField(default="", index=True)

    class Meta:
        """Peewee's settings."""

        indexes = ((("case", "key"), True), (("violation", "case"), False), (("case", "violation"), False))


class Package(Table):
    """A published package, kept for ever because records name the versions that they used."""

    id = AutoField()
    name = TextField()
    version = TextField()
    digest = TextField()
    body = BlobField()
    packed = BlobField()
    signature = TextField()
    published_at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("name", "version"), True),)


class DayUse(Table):
    """What one device brought on one day (UTC): what is new, so that repeats cost it nothing.

    Of the records whose way took a known time, `timed`, so many were here within five minutes, an hour, a day of their
    seal; of `doubted` ones the clock was wrong.
    """

    device = TextField()
    day = TextField()
    records = BigIntegerField(default=0)
    record_bytes = BigIntegerField(default=0)
    photos = BigIntegerField(default=0)
    photo_bytes = BigIntegerField(default=0)
    timed = BigIntegerField(default=0)
    within_5m = BigIntegerField(default=0)
    within_1h = BigIntegerField(default=0)
    within_24h = BigIntegerField(default=0)
    doubted = BigIntegerField(default=0)

    class Meta:
        """Peewee's settings."""

        primary_key = CompositeKey("device", "day")


class Unsealed(Table):
    """A file that was handed over in the name of a device and laid aside for a person.

    It is of a check that nobody sealed, so that nothing in it is signed, or it does not fit: `fault` says where it is
    not what its name says. `device` is whom the file names, `brought_by` who sent it (empty: an operator imported it).
    """

    id = AutoField()
    device = TextField()
    inspection = TextField()
    name = TextField()
    digest = TextField()
    bytes = BigIntegerField()
    received_at = TextField()
    brought_by = TextField()
    fault = TextField(null=True)

    class Meta:
        """Peewee's settings."""

        indexes = ((("device", "inspection", "name"), True),)


TABLES: tuple[type[Table], ...] = (
    Meta,
    Counter,
    EnrolmentCode,
    Device,
    Record,
    RecordBody,
    Claim,
    PhotoWanted,
    PhotosDue,
    Photo,
    ServerFinding,
    Case,
    CaseViolation,
    Package,
    DayUse,
    Unsealed,
)
