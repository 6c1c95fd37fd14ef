"""RSS: every case file breaks what it says; every rule has a case."""

import pytest

from syndicate.formats.rss import rules, semantics, value_rules
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("rss")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_of_rss_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    stated = {rule.id for one in (rules.rules, semantics.rules, value_rules.rules) for rule in one.rules}
    assert stated - covered == set()
