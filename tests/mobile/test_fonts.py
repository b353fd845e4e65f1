import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from checklists.goods.listing import load_tables
from mobile import glyphs
from tools.build_fonts import FONTS, SIGNS, charset, own_characters, ranges

FILES = sorted(FONTS.glob("*.ttf"))

# 通用规范汉字表 (2013): its characters outside of U+4E00–9FFF.
STANDARD = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃"
    "䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄"
    "𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭"
    "𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)

# Of the 3,702 names of provinces, prefectures and counties in pca.csv of addressparser 0.2.4 (PyPI) those with a sign
# outside of GB 2312; we have no list of counties of our own.
COUNTIES = "埇桥区 深水埗区 嘉模堂区（氹仔） 瀍河回族区 硚口区 浉河区 猇亭区 茄萣区 莿桐乡 鄠邑区 崁顶乡"


def known(path):
    return set(TTFont(path, lazy=True).getBestCmap())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_character_that_the_tablet_writes_has_a_glyph(path):
    held = known(path)
    missing = {c for c in own_characters() | set(SIGNS) | {glyphs.MISSING} if ord(c) not in held}
    assert not missing, "run python -m tools.build_fonts again"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_weights_hold_the_names_of_people_places_and_goods(path):
    held = known(path)
    unified = set(range(0x4E00, 0x9FA6)) | set(range(0x3400, 0x4DB6))
    tables = {c for csv in Path("checklists").rglob("*.csv") for c in csv.read_text("utf-8") if c.isprintable()}
    assert (unified | set(map(ord, {*STANDARD, *tables}))) - held == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_weights_hold_every_county_and_the_characters_that_were_added_last(path):
    held = known(path)
    assert {one for one in COUNTIES if ord(one) not in held} == set()
    assert {chr(code) for code in range(0x9FA6, 0x9FF0)} - set(map(chr, held)) == set()
    assert {one for one in charset("gb2312") if one.isalnum() and ord(one) not in held} == set()


def test_every_name_of_goods_is_drawn_in_both_weights_as_it_is_written():
    tables = load_tables()
    names = {*tables.goods.values("name_zh"), *tables.goods.values("name_en")}
    assert any("噁" in one for one in names) and len(names) > 2000
    assert {sign for name in names for sign in glyphs.lacking(name)} == set()


def test_what_is_written_down_of_the_fonts_is_what_both_hold():
    held = set.intersection(*map(known, FILES))
    assert glyphs.DRAWN.read_text("ascii").split() == [f"{first:X}-{last:X}" for first, last in ranges(held)]


def test_the_fonts_stay_small_enough_for_a_tablet():
    assert sum(path.stat().st_size for path in FILES) < 21_000_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fonts_keep_their_hinting_table(path):
    assert "prep" in TTFont(path, lazy=True)


def test_the_licences_lie_beside_the_fonts():
    assert all("SIL OPEN FONT LICENSE" in path.read_text("utf-8") for path in FONTS.glob("OFL*.txt"))
    assert len(list(FONTS.glob("OFL*.txt"))) == 2


def test_widgets_import_nothing_slow():
    names = sorted(p.stem for p in Path("mobile/widgets").glob("*.py") if p.stem != "__init__")
    code = f"import sys; [__import__('mobile.widgets.' + n) for n in {names}]; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"from demo.windows import open_window; open_window('mock', 800, 600); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not {"PIL", "fpdf", "cryptography", "requests", "numpy"} & set(done.stdout.split())
