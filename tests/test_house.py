"""The picture of the house is that of the imports as they are."""

import re
from itertools import combinations

from tools import house, house_drawing

BOX = re.compile(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"')
HOUSE = {
    ("mobile.main", "mobile.desk"),
    ("mobile.desk", "mobile.store.base"),
    ("mobile.desk", "mobile.words"),
    ("mobile.store.base", "mobile.refusals"),
    ("mobile.store.base", "mobile.lock.vault"),
    ("mobile.store.rows", "mobile.lock.vault"),
    ("mobile.lock.files", "mobile.store.base"),
    ("mobile.desk", "checklists.papers.paper"),
    ("mobile.desk", "checklists.wire"),
    ("checklists.papers.paper", "checklists.wire"),
}


def test_the_picture_shows_the_imports_as_they_are():
    assert house.PICTURE.read_text(encoding="utf-8") == house.picture(), (
        "the imports, or what a room says of itself, have changed: run `python -m tools.house`, look at docs/house.svg "
        "and commit it"
    )


def test_a_room_stands_above_everything_that_it_imports():
    for side in house.sides(house.read()):
        floor = {name: number for number, names in enumerate(side.floors) for name in names}
        assert all(floor[one] > floor[other] for one, other in side.arrows)
        assert all(floor[one] < floor[other] for one, other in side.against)


def test_every_package_is_in_the_picture():
    for side in house.sides(house.read()):
        folders = {path.parent.name for path in house.ROOT.joinpath(side.name).glob("*/__init__.py")}
        assert folders <= {room.name for room in side.rooms.values()}


def test_no_room_covers_another_and_none_is_off_the_page():
    made = house.picture()
    wide, tall = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', made).groups())
    boxes = [tuple(map(float, found)) for found in BOX.findall(made)]
    assert all(x >= 0 and y >= 0 and x + w <= wide and y + h <= tall for x, y, w, h in boxes)
    for (x, y, w, h), (to_x, to_y, to_w, to_h) in combinations(boxes, 2):
        assert x + w <= to_x or to_x + to_w <= x or y + h <= to_y or to_y + to_h <= y


def test_an_arrow_that_others_imply_is_left_out():
    assert house.reduced([("a", "b"), ("b", "c"), ("a", "c")]) == (("a", "b"), ("b", "c"))


def test_the_lighter_import_of_a_circle_goes_against_the_floors():
    tablet = house.sides(HOUSE)[0]
    assert tablet.against == (("mobile.lock", "mobile.store"),)


def test_single_modules_are_grouped_and_the_kernel_is_named_by_what_leads_to_the_rest():
    tablet = house.sides(HOUSE)[0]
    assert {"mobile.entry", "mobile.desk", "mobile.store", "mobile.ground"} <= set(tablet.rooms)
    assert tablet.rooms["mobile.ground"].says == "refusals, words"
    assert tablet.rooms["mobile.desk"].kernel == ("papers",)


def test_the_drawing_is_the_same_whatever_the_order_of_the_imports():
    assert house_drawing.draw(house.sides(sorted(HOUSE))) == house_drawing.draw(house.sides(sorted(HOUSE)[::-1]))
