"""Atom: every case file breaks what it says; every rule has a case."""

import pytest

from syndicate.formats.atom import drawings, extensions, links, publishing, rules, texts, value_rules
from syndicate.markup import value_atom
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("atom")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_of_atom_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    modules = (rules, texts, drawings, links, publishing, extensions, value_rules, value_atom)
    sets = [module.rules for module in modules]
    assert {rule.id for one in sets for rule in one.rules} - covered == set()
