"""An answer is given again only while the database says that nothing was written, by whomever."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from server.office import Office
from server.store import meta, unchanged

Ask = Callable[..., object]


@pytest.fixture
def asked() -> list[str]:
    """The names for which the question was really asked."""
    return []


@pytest.fixture
def ask(office: Office, asked: list[str]) -> Ask:
    """Ask what stands under a name, as a page would."""

    def held(name: str) -> list[str]:
        asked.append(name)
        return [meta.held(name)]

    return lambda name="told": office.store.read_now(unchanged.same, held, name)


def _elsewhere(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_the_answer_is_given_again_while_nothing_is_written(ask: Ask, asked: list[str]) -> None:
    first = ask()

    assert ask() is first
    assert asked == ["told"]


@pytest.mark.parametrize("words", ["a word", "another"])
def test_what_another_writes_is_seen_by_the_next_question(
    office: Office, ask: Ask, asked: list[str], words: str
) -> None:
    assert ask() == [""]

    office.store.write_now(lambda: meta.put("told", words))

    assert ask() == [words]
    assert ask() == [words]
    assert asked == ["told", "told"]


def test_any_write_counts_also_one_beside_the_question(office: Office, ask: Ask, asked: list[str]) -> None:
    ask()

    office.store.write_now(lambda: meta.put("else", "a word"))

    ask()
    assert asked == ["told", "told"]


def test_what_this_thread_writes_itself_is_seen(office: Office, ask: Ask) -> None:
    ask()
    meta.put("told", "written here")

    assert ask() == ["written here"]


def test_what_is_written_while_the_answer_is_made_is_asked_for_again(office: Office) -> None:
    words = iter(("early", "late"))

    def slow() -> str:
        held = meta.held("told")
        word = next(words)
        office.store.write_now(lambda: meta.put("told", word))
        return held

    assert [office.store.read_now(unchanged.same, slow) for _ in range(2)] == ["", "early"]


def test_each_question_has_its_own_answer_and_each_thread(ask: Ask, asked: list[str]) -> None:
    ask("one")
    ask("two")
    ask("one")
    _elsewhere(lambda: ask("one"))

    assert asked == ["one", "two", "one"]


def test_what_fails_is_no_answer(office: Office) -> None:
    tries = iter((ValueError("no"), None))

    def fails_once() -> str:
        problem = next(tries)
        if problem:
            raise problem
        return "held"

    with pytest.raises(ValueError, match="no"):
        office.store.read_now(unchanged.same, fails_once)
    assert office.store.read_now(unchanged.same, fails_once) == "held"


def test_only_the_last_few_are_kept(ask: Ask, asked: list[str]) -> None:
    for number in range(20):
        ask(f"name-{number}")
    ask("name-19")
    ask("name-0")

    assert asked[20:] == ["name-0"]
