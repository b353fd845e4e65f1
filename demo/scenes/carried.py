"""A vehicle that no registry knows: how it is loaded, and its papers in the hand, touch by touch."""

from __future__ import annotations

from functools import partial

from demo import pictures
from demo.stage import Stage
from mobile.inspecting import acts

BILL = {
    "number": "YD20261129000777",
    "plate": "豫A77777",
    "trailer_plate": "豫A777挂",
    "tank": "T-2020-777",
    "carrier": "河南示例危险品运输有限公司",
    "driver": {"name": "赵立军", "id_number": "41010119800101001X"},
    "escort": {"name": "孙海"},
    "lines": [{"un": "1830", "name": "硫酸", "class": "8", "packing_group": "II", "net_mass_kg": 28000}],
}
FUELS = [
    {"un": "1203", "name": "车用汽油", "class": "3", "packing_group": "II", "net_mass_kg": 9000, "compartment": "1"},
    {"un": "1202", "name": "柴油", "class": "3", "packing_group": "III", "net_mass_kg": 9000, "compartment": "2"},
]


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    desk = stage.app.desk
    desk.begin()
    desk.put((*acts.identify("豫A77777", "yellow"), *acts.waybill(BILL)))
    desk.go("walk")
    stage.at("walk")
    stage.shot("walk-load-asked")
    stage.tap("load:loaded")
    stage.tap("papers_in_hand")
    stage.at("carried")
    stage.tap("read:driver.qualification.category:driver")
    stage.shot("carried-month")
    stage.tap("day:2028")
    stage.tap("day:2028-05")
    stage.shot("carried-day")
    stage.tap("day:2028-05-31")
    stage.tap("paper:vehicle_permit", "read:vehicle.permit.scope:8")
    stage.shot("carried-permit")
    stage.tap("paper:vehicle_licence", "read:vehicle.kind:tractor")
    stage.wait_for("pad:vehicle.kerb_mass_kg")
    stage.keys("pad:vehicle.kerb_mass_kg", "880")
    stage.shot("carried-number")
    stage.enter("pad:vehicle.kerb_mass_kg", "0")
    stage.enter("pad:vehicle.gross_limit_kg", "49")
    stage.shot("carried-absurd")
    stage.tap("paper:tank_report")
    stage.snap(partial(pictures.caption, "罐体检验报告", "T-2020-777"))
    stage.tap("photo", "copied:tank.number:known", "read:tank.media:1830", "read:tank.outlet:bottom")
    stage.enter("pad:tank.max_fill_mass_kg", "30500")
    stage.shot("carried-tank")
    stage.tap("papers_done")
    stage.at("walk")
    stage.shot("walk-papers")
    desk.put(acts.waybill({**BILL, "lines": FUELS}))
    desk.go("section", section="PLA")
    stage.at("section")
    stage.tap("blank:front", "expected:left.1", "same:right.1")
    stage.shot("section-compartments")
    desk.go("section", section="TNK")
    stage.at("section")
    stage.tap("found:seen.closures.valve:closed", "found:seen.emergency_valve:broken", "level:1")
    stage.enter("pad:level", "87")
    stage.shot("section-devices")
    stage.tap("unverified")
    stage.shot("section-why")
    stage.tap("why:not_reachable")
    desk.put_down()
