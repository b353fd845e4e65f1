#!/usr/bin/env bash
# python-slugify 9.2.0: the plates 冀A12345 (Hebei) and 吉A12345 (Jilin) have one slug, and so it is for ten of 31 provinces.
#
# Guess: a slug of a number plate is a safe name for a file or an address, and as good a key as the plate; what is lost are signs
# without a sound. A Chinese character becomes its pinyin, and the signs of the provinces were chosen to be told apart.
# Behaviour: they were chosen for the eye. Without tones 冀 and 吉 are ji, 津 and 晋 jin, 豫 and 渝 yu, 桂 and 贵 gui, 赣 and 甘 gan: of 31
# signs 26 slugs are left. Nothing is raised, since a slug promises a safe name and no single one. `allow_unicode=True` keeps them apart.
# Whom it hits: the photos of one truck that are written over those of another, and a record that opens under the other's plate.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check python-slugify==9.2.0 text-unidecode==1.3 2>/dev/null
cat > "$work/try.py" <<'PY'
from collections import defaultdict
from importlib.metadata import version

from slugify import slugify

SIGNS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
print("python-slugify", version("python-slugify"))
for how in ({}, {"allow_unicode": True}):
    slugs = defaultdict(str)
    for sign in SIGNS:
        slugs[slugify(sign + "A12345", **how)] += sign
    print(how, len(SIGNS), "signs,", len(slugs), "slugs:", *(f"{slug}={signs}" for slug, signs in slugs.items() if len(signs) > 1))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "python-slugify 9.2.0
{} 31 signs, 26 slugs: jin-a12345=津晋 ji-a12345=冀吉 gan-a12345=赣甘 yu-a12345=豫渝 gui-a12345=桂贵
{'allow_unicode': True} 31 signs, 31 slugs:" ] || { echo "changed" >&2; exit 1; }
