"""A form as data: its title, what a person fills in, and its parts. One description serves the .docx and the PDF.

In a text `{name}` stands for a value. A value that ends up empty is left out, or leaves a line to write on where the
form says so. `{by_USE}` stands for the general clause of that use, as “根据…的规定，”, or for nothing where none may be
printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

NAME = re.compile(r"\{(\w+)\}")

_GOES_ON = re.compile(r"\{(\w+)\}(?=([^\n]))")
_MARKS = "，。；：、）》"

LETTER, SHEET = "letter", "sheet"
"""How a form looks: a letter to somebody in larger type, or a sheet of boxes."""

STRICT, SHOWN = "strict", "shown"
"""Whether the law of the violations must be verified before the document is issued, or only shows where it is not."""


@dataclass(frozen=True)
class Blank:
    """What a person may fill in or change. `label` is what a clerk reads (an id of the catalogue).

    `kind`: text, long (several paragraphs), day, moment, rows (with `columns`, each a name and its label) or choice.
    """

    name: str
    label: str
    kind: str = "text"
    needed: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of a form.

    `kind`: to (whom it is for), para, lines (a value of several paragraphs), label, grid (boxes of names and values),
    rows (a table that grows), sign, seal, note, code (a QR code of what a value says). `when` names a value
    without which the part is left out, `agency` the agency for which alone it stands (`-P`: all but that one).
    """

    kind: str
    text: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    heads: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    when: str = ""
    agency: str = ""

    def names(self) -> Iterator[str]:
        """Yield the names of the values in it."""
        if self.kind in ("lines", "rows", "code"):
            yield self.text
        else:
            yield from NAME.findall(self.text)
        for row in self.cells:
            for cell in row:
                yield from NAME.findall(cell)
        if self.when:
            yield self.when


@dataclass(frozen=True)
class Form:
    """The form of a kind of document. `titles` by agency, "" for all others.

    `needs` are values of the case without which it is not issued, `law` is STRICT, SHOWN or empty; `source` says where
    its parts come from.
    """

    kind: str
    titles: Mapping[str, str]
    parts: tuple[Part, ...]
    blanks: tuple[Blank, ...] = ()
    needs: tuple[str, ...] = ()
    law: str = ""
    look: str = LETTER
    version: str = "1"
    source: str = ""
    plan: str = field(default="penalties")

    @property
    def name(self) -> str:
        """Its name with its version, as it stands at the foot of the page."""
        return f"{self.kind}-{self.version}"

    def title(self, agency: str) -> str:
        """Return the title that an agency uses."""
        return self.titles.get(agency) or self.titles[""]

    def for_agency(self, agency: str) -> tuple[Part, ...]:
        """Return the parts that an agency uses."""
        return tuple(one for one in self.parts if _stands(one.agency, agency))

    def within(self, agency: str) -> frozenset[str]:
        """Return the names of the values after which a sentence goes on: what is typed, and all before a mark."""
        typed = {one.name for one in self.blanks}
        texts = (
            text for part in self.for_agency(agency) for text in (part.text, *(c for row in part.cells for c in row))
        )
        found = (one for text in texts for one in _GOES_ON.finditer(text))
        return frozenset(one[1] for one in found if one[1] in typed or one[2] in _MARKS)

    def names(self, agency: str) -> tuple[str, ...]:
        """Return the names of all values in it, each once."""
        return tuple(dict.fromkeys(name for part in self.for_agency(agency) for name in part.names()))


def unended(text: str) -> str:
    """Return words that go on in a sentence, without the mark that ended them where somebody typed them."""
    return text.rstrip("。；，、 \n")


def _stands(wanted: str, agency: str) -> bool:
    return agency != wanted[1:] if wanted.startswith("-") else wanted in ("", agency)


def to(text: str, when: str = "", agency: str = "") -> Part:
    """Whom the document is for."""
    return Part("to", text, when=when, agency=agency)


def para(text: str, when: str = "", agency: str = "") -> Part:
    """A paragraph, its first line indented."""
    return Part("para", text, when=when, agency=agency)


def lines(name: str, when: str = "", agency: str = "") -> Part:
    """A value of several paragraphs."""
    return Part("lines", name, when=when, agency=agency)


def label(text: str, when: str = "", agency: str = "") -> Part:
    """A heading inside the document."""
    return Part("label", text, when=when, agency=agency)


def grid(*cells: tuple[str, ...], when: str = "", agency: str = "") -> Part:
    """Boxes: in each row a name and its value, or two of each."""
    return Part("grid", cells=cells, when=when, agency=agency)


def rows(name: str, heads: tuple[str, ...], widths: tuple[int, ...], when: str = "", agency: str = "") -> Part:
    """A table with a row for each row of a value."""
    return Part("rows", name, heads=heads, widths=widths, when=when, agency=agency)


def sign(*who: str, when: str = "", agency: str = "") -> Part:
    """Lines on which people sign, with the date."""
    return Part("sign", cells=tuple((one,) for one in who), when=when, agency=agency)


def seal(when: str = "", agency: str = "") -> Part:
    """The office, room for its seal, and the day."""
    return Part("seal", "{office}\n（印章）\n{day}", when=when, agency=agency)


def note(text: str, when: str = "", agency: str = "") -> Part:
    """A remark in small type."""
    return Part("note", text, when=when, agency=agency)


def code() -> Part:
    """The office's proof of the document as a QR code, once it is issued."""
    return Part("code", "proof", when="proof")
