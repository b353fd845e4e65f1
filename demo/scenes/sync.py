"""The sync centre in trouble: many rows, refusals, a photo half sent, an export by USB, receipts read back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from demo import story
from demo.second import Hands, second_tablet, unseen
from demo.stage import Stage

COMPANIES = ("蒙K20871", "蒙A88102", "宁C3351挂", "蒙KF01234", "晋B70015", "蒙K66018", "蒙L40077")


def scenes(stage: Stage) -> None:
    """Waiting without a link, exported, receipts back, troubles among many rows."""
    with second_tablet(stage, "sync") as hands:
        with unseen(stage):
            stage.office.stop()
            for chapter in story.CHAPTERS:
                chapter(stage)
            story.still_waiting(stage)
        _export(stage, hands)
        _troubles(stage)
        stage.office.start()
        stage.app.desk.put_down()
        stage.at("queue")


def _export(stage: Stage, hands: Hands) -> None:
    stage.tap("export")
    stage.wait_for("notice")
    stage.shot("sync-no-stick")
    stick = hands.plug_in("联检U盘")
    stage.tap("export")
    stage.driver.step_until(lambda: list(stick.glob("*.lujian")))
    stage.wait_for("receipts")
    stage.shot("sync-exported")
    (file,) = stick.glob("*.lujian")
    stage.office.command("import", str(file))
    stage.tap("receipts")
    stage.driver.step_until(lambda: stage.app.desk.backlog.unsent == (0, 0))
    stage.wait_for("receipts")
    stage.shot("sync-receipts")


def _troubles(stage: Stage) -> None:
    """Copies of the record that is here, each in another state; refusals are put down as the office sends them."""
    from mobile.store import store

    desk = stage.app.desk
    (done,) = store.deliveries(desk.open_store)
    part = store.sealed(desk.open_store, done.digest).part
    digests = [_again(desk, part, plate) for plate in COMPANIES]
    store.mark_rejected(desk.open_store, digests[0], "signature_invalid", "")
    photos = [one for one in store.photos(desk.open_store, part["inspection"]) if one.role == "original"]
    _set(desk, photos[1].sha256, state="refused", problem='{"code": "photo_damaged", "detail": ""}')
    _set(desk, photos[2].sha256, state="wanted", sent=photos[2].size // 3)
    desk.recount()
    stage.driver.step(4)
    stage.tap(f"photos:{done.digest}")
    stage.shot("sync-troubles")
    stage.driver.scroll_to(stage.driver.find_id(f"record:{digests[1]}"))
    stage.shot("sync-many")


def _again(desk: Any, part: dict[str, Any], plate: str) -> str:
    """Seal a copy of a part for another vehicle."""
    from checklists.wire import instant, uuid7
    from mobile.store import store

    inspection = uuid7()
    store.open_inspection(desk.open_store, inspection, "t-wang", part["opened_at"])
    entries = [
        {**one, "value": {**one["value"], "data": plate}} if one.get("item") == "vehicle.plate" else one
        for one in part["entries"]
        if one["kind"] not in ("signature", "photo")
    ]
    sealed_at = instant(desk.now() - timedelta(days=2))
    told = {**part, "id": uuid7(), "inspection": inspection, "entries": entries, "photos": [], "sealed_at": sealed_at}
    made = store.seal_inspection(
        desk.open_store,
        inspection,
        lambda seq, previous: {**told, "device_seq": seq, "previous": previous},
        desk.access.enrolment.key,
    )
    return str(made.digest)


def _set(desk: Any, sha256: str, **columns: Any) -> None:
    from mobile.store.base import run
    from mobile.store.models import PhotoRow

    run(desk.open_store, PhotoRow.update(**columns).where(PhotoRow.sha256 == sha256))
