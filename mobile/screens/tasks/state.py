"""T13: what is to be done besides the vehicle in hand, overdue first, each with the duties of its tier. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from checklists.inspection.tasks import TIERS, Task, left
from checklists.law.model import Term
from checklists.wire import instant
from checklists.zone import LAW_ZONE
from mobile.screens.shared.ages import age_words
from mobile.sealing import duty as duties
from mobile.sealing.duty import Duty
from mobile.store.task_act import Act
from mobile.words import _, words

SHOWN_BEFORE = timedelta(days=3)
"""How long before its end the deadline of an order is a task. Ours."""
ANSWER = "answer"
"""The duty that opens the screen on which a case is answered."""
ANSWERED = ("supplement", "revisit")
"""Kinds of tasks that are answered by an amendment of the record, where this tablet sealed it."""
OPEN, WAITING, SENT = "open", "waiting", "sent"
"""How such an answer stands: nothing sealed, sealed and not with the office yet, with the office."""
FORGOTTEN_AFTER = timedelta(days=30)
"""After which the deadline of an order is the office's alone. Ours."""


def _mark(message: str) -> str:
    return message


_OWED = {
    duties.REPORT: ("report", _mark("Report the compulsory measure"), "compulsion_report"),
    duties.FILE: ("file", _mark("File the decision made on the spot"), "simple_report"),
    duties.RECHECK: ("order", _mark("The deadline of an order ends"), ""),
}
"""By kind of what is owed: the kind of task, its title, and the term of the law that says what is to be done."""


@dataclass(frozen=True)
class Touch:
    """What to touch when it was done."""

    key: str
    text: str


@dataclass(frozen=True)
class TaskCard:
    """A task. `duties` are those still open; `told` says what was done and whether the office has it."""

    id: str
    tier: str
    tone: str
    tier_words: str
    kind: str
    title: str
    text: str
    plate: str
    due: str
    overdue: bool
    duties: tuple[Touch, ...]
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TasksState:
    """The tasks. `age` says how old the office's list is; `empty` is a friendly word where nothing is to be done."""

    cards: tuple[TaskCard, ...]
    summary: str
    age: str
    age_tone: str
    empty: str


def tasks_state(
    tasks: Iterable[Task],
    acts: Sequence[Act],
    now: datetime,
    *,
    as_of: str,
    given: bool,
    answers: Mapping[str, str] = MappingProxyType({}),
) -> TasksState:
    """Return the tasks as they stand. `given` says that the office gives such a list at all, `as_of` how old it is.

    `answers` tells of the tasks that are answered by an amendment how that stands.
    """
    by_task: dict[str, list[Act]] = {}
    for act in acts:
        by_task.setdefault(act.task, []).append(act)
    known = {one.id: one for one in tasks}
    held = [(one, by_task.get(one.id, [])) for one in known.values()]
    held = [pair for pair in held if left(pair[0].tier, {act.did for act in pair[1]}) or _waits(pair[1])]
    held.sort(key=lambda pair: _order(pair[0], pair[1], now))
    cards = tuple(_card(task, told, now, answers.get(task.id, "")) for task, told in held)
    late = sum(one.overdue for one in cards)
    open_ = sum(bool(one.duties) for one in cards)
    return TasksState(
        cards=cards,
        summary=_("{n} open, {late} overdue").format(n=open_, late=late) if cards else "",
        age=_("From the office, {age}").format(age=age_words(as_of, now))
        if given
        else _("The office has sent no list of tasks yet"),
        age_tone="neutral" if given else "unknown",
        empty="" if cards else _("Nothing to do here. New tasks come by themselves when the tablet is on line."),
    )


def own_tasks(owed: Iterable[Duty], now: datetime, terms: Mapping[str, Term]) -> Iterator[Task]:
    """Yield as tasks what this tablet's own inspections make its officers owe (`mobile.sealing.duty`).

    `terms` are those of the law's data, in whose words a report and a filing are asked for. That an order is to be
    looked at again is no task before its last days, nor long after them.
    """
    for one in owed:
        due = _end_of(one.due)
        if one.kind != duties.RECHECK or (due is not None and due - SHOWN_BEFORE <= now <= due + FORGOTTEN_AFTER):
            yield _owed(one, due, terms)


def _owed(duty: Duty, due: datetime | None, terms: Mapping[str, Term]) -> Task:
    kind, title, term = _OWED.get(duty.kind, (duty.kind, duty.kind, ""))
    text: Any = _("Ask whether it was put right, look at it again, and write it down.") if kind == "order" else ""
    if term in terms:
        text = words.pick(terms[term].text)
    return Task(
        id=duty.id,
        kind=kind,
        tier="medium",
        title=_(title),
        text="：".join(one for one in (text, "、".join(duty.what) if duty.kind == duties.FILE else "") if one),
        due=instant(due) if due else "",
        plate=duty.plate,
        inspection=duty.inspection,
    )


def _end_of(due: str) -> datetime | None:
    """Return when a term ends: the time itself, or the end of its last day."""
    if not due:
        return None
    return datetime.fromisoformat(due if "T" in due else f"{due}T23:59:59+08:00")


def _waits(told: Sequence[Act]) -> bool:
    return any(not one.sent_at for one in told)


def _order(task: Task, told: Sequence[Act], now: datetime) -> tuple[bool, bool, int, str, str]:
    """What is done last; then overdue first, the higher tier first, and the earlier end first."""
    done = not left(task.tier, {one.did for one in told})
    tier = TIERS.index(task.tier) if task.tier in TIERS else len(TIERS)
    return done, not _overdue(task, now), tier, task.due or "9", task.created_at


def _overdue(task: Task, now: datetime) -> bool:
    return bool(task.due) and datetime.fromisoformat(task.due) < now


def _card(task: Task, told: Sequence[Act], now: datetime, answer: str) -> TaskCard:
    tiers = {
        "high": ("danger", _("High: call and send somebody")),
        "medium": ("unknown", _("Medium: today")),
        "low": ("neutral", _("Low: to know")),
    }
    tone, tier = tiers.get(task.tier, ("unknown", task.tier))
    open_ = _open(task, told, answer)
    overdue = bool(open_) and _overdue(task, now)
    return TaskCard(
        id=task.id,
        tier=task.tier,
        tone=tone,
        tier_words=tier,
        kind=kind_words(task.kind) + (f" · {task.case}" if task.case else ""),
        title=said(task.title),
        text=said(task.text),
        plate=task.plate,
        due=_due(task, now) if open_ else "",
        overdue=overdue,
        duties=tuple(Touch(one, _duty(one)) for one in open_),
        told=(*(_told(one) for one in told), *_answered(answer)),
    )


def _open(task: Task, told: Sequence[Act], answer: str) -> tuple[str, ...]:
    """Return the duties that are open: the answer alone, where the record is amended here."""
    if answer:
        return (ANSWER,) if answer == OPEN else ()
    return left(task.tier, {one.did for one in told})


def _answered(answer: str) -> tuple[tuple[str, str], ...]:
    told = {
        WAITING: ("unknown", _("Answered: waits to be sent")),
        SENT: ("good", _("Answered: the office has it")),
    }
    return (told[answer],) if answer in told else ()


def said(value: Any) -> str:
    """Return a text that has a language, or several."""
    return words.pick(value) if isinstance(value, Mapping) else str(value)


def kind_words(kind: str) -> str:
    """Return what kind of task it is."""
    known = {
        "alert": _("Alert"),
        "supplement": _("Sent back for more evidence"),
        "revisit": _("Re-visit"),
        "order": _("Order"),
        "report": _("Report"),
        "file": _("File"),
        "verify": _("To be verified"),
    }
    return known.get(kind, kind)


def _duty(did: str) -> str:
    known = {
        "called": _("I have called"),
        "dispatched": _("Somebody was sent"),
        "done": _("Done"),
        "read": _("Read, understood"),
        ANSWER: _("Answer"),
    }
    return known.get(did, did)


def _told(act: Act) -> tuple[str, str]:
    """Return the tone and words of what was done."""
    said = " · ".join(one for one in (_duty(act.did), _clock(act.at), act.note) if one)
    if act.problem:
        return "danger", _("{what}: the office did not take it ({why})").format(what=said, why=act.problem)
    return (
        ("good", _("{what}: the office has it").format(what=said))
        if act.sent_at
        else (
            "unknown",
            _("{what}: waits to be sent").format(what=said),
        )
    )


def due_words(task: Task, now: datetime) -> tuple[str, bool]:
    """Return until when a task is to be done, and whether that is past."""
    return _due(task, now), _overdue(task, now)


def _due(task: Task, now: datetime) -> str:
    if not task.due:
        return ""
    due = datetime.fromisoformat(task.due)
    if due < now:
        return _("overdue since {time}").format(time=_clock(task.due))
    minutes = int((due - now).total_seconds() // 60)
    if minutes < 120:
        return _("{n} minutes left").format(n=minutes)
    return _("until {time}").format(time=_clock(task.due))


def _clock(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(LAW_ZONE).strftime("%m-%d %H:%M")
