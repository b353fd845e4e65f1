#!/usr/bin/env bash
# jsQR 1.4.0 (npm): 不合格 ("failed") in a QR symbol comes out as 589122910128.
#
# Guess: of a mode that it does not know, a reader says that it can read nothing. GB/T 18284 has one mode more than ISO/IEC 18004, for
# Chinese characters of GB 2312 (indicator 1101); jsQR was not made for it, so `null`, as for a symbol that is out of focus.
# Behaviour: the loop over segments has no branch for an unknown indicator: it takes the next four bits for another one, and so on.
# Where they happen to be that of figures, what follows is read as figures. Of thirty words of this trade ten come out as a number,
# with no sign that anything is wrong (`chunks` says "numeric"); the others as `null`. zxing-cpp 3.1.1 reads all thirty.
# Whom it hits: whoever lets a page in a browser read a label or a pass from a Chinese printer: a number that nobody wrote is looked up,
# and may be somebody's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0 2>/dev/null
(cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work" jsqr@1.4.0 >/dev/null)
cat > "$work/write.py" <<'PY'
import base64
import io
import json

import segno
import zxingcpp
from PIL import Image

WORDS = (
    "硫酸 盐酸 汽油 柴油 乙炔 液氨 液氯 甲醇 苯 京 沪 苏 危险货物 硝酸铵 过氧化氢溶液 石油沥青 天然气 液化石油气 氢气 氧气 乙醇 丙酮 "
    "氢氧化钠溶液 次氯酸钠溶液 道路运输证 不合格 合格 禁止通行 准许 危险货物道路运输"
).split()
codes, right = [], 0
for word in WORDS:
    file = io.BytesIO()
    segno.make_qr(word, mode="hanzi").save(file, kind="png", scale=5, border=4)
    picture = Image.open(file)
    right += [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))] == [word]
    codes.append({"word": word, "width": picture.width, "pixels": base64.b64encode(picture.convert("RGBA").tobytes()).decode()})
print(json.dumps({"right": right, "codes": codes}))
PY
cat > "$work/read.js" <<'JS'
const jsQR = require("jsqr");
const { right, codes } = JSON.parse(require("fs").readFileSync("codes.json"));
console.log("zxing-cpp:", right, "of", codes.length, "right");
console.log("jsQR", require("jsqr/package.json").version);
let none = 0;
for (const { word, width, pixels } of codes) {
  const code = jsQR(new Uint8ClampedArray(Buffer.from(pixels, "base64")), width, width);
  if (code) console.log(word, "->", code.data, code.chunks.map((one) => one.type).join());
  else none += 1;
}
console.log(none, "are null");
JS
"$work/venv/bin/python" "$work/write.py" > "$work/codes.json"
seen=$(cd "$work" && node read.js)
echo "$seen"
[ "$seen" = 'zxing-cpp: 30 of 30 right
jsQR 1.4.0
苯 -> 5420 numeric
京 -> 13200 numeric
苏 -> 77800 numeric
硝酸铵 -> 9862260548160 numeric
过氧化氢溶液 -> 958263271883161415450400 numeric
天然气 -> 8377176646960 numeric
氢氧化钠溶液 -> 5927752718828694154504000 numeric
次氯酸钠溶液 -> 694682476258869415450400 numeric
不合格 -> 589122910128 numeric
危险货物道路运输 -> 897249272419846183938360724880768 numeric
20 are null' ] || { echo "changed" >&2; exit 1; }
