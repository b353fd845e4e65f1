"""Rows 24, 25, 51 and 52: names as people say them, what they may mean, and that none accuses by a spelling."""

from __future__ import annotations

import pytest

from checklists.goods import names
from checklists.goods.listing import DOUBTFUL, ONLY, load_tables
from checklists.goods.meanings import meaning
from checklists.goods.variants import VARIANTS, folded
from checklists.rules.scope import listed

TABLES = load_tables()
GOODS = TABLES.goods
ROWS = TABLES.everyday_names


def first(text):
    return next((one.un for one in GOODS.search(text, 5)), None)


FIRST = """
    纯苯 1114, 石脑油 1268, 香蕉水 1263, 工业酒精 1170, 火碱 1823, 红磷 1338,
    三氯氢硅 1295, 废铅蓄电池 2794, 乳化炸药 0241, 92号汽油 1203, 95#汽油 1203,
    0号柴油 1202, -10#柴油 1202, 国六92号汽油 1203, 液化天然气 1972,
    压缩天然气 1971, 溶剂油 1268, 金属钠 1428, TDI 2078, tdi 2078,
    98%硫酸 1830, 原油 1267, 乙炔 1001, 氢气 1049, 煤焦油 1136, 烟花 0333,
    液化石油气 1075, 沥青 1999, 工业甲醇 1230, 浓硫酸 1830, 氯甲烷 1063, 溴甲烷 1062, 乙二胺 1604, 固碱 1823,
    发烟硝酸 2032, 次氯酸钠溶液 1791, 氯化亚砜 1836, 亚硫酸氢钠 2693, 三乙基铝 3394, 偶氮二异丁腈 3234,
    沼气 1971, 烧碱溶液 1824, 废油漆 1263
"""


@pytest.mark.parametrize(("text", "un"), [one.split() for one in FIRST.split(",")])
def test_row_52_an_everyday_name_finds_its_goods_first(text, un):
    assert first(text) == un


def test_row_52_some_150_names_are_known_each_with_its_source():
    assert len({row["name"] for row in ROWS}) >= 150
    assert all(row["source"] and row["un"] in GOODS for row in ROWS)
    assert len({(row["un"], row["name"]) for row in ROWS}) == len(ROWS)


def test_row_52_every_everyday_name_finds_only_goods_that_it_may_mean_first():
    for name in {row["name"] for row in ROWS}:
        assert first(name) in meaning(name, GOODS).all, name


def test_row_52_an_explosive_never_stands_for_a_solvent():
    explosive = {
        one.un for text in ("溶剂油", "溶剂", "稀释剂", "油漆") for one in GOODS.search(text) if one.class_ == "1"
    }
    assert explosive == set()


def test_row_52_letters_inside_an_english_word_come_last_and_a_few_of_them_never():
    assert "3550" not in {one.un for one in GOODS.search("TDI", 50)}
    assert first("phenol") in {"1671", "2312", "2821"}


def test_row_52_where_the_name_alone_does_not_decide_it_may_mean_several():
    assert meaning("双氧水", GOODS).all == {"2014", "2984", "2015"}
    assert meaning("烧碱", GOODS).all == {"1823", "1824"}
    assert meaning("30%双氧水", GOODS).all == meaning("双氧水", GOODS).all


@pytest.mark.parametrize(
    ("one", "other"),
    [("二恶烷", "二噁烷"), ("活性碳", "活性炭"), ("粘合剂", "黏合剂"), ("二氧化矽", "二氧化硅"), ("赤燐", "赤磷")],
)
def test_row_51_variant_characters_are_one_name(one, other):
    assert names.same_name(one, other)
    assert [each.un for each in GOODS.search(one)] == [each.un for each in GOODS.search(other)]


def test_row_51_dioxane_is_found_by_either_character():
    assert first("二恶烷") == first("二噁烷") == first("1,4-二恶烷") == "1165"


def test_row_51_no_fold_makes_two_names_of_the_list_one():
    zh = GOODS.columns.index("name_zh")
    by_name = {}
    for row in GOODS.rows:
        by_name.setdefault(folded(row[zh]), set()).add(row[zh])
    unlike = {key: held for key, held in by_name.items() if len({one.translate(ONE_WAY) for one in held}) > 1}
    assert unlike == {}
    assert not set(VARIANTS.values()) & set(VARIANTS)


ONE_WAY = str.maketrans({form: target for form, target in VARIANTS.items() if form in "噁黏"})
"""Forms that the list itself writes in both ways."""


CONSISTENT = """
    1001 乙炔, 1965 液化石油气, 1075 液化石油气, 1972 液化天然气, 1971 天然气,
    1972 天然气, 1971 压缩天然气, 1203 92号汽油, 1202 0号柴油, 1263 油漆,
    1830 浓硫酸, 3475 乙醇汽油, 1999 沥青, 3257 沥青, 1267 原油, 1049 氢气,
    1170 酒精, 1136 煤焦油, 3082 煤焦油, 0336 烟花, 1165 二恶烷, 1830 98%硫酸,
    2794 废铅蓄电池, 0332 乳化炸药, 1005 液氨, 2187 液体二氧化碳, 1993 香蕉水,
    1965 丙烷, 1965 丁烷, 1978 液化石油气, 1978 液化石油气（丙烷）, 1073 氧气, 1073 氧气（液态）, 1977 氮气（液）,
    1951 氩气（液）, 1963 氦气（液）, 1966 氢气（液态）, 1223 3号喷气燃料, 2076 甲苯酚, 3455 甲苯酚, 1744 溴,
    1202 国VI车用柴油, 1203 国VIB92号汽油, 1203 国ⅥB92号车用汽油, 3475 E10乙醇汽油, 1202 车用柴油(Ⅵ)0号
"""


@pytest.mark.parametrize(("un", "name"), [one.split() for one in CONSISTENT.split(",")])
def test_row_24_an_everyday_name_of_the_goods_is_consistent(verdicts, un, name):
    assert ("line_name", "consistent") in verdicts("R1", waybill__lines=[{"un": un, "name": name}])


@pytest.mark.parametrize(
    ("un", "name", "verdict"),
    [
        ("1005", "液氯", "conflict"),
        ("1202", "92号汽油", "conflict"),
        ("1830", "硝酸", "conflict"),
        ("1830", "盐酸", "conflict"),
        ("1830", "废硫酸", "cannot_tell"),
        ("2031", "废硫酸", "cannot_tell"),
        ("1993", "粗苯", "cannot_tell"),
        ("1830", "特种清洗液甲", "cannot_tell"),
        ("3077", "石油气", "cannot_tell"),
    ],
)
def test_row_24_a_name_accuses_only_where_it_certainly_means_other_goods(verdicts, un, name, verdict):
    assert ("line_name", verdict) in verdicts("R1", waybill__lines=[{"un": un, "name": name}])


OPEN = """
    1965 液化气体, 1075 液化气体, 1002 空气, 1003 空气, 0160 火药, 0161 火药, 1863 煤油, 3475 汽油, 3475 92号汽油,
    1972 液化气, 1104 香蕉水, 3480 电瓶, 3171 锂电池, 0431 烟花, 1133 油漆, 1139 油漆, 1866 油漆, 2796 废硫酸,
    2071 硝酸铵, 1203 易燃液体, 1038 乙烯, 1038 乙烯（液）, 3494 原油, 0073 雷管, 1830 铝漆
"""


@pytest.mark.parametrize(("un", "name"), [one.split() for one in OPEN.split(",")])
def test_a_piece_of_a_description_a_category_and_a_word_of_trade_accuse_nobody(verdicts, un, name):
    assert ("line_name", "cannot_tell") in verdicts("R1", waybill__lines=[{"un": un, "name": name}])


OTHER = """
    1203 柴油, 1202 汽油, 1203 丙烷, 1005 氧气, 1203 液化石油气, 1830 煤油, 1203 双氧水, 1203 腐蚀性液体, 1830 酒精,
    1073 压缩氧, 1114 苯乙烯, 1017 氯仿, 1203 冰醋酸, 1005 乙醚, 1830 干冰, 1203 酸性电池液
"""


@pytest.mark.parametrize(("un", "name"), [one.split() for one in OTHER.split(",")])
def test_a_name_of_certain_goods_still_accuses_all_others(verdicts, un, name):
    assert ("line_name", "conflict") in verdicts("R1", waybill__lines=[{"un": un, "name": name}])


def test_only_one_word_is_kept_of_what_an_everyday_name_means():
    assert {row["means"] for row in ROWS} <= {"", ONLY, DOUBTFUL}
    alone = {row["name"] for row in ROWS if row["means"] == ONLY}
    assert not alone & {row["name"] for row in ROWS if not row["means"]}


@pytest.mark.parametrize(
    ("media", "un", "answer"),
    [
        (("汽油、柴油",), "1203", True),
        (("92号汽油", "0号柴油"), "1202", True),
        (("液化石油气",), "1965", True),
        (("烧碱",), "1824", True),
        (("汽油", "柴油"), "1830", False),
        (("汽油", "某种油"), "1830", None),
        (("UN 1203", "１２０２"), "1202", True),
        (("硫酸，含酸高于51%",), "1830", True),
        (("丙烷",), "1978", True),
        (("丙烷",), "1965", True),
        (("丙烷",), "1075", True),
        (("氧气",), "1073", None),
        (("废酸",), "1830", None),
        (("废酸", "废碱"), "1789", None),
        (("燃料油",), "1268", None),
        (("酒精",), "1170", True),
        (("酒精",), "1986", None),
        (("硝酸",), "2031", True),
        (("硝酸",), "2032", None),
        (("硫酸",), "1830", True),
        (("硫酸",), "2796", True),
        (("易燃液体",), "1993", None),
        (("稀硫酸",), "1830", None),
        (("30%硫酸",), "1830", None),
        (("31%盐酸",), "1789", True),
        (("硫酸", "不得装运1832"), "1830", None),
        (("不含1830",), "1830", None),
        (("除UN1830外的酸",), "1830", None),
        (("硝酸，发红烟的除外，含硝酸高于70%",), "2031", True),
        (("密度1830",), "1830", None),
        (("UN1832 (1830 kg/m³)",), "1830", None),
        (("汽油",), "3475", None),
        (("油漆",), "1866", None),
        (("环氧乙烷",), "1830", False),
        (("乙醚",), "1830", False),
        (("UN1203 汽油",), "1203", True),
        (("1203 汽油",), "1830", False),
        (("汽油 柴油",), "1202", True),
        (("汽油、柴油等",), "1202", True),
        (("汽油、柴油等",), "1830", None),
        (("汽油(含乙醇汽油)",), "1203", True),
        (("SULPHURIC ACID",), "1830", True),
        ((), "1830", None),
        (("",), "1830", None),
    ],
)
def test_row_25_permitted_media_in_words_resolve_by_the_same_names(media, un, answer):
    assert listed(media, GOODS.lookup(un)[0], GOODS) is answer


def test_row_25_where_words_leave_it_open_the_code_decides_what_it_can(verdicts):
    assert verdicts("R7", tank__media=["某种酸"]) == [("goods_not_on_list", "cannot_tell")]
    unfit = verdicts("R7", tank__media=["某种酸"], tank__code="LGAV")
    assert unfit == [("goods_not_on_list", "cannot_tell"), ("tank_code_unfit", "conflict")]
    assert verdicts("R7", tank__media=["汽油", "柴油"]) == [("goods_not_on_list", "conflict")]
