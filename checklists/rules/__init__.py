"""The cross-checks, one function each; a new one is a function here and rows in `definitions/rules/`."""

from checklists.crosscheck import Context, Result, Rule
from checklists.rules.kit import r12_equipment
from checklists.rules.load import r9_mass_limits, r18_mass_declared
from checklists.rules.papers import r5_papers, r6_tank_inspection
from checklists.rules.people import r3_qualifications, r4_escort
from checklists.rules.scope import r2_scope, r7_tank_goods
from checklists.rules.signs import r10_signs

RULES: tuple[Rule, ...] = (
    r2_scope,
    r3_qualifications,
    r4_escort,
    r5_papers,
    r6_tank_inspection,
    r7_tank_goods,
    r9_mass_limits,
    r10_signs,
    r12_equipment,
    r18_mass_declared,
)


def compare(context: Context) -> tuple[Result, ...]:
    """Return the results of every rule, in rule order."""
    return tuple(result for rule in RULES for result in rule(context))
