"""Rules that RSS and Atom share have cases in the folder of either; what the parse finds is tried here."""

import pytest

from syndicate.formats.rss import rules as rss_rules
from syndicate.markup import json_nodes, places
from syndicate.markup.json_rules import rules as json_rules
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


# By rule: a document that breaks it. The bounds are set to what these documents are beyond.
_HEAD = b'<?xml version="1.0" encoding="%s"?><rss version="2.0"/>'
PARSED = {
    "xml.document.too-large": b"<rss>" + b" " * 3000,
    "xml.document.too-deep": b"<a>" * 300,
    "xml.document.too-many-elements": b"<a>" + b"<b/>" * 450,
    "xml.document.not-well-formed": b"<rss><a></rss>",
    "xml.document.empty": b" \n",
    "xml.document.compressed": b"\x1f\x8b\x08\0",
    "xml.document.binary": b"%PDF-1.4",
    "xml.declaration.malformed": b'<?xml version="1.0" standalone="no" encoding="utf-8"?><rss/>',
    "xml.declaration.space-before": b'\n<?xml version="1.0"?><rss/>',
    "xml.declaration.version": b'<?xml version="1.1"?><rss/>',
    "xml.encoding.undecodable": b'<?xml version="1.0" encoding="utf-8"?><rss>\xff</rss>',
    "xml.encoding.mismatch": b"\xef\xbb\xbf" + _HEAD % b"iso-8859-1",
    "xml.encoding.unknown": _HEAD % b"no-such-encoding",
    "xml.encoding.charset": b'<?xml version="1.0" encoding="iso-8859-1"?><rss/>',
    "xml.encoding.utf-8": b'<?xml version="1.0" encoding="iso-8859-1"?><rss>\xc3\xa4\xc3\xb6</rss>',
    "xml.encoding.windows": b'<?xml version="1.0" encoding="iso-8859-1"?><rss>\x93</rss>',
    "xml.encoding.obscure": _HEAD % b"cp037",
    "xml.encoding.not-utf": _HEAD % b"iso-8859-1",
    "xml.encoding.missing": b"<rss/>",
    "xml.entity.undefined": b"<rss>&nbsp;</rss>",
    "xml.entity.defined": b'<!DOCTYPE rss [<!ENTITY a "b">]><rss/>',
    "xml.entity.external": b'<!DOCTYPE rss [<!ENTITY a SYSTEM "a.txt">]><rss/>',
    "xml.doctype.external": b'<!DOCTYPE rss SYSTEM "rss.dtd"><rss/>',
    "xml.namespace.unbound": b"<rss><a:b/></rss>",
    "xml.namespace.declaration": b'<rss xmlns:a=""/>',
    "xml.namespace.attribute": b'<rss xmlns:a="urn:a" xmlns:b="urn:a" a:c="" b:c=""/>',
    "xml.namespace.name": b"<rss><a:b:c/></rss>",
    "json.document.too-large": b"{" + b" " * 3000,
    "json.document.too-deep": b"[" * 200,
    "json.document.too-many-values": b"[" + b"1," * 450 + b"1]",
    "json.document.not-well-formed": b'{"a" 1}',
    "json.encoding.undecodable": b'{"a": "\xff"}',
    "json.encoding.byte-order-mark": b'\xef\xbb\xbf{"a": 1}',
    "json.text.surrogate": b'{"a": "\\ud800"}',
}


@pytest.mark.parametrize("rule", PARSED)
def test_what_the_parse_finds(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (places, json_nodes):
        monkeypatch.setattr(module, "MAX_BYTES", 2000)
        monkeypatch.setattr(module, "MAX_COUNT", 400)
    charset = "utf-8" if rule == "xml.encoding.charset" else None
    assert rule in {finding.rule.id for finding in check(PARSED[rule], now=NOW, charset=charset).findings}


def test_every_rule_of_the_parse_has_a_document() -> None:
    assert {rule.id for one in (xml_rules, json_rules) for rule in one.rules} == set(PARSED)
