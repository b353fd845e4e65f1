#!/usr/bin/env bash
# segno 1.6.6: a Chinese word whose encoding is named as UTF-8 may still go out as Japanese, hydrochloric acid among them.
#
# Guess: `make(text, encoding="utf-8")` writes the bytes of UTF-8, in byte mode, since nothing else in the format can hold them; so a
# reader has every text right, and the trouble with Shift JIS ends where an encoding is named.
# Behaviour: the mode is guessed from the encoded bytes, and bytes that could be pairs of Shift JIS are put into Kanji mode, whatever
# encoding was named, also with `eci=True`. Two characters of three bytes are such pairs about one time in four: 盐酸, 硝酸, 乙炔, 湖南.
# In GB 18030 those of the second level are, 溴 (bromine) alone or 婷婷 as a given name. A reader that follows the standard gives other
# characters, and nothing fails. Where no encoding is named, Shift JIS is tried before UTF-8 and said nowhere: so goes 京A12345, 张A12345
# does not. Beside a named encoding one ASCII sign ends it; `encoding` and `mode="byte"` always do.
# Whom it hits: the label or pass that holds a bare word; what is scanned from it names another substance or another driver.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
from importlib.metadata import version

import segno
import zxingcpp
from PIL import Image


def scanned(text, **how):
    """How a text was written, and what a reader has of it."""
    code, out = segno.make_qr(text, **how), io.BytesIO()
    code.save(out, kind="png", scale=4, border=4)
    (found,) = zxingcpp.read_barcodes(Image.open(out).convert("L"))
    return code.mode, found.text


print("segno", version("segno"), "zxing-cpp", version("zxing-cpp"))
WORDS = {"utf-8": ("硫酸", "盐酸", "乙炔", "湖南"), "gb18030": ("溴", "婷婷")}
for text, encoding in ((text, encoding) for encoding, texts in WORDS.items() for text in texts):
    for how in ({}, {"eci": True}, {"eci": True, "mode": "byte"}):
        mode, read = scanned(text, encoding=encoding, **how)
        print(text, encoding, *(f"{name}={one}" for name, one in how.items()), "->", mode, "right" if read == text else f"wrong: {read}")
for plate in ("京A12345", "张A12345"):
    out = io.BytesIO()
    segno.make_qr(plate).save(out, kind="png", scale=4, border=4)
    (found,) = zxingcpp.read_barcodes(Image.open(out).convert("L"))
    print(plate, "goes out as", "UTF-8" if found.bytes == plate.encode() else "Shift JIS" if found.bytes == plate.encode("shift-jis") else "?")
names = [chr(one) for one in range(0x4E00, 0x9FA6)]
pairs = [a + b for a, b in zip(names[::70], names[3::110])]
kanji = sum(segno.make_qr(two, encoding="utf-8").mode == "kanji" for two in pairs)
print(kanji, "of", len(pairs), "pairs of characters in Kanji mode")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
for word in '盐酸 utf-8' '乙炔 utf-8' '湖南 utf-8' '溴 gb18030' '婷婷 gb18030'; do
    echo "$seen" | grep -q "^$word -> kanji wrong: " && echo "$seen" | grep -q "^$word eci=True -> kanji wrong: " \
        && echo "$seen" | grep -qx "$word eci=True mode=byte -> byte right" || { echo "changed" >&2; exit 1; }
done
echo "$seen" | grep -q '^segno 1.6.6 ' && echo "$seen" | grep -q '^40 of 190 ' \
    && echo "$seen" | grep -qx '京A12345 goes out as Shift JIS' && echo "$seen" | grep -qx '张A12345 goes out as UTF-8' \
    && echo "$seen" | grep -qx '硫酸 utf-8 -> byte right' || { echo "changed" >&2; exit 1; }
