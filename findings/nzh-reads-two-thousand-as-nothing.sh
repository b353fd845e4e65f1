#!/usr/bin/env bash
# nzh 1.0.14 (npm): 两千 (two thousand) is read as 0, and 一万五 (fifteen thousand) as 10005.
#
# Guess: `decodeS`, "Chinese numerals to a number", reads the numerals as they are written, 两 for two before 千 and 万 among them; for
# a text that it cannot read there is an error, NaN or nothing.
# Behaviour: it knows the signs that its own `encodeS` writes, and passes over all others. 两 is such an other one, and a thousand with
# no figure before it counts as none: 两千 is 0, 两万五千 is 5000. The left-off unit (一万五, as spoken sums are) is taken as ones, and of a
# year in figures (二〇二六) the sign 〇 is lost and the rest becomes 226. Every text becomes a number: 未定 ("not yet settled") is 0, and so
# is 三千 by `decodeB`, which knows only 叁仟. Nothing is raised.
# Whom it hits: the sum of a fine in words: one of 两千元 is none, one of 两万五千元 is a fifth.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work" nzh@1.0.14 >/dev/null)
cat > "$work/read.js" <<'JS'
const { readFileSync } = require("fs");
const { cn } = require("nzh");
console.log("nzh", JSON.parse(readFileSync("node_modules/nzh/package.json")).version);
console.log("written:", cn.encodeS(2000), cn.encodeS(25000), cn.encodeB(3000), cn.toMoney(20005.05, { outSymbol: false }));
for (const text of ["二千", "两千", "二万五千", "两万五千", "一亿两千万", "一万五", "一百五", "二〇二六", "未定", "三千"])
  console.log(text, "->", cn.decodeS(text));
for (const text of ["叁仟", "三千"]) console.log(text, "-> decodeB", cn.decodeB(text));
JS
seen=$(cd "$work" && node read.js)
echo "$seen"
[ "$seen" = 'nzh 1.0.14
written: 二千 二万五千 叁仟 贰万零伍元零伍分
二千 -> 2000
两千 -> 0
二万五千 -> 25000
两万五千 -> 5000
一亿两千万 -> 100000000
一万五 -> 10005
一百五 -> 105
二〇二六 -> 226
未定 -> 0
三千 -> 3000
叁仟 -> decodeB 3000
三千 -> decodeB 0' ] || { echo "changed" >&2; exit 1; }
