"""All kinds of values in one place: their rules, for the formats that use them."""

from syndicate.markup import structure, value_addresses, value_atom, value_dates, value_html, values
from syndicate.markup.rules import RuleSet

SETS: tuple[RuleSet, ...] = (
    values.rules,
    value_dates.rules,
    value_addresses.rules,
    value_atom.rules,
    value_html.rules,
    structure.foreign_rules,
)
