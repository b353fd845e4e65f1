from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from checklists.findings.culprits import Culprit, culprits

UNS = ("0336", "1090", "1203", "1263", "1866")


def test_one_among_many_is_told_once_with_all_others() -> None:
    (told,) = culprits(["1090+0336", "0336+1203", "0336+1263"])
    assert (told.un, told.others) == ("0336", ("1090", "1203", "1263"))


def test_two_culprits_are_two_and_what_they_share_is_told_once() -> None:
    told = culprits(["0336+1090", "0336+1203", "0336+1866", "1866+1090", "1866+1203"])
    assert [(one.un, one.others) for one in told] == [("0336", ("1090", "1203", "1866")), ("1866", ("1090", "1203"))]


def test_a_pair_alone_is_told_as_it_is_named_and_one_with_its_like() -> None:
    assert culprits(["1263+1090"]) == (Culprit("1263", ("1090",), ("1263+1090",)),)
    assert culprits(["0336+0336"]) == (Culprit("0336", ("0336",), ("0336+0336",)),)
    assert culprits(["tank", ""]) == ()


@given(st.lists(st.sampled_from([f"{one}+{other}" for one, other in combinations(UNS, 2)])))
def test_every_pair_is_told_exactly_once(pairs: list[str]) -> None:
    told = culprits(pairs)
    assert sorted(pair for one in told for pair in one.pairs) == sorted(set(pairs))
    assert all(
        set(pair.split("+")) == {one.un, other}
        for one in told
        for other, pair in zip(one.others, one.pairs, strict=True)
    )
