"""A lesson pack as a form: numbered places, empty or filled, what is wrong with them, and the pack itself. Pure.

What is written here names no clause, so its statements are shown as not verified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from checklists.definitions.lesson import ASKED, Lesson, Look, Option, Question, Slide, Statement

MOST_LOOKS, MOST_SLIDES, MOST_STATEMENTS, MOST_QUESTIONS, MOST_OPTIONS = 6, 12, 4, 30, 4
LONGEST, LONGEST_BRIEF = 500, 330
"""Signs of a field, and of what is read aloud in a minute."""


def _(words: str) -> str:
    return words


TITLE = _("The pack needs a title, what is read aloud, and where it comes from.")
TOO_LONG = _("What is read aloud has at most 330 signs: a minute.")
NO_LOOK = _("Write down at least one word to remember, and what it means.")
NO_SLIDE = _("Write at least one slide; each needs a title and a statement with its source.")
FEW = _("A pack has at least three questions.")
OPTIONS = _("Question {number}: two to four answers, one of them marked as right.")
WHY = _("Question {number}: say why the answer is right, and where that comes from.")
SLIDE = _("Question {number}: name the slide that answers it.")
ITEM = _("Question {number}: no such item of the checklist.")

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words, and with which question."""

    words: str
    number: int = 0


def names() -> tuple[str, ...]:
    """Return the names of every field."""
    looks = (f"{name}-{n}" for n in range(1, MOST_LOOKS + 1) for name in ("look", "means"))
    slides = (f"slide-{n}" for n in range(1, MOST_SLIDES + 1))
    said = (
        f"{name}-{n}-{m}"
        for n in range(1, MOST_SLIDES + 1)
        for m in range(1, MOST_STATEMENTS + 1)
        for name in ("say", "from")
    )
    asked = (
        f"{name}-{n}" for n in range(1, MOST_QUESTIONS + 1) for name in ("ask", "right", "why", "source", "on", "items")
    )
    options = (f"option-{n}-{m}" for n in range(1, MOST_QUESTIONS + 1) for m in range(1, MOST_OPTIONS + 1))
    return ("title", "brief", "story", "source", *looks, *slides, *said, *asked, *options)


def kept(fields: Fields) -> dict[str, str]:
    """Return what is kept of a form: the fields that have something in them, each within its length."""
    told = ((name, _clean(fields.get(name, ""))) for name in names())
    return {name: text for name, text in told if text}


def filled(fields: Fields, *names_: str, most: int) -> list[int]:
    """Return the numbers of places in which something stands."""
    return [n for n in range(1, most + 1) if any(fields.get(name.format(n=n)) for name in names_)]


def shown(fields: Fields) -> dict[str, int]:
    """Return how many places a form shows: those that are filled and one more, at least three questions."""
    slides = filled(fields, "slide-{n}", *(f"say-{{n}}-{m}" for m in range(1, MOST_STATEMENTS + 1)), most=MOST_SLIDES)
    looks, asked = filled(fields, "look-{n}", most=MOST_LOOKS), filled(fields, "ask-{n}", most=MOST_QUESTIONS)
    return {
        "looks": min(MOST_LOOKS, max(looks, default=0) + 1),
        "slides": min(MOST_SLIDES, max(slides, default=0) + 1),
        "questions": min(MOST_QUESTIONS, max(3, max(asked, default=0) + 1)),
    }


def faults(fields: Fields, items: Collection[str]) -> list[Fault]:
    """Return all that keeps a pack from being proposed."""
    slides, asked = _slides(fields), filled(fields, "ask-{n}", most=MOST_QUESTIONS)
    whole = [
        words
        for wrong, words in (
            (not all(fields.get(name) for name in ("title", "brief", "source")), TITLE),
            (len(fields.get("brief", "")) > LONGEST_BRIEF, TOO_LONG),
            (not _looks(fields), NO_LOOK),
            (not slides or not all(one.title and one.statements for one in slides.values()), NO_SLIDE),
            (any(not one.source for slide in slides.values() for one in slide.statements), NO_SLIDE),
            (len(asked) < ASKED, FEW),
        )
        if wrong
    ]
    return [Fault(one) for one in dict.fromkeys(whole)] + [
        one for n in asked for one in _of_question(fields, n, slides, items)
    ]


def _of_question(fields: Fields, n: int, slides: Collection[int], items: Collection[str]) -> Iterator[Fault]:
    options = _options(fields, n)
    if not 2 <= len(options) <= MOST_OPTIONS or sum(one.right for one in options) != 1:
        yield Fault(OPTIONS, n)
    if not (fields.get(f"why-{n}") and fields.get(f"source-{n}")):
        yield Fault(WHY, n)
    if fields.get(f"on-{n}", "") not in map(str, slides):
        yield Fault(SLIDE, n)
    if any(one not in items for one in fields.get(f"items-{n}", "").split()):
        yield Fault(ITEM, n)


def lesson(fields: Fields, name: str, version: str) -> Lesson:
    """Return the pack of a form that has no faults."""
    asked = filled(fields, "ask-{n}", most=MOST_QUESTIONS)
    by_slide = {n: tuple(f"q{q}" for q in asked if fields.get(f"on-{q}") == str(n)) for n in _slides(fields)}
    return Lesson(
        lesson=name,
        version=version,
        title=_text(fields["title"]),
        brief=_text(fields["brief"]),
        story=_text(fields.get("story", "")),
        formula=_looks(fields),
        questions=tuple(_question(fields, n) for n in asked),
        source=fields["source"],
        slides=tuple(Slide(one.title, one.statements, by_slide[n]) for n, one in _slides(fields).items()),
    )


def _question(fields: Fields, n: int) -> Question:
    return Question(
        id=f"q{n}",
        text=_text(fields[f"ask-{n}"]),
        options=_options(fields, n),
        explanation=_text(fields.get(f"why-{n}", "")),
        source=fields.get(f"source-{n}", ""),
        items=tuple(fields.get(f"items-{n}", "").split()),
        general=True,
    )


def _options(fields: Fields, n: int) -> tuple[Option, ...]:
    right = fields.get(f"right-{n}", "")
    told = ((m, fields.get(f"option-{n}-{m}", "")) for m in range(1, MOST_OPTIONS + 1))
    return tuple(Option(_text(text), right=str(m) == right) for m, text in told if text)


def _looks(fields: Fields) -> tuple[Look, ...]:
    told = ((fields.get(f"look-{n}", ""), fields.get(f"means-{n}", "")) for n in range(1, MOST_LOOKS + 1))
    return tuple(Look(_text(title), _text(text)) for title, text in told if title and text)


def _slides(fields: Fields) -> dict[int, Slide]:
    found = {}
    for n in range(1, MOST_SLIDES + 1):
        said = (
            (fields.get(f"say-{n}-{m}", ""), fields.get(f"from-{n}-{m}", "")) for m in range(1, MOST_STATEMENTS + 1)
        )
        statements = tuple(Statement(_text(text), source) for text, source in said if text)
        title = fields.get(f"slide-{n}", "")
        if title or statements:
            found[n] = Slide(_text(title) if title else {}, statements)
    return found


def _text(text: str) -> dict[str, str]:
    """Return a text as it is written here: Chinese alone, which is shown in either language."""
    return {"zh": text}


def _clean(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:LONGEST]
