#!/usr/bin/env bash
# csvkit 2.2.0: the class 1.1D of an explosive is "1 day, 2:24:00", and 1.4S one second and four tenths.
#
# Guess: a column becomes numbers, dates or durations where each cell is one, and a list of goods with classes such as 1.1D keeps them as
# text: no clock and no standard writes a duration so.
# Behaviour: a figure with a letter for a unit of time behind it is one (pytimeparse, by way of agate): D is days, H hours, S seconds, and
# all three are compatibility groups of explosives. Where every cell of the column fits, the column becomes durations, in in2csv, csvsort,
# csvjson and csvstat, which adds them up; one cell with 1.1B in it and all stay text. A distance of "50 m" is 50 minutes. Nothing is
# raised or said; `--no-inference` keeps all as text. (Told there for the numbers of products that end in D.)
# Whom it hits: a carrier of explosives, whose list has no class 1 in it after it was sorted.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 pytimeparse==1.1.10 2>/dev/null
cat > "$work/goods.csv" <<'CSV'
un,class,keep away
UN0081,1.1D,50 m
UN0042,1.1D,20 m
UN0323,1.4S,5 m
CSV
sed 's/1.4S/1.1B/' "$work/goods.csv" > "$work/mixed.csv"
seen=$("$work/venv/bin/pip" list --format=freeze --disable-pip-version-check | grep -E '^(csvkit|agate|pytimeparse)='
    echo "csvsort:"
    "$work/venv/bin/csvsort" -c un "$work/goods.csv"
    echo "csvsort, one cell with 1.1B:"
    "$work/venv/bin/csvsort" -c un "$work/mixed.csv"
    echo "csvsort --no-inference:"
    "$work/venv/bin/csvsort" --no-inference -c un "$work/goods.csv"
    echo "csvstat:" "$("$work/venv/bin/csvstat" --type -c class "$work/goods.csv")" "$("$work/venv/bin/csvstat" --max -c class "$work/goods.csv")")
echo "$seen"
[ "$seen" = 'agate==1.14.2
csvkit==2.2.0
pytimeparse==1.1.10
csvsort:
un,class,keep away
UN0042,"1 day, 2:24:00",0:20:00
UN0081,"1 day, 2:24:00",0:50:00
UN0323,0:00:01.400000,0:05:00
csvsort, one cell with 1.1B:
un,class,keep away
UN0042,1.1D,0:20:00
UN0081,1.1D,0:50:00
UN0323,1.1B,0:05:00
csvsort --no-inference:
un,class,keep away
UN0042,1.1D,20 m
UN0081,1.1D,50 m
UN0323,1.4S,5 m
csvstat: TimeDelta 1 day, 2:24:00' ] || { echo "changed" >&2; exit 1; }
