#!/usr/bin/env bash
# survey-core 3.1.1 (npm, SurveyJS): one month from 31 January ends on 3 March, and six months from 31 August as well.
#
# Guess: `dateAdd({from}, 1, 'months')` in a form ends on the last day of the month that has no such day, as Excel's EDATE and dayjs do, and
# as the law does (Civil Code of China, article 202).
# Behaviour: the month is put up and the days that are too many go over into the next, as JavaScript's `setMonth` does. That is
# one to three days more than asked for; 29 February and a year is 1 March. Nothing is raised, and what was tried on the 28th is right. An
# expression and a validator take the later day alike. dayjs 1.11.23 ends on 28 February.
# Whom it hits: a term to mend a fault or a pass for a month, written on the last of a month, that holds when it is over.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work" survey-core@3.1.1 dayjs@1.11.23 >/dev/null)
cat > "$work/add.js" <<'JS'
const { readFileSync } = require("fs");
const dayjs = require("dayjs");
const { Model } = require("survey-core");
const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version}`;
console.log(version("survey-core"), version("dayjs"));
for (const [from, many, unit] of [
  ["2026-01-28", 1, "months"], ["2026-01-30", 1, "months"], ["2026-01-31", 1, "months"], ["2026-05-31", 1, "months"],
  ["2025-08-31", 6, "months"], ["2028-02-29", 1, "years"], ["2026-01-31", 15, "days"],
]) {
  const until = `dateAdd({from}, ${many}, '${unit}')`;
  const survey = new Model({
    elements: [
      { type: "text", name: "from", inputType: "date" },
      { type: "expression", name: "until", expression: until },
      { type: "text", name: "checked", inputType: "date", validators: [{ type: "expression", expression: `{checked} <= ${until}` }] },
    ],
  });
  survey.setValue("from", from);
  const right = dayjs(from).add(many, unit);
  survey.setValue("checked", right.add(1, "day").format("YYYY-MM-DD"));
  const told = dayjs(survey.getValue("until")).format("YYYY-MM-DD");
  const late = survey.validate() ? "taken" : "refused";
  console.log(`${from} and ${many} ${unit}: ${told}, by dayjs ${right.format("YYYY-MM-DD")}, the day after that is ${late}`);
}
JS
seen=$(cd "$work" && TZ=Asia/Shanghai node add.js)
echo "$seen"
[ "$seen" = 'survey-core 3.1.1 dayjs 1.11.23
2026-01-28 and 1 months: 2026-02-28, by dayjs 2026-02-28, the day after that is refused
2026-01-30 and 1 months: 2026-03-02, by dayjs 2026-02-28, the day after that is taken
2026-01-31 and 1 months: 2026-03-03, by dayjs 2026-02-28, the day after that is taken
2026-05-31 and 1 months: 2026-07-01, by dayjs 2026-06-30, the day after that is taken
2025-08-31 and 6 months: 2026-03-03, by dayjs 2026-02-28, the day after that is taken
2028-02-29 and 1 years: 2029-03-01, by dayjs 2029-02-28, the day after that is taken
2026-01-31 and 15 days: 2026-02-15, by dayjs 2026-02-15, the day after that is refused' ] || { echo "changed" >&2; exit 1; }
