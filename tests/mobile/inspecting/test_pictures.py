from datetime import UTC, datetime

from mobile.device import camera
from mobile.inspecting import pictures
from mobile.inspecting.pictures import Watch


def test_a_folder_that_is_slow_to_read_is_left_alone_for_a_while_and_its_picture_is_found_after(tmp_path, monkeypatch):
    clock, looks = [100.0], []
    monkeypatch.setattr(pictures, "monotonic", lambda: clock[0])

    def slow(since):
        looks.append(since)
        clock[0] += 1
        return camera.arrived(tmp_path, since)

    watch = Watch(slow, set(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    (tmp_path / "a.jpg").write_bytes(b"1")
    found = []
    for _half_second in range(20):
        found.append(watch.arrived())
        clock[0] += 0.5
    assert len(looks) == 3
    assert [one for one in found if one] == [tmp_path / "a.jpg"]
