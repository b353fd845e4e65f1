"""Sixty photos in one check, and check after check: what is in memory is what is on the screen."""

from __future__ import annotations

import gc
import io

import pytest
from PIL import Image

from mobile.inspecting import acts, evidence
from mobile.screens.deviation import flow as deviation
from mobile.store import photo_files, store
from mobile.widgets import thumbs
from tests.mobile.field import opened
from tests.mobile.story import StoryDesk, arrived

MANY = 60


@pytest.fixture
def desk(tmp_path):
    made = StoryDesk(arrived())
    made.open_store, made.camera = opened(tmp_path / "data"), tmp_path / "camera"
    made.camera.mkdir()
    yield made
    store.release(made.open_store)


def photograph(desk, item, count, start=0):
    for number in range(start, start + count):
        buffer = io.BytesIO()
        Image.new("RGB", (64, 48), (number * 4 % 256, 90, 160)).save(buffer, "PNG")
        desk.put(acts.photo(evidence.capture(desk.open_store, buffer.getvalue(), evidence.Stamp("x")), item))


def alive():
    gc.collect()
    return thumbs.live()


def test_sixty_photos_are_sixty_small_textures_and_none_after_the_sheet_is_left(driver, desk):
    from mobile.screens.deviation.view import DeviationScreen

    screen = driver.show(DeviationScreen())
    before = alive()
    deviation.enter(desk, screen, item="TNK-05", section="TNK")
    photograph(desk, "TNK-05", MANY)
    driver.step(2)
    sizes = {thumb.texture.size for thumb in screen.ids.photos.children}
    assert alive() - before == MANY
    assert all(max(size) <= round(max(screen.ids.photos.children[0].size)) for size in sizes)
    screen.dispatch("on_leave")
    driver.step(2)
    assert alive() == before


def test_a_thumbnail_is_read_once_however_often_the_sheet_is_shown(driver, desk, monkeypatch):
    from mobile.screens.deviation.view import DeviationScreen

    screen = driver.show(DeviationScreen())
    deviation.enter(desk, screen, item="TNK-05")
    photograph(desk, "TNK-05", 5)
    reads = []
    monkeypatch.setattr(photo_files, "read", lambda _store, sha256: reads.append(sha256) or b"")
    for severity in ("I", "II", "III"):
        screen.dispatch("on_choose", "severity", severity)
    assert reads == []


def test_check_after_check_leaves_nothing_behind(driver, desk):
    from mobile.screens.deviation.view import DeviationScreen

    screen = driver.show(DeviationScreen())
    before = alive()
    photograph(desk, "TNK-05", 6)
    photograph(desk, "TNK-06", 4, start=6)
    for _ in range(10):
        for item in ("TNK-05", "TNK-06"):
            deviation.enter(desk, screen, item=item)
            driver.step(1)
            assert alive() - before <= 6
    screen.release()
    # What a test before this one had left may have gone meanwhile.
    assert alive() <= before
