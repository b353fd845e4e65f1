import subprocess
import sys

import pytest
from PIL import Image

CODE = """
import sys
from demo.driver import Driver
driver = Driver("offscreen", width=400, height=240, inches=4)
from mobile.widgets.placards import OrangePanel
driver.show(OrangePanel(hazard="80", un="1830"))
driver.screenshot(sys.argv[1])
"""


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("screens") / "orange.png"
    subprocess.run([sys.executable, "-c", CODE, str(path)], check=True)
    return path


def test_a_picture_is_exactly_the_file_that_was_named(picture):
    assert [one.name for one in picture.parent.iterdir()] == ["orange.png"]


def test_a_picture_has_the_size_of_the_window_and_the_true_colours(picture):
    with Image.open(picture) as image:
        assert image.size == (400, 240)
        colours = {colour for _count, colour in image.convert("RGB").getcolors()}
    assert {(0xF0, 0x78, 0x18), (0xE9, 0xEE, 0xF5)} <= colours
