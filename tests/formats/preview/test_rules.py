"""Every case of a page, every rule with a case, and which pages are ours at all."""

import pytest

from syndicate.formats.preview import rules
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.case import Case, cases, is_as_expected

CASES = cases("preview")
GOOD = next(case for case in CASES if case.path.stem == "good").path.read_bytes()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_case(case: Case) -> None:
    assert is_as_expected(case)


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in rules.RULES} - {rule for case in CASES for rule, _ in case.expected} == set()


@pytest.mark.parametrize(
    "other",
    [
        GOOD.replace(b' class="syndicate-preview"', b""),
        GOOD.replace(b"syndicate-preview", b"syndicate-preview-2"),
        GOOD.replace(b"http://www.w3.org/1999/xhtml", b"urn:other"),
        b"<!DOCTYPE html><html><head><title>Any page</title></head><body/></html>",
    ],
)
def test_pages_of_others_are_no_documents_of_ours(other: bytes) -> None:
    report = check(other, now=NOW)
    assert report.format is None
    assert [finding.rule.id for finding in report.findings if finding.severity == "error"] == [
        "document.format.unknown"
    ]


def test_the_encoding_is_declared_as_html_does() -> None:
    assert check(GOOD, now=NOW).findings == ()
    without = check(GOOD.replace(b'<meta charset="utf-8"/>', b""), now=NOW)
    assert [finding.rule.id for finding in without.findings] == ["xml.encoding.missing"]
