"""A day at two posts, as an office really receives it: enrolled tablets, sealed records, photos, the worker behind.

`play(office)` fills an open office through the same functions that the server uses and returns what it made; nothing is
written to tables by hand. `python -m tests.server.scene DIR` leaves an office in DIR that can be served.
"""

from __future__ import annotations

import asyncio
import io
import math
import random
import sys
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from checklists.authoring.loader import read_plain
from checklists.findings.assessment import assess
from checklists.goods.listing import Tables, load_tables
from checklists.papers.way_back import token_digest
from checklists.records.record import Sealed
from checklists.wire import digest, instant, to_plain, uuid7
from server.config import Config
from server.intake.photos import finish, named
from server.office import Office, open_office
from server.processing.recompute import entries_of
from server.processing.worker import Worker
from server.publishing import load_registry, publish_all
from server.store import devices, packages, users
from server.store.photo_files import Upload
from tests.loaded import load_all
from tests.server.cast import Tablet, batch, photo_file, take

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demo-password"
SITES = ("G109 国道示例县卡口", "S215 省道北岔路口检查点", "示例化工园区东门")
OFFICERS = [
    ("T-001", "王志强", "15062401", "T"),
    ("T-002", "苏日娜", "15062402", "T"),
    ("P-007", "刘海峰", "150624P007", "P"),
    ("P-011", "陈静", "150624P011", "P"),
]
TABLETS = {"T": "运政平板 03", "P": "交警平板 11"}
PEOPLE = [
    ("transport", "王志强", "officer", "T"),
    ("lead", "苏日娜", "leader", "T"),
    ("police", "刘海峰", "handler", "P"),
    ("review", "何敏", "reviewer", "T"),
    ("area", "巴特尔", "supervisor", "T"),
    ("law", "周文", "law_admin", "T"),
    ("system", "孙工", "system_admin", "T"),
]


@dataclass
class Stage:
    """What was made: the digest of each record by its name in the scene."""

    office: Office
    tablets: dict[str, Tablet] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)


def play(office: Office, many: int = 24) -> Stage:
    """Fill the office: the waste-acid tanker, a morning's other checks, and each kind of record that must wait."""
    stage = Stage(office)
    load_registry(office, registry())
    publish_all(office)
    for login, name, role, agency in PEOPLE:
        office.store.write_now(
            lambda login=login, name=name, role=role, agency=agency: users.add(  # type: ignore[misc]
                login=login, name=name, role=role, agency=agency, password=PASSWORD
            )
        )
    stage.tablets = {agency: tablet(office, agency, name) for agency, name in TABLETS.items()}
    story, pictures = waste_acid(stage)
    for number in reversed(range(2, many)):
        deliver(stage, f"morning-{number}", morning(stage, number))
    deliver(stage, "late", old(stage))
    deliver(stage, "unknown", newer(stage))
    deliver(stage, "alarm", altered(stage))
    deliver(stage, "overload", overload(stage))
    deliver(stage, "story", story)
    upload(stage, pictures[:3], pictures[3:])
    drain(office)
    deliver(stage, "again", rival(stage, story))
    for number in (1, 0):
        deliver(stage, f"waiting-{number}", morning(stage, number))
    return stage


def wait(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine of the server to its end, also where this thread has a loop of its own (a driven browser)."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def drain(office: Office) -> int:
    """Process what was received, as the worker does."""
    return Worker(office).drain()


def tablet(office: Office, agency: str, name: str) -> Tablet:
    made = Tablet()
    code = office.store.write_now(lambda: devices.new_code(agency, 24))
    held = office.store.write_now(
        lambda: devices.enrol(
            office.key, code=code, name=name, public_key=made.key.public, app="0.1.0", token=f"token-{agency}"
        )
    )
    import json

    made.enrolled = {"device": held.id, "certificate": json.loads(held.certificate), "token": f"token-{agency}"}
    return made


def deliver(stage: Stage, name: str, sealed: Sealed) -> None:
    """Hand a record in through the function behind `POST /v1/records`."""
    device_id = sealed.part["device"]
    device = next(one for one in devices.listing() if one.id == device_id)
    take(stage.office, (device, batch(sealed)))
    stage.digests[name] = sealed.digest


def upload(stage: Stage, whole: Sequence[Mapping[str, bytes]], small: Sequence[Mapping[str, bytes]] = ()) -> None:
    """Bring photos: `whole` with original and thumbnail, of `small` the first thumbnail alone."""
    files = [content for one in whole for content in one.values()] + [one["thumbnail"] for one in small[:1]]
    for content in files:
        sha256, store = digest(content), stage.office.photo_files
        way = Upload("scene", sha256)
        store.begin(way)
        assert store.append(way, store.take_over(way), 0, content)
        wait(finish(stage.office, wait(named(stage.office, way))))


def registry() -> list[dict[str, Any]]:
    """What the office knows; the story's driver lost his qualification yesterday, which no tablet has heard yet."""
    situation = story_situation()
    as_of = instant(datetime.now(UTC) - timedelta(hours=20))
    driver = {**situation["driver"], "qualification": {**situation["driver"]["qualification"], "status": "revoked"}}
    rows = [
        ("vehicle", situation["vehicle"]["plate"], {**situation["vehicle"], "trailer": situation["trailer"]["plate"]}),
        ("vehicle", situation["trailer"]["plate"], {**situation["trailer"], "tank": situation["tank"]["number"]}),
        ("tank", situation["tank"]["number"], situation["tank"]),
        ("carrier", situation["carrier"]["uscc"], situation["carrier"]),
        ("person", driver["id_number"], driver),
        *(("officer", key, {"name": name, "card": card, "agency": agency}) for key, name, card, agency in OFFICERS),
    ]
    return [{"kind": kind, "key": key, "data": data, "as_of": as_of} for kind, key, data in rows]


def story_situation() -> dict[str, Any]:
    """The situation of the waste-acid tanker, its days moved to now."""
    held = dict(read_plain(ROOT / "checklists/examples/waste-acid-tanker.yaml")["situation"])
    days = {"2026-10-31": -21, "2027-03-10": 110, "2027-03-31": 130}
    return {key: _moved(value, days) for key, value in held.items() if key not in ("at", "sources")}


def _moved(value: Any, days: Mapping[str, int]) -> Any:
    if isinstance(value, Mapping):
        return {key: _moved(one, days) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_moved(one, days) for one in value]
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-" and value[:2] == "20":
        return (datetime.now(UTC) + timedelta(days=days.get(value, 300))).date().isoformat()
    return value


NUMBERS = {"kerb_mass_kg", "gross_limit_kg", "traction_mass_kg", "approved_mass_kg", "volume_l", "net_mass_kg"}


def facts(situation: Mapping[str, Any], hours_old: int = 30) -> list[tuple[str, str, dict[str, Any]]]:
    """Return a situation as what tablets write: registry rows, the waybill as scanned, what was seen."""
    as_of = instant(datetime.now(UTC) - timedelta(hours=hours_old))
    made = [
        ("fact", path, {"data": _numbers(situation[path]), "source": "registry", "as_of": as_of})
        for path in ("vehicle", "trailer", "tank", "carrier", "driver", "escort")
        if path in situation
    ]
    if "waybill" in situation:
        made.append(("fact", "waybill", {"data": _numbers(situation["waybill"]), "source": "waybill"}))
    made.append(("fact", "vehicle.plate", {"data": situation["vehicle"]["plate"], "source": "officer"}))
    for name, data in situation["seen"].items():
        source = "weighbridge" if name == "gross_mass_kg" else "officer"
        inner = data.items() if name in ("panels", "placards", "equipment") else [("", data)]
        for key, one in inner:
            number = int(one) if isinstance(one, str) and one.isdecimal() else one
            made.append(("fact", f"seen.{name}.{key}".rstrip("."), {"data": number, "source": source}))
    return made


def _numbers(value: Any) -> Any:
    """YAML was read as text; the wire has whole numbers where a number is meant."""
    if isinstance(value, Mapping):
        return {key: int(one) if key in NUMBERS else _numbers(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_numbers(one) for one in value]
    return value


def waste_acid(stage: Stage, link: str = "") -> tuple[Sealed, list[dict[str, bytes]]]:
    """The story's record, sealed, with five photos of which the office gets three."""
    pictures = [picture(words, tone) for words, tone in _PICTURES]
    times = [instant(datetime.now(UTC) - timedelta(minutes=minutes)) for minutes in (44, 43, 43, 41, 40)]
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("position", "opened", {"position": position(times[0])}),
        *facts(_with_people(story_situation())),
        *(
            ("photo", item, {**shot(held), "taken": {"at": at, "by": "camera"}, "position": position(at)})
            for item, held, at in zip(_PHOTO_ITEMS, pictures, times, strict=True)
        ),
        ("answer", "EQP-14", {"result": "does_not_conform", "note": "工具箱内只有编织袋，无吸附棉和堵漏楔"}),
        ("section_clear", "VEH", {"items": ["VEH-01", "VEH-02"], "dwell_ms": 21_400}),
        (
            "statement",
            "driver",
            {"text": "押运员早上肚子疼没上车，我们老板知道。货我按运单拉的，牌子是上一趟装废酸没换。"},
        ),
        ("outcome", "proposal", {"proposed": "hold"}),
        ("outcome", "decision", {"decided": "hold"}),
        ("signature", "driver:张建国", {"role": "driver", "name": "张建国", "strokes": strokes(3)}),
        ("signature", "officer:王志强", _officer("王志强", "15062401", 7)),
        ("signature", "officer:刘海峰", _officer("刘海峰", "150624P007", 11)),
    ]
    sealed = sealed_part(stage, "T", said, minutes_ago=34, hands=("T-001", "P-007"), papers=("record", "order"),
                         link=link)  # fmt: skip
    return sealed, pictures


SAID = "押运员早上肚子疼没上车，我们老板知道。货我按运单拉的，牌子是上一趟装废酸没换。"
_PHOTO_ITEMS = ("PLA-02", "LIC-11", "EQP-14", "LIC-07", "LOD-05")
_PICTURES = (("80 1832", "panel"), ("副驾驶无人", "cab"), ("工具箱", "box"), ("营运证", "paper"), ("44.92 t", "scale"))


def _with_people(situation: dict[str, Any]) -> dict[str, Any]:
    people = {"consignor": "示例县宏远化工有限公司", "consignee": "邻县冶金有限责任公司"}
    return {**situation, "waybill": {**situation["waybill"], **people}}


def _officer(name: str, card: str, seed: int) -> dict[str, Any]:
    return {"role": "officer", "name": name, "card": card, "strokes": strokes(seed)}


GOODS = (
    ("1203", "汽油", "3", "33", ("3",)),
    ("1202", "柴油", "3", "30", ("3",)),
    ("1965", "液化石油气", "2.1", "23", ("2.1",)),
    ("1830", "硫酸", "8", "80", ("8",)),
    ("1230", "甲醇", "3", "336", ("3", "6.1")),
    ("1824", "氢氧化钠溶液", "8", "80", ("8",)),
    ("1977", "液氮", "2.2", "22", ("2.2",)),
    ("1073", "液氧", "2.2", "225", ("2.2", "5.1")),
    ("2014", "过氧化氢", "5.1", "58", ("5.1", "8")),
)
CARRIERS = (
    "示例县安达危险品运输有限责任公司",
    "鲁通石化物流有限公司",
    "内蒙古蒙达危货运输股份有限公司",
    "宁夏众安化工物流有限公司",
    "陕西顺源危险货物运输有限公司",
    "示例市永隆燃气运输有限公司",
)
PLATES = ("蒙K60821", "陕E7A356", "宁A90417", "蒙M33K58", "鲁C5B912", "蒙K08D71", "陕K55602", "宁C2H880")


def morning(stage: Stage, number: int) -> Sealed:
    """One of the day's other checks, the same for the same number: most are clean, some are not."""
    un, name, class_, hazard, labels = GOODS[number % len(GOODS)]
    carrier, plate = CARRIERS[number % len(CARRIERS)], PLATES[number % len(PLATES)]
    plate = plate[:3] + str((int.from_bytes(plate[3:].encode()) + number * 7) % 90000 + 10000)[:4]
    agency = "P" if number % 3 == 2 else "T"
    expiry = 200 if number % 5 else -12
    paper = {"valid_until": (datetime.now(UTC) + timedelta(days=expiry)).date().isoformat()}
    line = {"un": un, "name": name, "class": class_, "net_mass_kg": 22_000 + 310 * (number % 9)}
    seen_un = "1993" if number % 11 == 6 else un
    situation: dict[str, Any] = {
        "vehicle": {"plate": plate, "colour": "yellow", "kind": "tractor", "carrier": carrier,
                    "permit": {**paper, "number": f"15062{number:07}", "scope": [class_, "3"]},
                    "kerb_mass_kg": 9000, "gross_limit_kg": 49_000},
        "carrier": {"name": carrier},
        "waybill": {"number": f"YD2026{number:08}", "plate": plate, "lines": [line],
                    "driver": {"name": "赵某", "id_number": f"15062419830{number % 10}0{number % 10}001X"}},
        "seen": {"panels": {side: {"hazard_id": hazard, "un": seen_un} for side in ("front", "rear")},
                 "placards": {"left": list(labels), "right": list(labels), "rear": list(labels)}},
    }  # fmt: skip
    said = facts(situation)
    if number % 7 == 3:
        said.append(("answer", "EQP-06", {"result": "does_not_conform"}))
    hands = ("P-011", "T-002") if agency == "P" else ("T-002", "P-011")
    return sealed_part(stage, agency, said, minutes_ago=5 + 26 * number, hands=hands, site=SITES[number % len(SITES)])


def overload(stage: Stage) -> Sealed:
    """Far too heavy: over the approved load for one authority and over the road's limit for another, maybe one act."""
    situation = _with_people(story_situation())
    seen = {**situation["seen"], "gross_mass_kg": 52_300, "panels": {"rear": {"hazard_id": "80", "un": "1830"}}}
    seen["aboard"] = [*seen["aboard"], {"role": "escort", "name": "李卫东", "id_number": "150624198203030035"}]
    return sealed_part(stage, "T", facts({**situation, "seen": seen}), minutes_ago=49, hands=("T-002", "P-011"))


def altered(stage: Stage) -> Sealed:
    """A record whose findings are not what its entries give: the office must notice."""
    said = facts(_with_people(story_situation()))
    return sealed_part(stage, "T", said, minutes_ago=95, hands=("T-001",), drop_last_finding=True)


def old(stage: Stage) -> Sealed:
    """A record that was sealed by a clock a year off."""
    said = facts(_with_people(story_situation()))
    return sealed_part(stage, "P", said, minutes_ago=60 * 24 * 365, hands=("P-007",))


def newer(stage: Stage) -> Sealed:
    """A record made with definitions that this office does not have."""
    said = facts(_with_people(story_situation()))
    return sealed_part(stage, "T", said, minutes_ago=120, hands=("T-001",), version="2099.01.01.1")


def rival(stage: Stage, story: Sealed) -> Sealed:
    """A second seal of the story's inspection, by the other tablet."""
    said = facts(_with_people(story_situation()))
    return sealed_part(stage, "P", said, minutes_ago=21, hands=("P-007",), inspection=story.part["inspection"])


def sealed_part(
    stage: Stage,
    agency: str,
    said: Sequence[tuple[str, str, dict[str, Any]]],
    *,
    minutes_ago: int,
    hands: Sequence[str],
    papers: Sequence[str] = ("record",),
    site: str = SITES[0],
    inspection: str = "",
    version: str = "",
    drop_last_finding: bool = False,
    link: str = "",
) -> Sealed:
    """Seal what was said as a tablet of the agency does: entries, findings by the kernel, manifest of the photos."""
    maker, inspection = stage.tablets[agency], inspection or uuid7()
    sealed_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    entries = []
    for number, (kind, item, value) in enumerate(said, start=1):
        who = hands[number % len(hands)]
        at = instant(sealed_at - timedelta(seconds=17 * (len(said) - number) + 9))
        entry = maker.entry(inspection, number, kind, item, value)
        taken_back = [one["id"] for one in entries if kind == "withdrawn" and one["item"] == item][-1:]
        entry.update({"withdraws": taken_back[0]} if taken_back else {})
        entries.append({**entry, "officer": who, "agency": who[:1], "at": at})
    part = {"entries": entries}
    definitions, tables = _bench()
    opened_at = instant(sealed_at - timedelta(minutes=12))
    assessment = assess(definitions, tables, entries_of(part), opened_at)
    shown = to_plain(assessment.findings)
    decided = next((value["decided"] for kind, item, value in said if item == "decision"), assessment.proposal.outcome)
    told = {"way_back": token_digest(link)} if link else {}
    return maker.seal(
        inspection=inspection,
        sealed_at=instant(sealed_at),
        opened_at=opened_at,
        site=site,
        definitions=_used(version),
        entries=entries,
        findings=shown[:-1] if drop_last_finding else shown,
        results=to_plain(assessment.results),
        outcome={"proposed": assessment.proposal.outcome, "decided": decided, "reason": None},
        papers=[
            {"kind": kind, "number": f"T0001-{maker.seq:05}", "digest": digest(kind.encode()), **told}
            for kind in papers
        ],
        photos=[_named(one) for one in entries if one["kind"] == "photo"],
    )


_held: list[Any] = []


def _bench() -> tuple[Any, Tables]:
    if not _held:
        _held.extend((load_all(), load_tables()))
    return _held[0], _held[1]


def _used(version: str) -> list[dict[str, Any]]:
    named = [packages.latest(name) for name in ("definitions", "reference")]
    return [{"name": one.name, "version": version or one.version, "digest": one.digest} for one in named if one]


def _named(entry: Mapping[str, Any]) -> dict[str, Any]:
    original = {key: entry["value"][key] for key in ("sha256", "bytes", "type")}
    return {"entry": entry["id"], "original": original, "thumbnail": entry["value"]["thumbnail"]}


def shot(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The value of a photo's entry."""
    return {**photo_file(files["original"]), "thumbnail": photo_file(files["thumbnail"])}


def position(at: str, accuracy_m: int | None = 9) -> dict[str, Any]:
    """Where the post is, as a receiver told it."""
    known = {"accuracy_m": accuracy_m, "source": "gpsd"}
    return {"latitude": "40.842000", "longitude": "111.749000", "as_of": at, **known}


def strokes(seed: int) -> list[list[list[int]]]:
    """A signature as a hand writes it: a few bent strokes, counted from the lower left corner."""
    hand = random.Random(seed)
    made = []
    for part in range(3):
        x, y, turn = 900 + part * 2600, 1500 + hand.randint(-300, 300), hand.uniform(0, 6)
        line = []
        for step in range(26):
            x += int(70 + 60 * math.cos(step / 2.2 + turn))
            y += int(150 * math.sin(step / 1.6 + turn) + 60 * math.sin(step / 0.7))
            line.append([x, y])
        made.append(line)
    return made


@cache
def picture(words: str, kind: str) -> dict[str, bytes]:
    """A photo as JPEG, original and thumbnail: a scene that can be told apart, drawn here."""
    font = _font()
    image = Image.new("RGB", (1280, 960), _GROUND[kind])
    pen = ImageDraw.Draw(image)
    for y in range(960):
        pen.line((0, y, 1280, y), fill=tuple(max(0, c - y // 14) for c in _GROUND[kind]))
    pen.rectangle((0, 700, 1280, 960), fill=(92, 90, 86))
    if kind == "panel":
        pen.ellipse((240, 60, 1040, 800), fill=(190, 196, 202), outline=(120, 126, 132), width=14)
        pen.rectangle((440, 330, 840, 630), fill=(240, 130, 20), outline=(15, 15, 15), width=12)
        pen.line((440, 480, 840, 480), fill=(15, 15, 15), width=12)
        upper, lower = words.split()
        for text, y in ((upper, 402), (lower, 555)):
            pen.text((640, y), text, fill=(10, 10, 10), anchor="mm", font=font(130))
    elif kind == "paper":
        pen.polygon([(330, 180), (980, 130), (1010, 780), (300, 800)], fill=(238, 234, 222))
        for line in range(7):
            pen.line((400, 330 + line * 62, 900, 320 + line * 62), fill=(120, 120, 130), width=8)
        pen.text((640, 235), words, fill=(150, 30, 30), anchor="mm", font=font(72))
    else:
        pen.rectangle((180, 200, 1100, 760), fill=(70, 78, 90), outline=(30, 34, 40), width=16)
        pen.rectangle((260, 280, 1020, 690), fill=(38, 42, 48))
        pen.text((640, 480), words, fill=(230, 220, 150), anchor="mm", font=font(140))
    small = image.filter(ImageFilter.GaussianBlur(1)).resize((320, 240))
    return {"original": _jpeg(image, 82), "thumbnail": _jpeg(small, 70)}


_GROUND = {
    "panel": (170, 190, 210),
    "cab": (150, 140, 120),
    "box": (120, 135, 120),
    "paper": (110, 120, 140),
    "scale": (140, 150, 160),
}


def _font() -> Any:
    from PIL import ImageFont

    path = ROOT / "mobile/assets/fonts/NotoSansSC-Bold.ttf"
    return lambda size: ImageFont.truetype(str(path), size)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return held.getvalue()


if __name__ == "__main__":
    opened = open_office(Config(data_dir=sys.argv[1], office="示例县联合执法"))
    for name_, digest_ in play(opened).digests.items():
        sys.stdout.write(f"{name_} {digest_}\n")
    opened.close()
