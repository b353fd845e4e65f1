"""What was said with an event stands in the history as a person reads it."""

from __future__ import annotations

import pytest

from checklists.definitions.definition import Definitions
from server.console.cases.saying import lines
from server.console.cases.telling import Teller
from server.console.cases.words import CHOICES

ASKED = list(CHOICES["answers"].values())


@pytest.mark.parametrize("said", ["是", "no"])
def test_an_answer_of_the_review_stands_beside_its_question(said: str) -> None:
    answers = [said] * 9 if said == "是" else [f"{code}:{said}" for code in CHOICES["answers"]]
    (line,) = lines("review_passed", {"answers": answers}, Teller(Definitions()))
    assert [one.kind for one in line.bits] == ["answer"] * 9
    assert [one.value[0] for one in line.bits] == ASKED


def test_what_became_of_a_thing_is_not_called_a_service() -> None:
    (line,) = lines("measure_disposed", {"outcome": "没收"}, Teller(Definitions()))
    assert line.label != lines("service_tried", {"outcome": "没收"}, Teller(Definitions()))[0].label
