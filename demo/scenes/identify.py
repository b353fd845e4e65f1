"""T2 beside the story: several vehicles to choose from, a plate in part, a trailer's plate, a card, no code."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from demo import beside, county
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Show the states of identifying a vehicle."""
    stage.tap("new_check")
    stage.at("identify")
    stage.shot("identify-empty")
    stage.tap("enter_plate_big")
    stage.driver.step(3)
    _type(stage, beside.TWICE[:6])
    stage.shot("identify-typing")
    _type(stage, beside.TWICE[6:])
    stage.shot("identify-typed")
    _clear(stage)
    _type(stage, "蒙K2345")
    stage.tap("done")
    stage.driver.step(3)
    stage.shot("identify-part")
    stage.tap("enter_plate_again")
    ask_plate(stage, "蒙K88120")
    stage.shot("identify-alike")
    stage.tap("enter_plate_again")
    ask_plate(stage, beside.STOPPED_TRAILER)
    stage.shot("identify-trailer")
    stage.tap("back")
    _blank(stage)
    stage.shot("identify-unreadable")
    _by_hand(stage)
    _cards(stage)
    _twice(stage)
    _whole(stage)
    stage.app.desk.put_down()


def _by_hand(stage: Stage) -> None:
    """A paper without a readable code, copied."""
    stage.tap("copy_bill")
    stage.driver.step(3)
    stage.shot("bill-empty")
    _copy(stage, "copied:number", "15062400017")
    _copy(stage, "copied:start_at", "32.13.2026")
    _copy(stage, "copied:plate", "蒙K2345")
    stage.tap("add_goods")
    _find(stage, "硫酸")
    stage.wait_for("row:1830|1|II")
    stage.shot("bill-goods")
    stage.tap("row:1830|1|II")
    stage.driver.step(3)
    stage.tap("as_listed")
    _copy(stage, "of_line:net_mass_kg", "270 t")
    stage.tap("line_done")
    stage.driver.step(3)
    stage.shot("bill-line")
    stage.driver.find_id("of_line:net_mass_kg").text = "27 t"
    stage.tap("line_done")
    stage.driver.step(3)
    stage.shot("bill")
    stage.tap("bill_done")
    stage.driver.step(3)
    stage.shot("identify-copied")


def _find(stage: Stage, text: str) -> None:
    stage.driver.tap(stage.driver.find_id("goods_search").ids.input)
    stage.driver.type_text(text)


def _copy(stage: Stage, name: str, text: str) -> None:
    stage.driver.tap(stage.driver.find_id(name).ids.field.ids.input)
    stage.driver.type_text(text)
    stage.driver.step(2)


def _cards(stage: Stage) -> None:
    stage.tap("card")
    stage.driver.step(3)
    _keys(stage, county.DRIVER_ID[:9])
    stage.shot("identify-card-typing")
    _keys(stage, county.DRIVER_ID[9:])
    stage.shot("identify-card")
    stage.tap("person:driver")
    stage.driver.step(3)


def _twice(stage: Stage) -> None:
    """A waybill that names a plate which two vehicles carry; the camera's picture is read by itself."""
    goods = {"UN编号": "1203", "品名": "汽油", "类别": "3", "包装类别": "II", "净重": "2.6 t"}
    people = ((county.DRIVER, county.DRIVER_ID), (county.ESCORT, county.ESCORT_ID))
    stage.app.desk.put_down()
    stage.tap("new_check")
    stage.snap_waybill(beside.bill(beside.TWICE, goods, people))
    stage.wait_for(f"match:{beside.TWICE}:blue")
    stage.shot("identify-colours")
    stage.tap(f"match:{beside.TWICE}:yellow")
    stage.wait_for("next")
    stage.shot("identify-chosen")


def _whole(stage: Stage) -> None:
    """The story's waybill with another plate in front of the officer."""
    stage.app.desk.put_down()
    stage.tap("new_check")
    stage.tap("enter_plate_big")
    ask_plate(stage, "蒙K99999")
    stage.snap_waybill(county.waybill_text(stage.now))
    stage.wait_for("scan")
    stage.driver.step_until(lambda: stage.app.desk.held.fact("waybill") is not None)
    stage.driver.step(3)
    stage.shot("identify-other-plate")


def _blank(stage: Stage) -> None:
    def draw(path: Path) -> None:
        Image.new("RGB", (1600, 1200), "#9aa0a6").save(path)

    stage.snap(draw)
    stage.tap("scan")
    stage.driver.step(3)


def ask_plate(stage: Stage, plate: str) -> None:
    """Enter a plate and give it up."""
    stage.driver.step(3)
    _clear(stage)
    _type(stage, plate)
    stage.tap("done")
    stage.driver.step(3)


def _clear(stage: Stage) -> None:
    keyboard = stage.driver.find_id("plate_keyboard")
    while keyboard.text:
        stage.tap("delete")


def _type(stage: Stage, text: str) -> None:
    _press(stage, "plate_keyboard", text)


def _keys(stage: Stage, text: str) -> None:
    _press(stage, "card_keys", text)


def _press(stage: Stage, holder: str, text: str) -> None:
    for sign in text:
        keys = [one for one in stage.driver.find_id(holder).walk(restrict=True) if getattr(one, "key", "") == sign]
        stage.driver.tap(keys[0])
