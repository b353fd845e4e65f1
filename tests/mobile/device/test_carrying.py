"""Android is told once that something goes to the office, and once that it is over, whatever it makes of it."""

from mobile.device.carrying import Carrying


def told(*answers):
    said, left = [], list(answers)

    def tell(on):
        said.append(on)
        return left.pop(0)

    return Carrying(tell), said


def test_what_the_system_knows_is_not_said_again():
    carrying, said = told(True, True)
    for wanted in (False, True, True, False, False):
        carrying(wanted)
    assert said == [True, False]


def test_a_system_that_would_not_hear_is_told_again_and_has_nothing_to_be_ended():
    carrying, said = told(False, True, True)
    for wanted in (True, True, False):
        carrying(wanted)
    assert said == [True, True, False]
    other, said = told(False)
    for wanted in (True, False):
        other(wanted)
    assert said == [True]
