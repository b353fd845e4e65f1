#!/usr/bin/env bash
# peewee 4.5.3, playhouse.migrate on SQLite: a column that may not be null empties the tables that cascade from it.
#
# Guess: `migrate(migrator.add_column(table, name, field with default))` in `db.atomic()` adds a column to one table, and
# leaves the rows of every other table alone.
# Behaviour: SQLite cannot add NOT NULL afterwards, so the table is written anew and the old one dropped. With
# `foreign_keys` on, dropping it deletes its rows first, and every row whose foreign key says ON DELETE CASCADE goes with
# them, without an error or a word. Switching `foreign_keys` off inside the transaction does not help: SQLite ignores
# that there. Outside of it, it does.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check peewee==4.5.3 2>/dev/null
cat > "$work/try.py" <<'PY'
import peewee
from playhouse.migrate import SqliteMigrator, migrate


def children_left(before=None, within=None):
    db = peewee.SqliteDatabase(":memory:", pragmas={"foreign_keys": 1})

    class Inspection(peewee.Model):
        plate = peewee.TextField()

        class Meta:
            database = db

    class Entry(peewee.Model):
        inspection = peewee.ForeignKeyField(Inspection, on_delete="CASCADE")

        class Meta:
            database = db

    db.create_tables([Inspection, Entry])
    one = Inspection.create(plate="A12345")
    for _ in range(3):
        Entry.create(inspection=one)
    if before:
        db.execute_sql(before)
    with db.atomic():
        if within:
            db.execute_sql(within)
        migrate(SqliteMigrator(db).add_column("inspection", "site", peewee.TextField(default="")))
    return f"{Inspection.select().count()} inspection, {Entry.select().count()} of 3 entries"


off = "PRAGMA foreign_keys = OFF"
print("peewee", peewee.__version__)
print("as it comes:", children_left())
print("switched off within the transaction:", children_left(within=off))
print("switched off before it:", children_left(before=off))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "peewee 4.5.3
as it comes: 1 inspection, 0 of 3 entries
switched off within the transaction: 1 inspection, 0 of 3 entries
switched off before it: 1 inspection, 3 of 3 entries" ] || { echo "changed" >&2; exit 1; }
