#!/usr/bin/env bash
# peewee 4.5.3: `migrate.add_column` with a BlobField that has a default ends in an AttributeError; every other field does.
#
# Guess: `add_column(table, name, field)` adds any field that has a default or may be null, and fills the rows that are there with
# the default, as it does for a TextField.
# Behaviour: the default is turned into the driver's value by the field itself, and a BlobField learns how only when a model binds
# it to a database; a field handed to `add_column` belongs to none: "'BlobField' object has no attribute '_constructor'". On
# SQLite and PostgreSQL alike, since it never comes to SQL. With `null=True` and an UPDATE behind it the column is added.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check peewee==4.5.3 2>/dev/null
cat > "$work/try.py" <<'PY'
import peewee
from playhouse.migrate import SqliteMigrator, migrate

database = peewee.SqliteDatabase(":memory:")
database.execute_sql("CREATE TABLE part (id INTEGER PRIMARY KEY)")
database.execute_sql("INSERT INTO part VALUES (1)")
migrator = SqliteMigrator(database)
print("peewee", peewee.__version__)
for name, field in (
    ("words", peewee.TextField(default="none")),
    ("body", peewee.BlobField(default=b"none")),
    ("later", peewee.BlobField(null=True)),
):
    try:
        migrate(migrator.add_column("part", name, field))
        print(name, "added:", database.execute_sql(f"SELECT {name} FROM part").fetchall())
    except Exception as problem:
        print(name, "not added:", type(problem).__name__, problem)
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "peewee 4.5.3
words added: [('none',)]
body not added: AttributeError 'BlobField' object has no attribute '_constructor'
later added: [(None,)]" ] || { echo "changed" >&2; exit 1; }
