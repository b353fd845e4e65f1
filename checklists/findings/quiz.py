"""Which questions of a lesson are asked after an inspection, and in which order their answers stand. Pure.

The same inspection and person always get the same questions; another one gets others of those that fit as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256

from checklists.definitions.lesson import ASKED, Lesson, Option, Question
from checklists.findings.finding import Finding
from checklists.values import frozen

_SEVERITIES = ("I", "II", "III")


@frozen
class Asked:
    """A question with its answers in the order in which they are shown; `why` is finding, goods or general."""

    question: Question
    options: tuple[Option, ...]
    why: str

    @property
    def right(self) -> int:
        """The place of the right answer as it is shown."""
        return next(place for place, one in enumerate(self.options) if one.right)


def choose(
    lessons: Mapping[str, Lesson], findings: Iterable[Finding] = (), labels: Iterable[str] = ()
) -> Lesson | None:
    """Return the lesson with the most questions about what was found and what is on board, or None without any.

    Of those that fit as well it is the one with the most questions: that about one kind of accident is not read to all.
    """
    found, on_board = list(findings), set(labels)

    def fit(one: Lesson) -> tuple[int, int]:
        told = sum(_fits(question, finding) for question in one.questions for finding in found)
        goods = sum(bool(on_board & set(question.labels)) for question in one.questions)
        return 100 * told + goods, len(one.questions)

    return max(sorted(lessons.values(), key=lambda one: one.lesson), key=fit, default=None)


def draw(
    lesson: Lesson, seed: str, findings: Iterable[Finding] = (), labels: Iterable[str] = (), count: int = ASKED
) -> tuple[Asked, ...]:
    """Return the questions of one person: about the gravest findings first, then the goods on board, then any.

    `seed` is the inspection with the person's role. Each finding gives one question before any gives a second.
    """
    pool = sorted(lesson.questions, key=lambda one: _mixed(seed, one.id))
    chosen: dict[str, Asked] = {}
    for question, why in _candidates(pool, findings, set(labels)):
        if len(chosen) == count:
            break
        chosen.setdefault(question.id, Asked(question, _shuffled(question, seed), why))
    return tuple(chosen.values())


def sitting(lesson: Lesson, count: int) -> tuple[Question, ...]:
    """Return the questions that a whole room is asked, before and after: those for everyone first, then as written."""
    return tuple(sorted(lesson.questions, key=lambda one: not one.general)[:count])


def shuffled(question: Question, seed: str) -> Asked:
    """Return a question with its answers in an order that differs from seed to seed."""
    return Asked(question, _shuffled(question, seed), "general")


def _candidates(
    pool: list[Question], findings: Iterable[Finding], labels: Collection[str]
) -> Iterator[tuple[Question, str]]:
    """Every question of the pool in the order in which it is wanted; some come more than once."""
    graver = sorted(findings, key=_rank)
    fitting = [_fitting(pool, finding, labels) for finding in graver]
    taken: set[str] = set()
    for turn in range(max(map(len, fitting), default=0)):
        for questions in fitting:
            fresh = next((one for one in questions if one.id not in taken), None)
            if turn < len(questions) and fresh:
                taken.add(fresh.id)
                yield fresh, "finding"
    yield from ((one, "goods") for one in pool if not set(one.labels).isdisjoint(labels))
    yield from ((one, "general") for one in pool if one.general)


def _fitting(pool: list[Question], finding: Finding, labels: Collection[str]) -> list[Question]:
    """Those about the very item first; those about the same violation only where they suit the goods on board."""
    about = [one for one in pool if finding.item in one.items]
    suits = (one for one in pool if one not in about and not (one.labels and set(one.labels).isdisjoint(labels)))
    return about + [one for one in suits if _fits(one, finding)]


def _fits(question: Question, finding: Finding) -> bool:
    return finding.item in question.items or bool(finding.violation and finding.violation in question.violations)


def _rank(finding: Finding) -> int:
    return _SEVERITIES.index(finding.severity) if finding.severity in _SEVERITIES else len(_SEVERITIES)


def _shuffled(question: Question, seed: str) -> tuple[Option, ...]:
    order = sorted(range(len(question.options)), key=lambda place: _mixed(seed, f"{question.id}/{place}"))
    return tuple(question.options[place] for place in order)


def _mixed(seed: str, name: str) -> str:
    """Return a text to sort by that differs from seed to seed and nowhere else."""
    return sha256(f"{seed}\n{name}".encode()).hexdigest()
