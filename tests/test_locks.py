"""What is installed is what was locked, and its licences are told."""

import re
from pathlib import Path

import pytest

from tools.licences import PAGE, SIDES, locked

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("side", ["uv", "tablet", "server", "dev"])
def test_every_locked_package_has_a_digest(side):
    blocks = re.split(r"\n(?=\S)", (ROOT / "locks" / f"{side}.txt").read_text("utf-8"))
    pinned = [one for one in blocks if "==" in one.split("\n")[0]]
    assert pinned
    assert [one.split()[0] for one in pinned if "--hash=sha256:" not in one] == []


@pytest.mark.parametrize("side", SIDES)
def test_developers_test_with_the_versions_of_each_side(side):
    dev = locked("dev")
    assert {name: version for name, version in locked(side).items() if dev.get(name) != version} == {}


def test_pictures_are_opened_by_no_pillow_before_13():
    assert {int(locked(side)["pillow"].split(".")[0]) for side in ("tablet", "dev")} == {13}
    spec = (ROOT / "mobile/android/buildozer.spec").read_text("utf-8")
    assert "Pillow==13." in spec


@pytest.mark.parametrize("side", SIDES)
def test_the_licence_of_every_package_is_told(side):
    page = PAGE.read_text("utf-8")
    rows = {f"| {name} | {version} |" for name, version in locked(side).items()}
    assert [one for one in rows if one not in page] == []
