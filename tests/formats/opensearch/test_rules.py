"""OpenSearch descriptions: every case file breaks what it says; every rule has a case."""

import pytest

from syndicate.formats.opensearch import rules
from syndicate.markup.namespaces import opensearch as values
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("opensearch")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_of_opensearch_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    assert {rule.id for one in (rules.rules, values.rules) for rule in one.rules} - covered == set()
