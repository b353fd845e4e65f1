#!/usr/bin/env bash
# segno 1.6.6: the code page of a Chinese text in a QR code depends on which characters it happens to have.
#
# Guess: a text that ISO 8859-1 cannot hold goes out as UTF-8, so that a reader which takes the bytes as UTF-8, and as
# GB 18030 where they are none, has every Chinese plate and name right.
# Behaviour: Shift JIS is tried before UTF-8, without an ECI header. A text all of whose characters exist in Japanese
# becomes Shift JIS: 京 and 蒙 do, 张 does not. The bytes of such a plate are no UTF-8 but valid GB 18030, so the reader
# above takes them for other characters and nothing fails. Naming the encoding is the way out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import io

import segno
import zxingcpp
from PIL import Image


def sent(text, **how):
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False, **how).save(picture, kind="png", scale=4)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.getvalue())).convert("L"))
    return code.bytes


def told(raw):
    try:
        return "UTF-8 " + raw.decode("utf-8")
    except UnicodeDecodeError:
        return f"Shift JIS {raw.decode('shift-jis')}, as GB 18030 it would be {raw.decode('gb18030')}"


print("segno", segno.__version__)
for text in ("京A12345", "蒙K12345", "张A12345"):
    print(f"{text}: {told(sent(text))}; with encoding='utf-8': {told(sent(text, encoding='utf-8'))}")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$(echo "$seen" | grep -c 'Shift JIS')" = 2 ] && echo "$seen" | grep -q '^segno 1.6.6$' \
    && echo "$seen" | grep -q '^张A12345: UTF-8 张A12345' && [ "$(echo "$seen" | grep -c "with encoding='utf-8': UTF-8")" = 3 ] \
    || { echo "changed" >&2; exit 1; }
