"""`verify-paper CODE --office-key KEY`: whether a printed paper is genuine, by the text or picture of its code."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checklists import words
from checklists.commands.base import command, show
from checklists.genuine import Verdict, check
from checklists.wire import to_plain

PICTURES = (".png", ".jpg", ".jpeg")


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "verify-paper", run, "say whether a printed paper is genuine, without a network")
    parser.add_argument("code", metavar="CODE", help="the text of its QR code, a picture of it, or a file with it")
    parser.add_argument("--office-key", required=True, metavar="KEY", help="the office's public key in base64")
    parser.add_argument("--revoked", type=Path, metavar="FILE", help="revoked devices, one id a line")
    parser.add_argument("--words", type=Path, metavar="FILE", help="the words of the paper, to compare their digest")


def run(options: argparse.Namespace) -> int:
    """Print what the paper says of itself; exit 0 only where it is genuine."""
    revoked = options.revoked.read_text(encoding="utf-8").split() if options.revoked else ()
    held = options.words.read_bytes() if options.words else None
    verdict = check(_text(options.code), options.office_key, revoked, held)
    said = verdict.stated
    plain = {"state": verdict.state, **({} if said is None else {**to_plain(said), "signed": said.signed.hex()})}
    show(options, plain, _lines(verdict))
    return 0 if verdict.state == "genuine" else 1


def _text(code: str) -> str:
    path = Path(code)
    if code.upper().startswith("LUJIAN") or not path.is_file():
        return code
    if path.suffix.lower() in PICTURES:
        return _read_picture(path)
    return path.read_text(encoding="utf-8").rstrip("\r\n")


def _read_picture(path: Path) -> str:
    try:
        import zxingcpp
        from PIL import Image
    except ImportError as problem:
        raise ValueError("to read pictures, install zxing-cpp and Pillow; or give the text of the code") from problem
    with Image.open(path) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    codes = [one.text for one in found if one.text.startswith("LUJIAN")]
    if not codes:
        raise ValueError(f"{path}: no code of a paper can be read in this picture")
    return codes[0]


def _lines(verdict: Verdict) -> Iterator[str]:
    say = words.say("zh_CN")
    yield say(words.GENUINE[verdict.state])
    if verdict.stated is not None:
        said = verdict.stated
        yield f"{said.number}  {say(words.PAPERS.get(said.kind, said.kind))}"
        yield f"{say(words.GENUINE_PARTS['sealed_at'])}  {said.sealed_at}"
        yield f"{say(words.GENUINE_PARTS['device'])}  {said.device}（{said.agency} {said.prefix}）"
        yield f"{say(words.GENUINE_PARTS['record'])}  {said.record}"
        yield f"{say(words.GENUINE_PARTS['text'])}  {said.text}"
