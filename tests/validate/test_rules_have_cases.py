"""Rules that RSS and Atom share have cases in the folder of either."""

from syndicate.formats.rss import rules as rss_rules
from syndicate.markup.xml_rules import rules as xml_rules
from syndicate.validate.run import check
from tests.conftest import NOW
from tests.formats.case import cases

# An encoding cannot be stated below the comment that says what to expect.
ELSEWHERE = {"itunes.encoding.not-utf8"}


def test_a_podcast_in_another_encoding() -> None:
    head = b'<?xml version="1.0" encoding="iso-8859-1"?>\n'
    podcast = next(case for case in cases("rss") if case.path.stem == "good_podcast").path.read_bytes()
    assert "itunes.encoding.not-utf8" in {finding.rule.id for finding in check(head + podcast, now=NOW).findings}


def test_every_shared_rule_has_a_case() -> None:
    covered = {
        rule for name in ("rss", "atom", "opml", "opensearch") for case in cases(name) for rule, _ in case.expected
    }
    stated = {rule.id for rule in rss_rules.RULES} - {rule.id for rule in xml_rules.rules}
    assert stated - covered == ELSEWHERE
