import shutil

import pytest

from mobile.store import store
from mobile.store.base import run
from mobile.store.models import PaperCounter
from mobile.store.salvage import data_file
from tests.mobile.field import DEVICE, begun, built, entry, opened, sealed

PAGE = 4096


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A store with 300 entries and a sealed part in one file, its log folded in."""
    folder = tmp_path_factory.mktemp("template")
    held = opened(folder)
    inspection = begun(held)
    put = tuple(entry(inspection, seq, value={"note": "x" * 200}) for seq in range(1, 301))
    for one in put:
        store.append(held, one)
    part = sealed(held)
    store.release(held)
    return folder, inspection, put, part


@pytest.fixture
def filled(template, tmp_path):
    """A copy of the template to be damaged: folder, inspection, entries, sealed part."""
    shutil.copytree(template[0], tmp_path, dirs_exist_ok=True)
    return tmp_path, *template[1:]


def tear(folder, *pages):
    with data_file(folder).open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(b"\xa5" * PAGE)


def pages(folder):
    return data_file(folder).stat().st_size // PAGE


def test_a_whole_file_gives_no_notice(filled):
    held = opened(filled[0])
    assert store.notice(held) is None
    store.release(held)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
def test_rows_around_a_torn_page_are_kept_and_the_torn_file_too(filled, share):
    folder, inspection, put, _ = filled
    tear(folder, int(pages(folder) * share))
    torn = data_file(folder).read_bytes()
    held = opened(folder)
    notice = store.notice(held)
    kept = store.entries(held, inspection)
    store.release(held)
    assert all(one in put for one in kept) and len(kept) > 250
    assert notice.code == "store_salvaged" and notice.kept["entry_row"] == len(kept)
    assert next((folder / "quarantine").iterdir()).joinpath("store.db").read_bytes() == torn


def test_a_torn_first_page_loses_no_entry(filled):
    folder, inspection, put, part = filled
    tear(folder, 0)
    held = opened(folder)
    assert store.entries(held, inspection) == put
    assert store.sealed(held, part.digest) == part
    assert store.chain_head(held) == (1, part.digest)
    store.release(held)


def test_a_file_cut_short_keeps_what_is_left_of_it(filled):
    folder, inspection, put, _ = filled
    content = data_file(folder).read_bytes()
    data_file(folder).write_bytes(content[: len(content) * 2 // 3])
    held = opened(folder)
    kept = store.entries(held, inspection)
    assert all(one in put for one in kept) and len(kept) > 100
    store.append(held, entry(inspection, 999))
    store.release(held)


def test_noise_in_place_of_the_file_is_put_aside_and_work_goes_on(filled):
    folder = filled[0]
    data_file(folder).write_bytes(b"not a database at all" * 1000)
    held = opened(folder)
    assert store.notice(held).kept["entry_row"] == 0
    store.append(held, entry(begun(held)))
    store.release(held)


def test_a_salvaged_sealed_part_is_still_the_one_to_send(filled):
    folder, _, _, part = filled
    tear(folder, 0)
    held = opened(folder)
    assert [one.digest for one in store.waiting_records(held)] == [part.digest]
    assert store.inspection_state(held, part.part["inspection"]) == "sealed"
    store.release(held)


def test_a_swap_cut_between_its_renames_is_finished_at_the_next_start(filled):
    folder, inspection, put, _ = filled
    (folder / "data").rename(folder / "data.new")
    held = opened(folder)
    assert store.entries(held, inspection) == put
    store.release(held)


def test_the_notice_stays_until_it_is_read(filled):
    folder = filled[0]
    tear(folder, 0)
    store.release(opened(folder))
    held = opened(folder)
    assert store.notice(held) is not None
    store.acknowledge(held)
    assert store.notice(held) is None
    store.release(held)


def test_a_number_on_a_sealed_paper_is_not_given_again_where_its_counter_was_lost(tmp_path):
    held = opened(tmp_path)
    inspection = begun(held)
    numbers = [f"T1-O{store.next_paper_number(held, 'order'):06}" for _ in range(2)]
    listed = [{"kind": "order", "number": one, "digest": "x"} for one in numbers]
    store.seal_inspection(held, inspection, built(inspection, papers=listed), DEVICE)
    run(held, PaperCounter.delete())
    _fold(held)
    tear(tmp_path, 0)
    held = opened(tmp_path)
    assert store.notice(held) is not None
    assert store.next_paper_number(held, "order") == 3
    store.release(held)


def test_nor_is_that_of_a_stop_order_and_one_that_was_lifted_is_anothers(tmp_path):
    held = opened(tmp_path)
    for do, number in (("give", "T1-S000004"), ("lift", "T9-S000070")):
        build = built("order-1", kind="order", order={"do": do, "number": number})
        store.seal_amendment(held, build, DEVICE)
    _fold(held)
    tear(tmp_path, 0)
    held = opened(tmp_path)
    assert store.notice(held) is not None
    assert store.next_paper_number(held, "stop_order") == 5
    store.release(held)


def _fold(held):
    """Write the log into the file and close it."""
    held.db.pragma("wal_checkpoint", "truncate")
    store.release(held)
