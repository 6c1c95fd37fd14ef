"""The gate: an error inside an article costs that article, one outside holds the document."""

from syndicate.model.finding import Finding, Place, Rule, Severity
from syndicate.publish.gates import judge, spans_of


def finding(line: int | None, severity: Severity = Severity.ERROR) -> Finding:
    rule = Rule(id="x.y.z", severity=severity, formats=("rss",), summary="s", spec="s")
    return Finding(rule=rule, message="m", place=Place(line=line))


SPANS = spans_of(("a", "b"), b"<rss>\n<channel>\n", (b"<item/>\n", b"<item>\n</item>\n"))


def test_spans_cover_the_fragments_lines() -> None:
    assert [(span.guid, span.first, span.last) for span in SPANS] == [("a", 3, 3), ("b", 4, 5)]


def test_errors_in_articles_leave_them_out() -> None:
    verdict = judge([finding(3), finding(5), finding(4)], SPANS)
    assert set(verdict.left_out) == {"a", "b"}
    assert len(verdict.left_out["b"]) == 2
    assert not verdict.held


def test_errors_outside_hold_the_document() -> None:
    assert len(judge([finding(1), finding(None), finding(6)], SPANS).held) == 3


def test_warnings_stop_nothing() -> None:
    assert judge([finding(3, Severity.WARNING), finding(1, Severity.INFO)], SPANS).is_good
