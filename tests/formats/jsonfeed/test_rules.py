"""JSON Feed: every case file breaks what it says; every rule has a case; bytes that are no JSON are told apart."""

import json

import pytest

from syndicate.formats.jsonfeed import names, rules, value_rules
from syndicate.markup import json_nodes, json_rules
from syndicate.markup.json_nodes import parse_json
from syndicate.model.finding import Severity
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("jsonfeed")
FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://a.example/",'
    b' "feed_url": "https://a.example/feed.json", "items": []}'
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_of_json_feed_has_a_case() -> None:
    covered = {rule for case in CASES for rule, _ in case.expected}
    stated = {rule.id for one in (rules.rules, value_rules.rules) for rule in one.rules}
    assert stated - covered == set()


# The columns of the title's name and value.
NAME, TITLE = FEED.index(b'"title"') + 1, FEED.index(b'"T"') + 1


@pytest.mark.parametrize(
    ("data", "kind", "line", "column"),
    [
        (b"\xef\xbb\xbf" + FEED, "byte-order-mark", 1, 1),
        (FEED.replace(b"T", b"\xe4"), "undecodable", 1, TITLE + 1),
        (FEED + b" x", "not-json", 1, len(FEED) + 2),
        (FEED[:-1], "not-json", 1, len(FEED)),
        (FEED[:-2] + b"1,]}", "not-json", 1, len(FEED) + 1),
        (FEED.replace(b'"T"', b'"T\n"'), "not-json", 1, TITLE),
        (FEED.replace(b'"T"', b'"\\x"'), "not-json", 1, TITLE),
        (FEED.replace(b'"T"', b"01"), "not-json", 1, TITLE + 1),
        (FEED.replace(b'"T"', b"tru"), "not-json", 1, TITLE),
        (FEED.replace(b'"T"', b"'T'"), "not-json", 1, TITLE),
        (FEED.replace(b'"title"', b"title"), "not-json", 1, NAME),
        (FEED.replace(b'"title":', b'"title"'), "not-json", 1, TITLE - 1),
        (b"[" * (json_nodes.MAX_DEPTH + 1), "too-deep", 1, json_nodes.MAX_DEPTH + 2),
        (b"{", "not-json", 1, 2),
        (b'[1, 2,]', "not-json", 1, 7),
        (b'{"a": 1 "b": 2}', "not-json", 1, 9),
    ],
)  # fmt: skip
def test_what_is_no_json_is_told_with_its_place(data: bytes, kind: str, line: int, column: int) -> None:
    found = [one for one in check(data, now=NOW).findings if one.rule is json_rules.BY_KIND[kind]]
    assert [(one.place.line, one.place.column) for one in found] == [(line, column)]


def test_more_than_is_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_nodes, "MAX_COUNT", 3)
    assert [one.rule.id for one in check(FEED, now=NOW, as_format="jsonfeed").findings][-1] == (
        "json.document.too-many-values"
    )
    monkeypatch.setattr(json_nodes, "MAX_BYTES", 3)
    assert "json.document.too-large" in [one.rule.id for one in check(FEED, now=NOW, as_format="jsonfeed").findings]


def test_json_that_is_no_feed_is_of_no_known_format() -> None:
    for data in (b'{"a": 1}', b"[]", b'["version"]', b'{"version": "2"}'):
        report = check(data, now=NOW)
        assert (report.format, [one.rule.id for one in report.findings]) == (None, ["document.format.unknown"])


def test_a_feed_of_another_kind_is_not_taken_for_json_feed() -> None:
    assert check(b"<rss version='2.0'/>", now=NOW, as_format="jsonfeed").format is None


def test_places_far_inside_are_right() -> None:
    items = b",\n".join(b'{"id": "%d", "content_text": "\xc3\xa4 %s", "d": 1}' % (i, b"x" * 900) for i in range(300))
    data = FEED[:-2] + b"\n" + items + b"]}"
    places = [(one.place.line, one.place.column) for one in check(data, now=NOW).findings if "unknown" in one.rule.id]
    assert places == [(i + 2, len(b'{"id": "%d", "content_text": "  %s"' % (i, b"x" * 900)) + 3) for i in range(300)]


@pytest.mark.parametrize("name", ["foo", "{_}foo", "{x", "{http://www.w3.org/2005/Atom}link", "", "the document", "[]"])
def test_a_name_that_nobody_has_defined_is_told(name: str) -> None:
    data = json.dumps({"version": names.VERSION_1_1, "title": "T", name: 1, "items": []}).encode()
    (found,) = [one for one in check(data, now=NOW).findings if one.severity is Severity.ERROR]
    assert (found.rule.id, found.message) == ("jsonfeed.member.unknown", f"the document has no member {name!r}")


def test_many_findings_in_one_line_take_no_longer_each() -> None:
    def steps(count: int) -> int:
        data = FEED[:-2] + b",".join([b"1"] * count) + b"]}"
        source = parse_json(data).root
        assert source is not None
        marks = source.source
        assert marks is not None
        places = [node.place(node.at) for node in source.iter()]
        assert places[-1] == (1, len(data) - 2)
        return len(marks._marks)

    assert steps(40_000) > 4
