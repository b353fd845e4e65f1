"""A frozen class behaves as the dataclass that it becomes, whoever asks it first."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from threading import Barrier, Thread

import pytest

from checklists.values import frozen


@frozen
class Plate:
    """A plate, for pickling found by its name."""

    text: str
    colour: str = "yellow"
    sides: tuple[str, ...] = field(default_factory=tuple)


def fresh():
    """Return a class that nobody has used yet."""

    @frozen
    class Load:
        un: str
        mass_kg: int = 0
        labels: list = field(default_factory=list)

        @property
        def tonnes(self):
            return self.mass_kg / 1000

    return Load


def test_fields_are_known_before_the_first_instance():
    assert [one.name for one in fields(fresh())] == ["un", "mass_kg", "labels"]
    assert is_dataclass(fresh())


def test_an_instance_has_its_values_defaults_and_own_methods():
    load = fresh()("1830", mass_kg=28_000)
    assert (load.un, load.mass_kg, load.labels, load.tonnes) == ("1830", 28_000, [], 28.0)
    assert repr(load).endswith("Load(un='1830', mass_kg=28000, labels=[])")


def test_each_instance_has_a_list_of_its_own():
    load = fresh()
    assert load("1830").labels is not load("1831").labels


def test_equal_values_are_equal_and_share_a_hash():
    assert Plate("蒙K12345") == Plate("蒙K12345") != Plate("蒙K12346")
    assert len({Plate("蒙K12345"), Plate("蒙K12345")}) == 1


@pytest.mark.parametrize("name", ["un", "unknown"])
def test_nothing_of_it_can_be_changed_or_taken_away(name):
    load = fresh()("1830")
    with pytest.raises(FrozenInstanceError):
        setattr(load, name, "1831")
    with pytest.raises(FrozenInstanceError):
        delattr(load, name)


def test_a_missing_or_unknown_value_is_refused():
    with pytest.raises(TypeError, match="un"):
        fresh()()
    with pytest.raises(TypeError, match="weight"):
        fresh()("1830", weight=1)


def test_a_copy_with_another_value_leaves_the_first():
    load = fresh()("1830", 5)
    assert (replace(load, un="1832").un, load.un) == ("1832", "1830")


def test_it_is_matched_by_place():
    match Plate("蒙K12345", "blue"):
        case Plate(text, colour):
            assert (text, colour) == ("蒙K12345", "blue")


def test_it_survives_pickling_and_copying():
    plate = Plate("蒙K12345", sides=("front",))
    assert pickle.loads(pickle.dumps(plate)) == copy.deepcopy(plate) == plate


def test_a_class_below_it_has_the_fields_of_both():
    @frozen
    class Tanker(fresh()):
        tank: str = "L4BH"

    assert [one.name for one in fields(Tanker)] == ["un", "mass_kg", "labels", "tank"]
    assert Tanker("1830", tank="L4BN").tank == "L4BN"


def test_a_plain_class_below_it_is_made_as_well():
    class Shown(fresh()):
        pass

    assert Shown("1830").un == "1830"


def test_a_dataclass_of_the_library_may_stand_below_it():
    @dataclass(frozen=True)
    class Sent(fresh()):
        at: str = ""

    assert Sent("1830", at="now") == Sent("1830", at="now")


def test_many_threads_may_be_the_first():
    load, gate, made = fresh(), Barrier(8), []

    def make():
        gate.wait()
        made.append(load("1830", 1))

    threads = [Thread(target=make) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made == [load("1830", 1)] * 8
