#!/usr/bin/env bash
# jieba 0.42.1 with whoosh: a search for 第8类 (class 8) finds 第3类 (class 3), one for 1.4S finds 1.4D, and one for 王䶮 finds 王㛃.
#
# Guess: `ChineseAnalyzer`, jieba's own analyzer for whoosh, parts a text into its words and leaves out those that say nothing (的, 了,
# the, and). A figure says something, and so does each character of a name.
# Behaviour: a word of one sign is left out, unless it lies between U+4E00 and U+9FD5. That are single figures and letters, and the rarer
# characters outside that stretch, such as 䶮 or 㛃 in given names. From 第8类 only 第 and 类 are left and from 1.4S only 1.4, in the texts as in
# the question; 8 by itself finds nothing. Nothing is raised, and jieba's own cut has all of them.
# Whom it hits: who looks for loads of class 8 gets those of class 3; a driver with a rare given name is found together with others
# of his family name, and their records.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check jieba==0.42.1 whoosh-reloaded==2.7.5 2>/dev/null
cat > "$work/try.py" <<'PY'
import logging
from importlib.metadata import version

import jieba
from jieba.analyse import ChineseAnalyzer
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

# The names are made up.
TEXTS = ("第3类 易燃液体", "第8类 腐蚀性物质", "第9类", "1.4S", "1.4D", "驾驶员 王䶮", "驾驶员 王㛃", "驾驶员 王某")
print("jieba", version("jieba"), "whoosh-reloaded", version("whoosh-reloaded"))
jieba.setLogLevel(logging.ERROR)
analyzer = ChineseAnalyzer()
for text in TEXTS:
    print(text, "| cut:", *jieba.cut(text.replace(" ", "")), "| analyzer:", *(word.text for word in analyzer(text)))
index = RamStorage().create_index(Schema(text=TEXT(analyzer=analyzer, stored=True)))
writer = index.writer()
for text in TEXTS:
    writer.add_document(text=text)
writer.commit()
with index.searcher() as searcher:
    for question in ("第8类", "1.4S", "王䶮", "8"):
        found = searcher.search(QueryParser("text", index.schema).parse(question), limit=None)
        print(question, "->", ", ".join(sorted(hit["text"] for hit in found)) or "nothing")
PY
seen=$(TMPDIR="$work" "$work/venv/bin/python" -W ignore "$work/try.py")
echo "$seen"
[ "$seen" = 'jieba 0.42.1 whoosh-reloaded 2.7.5
第3类 易燃液体 | cut: 第 3 类 易燃 液体 | analyzer: 第 类 易燃 液体
第8类 腐蚀性物质 | cut: 第 8 类 腐蚀性 物质 | analyzer: 第 类 腐蚀 腐蚀性 物质
第9类 | cut: 第 9 类 | analyzer: 第 类
1.4S | cut: 1.4 S | analyzer: 1.4
1.4D | cut: 1.4 D | analyzer: 1.4
驾驶员 王䶮 | cut: 驾驶员 王 䶮 | analyzer: 驾驶 驾驶员 王
驾驶员 王㛃 | cut: 驾驶员 王 㛃 | analyzer: 驾驶 驾驶员 王
驾驶员 王某 | cut: 驾驶员 王某 | analyzer: 驾驶 驾驶员 王某
第8类 -> 第3类 易燃液体, 第8类 腐蚀性物质, 第9类
1.4S -> 1.4D, 1.4S
王䶮 -> 驾驶员 王㛃, 驾驶员 王䶮
8 -> nothing' ] || { echo "changed" >&2; exit 1; }
