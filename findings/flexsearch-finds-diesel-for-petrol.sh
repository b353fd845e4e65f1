#!/usr/bin/env bash
# flexsearch 0.8.212 (npm): a search for 1203 (petrol) finds UN1202 (diesel), and the next driver by the number of a licence.
#
# Guess: a number is a word as any other. A search for 1203 finds the texts that hold 1203, with `tokenize: "forward"` also those with a
# number that begins so; the tokenizer decides, and no two numbers of four figures are the same.
# Behaviour: an encoder parts letters from figures and cuts every row of figures after each third, and the default tokenizer looks
# for each piece by itself, in any order: 1203 is "120" and "3". UN1202 is "un", "120" and "2", and where a 3 stands elsewhere in the
# text, such as the class, all pieces of the question are there. With "forward" the 3 may begin another number. Nothing says so: the true
# answers are in the list as well. `new Encoder({ numeric: false })` ends it, and then 1203 without UN no longer finds UN1203 unless
# by `tokenize: "full"`. (Told there for telephone numbers, after 0.7, which did not cut.)
# Whom it hits: who looks up a load at the roadside is shown the rules of another; who looks up a licence, another driver's record.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work" flexsearch@0.8.212 >/dev/null)
cat > "$work/find.js" <<'JS'
const { readFileSync } = require("fs");
const { Encoder, Index } = require("flexsearch");
console.log("flexsearch", JSON.parse(readFileSync("node_modules/flexsearch/package.json")).version);
console.log("pieces:", new Encoder().encode("UN1203 汽油").join(" "), "|", new Encoder({ numeric: false }).encode("UN1203 汽油").join(" "));
// The numbers are made up.
const TEXTS = ["UN1203 汽油 3", "UN1202 柴油 3", "UN1200 丙 3", "UN1005 氨 2.3", "证号 370200123456", "证号 370200456123"];
for (const [tokenize, numeric] of [["strict", true], ["forward", true], ["full", true], ["strict", false], ["full", false]]) {
  const index = new Index({ tokenize, encoder: new Encoder({ numeric }) });
  TEXTS.forEach((text, id) => index.add(id, text));
  for (const question of ["1203", "UN1203", "370200123456"]) {
    const found = index.search(question).sort().map((id) => TEXTS[id]);
    console.log(tokenize, numeric ? "default" : "numeric: false", question, "->", found.join(", ") || "nothing");
  }
}
const plain = new Index("forward");
TEXTS.forEach((text, id) => plain.add(id, text));
console.log('new Index("forward") 1203 ->', plain.search("1203").sort().map((id) => TEXTS[id]).join(", "));
JS
seen=$(cd "$work" && node find.js)
echo "$seen"
[ "$seen" = 'flexsearch 0.8.212
pieces: un 120 3 汽油 | un1203 汽油
strict default 1203 -> UN1203 汽油 3, UN1202 柴油 3, UN1200 丙 3
strict default UN1203 -> UN1203 汽油 3, UN1202 柴油 3, UN1200 丙 3
strict default 370200123456 -> 证号 370200123456, 证号 370200456123
forward default 1203 -> UN1203 汽油 3, UN1202 柴油 3, UN1200 丙 3
forward default UN1203 -> UN1203 汽油 3, UN1202 柴油 3, UN1200 丙 3
forward default 370200123456 -> 证号 370200123456, 证号 370200456123
full default 1203 -> UN1203 汽油 3, UN1202 柴油 3, UN1200 丙 3
full default UN1203 -> UN1203 汽油 3, UN1202 柴油 3, UN1200 丙 3
full default 370200123456 -> 证号 370200123456, 证号 370200456123
strict numeric: false 1203 -> nothing
strict numeric: false UN1203 -> UN1203 汽油 3
strict numeric: false 370200123456 -> 证号 370200123456
full numeric: false 1203 -> UN1203 汽油 3
full numeric: false UN1203 -> UN1203 汽油 3
full numeric: false 370200123456 -> 证号 370200123456
new Index("forward") 1203 -> UN1203 汽油 3, UN1202 柴油 3, UN1200 丙 3' ] || { echo "changed" >&2; exit 1; }
