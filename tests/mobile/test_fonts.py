import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tools.build_fonts import FONTS, SIGNS, own_characters

FILES = sorted(FONTS.glob("*.ttf"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_character_that_the_tablet_writes_has_a_glyph(path):
    known = TTFont(path, lazy=True).getBestCmap()
    missing = {c for c in own_characters() | set(SIGNS) if ord(c) not in known}
    assert not missing, "run python -m tools.build_fonts again"


def test_regular_has_the_characters_of_rare_names():
    known = TTFont(FONTS / "NotoSansSC-Regular.ttf", lazy=True).getBestCmap()
    assert all(ord(c) in known for c in "喆堃昇玥璟淼")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fonts_keep_their_hinting_table(path):
    assert "prep" in TTFont(path, lazy=True)


def test_the_licence_lies_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")


def test_widgets_import_nothing_slow():
    names = sorted(p.stem for p in Path("mobile/widgets").glob("*.py") if p.stem != "__init__")
    code = f"import sys; [__import__('mobile.widgets.' + n) for n in {names}]; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"from demo.windows import open_window; open_window('mock', 800, 600); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not {"PIL", "fpdf", "cryptography", "requests", "numpy"} & set(done.stdout.split())
