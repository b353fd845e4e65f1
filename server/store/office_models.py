"""What an office knows and its people work with, beside records and cases. Written as in `models`."""

from __future__ import annotations

from peewee import AutoField, IntegerField, TextField

from server.store.models import Table


class RegistryRow(Table):
    """What the office knows of a vehicle, tank, carrier, person or officer, as of a time.

    `area`: the division whose tablets get the row, as far as somebody has said it; empty is every tablet.
    """

    id = AutoField()
    kind = TextField()
    key = TextField()
    data = TextField()
    as_of = TextField()
    area = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("kind", "key"), True),)


class LessonResult(Table):
    """How somebody of a crew answered a lesson; `asked` counts the questions, `score` the right answers."""

    entry = TextField(primary_key=True)
    inspection = TextField(index=True)
    carrier = TextField()
    plate = TextField()
    person = TextField(index=True)
    role = TextField()
    at = TextField()
    pack = TextField()
    version = TextField()
    score = IntegerField()
    asked = IntegerField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("carrier", "at"), False),)


class User(Table):
    """A person who works in the console. `area`: a division's code without its zeros, empty is everywhere.

    `password_by` is the login of who gave the password, so that one's own can be told from one that somebody knows.
    `once_until`: the password opens nothing but the page on which another is chosen, and that until then.
    """

    id = AutoField()
    login = TextField(unique=True)
    name = TextField()
    role = TextField()
    agency = TextField()
    area = TextField(default="")
    password = TextField()
    made_at = TextField()
    closed_at = TextField(null=True)
    password_by = TextField(null=True)
    password_at = TextField(null=True)
    once_until = TextField(null=True)


class Session(Table):
    """A console session by the hash of its token."""

    token_hash = TextField(primary_key=True)
    user = IntegerField(index=True)
    csrf = TextField()
    opened_at = TextField()
    expires_at = TextField()


class Audit(Table):
    """The append-only log; each row holds the hash of the one before. `detail` is JSON: what changed, old and new."""

    id = AutoField()
    prev_hash = TextField(unique=True)
    at = TextField()
    who = TextField()
    action = TextField()
    subject = TextField()
    purpose = TextField()
    hash = TextField()
    detail = TextField(null=True)

    class Meta:
        """Peewee's settings."""

        indexes = tuple(((column, "id"), False) for column in ("who", "action", "subject", "at"))


class Task(Table):
    """Something for the teams of an agency to do; `row` is what their tablets get. `state`: open or closed.

    An alert is for the teams of every agency (`agency` empty) whose area overlaps `area` (empty: everywhere), and
    `level` says how far up it was told (`checklists.inspection.tasks.LEVELS`).
    """

    id = TextField(primary_key=True)
    agency = TextField()
    inspection = TextField(default="", index=True)
    tier = TextField()
    row = TextField()
    created_at = TextField()
    state = TextField()
    closed_at = TextField(null=True)
    area = TextField(default="")
    level = IntegerField(default=0)

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("agency", "state", "created_at"), False),
            (("state", "level", "created_at"), False),
            (("state", "closed_at", "id"), False),
        )


class TaskStep(Table):
    """What became of an alert: told (to the teams), leader, supervisor, closed; each once.

    `told` is JSON: who was told, as `[{"agency", "tablets"}]` or `[{"login", "name", "agency"}]`; `why` it was closed.
    """

    id = AutoField()
    task = TextField()
    step = TextField()
    at = TextField()
    told = TextField(default="[]")
    why = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("task", "step"), True),)


class TaskAct(Table):
    """What was done about a task, by whom, with the device's signature; rows are only added."""

    id = TextField(primary_key=True)
    task = TextField(index=True)
    device = TextField()
    officer = TextField()
    did = TextField()
    note = TextField()
    at = TextField()
    received_at = TextField()
    signature = TextField(null=True)


class SavedFilter(Table):
    """A list that somebody looks at again and again, by name; `query` is JSON."""

    id = AutoField()
    login = TextField()
    name = TextField()
    query = TextField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("login", "name"), True),)


class ExportJob(Table):
    """An export that runs behind the page. `state`: waiting, running, done, failed, removed.

    `rows` of `total` are written; `process` and `seen_at` say who works on it and when that was last heard of, `tries`
    how often it was begun.
    """

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
    total = IntegerField(null=True)
    purpose = TextField(null=True)
    process = TextField(null=True)
    seen_at = TextField(null=True)
    removed_at = TextField(null=True)
    sha256 = TextField(null=True)
    tries = IntegerField(null=True)

    class Meta:
        """Peewee's settings."""

        indexes = ((("login", "made_at"), False), (("state", "made_at"), False))


class StopOrder(Table):
    """A stop order, one row each: two on one trailer both hold. Lifted by an act with a reason, never deleted.

    `basis` is a verified clause in words, empty where none is known. On the day `closed_on` it stands no more. `folded`
    is its authority and number as `server.importing.comparing.order_key`.
    """

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
    basis = TextField(default="")
    agency = TextField()
    who = TextField()
    made_at = TextField()
    lifted_at = TextField(default="", index=True)
    lifted_by = TextField(default="")
    lifted_why = TextField(default="")
    folded = TextField(default="", index=True)

    class Meta:
        """Peewee's settings."""

        indexes = ((("authority", "number"), True),)


class Holiday(Table):
    """A day of a published notice of holidays, on which people rest or work. A year is replaced as a whole."""

    day = TextField(primary_key=True)
    kind = TextField()
    name_zh = TextField()
    name_en = TextField(default="")
    source = TextField()
    year = IntegerField(index=True)
    published_by = TextField()
    published_at = TextField()


class DiscretionRow(Table):
    """A row of a local table of discretion; a table is replaced as a whole, by agency and title, and old rows stay.

    `replaced_at` is empty for the rows that are used.
    """

    id = AutoField()
    agency = TextField()
    title = TextField()
    violation = TextField()
    grade = TextField()
    circumstances = TextField()
    min_cny = IntegerField()
    max_cny = IntegerField()
    basis = TextField()
    in_force_from = TextField()
    in_force_to = TextField(default="")
    published_by = TextField()
    published_at = TextField()
    replaced_at = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("agency", "violation", "replaced_at"), False),)


class OfficeFile(Table):
    """A file that the office itself took in or made (a scan, a .docx), by its digest; the bytes lie with the photos."""

    sha256 = TextField(primary_key=True)
    type = TextField()
    bytes = IntegerField()
    name = TextField(default="")
    who = TextField()
    at = TextField()


OFFICE_TABLES: tuple[type[Table], ...] = (
    RegistryRow,
    LessonResult,
    User,
    Session,
    Audit,
    Task,
    TaskAct,
    TaskStep,
    SavedFilter,
    ExportJob,
    StopOrder,
    Holiday,
    DiscretionRow,
    OfficeFile,
)
