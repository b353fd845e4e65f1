"""What a colleague's tablet says takes effect at this desk, and never pulls the officer out of what he is doing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from mobile.news import News
from mobile.pairing.exchange import Taken
from mobile.pairing.session import Peer


@dataclass
class Desk:
    """A desk that notes what is done at it."""

    screen: str = "walk"
    where: dict[str, Any] = field(default_factory=dict)
    in_hand: str = "inspection-1"
    store: Any = "open"
    done: list[str] = field(default_factory=list)

    def holds(self, inspection: str) -> bool:
        return inspection == self.in_hand

    def merge(self) -> None:
        self.done.append("merge")

    def go(self, screen: str) -> None:
        self.done.append(f"go {screen}")

    def tell(self, refusal: Any) -> None:
        self.done.append(f"tell {refusal.code}")

    def refresh(self) -> None:
        self.done.append("refresh")


class Pairing:
    """The pairing of an inspection that is open here."""

    inspection = "inspection-1"

    def __init__(self, desk: Desk, in_progress: bool = True) -> None:
        self.desk, self.in_progress, self.asked = desk, in_progress, set()

    def contribute(self) -> None:
        self.desk.done.append("contribute")

    def first_time(self, what: str) -> bool:
        first = what not in self.asked
        self.asked.add(what)
        return first


def taken(added: int = 0, late: int = 0, sealed: str = "") -> Taken:
    return Taken(Peer("b", "secret", officer={"name": "李敏"}, sealed=sealed), added, late)


def test_what_is_new_is_merged_into_the_inspection_in_hand_alone() -> None:
    desk = Desk()
    News(desk).came(Pairing(desk), taken(added=2))
    away = Desk(in_hand="another")
    News(away).came(Pairing(away), taken(added=2))
    assert (desk.done, away.done) == (["merge"], [])


def test_what_came_too_late_is_told_once() -> None:
    desk = Desk()
    pairing = Pairing(desk)
    for _ in range(2):
        News(desk).came(pairing, taken(late=1))
    assert desk.done == ["tell pair_late"]


@pytest.mark.parametrize(
    ("screen", "in_hand", "done"),
    [
        ("pair", "inspection-1", ["contribute"]),
        ("sign", "inspection-1", ["contribute", "go pair"]),
        ("walk", "another", ["contribute"]),
        ("walk", "inspection-1", ["tell pair_lead_sealed"]),
    ],
)
def test_once_the_lead_has_sealed_our_part_is_closed_unless_the_officer_is_in_the_middle(screen, in_hand, done) -> None:
    desk = Desk(screen, in_hand=in_hand)
    News(desk).came(Pairing(desk), taken(sealed="d" * 64))
    assert desk.done == done


def test_a_part_that_is_closed_already_is_not_closed_again() -> None:
    desk = Desk("pair")
    News(desk).came(Pairing(desk, in_progress=False), taken(sealed="d" * 64))
    assert desk.done == []


def test_only_the_page_of_the_two_tablets_is_shown_anew_and_only_an_open_store_is_open() -> None:
    desk, elsewhere = Desk("pair"), Desk("walk")
    for one in (desk, elsewhere):
        News(one).stands_otherwise()
    assert (desk.done, elsewhere.done) == (["refresh"], [])
    assert (News(desk).is_watched("inspection-1"), News(elsewhere).is_watched("inspection-1")) == (True, False)
    assert (News(desk).is_open("open"), News(desk).is_open("another")) == (True, False)
