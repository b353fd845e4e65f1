"""`verify-paper CODE --office-key KEY`: whether a printed paper is genuine, by the text or picture of its code."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checklists import words
from checklists.commands.base import command, office_key, show
from checklists.facts.situation import LAW_ZONE
from checklists.records.paper_proof import Verdict, check
from checklists.wire import to_plain
from checklists.zone import read_clock

PICTURES = (".png", ".jpg", ".jpeg", ".pdf")
_SCALE = 3
"""Dots for each point of a PDF page: 216 to the inch, at which the smallest code is read."""


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "verify-paper", run, "say whether a printed paper is genuine, without a network")
    parser.add_argument("code", metavar="CODE", help="its PDF, a picture of its code, or the text of the code")
    office_key(parser)
    parser.add_argument("--revoked", type=Path, metavar="FILE", help="revoked devices, one id a line")
    parser.add_argument("--void", type=Path, metavar="FILE", help="numbers that count no more, one a line")
    parser.add_argument("--plate", default="", metavar="PLATE", help="the vehicle that stands there, to compare")
    parser.add_argument("--words", type=Path, metavar="FILE", help="the words of the paper, to compare their digest")


def run(options: argparse.Namespace) -> int:
    """Print what each paper says of itself; exit 0 only where all are genuine, and of the vehicle asked about."""
    revoked = _listed(options.revoked)
    held = options.words.read_bytes() if options.words else None
    void = _listed(options.void)
    now = datetime.now(UTC)
    codes = _texts(options.code)
    if held is not None and len(codes) > 1:
        raise ValueError(f"{options.code}: {len(codes)} papers, and --words are those of one")
    verdicts = [
        check(code, options.office_key, revoked, held, void=void, plate=options.plate, at=now) for code in codes
    ]
    plain = [_plain(one) for one in verdicts]
    show(options, plain[0] if len(plain) == 1 else plain, (line for one in verdicts for line in _lines(one)))
    return 0 if all(one.state == "genuine" and not one.plate_open for one in verdicts) else 1


def _plain(verdict: Verdict) -> dict[str, Any]:
    said = verdict.stated
    told = {} if said is None else {**to_plain(said), "signed": said.signed.hex()}
    return {"state": verdict.state, **({"plate_open": True} if verdict.plate_open else {}), **told}


def _listed(path: Path | None) -> frozenset[str]:
    """Return the ids or numbers of a list, in capitals and small letters: a list that was typed counts too."""
    try:
        words = path.read_text(encoding="utf-8-sig").split() if path else ()
    except UnicodeDecodeError as problem:
        raise ValueError(f"{path}: a list is text in UTF-8") from problem
    return frozenset(form for one in words for form in (one, one.upper(), one.lower()))


def _texts(code: str) -> tuple[str, ...]:
    """Return the text of every code, each once: a file may hold several papers."""
    code = _bare(code)
    path = Path(code)
    if code.upper().startswith("LUJIAN"):
        return _each(code)
    if not path.is_file():
        if path.suffix:
            raise ValueError(f"{code}: no such file")
        return (code,)
    try:
        return _read_picture(path) if path.suffix.lower() in PICTURES else _each(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise ValueError(f"{code}: neither text nor one of {', '.join(PICTURES)}") from problem


def _each(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_bare, text.splitlines())))) or ("",)


def _bare(text: str) -> str:
    """Return a text without what stands around it; no code begins or ends with a blank."""
    return text.strip("\ufeff \t\r\n")


def _read_picture(path: Path) -> tuple[str, ...]:
    try:
        import zxingcpp

        pages = _pages(path)
        read = (one.text for page in pages for one in zxingcpp.read_barcodes(page))
        codes = tuple(dict.fromkeys(text for text in read if text.startswith("LUJIAN")))
    except ImportError as problem:
        raise ValueError(f"to read pictures, pip install lujian[verify] ({problem})") from problem
    except OSError as problem:
        raise ValueError(f"{path}: this picture cannot be read ({problem})") from problem
    if not codes:
        raise ValueError(f"{path}: no code of a paper can be read in this picture")
    return codes


def _pages(path: Path) -> Iterator[Any]:
    """Yield the pictures of a file, grey: itself, or each page of a PDF. Raises OSError where it is damaged."""
    if path.suffix.lower() != ".pdf":
        from PIL import Image

        try:
            with Image.open(path, formats=("JPEG", "PNG")) as image:
                yield image.convert("L")
        except Image.DecompressionBombError as problem:
            raise OSError(problem) from problem
        return
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                yield page.render(scale=_SCALE, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as problem:
        raise OSError(problem) from problem


def _lines(verdict: Verdict) -> Iterator[str]:
    say = words.say("zh_CN")
    yield say(words.GENUINE[verdict.state])
    if verdict.plate_open:
        yield say(words.GENUINE_PARTS["plate_open"])
    if verdict.stated is not None:
        said = verdict.stated
        yield f"{said.number}  {say(words.PAPERS.get(said.kind, said.kind))}"
        at = datetime.fromisoformat(said.sealed_at).astimezone(LAW_ZONE)
        yield f"{say(words.GENUINE_PARTS['sealed_at'])}  {at:%Y-%m-%d %H:%M:%S}"
        yield f"{say(words.GENUINE_PARTS['device'])}  {said.device}（{said.agency} {said.prefix}）"
        for name, value in (("plate", said.plate), ("goods", said.goods), ("until", read_clock(said.until))):
            if value:
                yield f"{say(words.GENUINE_PARTS[name])}  {value}"
        yield f"{say(words.GENUINE_PARTS['record'])}  {said.record}"
        yield f"{say(words.GENUINE_PARTS['text'])}  {said.text}"
