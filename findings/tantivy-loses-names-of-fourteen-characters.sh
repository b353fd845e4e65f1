#!/usr/bin/env bash
# tantivy 0.27.0 (Python): a company whose name has fourteen Chinese characters is found by no search, not even by that name.
#
# Guess: the default tokenizer parts words at blanks and signs. Chinese has none between words, so that a name is one word: not to be found
# by a part of it, but by the whole.
# Behaviour: behind the parting stands a filter that leaves out words of 40 and more, against rubbish such as encoded data. It counts bytes
# of UTF-8: thirteen Chinese characters (39) are a word, fourteen (42) are none. The document is stored and counted, its field has no word
# of the name; the same filter empties the question, and an empty question finds nothing. Nothing is raised. 39 Latin letters are found.
# With `tokenizer_name="raw"` the name is found.
# Whom it hits: carriers have place, trade and form in the name, and most have more than thirteen characters: the search says that there
# is no such company, and that it has no record.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check tantivy==0.27.0 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

import tantivy

# Made up.
NAMES = ("某地甲乙危险货物运输总公司", "某地甲乙危险货物运输有限公司", "某地甲乙危险货物运输 有限公司", "x" * 39, "x" * 40)
print("tantivy", version("tantivy"))
for tokenizer in ("default", "raw"):
    fields = tantivy.SchemaBuilder().add_text_field("name", stored=True, tokenizer_name=tokenizer)
    schema = fields.build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for name in NAMES:
        writer.add_document(tantivy.Document(name=name))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    print(tokenizer, searcher.num_docs, "documents")
    for name in NAMES:
        found = searcher.search(index.parse_query(f'"{name}"', ["name"]), 10).hits
        names = [searcher.doc(at)["name"][0] for _, at in found]
        print(f"{name} ({len(name)}): {'found' if name in names else 'not found'}")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'tantivy 0.27.0
default 5 documents
某地甲乙危险货物运输总公司 (13): found
某地甲乙危险货物运输有限公司 (14): not found
某地甲乙危险货物运输 有限公司 (15): found
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx (39): found
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx (40): not found
raw 5 documents
某地甲乙危险货物运输总公司 (13): found
某地甲乙危险货物运输有限公司 (14): found
某地甲乙危险货物运输 有限公司 (15): found
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx (39): found
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx (40): found' ] || { echo "changed" >&2; exit 1; }
