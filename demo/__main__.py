"""`python -m demo`: the story of the waste-acid tanker, from the roadside to the office, for real.

Sets up a made-up office in `build/demo`, takes a tablet through a whole check by touches while the office's socket
refuses, brings the link back, and reads from the office's API what became of it. Ends by itself where there is no
screen; stays open where there is one.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from checklists import words as kernel
from demo import casework, county, story
from demo.console import visit
from demo.stage import Stage
from demo.windows import has_display

FOLDER = Path("build/demo")
_started = time.monotonic()


def main() -> int:
    """Play the story and return the exit code: 0 when everything came out as the story has it."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    stage = Stage(FOLDER, "real" if has_display() else "offscreen", say)
    try:
        told = play(stage)
        summary = summarise(stage, told)
        show(stage, summary)
        if has_display():
            stay(stage)
    except KeyboardInterrupt:
        say("结束  (ended)")
    finally:
        stage.office.stop()
    return 0


def play(stage: Stage) -> dict[str, Any]:
    """Play every chapter and return what the office tells of the record."""
    say("办公端：建库、登记数据、发布数据包  (office: store, registry, packages)")
    stage.office.prepare(county.registry(stage.now))
    code = stage.office.enrol_code("T")
    stage.office.start()
    say(f"平板：登记入网  (tablet: enrols at {stage.office.url})")
    stage.power_on()
    story.enrol(stage, code)
    say("链路断开：办公端停止监听  (the link goes down: the socket refuses)")
    stage.office.stop()
    stage.office.load(county.news(stage.now))
    stage.check_refused()
    for chapter in story.CHAPTERS:
        say(f"{chapter.__name__}: {(chapter.__doc__ or '').splitlines()[0]}")
        chapter(stage)
    say(f"已封存，共触摸 {stage.driver.touches} 次  (sealed after {stage.driver.touches} touches)")
    story.still_waiting(stage)
    say("链路恢复  (the link comes back)")
    stage.office.start()
    story.deliver(stage)
    told = outcome_of(stage)
    say("办公端页面  (the console)")
    stage.shots += visit(stage.office.url, told, FOLDER / "screens", len(stage.shots))
    office = casework.work(stage.office, told, FOLDER, len(stage.shots), say)
    stage.shots += office["shots"]
    return {**told, "office": office["cases"]}


def outcome_of(stage: Stage) -> dict[str, Any]:
    """Ask the office what became of the record, until it has been processed."""
    digest, link = stage.record()
    for _ in range(200):
        answer = requests.get(
            f"{link.url}/v1/records/{digest}", headers={"Authorization": f"Bearer {link.token}"}, timeout=10
        )
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        if told["state"] != "received":
            return told
        time.sleep(0.1)
    raise RuntimeError("the office has not processed the record")


def summarise(stage: Stage, told: Mapping[str, Any]) -> dict[str, Any]:
    """Write `summary.json` and return what it holds."""
    summary = {
        "findings": [
            {
                "rule": one.get("rule", ""),
                "item": one["item"],
                "violation": one.get("violation", ""),
                "agency": one["agency"],
                "text": one["text"],
                "values": one.get("values", []),
                "verified": one.get("verified", False),
                "found_by": "server" if one["difference"] == "new" else "tablet",
            }
            for one in told["findings"]
        ],
        "record_digest": told["digest"],
        "receipt": told["receipt"],
        "photos": told["photos"],
        "cases": [{**case, "url": stage.office.url + case["url"]} for case in told["cases"]],
        "office": told["office"],
        "touches": stage.driver.touches,
        "screenshots": [str(path) for path in stage.shots],
    }
    path = FOLDER / "summary.json"
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return summary


def show(stage: Stage, summary: Mapping[str, Any]) -> None:
    """Print what happened; addresses of the office only where it stays open."""
    names = kernel.say("zh_CN")
    print("\n检查发现  (findings)")
    for one in summary["findings"]:
        by = "  ← 办公端复核新发现" if one["found_by"] == "server" else ""
        mark = "" if one["verified"] else "  [法律依据待核]"
        rule = one["rule"] or "执法人员"
        print(f"  {rule:5} {one['item']:7} {one['violation']:10} {one['agency']}  {one['text']['zh']}{mark}{by}")
        for value in one["values"]:
            print(f"          {kernel.label(value['name'], names)}: {kernel.value(value.get('value'), names)}")
    print(f"\n记录摘要 SHA-256  {summary['record_digest']}")
    receipt = summary["receipt"]
    print(f"办公端回执        {receipt['received_at']}  签名 {receipt['signature'][:24]}…")
    print(f"照片              {summary['photos']['received']}/{summary['photos']['named']}")
    print("\n立案  (cases)")
    for case in summary["cases"]:
        print(f"  {case['number']}  {case['agency']}  {case['party']['name']}  {', '.join(case['violations'])}")
        if has_display():
            print(f"      {case['url']}")
    print("\n办案  (casework)")
    for case in summary["office"]:
        print(f"  {case['number']}  {' → '.join(case['path'])}")
        kept = sum(one["kept"] is not False for one in case["clocks"])
        print(f"      文书 {len(case['documents'])} 份，期限 {kept}/{len(case['clocks'])} 未逾期")
    print(f"\n截图 {len(summary['screenshots'])} 张: {FOLDER / 'screens'}    摘要: {FOLDER / 'summary.json'}")
    if has_display():
        print(f"办公端登录 {stage.office.url}  密码 {county.PASSWORD}")
        for login, name, role, agency in county.USERS:
            print(f"  {login:11} {name}  {role}, {agency}")


def stay(stage: Stage) -> None:
    """Leave tablet and console open until the window is closed."""
    print("\n平板和办公端保持打开，关闭窗口结束。 (Close the window to end.)")
    from kivy.base import EventLoop

    while not EventLoop.quit and EventLoop.status == "started":
        stage.driver.step()
        time.sleep(0.01)


def say(text: str) -> None:
    """Tell the progress, with the seconds since the start."""
    print(f"[{time.monotonic() - _started:5.1f} s] {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
