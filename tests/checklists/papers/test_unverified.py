"""What could not be verified on the spot stands on the record, and no pass is given over it."""

from dataclasses import replace

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.papers.release_pass import is_clean
from checklists.papers.unverified import unverified


def with_unverified(definitions, tables):
    story = check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)
    states = (("LIC-09", "not_shown"), ("TNK-05", "unheard_of"))
    by_item = {one.item.id: one for one in story.items}
    items = [replace(by_item[item], state="not_verified", why=why) for item, why in states]
    rest = [one for one in story.items if one.item.id not in dict(states)]
    return replace(story, items=(*items, *rest), findings=(), alerts=())


def test_each_item_is_named_with_the_reason_also_one_of_a_later_version(definitions, tables):
    heading, text = unverified(with_unverified(definitions, tables), "zh_CN")
    assert heading.text == "现场无法核实"
    first, second = text.text.splitlines()
    assert first.startswith("LIC-09 ") and first.endswith("（未出示）") and second.endswith("（unheard_of）")


def test_no_pass_is_given_over_it(definitions, tables):
    held = with_unverified(definitions, tables)
    assert not is_clean(held, "release")
    looked = replace(held, items=tuple(replace(one, state="conforms") for one in held.items))
    assert is_clean(looked, "release") and unverified(looked, "zh_CN") == []
