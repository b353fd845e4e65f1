"""Parts with something wrong in them: a rich one of each kind, every path of it, and what never belongs there."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from checklists.wire import canonical, digest, uuid7
from server.store.models import Package
from tests.server.cast import JPEG, Tablet, now, photo_file
from tests.server.story import used

GOLDEN = Path(__file__).parents[1] / "golden" / "sealed-part-1.json"
KINDS = ("inspection", "contribution", "amendment", "shift")
MARK = "张标记"
"""A person who is nobody: his name and number must stand in no log."""
MARKED_ID = "15062419800101999X"

GONE = object()
DEEP: Any = 1
for _level in range(60):
    DEEP = [DEEP]

WRONG: tuple[Any, ...] = (
    *(None, True, 5, -1, 2**53 - 1, "", MARK, MARKED_ID, f"{MARK}\0", "2026-13-45", "x" * 30_000),
    *([], [5], [None], [MARK], {}, {MARK: 1}, {"item": [MARK]}, [[]], [{}], DEEP, GONE),
)
"""In the place of anything. GONE takes it away."""

_TEXTS = (
    *("", "x", MARK, "9999-12-31", "0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    *("2026-11-21", "𝕏" * 9, "挂", "%s %d {0}", "<script>", "a" * 6000, "I", "conflict", "driver", "seen", "0"),
    *("-1", "1e400", "..", "R5", "8", "UN 1830", "1830", "X423", "T:P", "C", "::", "|P|", "\u202e", "\n"),
    *("does_not_conform", "cn-joint@1"),
)
_NUMBERS = (0, -1, 1, 2**53 - 1, -(2**53) + 1, 10**12, 101)

Path_ = tuple[str | int, ...]


def rich(tablet: Tablet, packages: list[Package], kind: str = "inspection") -> dict[str, Any]:
    """Return a part that has something of everything, as plain values, ready to be sealed."""
    if kind == "shift":
        return _shift(tablet)
    golden = json.loads(GOLDEN.read_bytes())
    inspection, device = uuid7(), tablet.enrolled["device"]
    said = [*golden["entries"], *_more(inspection)]
    entries = [
        {**one, "id": uuid7(), "inspection": inspection, "device": device, "seq": number, "at": now()}
        for number, one in enumerate(said, start=1)
    ]
    told = {key: golden[key] for key in ("rows", "results", "outcome", "papers", "checklist", "site")}
    photos = [
        {"entry": one["id"], "original": photo_file(JPEG + one["id"].encode()), "thumbnail": photo_file(b"small")}
        for one in entries
        if one["kind"] == "photo"
    ]
    more = {"kind": kind, "lead": device, "answers": None, "amends": digest(b"x")}
    return tablet.part(
        **told,
        **more,
        inspection=inspection,
        entries=entries,
        findings=golden["findings"] if kind == "inspection" else [],
        definitions=used(packages),
        photos=photos,
        statements=[_statement(tablet, inspection)],
    )


def _more(inspection: str) -> Iterator[dict[str, Any]]:
    """Yield entries of the kinds that the golden part has not."""
    who = {"officer": "officer-1", "agency": "T", "inspection": inspection}
    asked = [{"id": "q1", "right": True}, {"id": "q2", "right": False}]
    lesson = {"pack": "acid", "version": "1", "person": MARK, "role": "driver", "score": 1, "of": 2, "questions": asked}
    shot = {**photo_file(JPEG), "thumbnail": photo_file(b"small"), "working": photo_file(b"working")}
    for kind, item, value in (
        ("note", "lesson", lesson),
        ("note", "site", {"text": "G109"}),
        ("note", "depth", {"checklist": "cn-joint", "proposed": "cn-joint", "reason": ""}),
        ("note", "recheck:EQP-12", {"result": "corrected", "photo": "0" * 64}),
        ("note", "control", {"tier": "low", "drawn": [{"section": "VEH", "item": "VEH-01"}]}),
        ("note", "approval", {"urgent": True, "reason": "x", "measures": ["C"], "decision": "d"}),
        ("photo", "EQP-14", shot),
        ("control_photo", "VEH-01", {**shot, "section": "VEH"}),
        ("override", "R5:trailer_permit_expired:x", {"rule": "R5", "case": "trailer_permit_expired", "reason": "x"}),
        ("statement", "driver", {"text": MARK}),
        ("party", "second_officer", {"role": "second_officer", "officer": "officer-2", "name": MARK, "card": "1"}),
        ("sign_seen", "front", {"text": "80/1830"}),
        ("fact", "seen.levels.1", {"data": 80, "source": "officer"}),
        ("fact", "waybill.start_at", {"data": "2026-11-20T00:00:00Z", "source": "waybill"}),
        ("outcome", "penalty:EQP-12", {"violation": "CN-EQP-01", "procedure": "simple", "amount_cny": 200}),
    ):
        yield {**who, "kind": kind, "item": item, "value": value}


def _statement(tablet: Tablet, inspection: str) -> dict[str, Any]:
    told = {"inspection": inspection, "device": "other", "count": 1, "digest": "0" * 64}
    return {**told, "certificate": tablet.enrolled["certificate"], "signature": "AAAA"}


def _shift(tablet: Tablet) -> dict[str, Any]:
    officer = {"officer": "officer-1", "name": MARK, "card": "1", "agency": "T", "digest": "0" * 64, "at": now()}
    part = tablet.part(kind="shift")
    return {
        **{key: one for key, one in part.items() if key not in ("entries", "findings", "outcome", "papers", "photos")},
        "first_seq": max(1, part["device_seq"] - 1),
        "site": "G109",
        "campaign": "",
        "officers": [{"id": "officer-1", "name": MARK, "card": "1", "agency": "T"}],
        "setup": {"law": "x", "clauses": "70", "dark": False, "expressway": False, "seen": [], "not_confirmed": ["a"]},
        "parts": ["0" * 64],
        "counts": {"inspections": 1, "others": 0, "outcomes": {"hold": 1}, "findings": 1, "severities": {"I": 1}},
        "open": [{"inspection": "i", "opened_at": now(), "plate": "蒙K12345", "lead": "x"}],
        "unsent": {"records": 0, "photos": 0},
        "signatures": [officer],
    }  # fmt: skip


def paths(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Yield the path of everything in a tree but the whole."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in rows:
        yield (*at, key)
        yield from paths(one, (*at, key))


def shapes(part: dict[str, Any]) -> list[Path_]:
    """Return one path for each place that differs in more than a number of a list; entries count by what they are."""
    found: dict[tuple[Any, ...], Path_] = {}
    for path in paths(part):
        said: list[Any] = ["" if isinstance(one, int) else one for one in path]
        if path[0] == "entries" and len(path) > 1:
            entry = part["entries"][path[1]]
            said[1] = (entry["kind"], entry["item"] if entry["kind"] in ("fact", "note") else "")
        found.setdefault(tuple(said), path)
    return list(found.values())


def changed(part: dict[str, Any], changes: Sequence[tuple[Path_, Any]]) -> dict[str, Any]:
    """Return a copy of the part with other values at the paths; one that a change before it took away is left."""
    made = copy.deepcopy(part)
    for path, value in changes:
        *above, last = path
        held: Any = made
        try:
            for key in above:
                held = held[key]
            if value is GONE:
                del held[last]
            else:
                held[last] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError):
            continue
    return made


def akin(part: dict[str, Any], path: Path_, number: int) -> Any:
    """Return another value of the same type as what stands at the path, by a number: what no check of types notices."""
    held: Any = part
    for key in path:
        held = held[key]
    if isinstance(held, bool) or held is None:
        return not held if held is not None else MARK
    if isinstance(held, str):
        return _TEXTS[number % len(_TEXTS)]
    if isinstance(held, int):
        return _NUMBERS[number % len(_NUMBERS)]
    if isinstance(held, list):
        return ([], held * 2, held[::-1], held[:1])[number % 4]
    return ({}, {**held, MARK: held}, dict(list(held.items())[:1]))[number % 3]


def sealed_of(tablet: Tablet, part: dict[str, Any]) -> bytes | None:
    """Return a part as one record of a batch, sealed by the tablet; None where it has no canonical form."""
    try:
        body = canonical(part)
    except (ValueError, RecursionError):
        return None
    told = {"digest": digest(body), "signature": tablet.key.sign(body)}
    return json.dumps(told).encode()[:-1] + b',"part":' + body + b"}"


def spread(many: Sequence[Path_]) -> Iterator[tuple[Path_, Any]]:
    """Yield each path with one wrong value, so that each value meets many kinds of places."""
    for number, path in enumerate(many):
        yield path, WRONG[(number * 7 + len(path)) % len(WRONG)]
