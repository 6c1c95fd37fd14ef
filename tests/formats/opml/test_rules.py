"""OPML: every case file breaks what it says; every rule has a case; our own list breaks none."""

from dataclasses import replace

import pytest
from lxml import etree

from syndicate.formats.opml import outline, rules, value_rules
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("opml")
TOWN = outline.Outline(
    title="Town & sea",
    description="What happens in town",
    xml_url="https://harbour.example/feeds/town/rss.xml",
    html_url="https://harbour.example/town",
    language="en-GB",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_of_opml_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    assert {rule.id for one in (rules.rules, value_rules.rules) for rule in one.rules} - covered == set()


def test_our_own_list_of_feeds() -> None:
    assert check(outline.document("Harbour Post", [TOWN]), now=NOW).findings == ()


def test_line_ends_in_our_own_list_survive_parsing() -> None:
    text = "Town\r\n\tand \rsea\n"
    root = etree.fromstring(outline.document(text, [replace(TOWN, title=text)]))
    assert [root.findtext("head/title"), *root.xpath("body/outline/@title")] == [text, text]
