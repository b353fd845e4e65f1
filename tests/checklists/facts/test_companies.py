"""A company is its code; names decide without one, and only where they certainly name two."""

import pytest

from checklists.facts.companies import Company, carrier_of, compare_companies, compare_company_names
from checklists.facts.parties import party_of
from checklists.facts.situation import situation

ROAD, OTHER = "91150600MA0N3K4P0Q", "91610800MA70DQ3H85"
WHOLE = "鄂尔多斯市路安危货运输有限公司"


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (WHOLE, "鄂尔多斯市路安危货运输有限公司 ", "same"),
        (WHOLE, "鄂尔多斯市路安危货运输有限责任公司", "same"),
        ("内蒙古（路安）运输有限公司", "内蒙古(路安)运输有限公司", "same"),
        (WHOLE, "路安危货运输公司", "may_be"),
        (WHOLE, "路安危运", "may_be"),
        (WHOLE, "鄂尔多斯市路安危货运输有限公司准格尔分公司", "may_be"),
        (WHOLE, "鄂尔多斯市路按危货运输有限公司", "may_be"),
        (WHOLE, "张三", "may_be"),
        (WHOLE, "鄂尔多斯市**危货运输有限公司", "may_be"),
        (WHOLE, "", "may_be"),
        (WHOLE, "榆林市通顺物流有限公司", "different"),
        (WHOLE, "榆林市**物流有限公司", "different"),
    ],
)
def test_names_are_of_two_companies_only_where_neither_can_mean_the_other(one, other, said):
    assert compare_company_names(one, other) == compare_company_names(other, one) == said


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ((WHOLE, ROAD), ("路安（新名称）物流有限公司", ROAD), "same"),
        ((WHOLE, ROAD), ("榆林市通顺物流有限公司", OTHER), "different"),
        (("", ROAD), ("", OTHER), "different"),
        (("", ROAD), ("", "91150600MA0N3K4P0X"), "may_be"),
        ((WHOLE, ROAD), ("鄂尔多斯市路安危货运输有限公司准格尔分公司", OTHER), "may_be"),
        ((WHOLE, ""), ("", OTHER), "may_be"),
        ((WHOLE, ""), (WHOLE, OTHER), "same"),
    ],
)
def test_codes_decide_where_both_can_be_one(one, other, said):
    assert compare_companies(Company(*one), Company(*other)) == said


CARRIERS = [
    ({"waybill__carrier": "榆林市通顺物流有限公司", "waybill__carrier_uscc": OTHER}, "conflict"),
    ({"waybill__carrier": "榆林市通顺物流有限公司", "waybill__carrier_uscc": None}, "conflict"),
    ({"waybill__carrier": None, "waybill__carrier_uscc": OTHER}, "conflict"),
    ({"waybill__carrier": "路安危货", "waybill__carrier_uscc": None}, "cannot_tell"),
    ({"waybill__carrier": "路安危货", "waybill__carrier_uscc": ROAD}, "consistent"),
    ({"vehicle__carrier": None, "vehicle__carrier_uscc": None, "carrier": {}}, "cannot_tell"),
]


@pytest.mark.parametrize(("changes", "verdict"), CARRIERS)
def test_the_waybills_carrier_is_compared_with_the_vehicles(verdicts, changes, verdict):
    assert ("other_carrier", verdict) in verdicts("R1", **changes)


def test_a_carrier_that_the_waybill_led_to_is_not_the_vehicles(verdicts):
    unknown = {"vehicle__carrier": None, "vehicle__carrier_uscc": None, "sources": {"carrier": {"kind": "registry"}}}
    assert ("other_carrier", "cannot_tell") in verdicts("R1", **unknown)


def test_the_trailer_may_be_another_carriers(verdicts):
    assert ("other_carrier", "consistent") in verdicts("R1", trailer__carrier="榆林市通顺物流有限公司")


@pytest.mark.parametrize(
    ("named", "billed", "code"),
    [
        (WHOLE, "榆林市通顺物流有限公司", ""),
        ("路安危货", "榆林市通顺物流有限公司", ""),
        (WHOLE, "鄂尔多斯市路安危货运输有限公司准格尔分公司", ""),
        ("路安危货", WHOLE, OTHER),
        (WHOLE, None, OTHER),
    ],
)
def test_the_code_of_another_company_is_not_put_beside_the_vehicles_name(named, billed, code):
    now = situation(
        {
            "at": "2026-11-21T09:30:00+08:00",
            "vehicle": {"carrier": named},
            "waybill": {"carrier": billed, "carrier_uscc": OTHER},
        }
    )
    assert carrier_of(now) == Company(named, code)
    assert party_of("carrier", now).key == (code or named)
