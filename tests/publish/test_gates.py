"""The gate: an error inside an article costs that article, one outside holds the document."""

from syndicate.model.finding import Finding, Rule, Severity
from syndicate.publish.gates import judge


def finding(severity: Severity = Severity.ERROR) -> Finding:
    rule = Rule(id="x.y.z", severity=severity, formats=("rss",), summary="s", spec="s")
    return Finding(rule=rule, message="m")


def test_errors_in_articles_leave_them_out() -> None:
    verdict = judge([("a", [finding()]), ("b", []), ("c", [finding(), finding()])], [])
    assert verdict.left_out == ("a", "c")
    assert not verdict.is_held


def test_errors_outside_hold_the_document() -> None:
    assert judge([("a", [])], [finding()]).is_held


def test_a_document_whose_every_article_is_faulty_is_held() -> None:
    assert judge([("a", [finding()])], []).is_held
    assert not judge([], []).is_held


def test_warnings_stop_nothing() -> None:
    verdict = judge([("a", [finding(Severity.WARNING)])], [finding(Severity.INFO)])
    assert verdict.left_out == ()
    assert not verdict.is_held
