"""The waiting line: empty, full, who goes on unchecked, a plate, the code of the post, and a colleague's tablet."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any
from unittest import mock

from checklists.wire import instant, uuid7
from demo.stage import Stage

NAMED = (
    ("蒙K12345", "", 42, True),
    ("", "tank", 21, False),
    ("鲁B7A31挂", "", 16, False),
    ("", "box", 9, False),
    ("蒙AD12345", "", 4, True),
)
"""Plate, what it looks like, how many minutes it waits, and whether there is a picture."""


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    desk = stage.app.desk
    desk.go("line")
    stage.at("line")
    stage.shot("line-empty")
    keys = [_came(stage, *one) for one in NAMED]
    _steps(desk, keys)
    desk.go("line")
    stage.at("line")
    stage.shot("line-full")
    stage.tap("pass_unseen")
    stage.shot("line-why")
    desk.go("line", mode="plate", vehicle=keys[1])
    stage.at("line")
    stage.shot("line-plate")
    desk.go("line", mode="pair")
    stage.at("line")
    stage.shot("line-code")
    _other(stage)
    desk.go("queue")
    stage.at("queue")
    stage.shot("queue-next")
    desk.pairings.leave_post()
    from mobile.store import line

    line.clear(desk.open_store)
    desk.go("queue")
    stage.at("queue")


def _came(stage: Stage, plate: str, sort: str, minutes: int, pictured: bool) -> str:
    from demo import pictures
    from mobile.inspecting import evidence
    from mobile.store import line

    desk, key, value = stage.app.desk, uuid7(), {"plate": plate, "colour": "yellow"} if plate else {"sort": sort}
    if pictured:
        from PIL import Image

        path, small = stage.folder / "line.jpg", io.BytesIO()
        pictures.cab(path)
        with Image.open(path) as whole:
            whole.convert("RGB").save(small, "JPEG")
        value["picture"] = base64.b64encode(evidence.small(small.getvalue(), 160)).decode()
    at = instant(desk.now() - timedelta(minutes=minutes))
    line.add(desk.open_store, desk.access.device, (desk.access.me.id, desk.access.me.name), at, key, ("came", value))
    return key


def _steps(desk: Any, keys: list[str]) -> None:
    """One is taken by a colleague, one went on unchecked."""
    from checklists.inspection.line import Step
    from mobile.store import line

    taken = Step(uuid7(), keys[4], "other", 20, "p-li", "李海峰", desk.at, "taken", {"inspection": "i-9"})
    line.take_in(desk.open_store, [taken])
    me = (desk.access.me.id, desk.access.me.name)
    line.add(desk.open_store, desk.access.device, me, desk.at, keys[3], ("passed", {"reason": "capacity"}))


def _other(stage: Stage) -> None:
    """Two tablets beside this one: one in contact, one out of reach, and a vehicle that both have."""
    from mobile.pairing import beside
    from mobile.pairing.session import Peer

    desk = stage.app.desk
    hand = [{"inspection": "i-9", "plate": "蒙AD12345", "colour": "yellow", "since": desk.at}]
    near = Peer("b", "", officer={"name": "李海峰"}, facts={"hand": hand, "done": 7}, heard_at=desk.at)
    long = instant(desk.now() - timedelta(minutes=12))
    away = Peer("c", "", officer={"name": "赵敏"}, facts={"hand": [], "done": 3}, heard_at=long)
    held = desk.pairings.open_post()
    held.heard["b"] = desk.now()
    held.troubles["c"] = "pair_unreachable"
    with (
        mock.patch.object(beside.Beside, "peers", (near, away)),
        mock.patch.object(beside.Beside, "clashes", lambda _beside: [("蒙K12345", "李海峰")]),
    ):
        desk.go("line")
        stage.at("line")
        stage.shot("line-two-tablets")
        desk.go("line", mode="pair")
        stage.at("line")
        stage.shot("line-tablets")
