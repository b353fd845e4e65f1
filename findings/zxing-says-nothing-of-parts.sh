#!/usr/bin/env bash
# zxing-cpp 3.1.1 (Python): a QR symbol that is one part of several looks like a whole one.
#
# Guess: of a text that was written over two symbols (ISO/IEC 18004, structured append; waybills use it) the result says
# "part 1 of 2", in an attribute or in `extra`, as the C++ library knows it.
# Behaviour: the result is valid, has no error, and neither an attribute nor `extra` mentions parts. Whoever takes the
# first symbol for the whole has half a number plate and no goods.
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

text = "waybill:YD1;plate:A12345;un:1830;goods:sulphuric acid"
print("zxing-cpp", version("zxing-cpp"))
for one in segno.make_sequence(text, symbol_count=2, error="m"):
    picture = io.BytesIO()
    one.save(picture, kind="png", scale=4)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.getvalue())).convert("L"))
    words = " ".join((*dir(code), *code.extra)).lower()
    print(code.valid, repr(code.text), "parts mentioned:", any(word in words for word in ("sequence", "part", "append")))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$(echo "$seen" | grep -c '^True .*parts mentioned: False$')" = 2 ] && echo "$seen" | grep -q '^zxing-cpp 3.1.1$' \
    || { echo "changed" >&2; exit 1; }
