"""The cross-checks, one function each; a new one is a function here and a row in `definitions/rules/` for each case."""

from checklists.rules.access import r13_access
from checklists.rules.approval_type import r7_approval_type
from checklists.rules.card import r16_safety_card
from checklists.rules.closures import r19_closures
from checklists.rules.context import Context
from checklists.rules.crosscheck import Result, Rule
from checklists.rules.earlier import r17_held
from checklists.rules.filling import r8_filling
from checklists.rules.freshness import r22_age
from checklists.rules.journey import r14_journey
from checklists.rules.kit import r12_equipment
from checklists.rules.load import r9_mass_limits, r18_mass_declared
from checklists.rules.mixing import r11_segregation
from checklists.rules.orders import r17_orders
from checklists.rules.pairing import r15_pairing
from checklists.rules.papers import r5_papers, r6_tank_inspection
from checklists.rules.people import r3_qualifications, r4_escort
from checklists.rules.scope import r2_scope, r7_tank_goods
from checklists.rules.signs import r10_signs
from checklists.rules.terminal import r20_terminal
from checklists.rules.waybill import r1_waybill

RULES: tuple[Rule, ...] = (
    r1_waybill,
    r2_scope,
    r3_qualifications,
    r4_escort,
    r5_papers,
    r6_tank_inspection,
    r7_tank_goods,
    r7_approval_type,
    r8_filling,
    r9_mass_limits,
    r10_signs,
    r11_segregation,
    r12_equipment,
    r13_access,
    r14_journey,
    r15_pairing,
    r16_safety_card,
    r17_orders,
    r17_held,
    r18_mass_declared,
    r19_closures,
    r20_terminal,
    r22_age,
)
"""In the order of their numbers. R21 asks what was found first: see `past`."""


def compare(context: Context) -> tuple[Result, ...]:
    """Return the results of every rule, in rule order."""
    return tuple(result for rule in RULES for result in rule(context))
