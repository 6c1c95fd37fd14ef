"""ninjs: every case file breaks what it says; every rule has a case; verdicts are those of the official schemas."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.formats.ninjs import rules, value_rules
from syndicate.markup.json_nodes import parse_json
from syndicate.validate.run import Report, check
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("ninjs")
_EXPECT = re.compile(rb'"_expect": "[^"]*",?')


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cases without what they expect, since ninjs allows no members of one's own; places stay the same."""
    folder = tmp_path_factory.mktemp("cases")
    for case in CASES:
        (folder / case.path.name).write_bytes(
            _EXPECT.sub(lambda found: b" " * len(found[0]), case.path.read_bytes(), count=1)
        )
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case, bare: Path) -> None:
    assert is_as_expected(replace(case, path=bare / case.path.name))


def test_every_rule_of_ninjs_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    stated = {rule.id for one in (rules.rules, value_rules.rules) for rule in one.rules}
    assert stated - covered == set()


def report(text: str) -> Report:
    return check(text.encode(), now=NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"uri": "tag:a.example,2020:1"}', "ninjs-3.x"),
        ('{"uri": "tag:a.example,2020:1", "headline": "T", "byline": "A"}', "ninjs-1.x"),
        ('{"uri": "tag:a.example,2020:1", "associations": {}}', "ninjs-1.x"),
        ('{"uri": "tag:a.example,2020:1", "pubstatus": "usable", "headlines": []}', "ninjs-2.x"),
        ('{"uri": "tag:a.example,2020:1", "pubStatus": "usable"}', "ninjs-3.x"),
        ('{"uri": "tag:a.example,2020:1", "representationtype": "complete"}', "ninjs-1.x"),
        ('{"guid": "1", "versioncreated": "2026-03-02T08:30:00Z", "headline": "T"}', "ninjs-1.x"),
        ('{"$standard": {"name": "ninjs"}, "uri": "a:b"}', "ninjs-1.x"),
        ('{"standard": {"name": "ninjs"}, "uri": "a:b"}', "ninjs-3.x"),
        ('{"standard": {"name": "NINJS of ours", "version": "2.1"}, "uri": "a:b"}', "ninjs-2.x"),
        ('{"standard": {"name": "other", "version": "2.1"}, "uri": "a:b", "bodies": []}', "ninjs-3.x"),
        ('{"pubstatus": "usable", "versioncreated": "2026-03-02T08:30:00Z"}', "ninjs-2.x"),
        ('{"guid": "tag:a.example,2020:1", "headline": "T", "status": "usable"}', None),
        ('{"uri": "a:b", "x": 1, "y": 2, "z": 3}', None),
        ('{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": []}', "jsonfeed-1.1"),
        ('[{"uri": "a:b"}]', None),
        ("[]", None),
        ("{}", None),
    ],
)
def test_the_version_is_known_by_what_stands_there(text: str, expected: str | None) -> None:
    assert report(text).format == expected


def test_a_message_names_what_was_meant() -> None:
    text = '{"standard": {"name": "ninjs", "version": "3.1"}, "guid": "x", "pubstatus": "usable", "own": 1}'
    said = [finding.message for finding in report(text).findings]
    assert "the item has no uri: give the item its permanent name" in said
    assert "the item has no property 'guid': write uri" in said
    assert "the item has no property 'pubstatus': write pubStatus" in said
    assert "the item has no property 'own'; no name of one's own is allowed" in said


@pytest.mark.parametrize("text", ['{"uri": "a:b", "pubStatus": ', '{"uri": "a:b", "associations": [' * 60, "\ufeff{}"])
def test_broken_documents_are_looked_at_as_far_as_they_go(text: str) -> None:
    assert not report(text).valid


def test_a_document_without_a_value_breaks_no_rule_of_ours() -> None:
    assert list(rules.check(parse_json(b""), b"", "ninjs-3.x", NOW)) == []
    assert rules.dialect(parse_json(b"")) is None
