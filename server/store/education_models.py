"""What is taught, visited and promised beside cases: sessions with their quiz, visits, promises. As in `models`."""

from __future__ import annotations

from peewee import AutoField, IntegerField, TextField

from server.store.models import Table


class EducationSession(Table):
    """A session for the people of a carrier. `state` is one of `sessions.STATES`.

    `starts` is the day and time of Beijing as typed, `lesson` the pack as it was when the session was planned: what is
    asked before and after is the same, whatever is published meanwhile. `token` opens the phone page until
    `expires_at`, and only while the state asks for answers.
    """

    id = TextField(primary_key=True)
    agency = TextField()
    carrier = TextField(index=True)
    name = TextField()
    starts = TextField()
    place = TextField()
    held_by = TextField()
    pack = TextField()
    lesson = TextField()
    asked = IntegerField()
    state = TextField()
    token = TextField(unique=True)
    expires_at = TextField(default="")
    made_by = TextField()
    made_at = TextField()
    ended_at = TextField(default="")
    ended_by = TextField(default="")
    why = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("agency", "starts", "id"), False), (("starts", "id"), False))


class Seat(Table):
    """Somebody who is invited: a number, his name, and the four signs by which he is told from others at the door.

    `code` is the end of his licence where the clerk wrote it (`own_code`), else four digits that the office made.
    `sign` is that of his page where the clerk named him by his identity number, which itself is not kept. `came` is
    yes, no or empty.
    """

    id = AutoField()
    session = TextField()
    number = IntegerField()
    name = TextField()
    role = TextField(default="")
    code = TextField()
    own_code = IntegerField(default=0)
    sign = TextField(default="", index=True)
    came = TextField(default="")
    came_by = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("session", "number"), True),)


class SeatAnswer(Table):
    """What a seat answered, `phase` before or after; once. `answers` is JSON: `[{"id", "chosen", "right"}]`."""

    id = AutoField()
    session = TextField()
    number = IntegerField()
    phase = TextField()
    answers = TextField()
    score = IntegerField()
    asked = IntegerField()
    at = TextField()

    class Meta:
        """Peewee's settings."""

        indexes = ((("session", "number", "phase"), True),)


class Visit(Table):
    """A visit that somebody is to make to a carrier or driver; `about` is `carrier:KEY` or `person:SIGN`.

    `source` is what it is for, as `case:…`, `order:…`, `record:…`, `session:…`, or empty. `done_on` is empty until it
    was made or given up; `result` is one of `visits.RESULTS`.
    """

    id = AutoField()
    agency = TextField()
    about = TextField(index=True)
    name = TextField()
    owner = TextField()
    until = TextField()
    why = TextField()
    source = TextField(default="")
    made_by = TextField()
    made_at = TextField()
    done_on = TextField(default="")
    done_by = TextField(default="")
    done_at = TextField(default="")
    result = TextField(default="")
    found = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = (
            (("agency", "done_on", "until", "id"), False),
            (("owner", "done_on", "until", "id"), False),
            (("done_on", "until", "id"), False),
        )


class Promise(Table):
    """What a carrier or driver said that it would do, until a day; `kept` is yes, no or empty while nobody looked."""

    id = AutoField()
    agency = TextField()
    about = TextField(index=True)
    name = TextField()
    text = TextField()
    until = TextField()
    source = TextField(default="")
    made_by = TextField()
    made_at = TextField()
    kept = TextField(default="")
    kept_on = TextField(default="")
    kept_by = TextField(default="")
    kept_why = TextField(default="")

    class Meta:
        """Peewee's settings."""

        indexes = ((("agency", "kept", "until", "id"), False), (("kept", "until", "id"), False))


class LessonDraft(Table):
    """A lesson pack that is written here. What was published is never edited.

    `body` is JSON: `fields` as they were typed, `authors` who wrote or changed them, `lesson` once it is published.
    `edited` counts the changes, so that of two who write at once the second is told. `state` is draft, proposed,
    published, or ended once a later one of the same name is published.
    """

    id = AutoField()
    lesson = TextField(index=True)
    version = TextField()
    body = TextField()
    state = TextField(index=True)
    edited = IntegerField(default=0)
    made_by = TextField()
    made_at = TextField()
    proposed_by = TextField(default="")
    proposed_at = TextField(default="")
    decided_by = TextField(default="")
    decided_at = TextField(default="")
    why = TextField(default="")


EDUCATION_TABLES: tuple[type[Table], ...] = (EducationSession, Seat, SeatAnswer, Visit, Promise, LessonDraft)
