#!/usr/bin/env bash
# pypinyin 0.55.0: everyday names of chemistry are read wrongly, and two salts of one acid in two ways.
#
# Guess: it knows hundreds of thousands of characters and phrases, so the commonest welding gas is read as chemists read it
# (乙炔, yǐ quē), an acid is read alike in each of its salts, and where it is unsure `heteronym=True` gives the other readings.
# Behaviour: 炔 is read as the surname (guì), pyrrole (吡咯, bǐ luò) as bǐ gē, also with `heteronym=True`, which keeps to what
# stands in its table of phrases; 重铬酸钾 begins with chóng and 重铬酸铵 with zhòng, since one of the two is a phrase and the
# other is read character by character. Whoever builds a search by initials (yq, zgsj) with it finds neither, and finds one
# salt and not the next; names of substances need a table of one's own. So do counties whose name is read in one way there
# alone: 单县 (Shàn), 浚县 (Xùn), 涡阳 (Guō).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pypinyin==0.55.0 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

from pypinyin import Style, lazy_pinyin, pinyin

print("pypinyin", version("pypinyin"))
for name in ("乙炔", "丙炔", "吡咯", "重铬酸钾", "重铬酸铵", "单县", "浚县", "涡阳"):
    print(name, *lazy_pinyin(name))
print("吡咯, each reading:", pinyin("吡咯", style=Style.NORMAL, heteronym=True))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
for line in "pypinyin 0.55.0" "乙炔 yi gui" "丙炔 bing gui" "吡咯 bi ge" "重铬酸钾 chong ge suan jia" "重铬酸铵 zhong ge suan an" \
    "单县 dan xian" "浚县 jun xian" "涡阳 wo yang" "吡咯, each reading: [['bi'], ['ge']]"; do
    echo "$seen" | grep -qxF "$line" || { echo "changed: $line" >&2; exit 1; }
done
