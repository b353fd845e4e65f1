from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from obstore.exceptions import AlreadyExistsError, GenericError
from obstore.store import MemoryStore

from checklists.wire import digest
from server.refusals import Refused
from server.store import photo_moves
from server.store.photo_bucket import MARK, PAUSE_SECONDS, Bucket
from server.store.photo_files import PhotoFiles, Upload
from server.store.photo_moves import DAMAGED, FRESH, MOVED, Step
from tests.server.cast import JPEG, PNG

SHA = digest(JPEG)
PLACE = f"{SHA[:2]}/{SHA}"


class Line:
    """A store behind a line that can be cut at its next request, or after some."""

    def __init__(self, store: Any) -> None:
        self.store, self.cut, self.asked = store, False, 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def asked(*args: Any, **more: Any) -> Any:
            self.asked += 1
            if self.cut:
                raise GenericError("http://key:secret@host: error sending request")
            return getattr(self.store, name)(*args, **more)

        return asked


class Overwriting:
    """A store that takes no notice of the condition, as some do."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def put(self, place: str, content: bytes, **_more: Any) -> None:
        self.held[place] = content


@pytest.fixture
def line() -> Line:
    return Line(MemoryStore())


@pytest.fixture
def bucket(line: Line) -> Bucket:
    return Bucket(line, "s3://here", clock=lambda: 0.0)  # type: ignore[arg-type]


@pytest.fixture
def files(tmp_path: Path, bucket: Bucket) -> PhotoFiles:
    return PhotoFiles(tmp_path, 0, bucket)


def put_wrong(line: Line, content: bytes = b"another's bytes") -> None:
    line.store.put(PLACE, content)


def test_what_is_put_is_read_back_and_the_same_again_is_the_same(bucket: Bucket) -> None:
    assert bucket.create(SHA, JPEG) and bucket.create(SHA, JPEG)
    assert b"".join(bucket.blocks(SHA)) == JPEG
    assert list(bucket.names()) == [SHA]  # and not the file by which the store was tried


def test_nothing_is_ever_overwritten(bucket: Bucket, line: Line) -> None:
    put_wrong(line)
    assert not bucket.create(SHA, JPEG)
    assert b"".join(bucket.blocks(SHA)) == b"another's bytes"
    assert not bucket.holds(SHA)


def test_what_is_not_what_its_name_says_is_never_put(files: PhotoFiles, bucket: Bucket) -> None:
    files.write(files.path(SHA), PNG)
    with pytest.raises(Refused, match="photo_damaged"):
        files.finish(upload(files, PNG)._replace(sha256=SHA), ("image/png",))
    assert list(bucket.names()) == []


def test_a_store_that_overwrites_gets_no_photo(caplog: pytest.LogCaptureFixture) -> None:
    store = Overwriting()
    with pytest.raises(Refused, match="photos_away"):
        Bucket(store, "s3://here").create(SHA, JPEG)  # type: ignore[arg-type]
    assert list(store.held) == [MARK]
    assert "overwrites" in caplog.text


def test_two_processes_prove_the_same_store(line: Line, bucket: Bucket) -> None:
    assert bucket.create(SHA, JPEG)
    assert Bucket(line, "s3://here").create(digest(PNG), PNG)  # type: ignore[arg-type]
    with pytest.raises(AlreadyExistsError):
        line.store.put(MARK, b"x", mode="create")


def test_a_store_that_is_away_is_asked_by_one_in_some_seconds_and_its_words_are_not_told(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    at = [0.0]
    bucket = Bucket(line, "s3://here", clock=lambda: at[0])  # type: ignore[arg-type]
    line.cut = True
    for _many in range(5):
        with pytest.raises(Refused) as caught:
            bucket.create(SHA, JPEG)
        assert (caught.value.status, caught.value.headers) == (503, {"Retry-After": "15"})
    assert line.asked == 1
    assert "secret" not in caplog.text and caught.value.__cause__ is None
    line.cut, at[0] = False, PAUSE_SECONDS
    assert bucket.create(SHA, JPEG)


def test_health_asks_by_itself_and_not_all_the_time(line: Line) -> None:
    at = [0.0]
    bucket = Bucket(line, "s3://here", clock=lambda: at[0])  # type: ignore[arg-type]
    assert not bucket.away and not bucket.away
    assert line.asked == 1  # a store in which nothing is yet is there
    line.cut, at[0] = True, 20.0
    assert bucket.away
    line.cut, at[0] = False, 40.0
    assert not bucket.away


def upload(files: PhotoFiles, content: bytes) -> Upload:
    way = Upload("device", digest(content))
    files.begin(way)
    assert files.append(way, files.take_over(way), 0, content)
    return way


def test_a_photo_leaves_the_disk_only_once_it_is_settled(files: PhotoFiles, bucket: Bucket) -> None:
    way = upload(files, JPEG)
    assert files.finish(way, ("image/jpeg",)) == ""
    assert bucket.holds(SHA) and files.path(SHA).exists()
    files.settle(SHA)
    assert not files.path(SHA).exists()
    assert files.read(SHA) == JPEG
    assert files.describe(SHA) == (len(JPEG), "image/jpeg")


def test_while_the_store_is_away_the_photo_waits_whole_on_the_disk(
    files: PhotoFiles, line: Line, bucket: Bucket
) -> None:
    way = upload(files, JPEG)
    line.cut = True
    with pytest.raises(Refused, match="photos_away"):
        files.finish(way, ("image/jpeg",))
    files.settle(SHA)  # a row or a second request changes nothing: it is not in the bucket
    assert files.read(SHA) == JPEG and files.size(way) == len(JPEG)
    line.cut, files.bucket = False, Bucket(line, "s3://here")  # type: ignore[arg-type]
    assert files.finish(way, ("image/jpeg",)) == "" and files.bucket.holds(SHA)


def test_the_disk_keeps_the_right_bytes_where_the_bucket_has_others(files: PhotoFiles, line: Line) -> None:
    put_wrong(line)
    assert files.finish(upload(files, JPEG), ("image/jpeg",)) == ""
    files.settle(SHA)
    assert files.path(SHA).exists() and files.read(SHA) == JPEG


@pytest.mark.parametrize("where", ["disk", "bucket", "nowhere"])
def test_a_wrong_byte_is_refused_and_so_is_what_is_not_there(files: PhotoFiles, line: Line, where: str) -> None:
    wrong = JPEG[:-1] + bytes([JPEG[-1] ^ 1])
    if where == "bucket":
        put_wrong(line, wrong)
    if where == "disk":
        files.write(files.path(SHA), wrong)
    with pytest.raises(Refused) as caught:
        files.read(SHA)
    assert (caught.value.code, caught.value.status) == ("photo_damaged", 404)


def test_a_photo_that_cannot_be_read_now_is_not_called_missing(files: PhotoFiles, line: Line) -> None:
    line.cut = True
    with pytest.raises(Refused, match="photos_away"):
        files.read(SHA)


def test_a_large_photo_from_the_bucket_leaves_no_file_behind(files: PhotoFiles, bucket: Bucket, tmp_path: Path) -> None:
    large = JPEG + bytes(5 * 1024 * 1024)
    assert bucket.create(digest(large), large)
    with files.opened(digest(large)) as file:
        assert file.read(3) == JPEG[:3]
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def moved(files: PhotoFiles, **more: Any) -> list[Step]:
    assert files.bucket is not None
    return list(photo_moves.into_bucket(files, files.bucket, settled=-1, **more))


def on_disk(files: PhotoFiles, *contents: bytes) -> None:
    for one in contents:
        files.write(files.path(digest(one)), one)


def test_moving_there_and_back_keeps_every_byte(files: PhotoFiles, bucket: Bucket) -> None:
    on_disk(files, JPEG, PNG)
    assert sorted(moved(files)) == sorted(Step(digest(one), len(one), MOVED) for one in (JPEG, PNG))
    assert not files.path(SHA).exists() and files.read(SHA) == JPEG
    assert moved(files) == []
    files.closing = True
    assert {one.state for one in photo_moves.onto_disk(files, bucket)} == {MOVED}
    assert files.path(SHA).read_bytes() == JPEG and list(bucket.names()) == []


def test_who_reads_while_photos_are_moved_there_and_back_finds_every_one(files: PhotoFiles, bucket: Bucket) -> None:
    contents = [JPEG[:1000] + bytes([one]) for one in range(12)]
    on_disk(files, *contents)

    def there_and_back() -> None:
        moved(files)
        list(photo_moves.onto_disk(files, bucket))

    with ThreadPoolExecutor(1) as thread:
        moving, turns = thread.submit(there_and_back), 0
        while not moving.done() or not turns:
            turns += 1
            assert [files.read(digest(one)) for one in contents] == contents
        moving.result()
    assert list(bucket.names()) == []


def test_with_keep_both_places_have_it_and_again_changes_nothing(files: PhotoFiles, bucket: Bucket) -> None:
    on_disk(files, JPEG)
    assert moved(files, keep=True) == moved(files, keep=True) == [Step(SHA, len(JPEG), MOVED)]
    assert bucket.holds(SHA) and files.path(SHA).exists()


def test_what_is_damaged_stays_where_it_lies_and_is_named(files: PhotoFiles, line: Line, bucket: Bucket) -> None:
    on_disk(files, JPEG)
    files.write(files.path(digest(PNG)), b"no longer that")
    put_wrong(line)
    assert sorted(moved(files)) == sorted([Step(SHA, len(JPEG), DAMAGED), Step(digest(PNG), 14, DAMAGED)])
    assert files.path(SHA).exists() and files.path(digest(PNG)).exists()
    assert [one.state for one in photo_moves.onto_disk(files, bucket)] == [DAMAGED]
    assert b"".join(bucket.blocks(SHA)) == b"another's bytes"


def test_what_became_whole_just_now_is_left_to_the_next_run(files: PhotoFiles, bucket: Bucket) -> None:
    on_disk(files, JPEG)
    assert [one.state for one in photo_moves.into_bucket(files, bucket)] == [FRESH]
    assert files.path(SHA).exists() and list(bucket.names()) == []


def test_a_move_that_is_cut_off_anywhere_loses_nothing_and_is_taken_up(files: PhotoFiles, line: Line) -> None:
    on_disk(files, JPEG, PNG)
    for last in range(1, 12):
        with contextlib.suppress(Refused):
            list(photo_moves.into_bucket(files, Bucket(Cut(line.store, last), "s3://here"), settled=-1))  # type: ignore[arg-type]
        assert [files.read(digest(one)) for one in (JPEG, PNG)] == [JPEG, PNG], last
    moved(files)
    assert not files.path(SHA).exists() and not files.path(digest(PNG)).exists()


class Cut(Line):
    """A line that is cut for good at its n-th request."""

    def __init__(self, store: Any, last: int) -> None:
        super().__init__(store)
        self.last = last

    def __getattr__(self, name: str) -> Callable[..., Any]:
        self.last -= 1
        self.cut = self.last <= 0
        return super().__getattr__(name)
