"""T13: what is to be done besides the vehicle in hand, overdue first, each with the duties of its tier. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.inspection.entries import Entry, facts_tree
from checklists.inspection.tasks import KINDS, TIERS, Task, left
from checklists.law.model import Term
from checklists.wire import from_plain, instant
from mobile.screens.shared.ages import age_words
from mobile.store.task_act import Act
from mobile.words import _, words

SHOWN_BEFORE = timedelta(days=3)
"""How long before its end the deadline of an order is a task. Ours."""
REPORT = "compulsion_report"
"""The term within which an urgent measure is reported to the head and approved."""
ANSWER = "answer"
"""The duty that opens the screen on which a case is answered."""
ANSWERED = ("supplement", "revisit")
"""Kinds of tasks that are answered by an amendment of the record, where this tablet sealed it."""
OPEN, WAITING, SENT = "open", "waiting", "sent"
"""How such an answer stands: nothing sealed, sealed and not with the office yet, with the office."""
FORGOTTEN_AFTER = timedelta(days=30)
"""After which a task of this tablet's own is the office's alone. Ours."""


@dataclass(frozen=True)
class Duty:
    """A duty to touch when it was done."""

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
    duties: tuple[Duty, ...]
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


def own_tasks(parts: Iterable[Mapping[str, Any]], now: datetime, report: Term | None) -> Iterator[Task]:
    """Yield what follows from the inspections sealed on this tablet: deadlines that end, measures to report.

    `report` is the term of REPORT in the law's data, in hours; without it nothing is said of reports.
    """
    for part in parts:
        if part.get("kind") != "inspection":
            continue
        sealed = datetime.fromisoformat(str(part["sealed_at"]))
        if now - sealed > FORGOTTEN_AFTER * 2:
            continue
        outcome = part.get("outcome") or {}
        if outcome.get("correct_by"):
            yield from _deadline(part, str(outcome["correct_by"]), now)
        if outcome.get("decided") == "seize" and report and now - sealed <= FORGOTTEN_AFTER:
            yield _report(part, sealed, report)


def _deadline(part: Mapping[str, Any], day: str, now: datetime) -> Iterator[Task]:
    ends = datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=LAW_ZONE)
    if ends - SHOWN_BEFORE <= now <= ends + FORGOTTEN_AFTER:
        yield Task(
            id=f"order-{part['inspection']}",
            kind="order",
            tier="medium",
            title=_("The deadline of an order ends"),
            text=_("Ask whether it was put right, look at it again, and write it down."),
            due=instant(ends),
            plate=_plate(part),
            created_at=str(part["sealed_at"]),
        )


def _report(part: Mapping[str, Any], sealed: datetime, term: Term) -> Task:
    return Task(
        id=f"report-{part['inspection']}",
        kind="report",
        tier="medium",
        title=_("Report the compulsory measure"),
        text=term.text,
        due=instant(sealed + timedelta(hours=term.amount or 0)),
        plate=_plate(part),
        created_at=str(part["sealed_at"]),
    )


def _plate(part: Mapping[str, Any]) -> str:
    facts = facts_tree(from_plain(Entry, one) for one in part.get("entries", ()) if one.get("kind") == "fact")
    return str((facts.get("vehicle") or {}).get("plate") or "")


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
        duties=tuple(Duty(one, _duty(one)) for one in open_),
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
    }
    return known[kind] if kind in KINDS else kind


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
