#!/usr/bin/env bash
# SQLite 3.54.1 (apsw 3.54.1.0): a partial index whose WHERE is the question, word for word, is passed over for a full one.
#
# Guess: a queue asks `WHERE state = 'received' AND tries IS NULL ORDER BY id LIMIT 1` and has a partial index on (id) with just
# that WHERE. It holds one row, is in the order that is asked for, and needs no check: SQLite takes it.
# Behaviour: where there is a full index that begins with (state, id), SQLite takes that one, and steps over every row that waits but
# was tried: thirty thousand of them cost thousands of times what one costs. The condition on the partial index's own terms counts
# for nothing in its choice, an equality on a column that an index begins with does; ANALYZE, which tells it that 'received' stands in
# a third of all rows, changes nothing. With the term written as an expression in both places (`COALESCE(state, '') = …`) the full index
# cannot offer itself, and the partial one is taken.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check apsw==3.54.1.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import apsw

print("SQLite", apsw.sqlite_lib_version())
link = apsw.Connection(":memory:")
link.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, state TEXT NOT NULL, tries INTEGER)")
rows = ((number, "received" if number < 30_000 else "processed", 0) for number in range(90_000))
with link:
    link.executemany("INSERT INTO record VALUES (?, ?, ?)", rows)
    link.execute("INSERT INTO record VALUES (90000, 'received', NULL)")
link.execute("CREATE INDEX record_state_id ON record (state, id)")


def ask(where):
    query = f"SELECT id FROM record WHERE {where} ORDER BY id LIMIT 1"
    plan = link.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()[0][3].split("INDEX ")[1].split(" ")[0]
    cursor = link.cursor()
    steps = 0

    def tick():
        nonlocal steps
        steps += 1
        return False

    link.set_progress_handler(tick, 100)
    held = cursor.execute(query).fetchall()
    link.set_progress_handler(None)
    return f"{plan}, {'many' if steps > 100 else 'few'} steps, {held}"


for name, term in (("a column", "state = 'received'"), ("an expression", "COALESCE(state, '') = 'received'")):
    where = f"{term} AND tries IS NULL"
    link.execute("DROP INDEX IF EXISTS fresh")
    link.execute(f"CREATE INDEX fresh ON record (id) WHERE {where}")
    print(f"{name}: {ask(where)}")
    link.execute("ANALYZE")
    print(f"{name}, after ANALYZE: {ask(where)}")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "SQLite 3.54.1
a column: record_state_id, many steps, [(90000,)]
a column, after ANALYZE: record_state_id, many steps, [(90000,)]
an expression: fresh, few steps, [(90000,)]
an expression, after ANALYZE: fresh, few steps, [(90000,)]" ] || { echo "changed" >&2; exit 1; }
