"""What only an officer can tell: the vehicle's type, the tank, its last load, the catalogue; what a law hangs on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from demo.stage import Stage
from mobile.inspecting import acts

PETROL = {"un": "1203", "name": "车用汽油", "class": "3", "packing_group": "II", "net_mass_kg": 9000}
ACID = {"un": "1830", "name": "硫酸", "class": "8", "packing_group": "II", "net_mass_kg": 20000}
GAS = {"un": "1978", "name": "丙烷", "class": "2.1", "net_mass_kg": 9000}


def scenes(stage: Stage) -> None:
    """A petrol tanker that no registry knows, an acid tank, a gas tank, an empty one without a waybill."""
    _begun(stage, PETROL, {"number": "T-2020-777", "volume_l": 24000}, "seen.net_mass_kg")
    stage.shot("questions-tank")
    stage.driver.scroll_to(stage.driver.find_id("ask:seen.tank_number:number"))
    stage.shot("questions-tank-number")
    stage.tap("ask:seen.tank_number:number")
    stage.driver.step(3)
    stage.keys("sign_keys", "G2021-9")
    stage.shot("questions-tank-keys")
    stage.tap("sign_done")
    stage.tap("ask:vehicle.approval_type:FL", "ask:tank.surge_plates:?", "ask:seen.loaded:loaded")
    stage.shot("questions-answered")
    stage.app.desk.go("section", section="LOD")
    stage.at("section")
    stage.shot("questions-load")
    for side in ("left", "right", "rear"):
        stage.app.desk.put(acts.see_placards(side, ["8"]))
    stage.app.desk.go("section", section="PLA")
    stage.at("section")
    stage.driver.scroll_to(stage.driver.find_id("unsee_diamonds"))
    stage.shot("questions-diamonds")
    stage.tap("unsee_diamonds")
    stage.app.desk.go("section", section="LIC")
    stage.at("section")
    stage.tap("crew:driver")
    stage.shot("questions-crew")
    stage.tap("crew:unseen")
    stage.driver.scroll_to(stage.driver.find_id("ask:seen.trailer_plate:plate"))
    stage.shot("questions-trailer")
    stage.tap("ask:seen.trailer_plate:plate")
    stage.driver.step(3)
    stage.shot("questions-trailer-keys")
    stage.keys("plate_sheet_keys", "蒙A8888挂")
    stage.shot("questions-trailer-other")
    stage.tap("plate_close")
    stage.app.desk.put(acts.answer("VEH-03", "does_not_conform"))
    stage.app.desk.go("outcome")
    stage.at("outcome")
    stage.shot("questions-outcome")
    stage.tap("law:VEH-03")
    stage.at("deviation")
    stage.shot("questions-law-open")
    stage.tap("ask:seen.facts.hazchem:yes")
    stage.shot("questions-law-settled")
    stage.app.desk.put_down()
    _begun(stage, ACID, {"number": "T-2020-777", "code": "L4BN"})
    stage.shot("questions-shell")
    stage.app.desk.put_down()
    _begun(stage, GAS, {"number": "T-2020-777", "code": "P21BN", "kind": "pressure"})
    stage.shot("questions-insulated")
    stage.app.desk.put_down()
    _begun(stage)
    stage.shot("questions-unknown")
    stage.tap("ask:seen.containment:tank", "ask:seen.loaded:uncleaned")
    stage.tap("ask:tank.last_goods:goods")
    stage.driver.step(3)
    stage.write("search", "1203")
    stage.wait_for("row:1203|1|II")
    stage.shot("questions-last-load")
    stage.tap("row:1203|1|II")
    stage.shot("questions-emptied")
    stage.app.desk.put_down()


def _begun(stage: Stage, line: Any = None, tank: Any = None, weighed: str = "") -> None:
    """A check of a vehicle that no registry knows, at its tank."""
    desk = stage.app.desk
    desk.begin()
    facts: list[Iterable[Any]] = [acts.identify("蒙A77777", "yellow")]
    if line:
        bill = {"number": "YD0777", "tank": "T-2020-777", "trailer_plate": "蒙A777挂", "lines": [line]}
        facts += [acts.waybill(bill), (acts.fact("tank", tank, "papers"),)]
    if weighed:
        facts.append((acts.fact(weighed, line["net_mass_kg"], "weighbridge"), acts.fact("seen.density_kg_m3", 750)))
    desk.put([draft for drafts in facts for draft in drafts])
    desk.go("section", section="TNK")
    stage.at("section")
