"""The day itself: what happens when, and what must be true in the evening."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.chaos.crowd import Crowd
from tools.chaos.office import RESERVE, Databases, Disk, Server
from tools.chaos.tablets import Tablet, Work
from tools.chaos.watch import Watch

_QUIET_SECONDS = 120.0
_LOW_SECONDS = 6.0
_AWAY_SECONDS = 10.0
"""So long after its primary was killed there is a receipt again at the latest."""


@dataclass(frozen=True)
class Plan:
    """How much of what happens to one office, on which database."""

    database: str
    kills: int
    restarts: int
    failovers: int
    fulls: int
    idle: int
    tablets: int
    seconds: float
    seed: int


def main() -> int:
    """Run the day and print what was seen; the last line is JSON. 0 where nothing was lost."""
    options = _options()
    began = time.monotonic()
    results = [_day(plan) for plan in _plans(options)]
    told = {
        "ok": all(one["ok"] for one in results),
        "seconds": round(time.monotonic() - began, 1),
        "kills": sum(one["kills"] for one in results),
        "database_restarts": sum(one["database_restarts"] for one in results),
        "failovers": sum(len(one["failovers_s"]) for one in results),
        "full_disks": sum(one["full_disks"] for one in results),
        "connections": max(one["connections"] for one in results),
        "days": results,
    }
    sys.stdout.write(f"{json.dumps(told)}\n")
    return 0 if told["ok"] else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.chaos", description=__doc__)
    for name, value, words in (
        ("kills", 30, "of the server"),
        ("restarts", 5, "of PostgreSQL"),
        ("failovers", 2, "of PostgreSQL to a synchronous standby"),
        ("fulls", 2, "disks that fill up"),
        ("idle", 1500, "idle and trickling connections"),
        ("tablets", 4, "that deliver meanwhile"),
        ("seconds", 200, "for all of it, besides the evening"),
        ("seed", 1, "of chance"),
    ):
        parser.add_argument(f"--{name}", type=int, default=value, help=f"{words} (default {value})")
    parser.add_argument("--database", choices=("both", "postgres", "sqlite"), default="both")
    return parser.parse_args()


def _plans(options: argparse.Namespace) -> Iterator[Plan]:
    """Restarts and failovers happen to PostgreSQL, full disks to SQLite, which shares its disk with photos."""
    common = {"idle": options.idle, "tablets": options.tablets, "seed": options.seed}
    both = options.database == "both"
    seconds, first = options.seconds / (2 if both else 1), options.kills // 2 if both else options.kills
    if options.database != "sqlite":
        yield Plan("postgres", first, options.restarts, options.failovers, 0, seconds=seconds, **common)
    if options.database != "postgres":
        rest = options.kills - first if both else options.kills
        yield Plan("sqlite", rest, 0, 0, options.fulls, seconds=seconds, **common)


def _day(plan: Plan) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="lujian-chaos-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        disk = Disk(folder / "disk")
        stack.callback(disk.close)
        databases = None
        if plan.database == "postgres":
            databases = Databases(folder / "postgres", followed=plan.failovers > 0)
            stack.callback(databases.stop)
        data = disk.folder / "data"
        server = Server(data, databases.address if databases else "")
        data.mkdir()
        definitions = [_package(line) for line in server.command("publish").splitlines()]
        server.start()
        stack.callback(server.kill)
        codes = [server.command("enrol-code", "--agency", "T") for _ in range(plan.tablets + 1)]
        tablets = [Tablet(server.url, code, definitions, plan.seed + number) for number, code in enumerate(codes)]
        idle = Crowd(server.port, plan.idle, tablets.pop().enrolled["token"])
        return _suffer(plan, server, databases, disk, tablets, idle)


def _package(line: str) -> dict[str, str]:
    named, digest, *_rest = line.split()
    name, _at, version = named.partition("@")
    return {"name": name, "version": version, "digest": digest}


def _suffer(
    plan: Plan, server: Server, databases: Databases | None, disk: Disk, tablets: list[Tablet], idle: Crowd
) -> dict[str, Any]:
    watch = Watch(server)
    for one in (*tablets, idle, watch):
        one.start()
    seen: dict[str, Any] = {"low_disk": [], "failovers_s": []}
    acts: list[Callable[[], None]] = [lambda: _kill(server)] * plan.kills
    if databases is not None:
        acts += [lambda: _restart(databases, chance.choice(("fast", "immediate")))] * plan.restarts
        acts += [lambda: seen["failovers_s"].append(_fail_over(databases, tablets))] * plan.failovers
    acts += [lambda: seen["low_disk"].append(_fill(server, disk, tablets))] * plan.fulls
    chance = random.Random(plan.seed)
    chance.shuffle(acts)
    began = time.monotonic()
    for number, act in enumerate(acts, 1):
        act()
        left = plan.seconds * number / len(acts) - (time.monotonic() - began)
        time.sleep(max(0.2, left * chance.uniform(0.5, 1)))
        _say(f"{plan.database}: {number} of {len(acts)}")
    for one in tablets:
        one.stopping.set()
    for one in tablets:
        one.join(30)
    found = _evening(server, tablets)
    idle.stopping.set()
    watch.stopping.set()
    watch.join(10)
    return _judge(plan, disk, idle, watch, tablets, {**found, **seen})


def _kill(server: Server) -> None:
    server.kill()
    server.start()


def _restart(databases: Databases, mode: str) -> None:
    databases.primary.stop(mode)
    time.sleep(0.5)
    databases.primary.start()


def _fail_over(databases: Databases, tablets: list[Tablet]) -> float:
    """Kill the primary; return the seconds until there was a receipt for a record that was sent after that."""
    killed = time.monotonic()
    databases.fail_over()
    until, answered = killed + _QUIET_SECONDS, list[float]()
    while not answered and time.monotonic() < until:
        time.sleep(0.02)
        answered = [told for one in tablets for asked, told in list(one.receipts) if asked > killed]
    databases.follow()
    return round(min(answered, default=until) - killed, 2)


def _fill(server: Server, disk: Disk, tablets: list[Tablet]) -> dict[str, int]:
    """Fill the disk to within the reserve, then to the last byte, and give it back. Returns what was answered."""
    before = _told(tablets)
    if disk.kind == "tmpfs":
        disk.fill(RESERVE // 2)
    else:
        server.environment["LUJIAN_RESERVE_BYTES"] = str(2**60)
        _kill(server)
    time.sleep(_LOW_SECONDS)
    low = _told(tablets)
    if disk.kind == "tmpfs":
        disk.fill(0)
        time.sleep(_LOW_SECONDS)
        disk.empty()
    else:
        server.environment["LUJIAN_RESERVE_BYTES"] = str(RESERVE)
        _kill(server)
    return {"records": low["records"] - before["records"], "refused": _told(tablets)["507"] - before["507"]}


def _told(tablets: list[Tablet]) -> Counter[str]:
    work = [one for tablet in tablets for one in list(tablet.work)]
    told = sum((Counter(dict(tablet.statuses)) for tablet in tablets), Counter[str]())
    return told + Counter({"records": sum(one.record_told for one in work)})


def _evening(server: Server, tablets: list[Tablet]) -> dict[str, int]:
    """Let the tablets deliver the rest, the office process it, and then look for everything that was acknowledged."""
    for tablet in tablets:
        tablet.finish(_QUIET_SECONDS / len(tablets))
    until = time.monotonic() + _QUIET_SECONDS
    found = {"records": 0, "photos": 0, "undelivered": 0, "records_lost": 0, "photos_lost": 0, "unprocessed": 0}
    for tablet in tablets:
        for one in tablet.work:
            found["undelivered"] += not (one.record_told and one.photo_told)
            found["records"] += one.record_told
            found["photos"] += one.photo_told
            state = _state(tablet, one, until) if one.record_told else ""
            found["records_lost"] += one.record_told and not state
            found["unprocessed"] += bool(state) and state != "processed" and one.good
            found["photos_lost"] += one.photo_told and not _is_whole(server, one)
    return found


def _state(tablet: Tablet, one: Work, until: float) -> str:
    """Return what became of a record, once it is no longer only received; empty where the office does not have it."""
    while True:
        answer = tablet.ask("GET", f"/v1/records/{one.sealed.digest}")
        if answer is not None and answer.status_code == 404:
            return ""
        state = str(answer.json()["state"]) if answer is not None else "received"
        if state != "received" or time.monotonic() > until:
            return state
        time.sleep(0.2)


def _is_whole(server: Server, one: Work) -> bool:
    path = server.folder / "photos" / "whole" / one.sha256[:2] / one.sha256
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256


def _judge(
    plan: Plan, disk: Disk, idle: Crowd, watch: Watch, tablets: list[Tablet], found: dict[str, Any]
) -> dict[str, Any]:
    statuses = dict(sorted(sum((one.statuses for one in tablets), Counter[str]()).items()))
    wrong = [name for name in ("undelivered", "records_lost", "photos_lost", "unprocessed") if found[name]]
    wrong += ["health_late"] if watch.late or not watch.times else []
    wrong += ["away_too_long"] if any(one > _AWAY_SECONDS for one in found["failovers_s"]) else []
    wrong += ["answered_500"] if statuses.get("500") else []
    wrong += ["no_records_on_a_low_disk"] if any(not one["records"] for one in found["low_disk"]) else []
    wrong += ["full_disk_not_told"] if any(not one["refused"] for one in found["low_disk"]) else []
    wrong += ["crowd_too_small"] if idle.most < plan.idle * 0.9 else []
    return {
        "ok": not wrong,
        "wrong": wrong,
        "database": plan.database,
        "kills": plan.kills,
        "database_restarts": plan.restarts,
        "full_disks": plan.fulls,
        "full_disk_by": disk.kind if plan.fulls else "",
        "connections": idle.most,
        "connections_opened": idle.opened,
        "health_asked": len(watch.times),
        "health_worst_ms": round(max(watch.times, default=0) * 1000),
        "health_late": watch.late,
        "answers": statuses,
        **found,
    }


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    raise SystemExit(main())
