"""JSON-LD: every case file breaks what it says; every rule has a case."""

import pytest

from syndicate.formats.json_ld import rules, value_rules
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("json_ld")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)
    assert check(case.path.read_bytes(), now=NOW).format == "json-ld"


def test_every_rule_of_json_ld_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    stated = {rule.id for one in (rules.rules, value_rules.rules) for rule in one.rules}
    assert stated - covered == set()


@pytest.mark.parametrize(
    "data",
    [
        b'{"@context": "https://schema.org", "@type": "Organization", "name": "Post"}',
        b'{"@type": "DataFeed"}',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": []}',
        b"[1, 2]",
        b"[]",
        b"7",
        b"<NewsArticle/>",
    ],
)
def test_what_speaks_of_no_article_is_something_else(data: bytes) -> None:
    assert check(data, now=NOW, as_format="json-ld").format is None


def test_a_list_and_deep_nesting_are_looked_at() -> None:
    one = b'{"@type": "NewsArticle", "headline": "A", "url": "https://a.example/", "datePublished": "2026-03-01"}'
    findings = check(b"[\n" + one + b",\n" + one + b"]", now=NOW).findings
    assert [(each.rule.id, each.place.line) for each in findings if "context" in each.rule.id] == [
        ("json-ld.context.missing", 2),
        ("json-ld.context.missing", 3),
    ]
    deep = b'{"@context": "https://schema.org", "@graph": ' * 40 + one + b"}" * 40
    assert check(deep, now=NOW, as_format="json-ld").format is None
