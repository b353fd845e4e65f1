"""What was said with an event, as a person reads it: a label and its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.words import law_case, say
from server.cases.documents import DOCUMENTS
from server.cases.fields import FIELDS
from server.cases.words import CLOCKS
from server.console.cases import words
from server.console.cases.telling import PARTS, Bit, Teller

_HIDDEN = ("reason", "side", "template", "template_version", "words", "paper", "task", "law", "keys")


@dataclass(frozen=True)
class Line:
    """A label with what stands beside it."""

    label: str
    bits: Sequence[Bit]


def _(words_: str) -> str:
    return words_


YES, NO = _("yes"), _("no")


def lines(event: str, data: Mapping[str, Any], teller: Teller) -> list[Line]:
    """Return what was said, in the order said; a reason and what serves the program alone are left out."""
    told = []
    for name, value in data.items():
        if name in _HIDDEN or name not in FIELDS or value in (None, "", [], {}, ()):
            continue
        bits = tuple(_bits(event, name, value, teller))
        if bits:
            told.append(Line(words.label(event, name), bits))
    return told


def _bits(event: str, name: str, value: Any, teller: Teller) -> Iterable[Bit]:
    kind = FIELDS[name].kind
    if name == "amendment":
        yield Bit("record", str(value))
    elif name == "into":
        yield Bit("plain", teller.name(str(value)))
    elif (event, name) == ("opened", "what"):
        yield Bit("say", words.SOURCES.get(str(value), str(value)))
    elif kind in _SAID:
        yield from _SAID[kind](name, value, teller)
    else:
        yield Bit("plain", str(value))


def _one(kind: str) -> Any:
    return lambda name, value, teller: (Bit(kind, value),)


def _choice(name: str, value: Any, _teller: Teller) -> Iterable[Bit]:
    yield Bit("say", words.CHOICES.get(name, {}).get(str(value), str(value)))


def _code(name: str, value: Any, _teller: Teller) -> Iterable[Bit]:
    text = str(value)
    title = DOCUMENTS[text].title if text in DOCUMENTS else ""
    yield Bit("say", title or CLOCKS.get(text, text))


def _codes(name: str, value: Any, teller: Teller) -> Iterable[Bit]:
    choices = words.CHOICES.get(name, {})
    for place, one in enumerate(value):
        code, _colon, answer = str(one).partition(":")
        known = choices.get(code)
        if known and answer:
            yield Bit("answer", (known, YES if answer == "yes" else NO))
        elif name == "answers" and not known and place < len(choices):
            yield Bit("answer", (list(choices.values())[place], str(one)))  # by the order of the questions
        elif known:
            yield Bit("say", known)
        else:
            yield Bit("pick", teller.title(str(one)))


def _people(_name: str, value: Any, _teller: Teller) -> Iterable[Bit]:
    for one in value:
        card = str(one.get("card") or "")
        yield Bit("plain", f"{one.get('name')} {card}".strip())


def _penalties(_name: str, value: Any, teller: Teller) -> Iterable[Bit]:
    for one in value:
        yield Bit("penalty", {**one, "title": teller.title(str(one.get("violation"))),
                              "word": _penalty_word(one)})  # fmt: skip


def _penalty_word(one: Mapping[str, Any]) -> str:
    if one.get("ground"):
        return words.CHOICES["spared"].get(str(one["ground"]), "")
    return words.CHOICES["kind"].get(str(one.get("kind")), "")


def _load(_name: str, value: Any, _teller: Teller) -> Iterable[Bit]:
    yield Bit("pick", load_words(value))


def load_words(load: Mapping[str, str]) -> Mapping[str, str]:
    """Return what was settled of a load, by language; nothing where nothing was."""
    when = {fact: (said,) for fact, said in load.items()}
    return {short: law_case(when, say(lang)) for short, lang in (("zh", "zh_CN"), ("en", "en"))} if load else {}


def _says(_name: str, value: Any, _teller: Teller) -> Iterable[Bit]:
    if value.get("hearing"):
        yield Bit("pair", (words.FIELDS["hearing_right"], YES if value["hearing"] == "yes" else NO, True))
    if value.get("until"):
        yield Bit("when", str(value["until"]))


def _party(_name: str, value: Any, _teller: Teller) -> Iterable[Bit]:
    for part, said in value.items():
        if isinstance(said, bool):
            yield Bit("pair", (PARTS.get(part, part), YES if said else NO, True))
        elif part == "kind":
            yield Bit("pair", (PARTS[part], words.CHOICES["party_kind"].get(str(said), ""), True))
        else:
            yield Bit("pair", (PARTS.get(part, part), str(said), False))


def _rows(_name: str, value: Any, teller: Teller) -> Iterable[Bit]:
    for one in value:
        if one.get("kind"):
            yield Bit("pick", teller.evidence(str(one["kind"])))
        if one.get("not_obtainable"):
            yield Bit("plain", str(one["not_obtainable"]))
        if one.get("file"):
            yield Bit("file", str(one["file"]))
        if one.get("by"):
            yield Bit("plain", str(one["by"]))
        if one.get("amount_fen") is not None:
            yield Bit("fen", int(one["amount_fen"]))


_SAID: Mapping[str, Any] = {
    "moment": _one("when"),
    "day": _one("when"),
    "file": _one("file"),
    "flag": lambda name, value, teller: (Bit("say", YES if value else NO),),
    "fen": _one("fen"),
    "yuan": lambda name, value, teller: (Bit("fen", 100 * int(value)),),
    "choice": _choice,
    "code": _code,
    "codes": _codes,
    "people": _people,
    "penalties": _penalties,
    "party": _party,
    "facts": _load,
    "says": _says,
    "rows": _rows,
    "agency": lambda name, value, teller: (Bit("pick", teller.agency(str(value))),),
    "login": lambda name, value, teller: (Bit("plain", teller.name(str(value))),),
}
"""Kind of field → what shows its value."""
