"""A filled form: what stands in it, part by part, and its words as one text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.wire import digest
from server.documents.form import NAME, Form, Part

SIGN_LINE = "____________________"
SIGN_DAY = "____年__月__日"
PROOF = "核验：用同一办公端的执法平板（资料查询—文书验真）扫描此码，无须联网；案号、时间应与本文书一致。"
"""What stands beside the code of a document."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Values = Mapping[str, Any]
"""Values by name: text, or for a table rows of cells."""


@dataclass(frozen=True)
class Piece:
    """One part as it is set: its kind, texts (paragraphs), or rows of cells with the shares of their widths."""

    kind: str
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A document's words in their order."""

    form: str
    look: str
    office: str
    title: str
    number: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words, line by line: what their digest is taken of."""
        said = [self.office, self.title, self.number]
        for one in self.pieces:
            said += one.texts if one.kind != "code" else ()  # the code names the digest of these words
            said += ["\t".join(row) for row in one.rows]
        return "\n".join(line for line in said if line) + f"\n〔{self.form}〕\n"

    @property
    def digest(self) -> str:
        """The digest of the words."""
        return digest(self.text.encode())


def fill(form: Form, agency: str, values: Values) -> Sheet:
    """Return a form filled with values; a value that is not there stands as nothing."""
    held = clean(values)
    parts = (one for one in form.for_agency(agency) if not one.when or held.get(one.when))
    pieces = tuple(piece for part in parts for piece in _piece(part, held))
    office, title, number = (str(held.get(name) or "") for name in ("office", "title", "number"))
    return Sheet(form.name, form.look, office, title, number, pieces)


def clean(values: Values) -> dict[str, Any]:
    """Return values without what no document can hold: control characters, halves of signs, tabs."""
    return {name: _clean(value) for name, value in values.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\t", " ")).replace("\r", "").strip()
    if isinstance(value, list | tuple):
        return tuple(_clean(one) for one in value)
    return value


def paragraphs(value: Any) -> tuple[str, ...]:
    """Return the paragraphs of a long value."""
    told: Iterable[Any] = value if isinstance(value, list | tuple) else str(value or "").split("\n")
    return tuple(line.strip() for one in told for line in str(one).split("\n") if line.strip())


def text_of(text: str, values: Values) -> str:
    """Return a text with its values."""
    return NAME.sub(lambda found: str(values.get(found[1]) or ""), text)


def row_of(row: Iterable[Any], columns: int) -> tuple[str, ...]:
    """Return the cells of a row, as many as the table has columns."""
    cells = [str(one) for one in row][:columns]
    return (*cells, *[""] * (columns - len(cells)))


def _piece(part: Part, values: Values) -> Iterator[Piece]:
    if part.kind == "code":
        yield Piece("code", (str(values[part.text]),))
    elif part.kind == "lines":
        yield Piece("lines", paragraphs(values.get(part.text)))
    elif part.kind == "rows":
        held = tuple(row_of(row, len(part.heads)) for row in values.get(part.text) or ())
        yield Piece("rows", rows=(part.heads, *held), widths=part.widths)
    elif part.kind == "grid":
        yield Piece("grid", rows=tuple(tuple(text_of(cell, values) for cell in row) for row in part.cells))
    elif part.kind == "sign":
        yield Piece("sign", tuple(f"{who}：{SIGN_LINE}  {SIGN_DAY}" for (who,) in part.cells))
    else:
        texts = tuple(text_of(line, values) for line in part.text.split("\n"))
        yield Piece(part.kind, tuple(one for one in texts if one))
