"""Kinds of values: what is good, what is not, and which rule it breaks."""

import pytest

from syndicate.formats.atom.value_rules import flaw_of_form
from syndicate.markup import structure, values
from syndicate.markup import value_addresses as addresses
from syndicate.markup import value_dates as dates
from syndicate.markup import value_html as html
from syndicate.markup.encoding import ODD, has_odd
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.namespaces.known import IN_RSS
from syndicate.markup.places import parse_places
from syndicate.markup.rules import RuleSet, Run
from syndicate.markup.structure import Child, Element, Kind, Value, is_by_text_alone, structure_rules
from syndicate.markup.value_styles import flaw_of_style
from syndicate.markup.walk import Grammar, Walk
from syndicate.markup.xml import Node, Scope
from tests.conftest import NOW


def broken(kind: Kind, text: str, attribute: str | None = None) -> list[str]:
    """The ids of the rules that the text breaks; the quick test of the kind proves no such text good."""
    value = Value(text, Node("a", "a", {}, None, 0, Scope({})), attribute)
    found = [rule.id for rule, _ in kind(value, Run(now=NOW, dialect="rss-2.0"))]
    proves = structure.test_of(kind)
    assert not found or proves is None or not proves(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 02 Mar 2026 08:30:00 GMT",
        "02 Mar 2026 08:30 +0545",
        "2 Mar 2026 08:30:00 -0800",
        "Sat, 31 Dec 2016 23:59:60 GMT",
        "Thu, 29 Feb 2024 08:30:00 EST",
        "15 Apr 1912 02:20:00 GMT",
    ],
)
def test_good_rfc_822_dates(text: str) -> None:
    assert broken(dates.rfc822, text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "rss.date.invalid"),
        ("2 March 2026 08:30:00 GMT", "rss.date.invalid"),
        ("30 Feb 2026 08:30:00 GMT", "rss.date.invalid"),
        ("02 Mar 2026 24:00:00 GMT", "rss.date.invalid"),
        ("02 Mar 2026 08:60:00 GMT", "rss.date.invalid"),
        ("02 Mar 2026 08:30:00", "rss.date.invalid"),
        ("02 Mar 2026 08:30:00 CET", "rss.date.invalid"),
        ("02 Mar 2026 08:30:00 +2560", "rss.date.invalid"),
        ("Xyz, 02 Mar 2026 08:30:00 GMT", "rss.date.invalid"),
        ("Sun, 02 Mar 2026 08:30:00 GMT", "rss.date.weekday"),
        ("mon, 02 mar 2026 08:30:00 gmt", "rss.date.risky"),
        ("02 Mar 2026 08:30:00 A", "rss.date.risky"),
        ("Mon (dull), 02 Mar 2026 08:30:00 GMT", "rss.date.risky"),
        ("02 Mar 2026 08:30:00 +0107", "rss.date.risky"),
        ("06 Mar 2026 08:30:00 GMT", "value.date.future"),
        ("31 Dec 9999 23:59:59 -2300", "value.date.future"),
    ],
)
def test_bad_rfc_822_dates(text: str, rule: str) -> None:
    assert rule in broken(dates.rfc822, text)


@pytest.mark.parametrize(
    ("kind", "text", "rules"),
    [
        (dates.rfc3339, "2026-03-02T08:30:00Z", []),
        (dates.rfc3339, "2026-03-02T08:30:00.123456789+05:45", []),
        (dates.rfc3339, "0001-01-01T00:00:00+14:00", ["value.date.ancient"]),
        (dates.rfc3339, "0000-02-29T00:00:00Z", ["value.date.ancient"]),
        (dates.rfc3339, "2016-12-31T23:59:60Z", []),
        (dates.rfc3339, "2017-01-01T05:44:60+05:45", []),
        (dates.rfc3339, "2016-12-31T12:00:60Z", ["atom.date.invalid"]),
        (dates.rfc3339, "2016-12-30T23:59:60Z", ["atom.date.invalid"]),
        (dates.rfc3339, "2026-03-02T08:60:00Z", ["atom.date.invalid"]),
        (dates.rfc3339, "2026-03-02t08:30:00z", ["atom.date.invalid"]),
        (dates.rfc3339, "2026-03-02T08:30Z", ["atom.date.invalid"]),
        (dates.rfc3339, "2026-03-02", ["atom.date.invalid"]),
        (dates.rfc3339, "2026-00-02T08:30:00Z", ["atom.date.invalid"]),
        (dates.rfc3339, "2026-03-02T08:30:00+24:00", ["atom.date.invalid"]),
        (dates.rfc3339, "\n2026-03-02T08:30:00Z", ["atom.text.white-space"]),
        (dates.w3cdtf, "2026", []),
        (dates.w3cdtf, "2026-03-02T08:30Z", []),
        (dates.w3cdtf, "2026-03-02T08:30", ["value.date.w3cdtf"]),
        (dates.w3cdtf, "2026-13", ["value.date.w3cdtf"]),
        (dates.iso8601, "2026-03-02T08:30:00", []),
        (dates.iso8601, "08:30", ["value.date.iso8601"]),
    ],
)
def test_other_dates(kind: Kind, text: str, rules: list[str]) -> None:
    assert broken(kind, text) == rules


def test_a_moment_in_a_text() -> None:
    found = dates.parsed(" 2026-03-04T14:00:00+02:00 ")
    assert found == NOW
    assert dates.parsed("2026-03-04") is None


@pytest.mark.parametrize(
    ("kind", "text", "rules"),
    [
        (addresses.uri, "", []),
        (addresses.uri, "../a/b?c=d:e#f", []),
        (addresses.uri, "//cdn.harbour.example/a", []),
        (addresses.uri, "mailto:ada@harbour.example", []),
        (addresses.uri, "http://user@harbour.example:8080/a_b/~c?d=[1]", []),
        (addresses.uri, "http://[2001:db8::1]/", []),
        (addresses.uri, "http:/harbour.example", ["value.uri.invalid"]),
        (addresses.uri, "mailto:", ["value.uri.invalid"]),
        (addresses.uri, "1:2", ["value.uri.invalid"]),
        (addresses.uri, "http://harbour.example/<a>", ["value.uri.character"]),
        (addresses.uri, "http://harbour.example/a\\b", ["value.uri.character"]),
        (addresses.uri, "http://härbour.example/", ["value.uri.not-ascii"]),
        (addresses.uri, "https://harbour.example:\u0663", ["value.uri.not-ascii"]),
        (addresses.uri, "javascript:alert(1)", ["value.uri.scheme"]),
        (addresses.full_uri, "", ["value.uri.relative"]),
        (addresses.full_uri, "www.harbour.example", ["value.uri.relative"]),
        (addresses.full_uri, "https://", ["value.uri.relative"]),
        (addresses.full_uri, "tel:", ["value.uri.relative"]),
        (addresses.iri, "http://härbour.example/fähre", []),
        (addresses.iri, "http://harbour.example/\x86a", ["value.iri.invalid"]),
        (
            addresses.web,
            "https://harbour.example:\u0663",
            ["value.uri.not-ascii", "value.url.not-web"],
        ),
        (addresses.web, "https://harbour.example", []),
        (addresses.web, "ftp://harbour.example/a", []),
        (addresses.web, "mailto:ada@harbour.example", ["value.url.not-web"]),
        (addresses.web, "http:///a", ["value.url.not-web"]),
    ],
)
def test_addresses(kind: Kind, text: str, rules: list[str]) -> None:
    assert broken(kind, text) == rules


@pytest.mark.parametrize(
    "text",
    [
        "tag:harbour.example,2019:story:17",
        "tag:ada@harbour.example,2019-03:a/b?c#d",
        "tag:harbour.example,2019-03-02:",
        "tag:Harbour.example,2019:17",
        "urn:example:a?+res?=q/x?y#part",
        "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "URN:ISBN:0451450523",
        "urn:newsml:harbour.example:20260302:17:1",
        "urn:example:a/b?=c#d",
    ],
)
def test_good_names(text: str) -> None:
    assert broken(addresses.full_uri, text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("tag:harbour.example:17", "value.tag.invalid"),
        ("tag:harbour..example,2019:17", "value.tag.invalid"),
        ("tag:harbour-.example,2019:17", "value.tag.invalid"),
        ("tag:harbour.example,2019-02-30:17", "value.tag.invalid"),
        ("tag:harbour.example,19:17", "value.tag.invalid"),
        ("tag:harbour.example,2019:a b", "value.tag.invalid"),
        ("TAG:harbour.example,2019:17", "value.tag.invalid"),
        ("urn:isbn", "value.urn.invalid"),
        ("urn:-a:b", "value.urn.invalid"),
        ("urn:isbn:%4", "value.urn.invalid"),
        ("urn:uuid:6ba7b810", "value.urn.uuid"),
    ],
)
def test_bad_names(text: str, rule: str) -> None:
    assert broken(addresses.full_uri, text) == [rule]


@pytest.mark.parametrize(
    ("address", "is_normal"),
    [
        ("https://harbour.example/", True),
        ("https://harbour.example/%C3%87?a=%2F#", True),
        ("tag:harbour.example,2019:A", True),
        ("urn:uuid:6BA7B810", True),
        ("HTTP://harbour.example/", False),
        ("http://Harbour.example/", False),
        ("http://harbour.example:80/", False),
        ("http://harbour.example:/", False),
        ("http://harbour.example", False),
        ("http://harbour.example/a/../b", False),
        ("http://harbour.example/%c3%87", False),
        ("http://harbour.example/%7Eada", False),
        ("http://harbour.example:x/", True),
        ("http://harbour.example/%zz", False),
    ],
)
def test_normal_form(address: str, is_normal: bool) -> None:
    assert (flaw_of_form(address) is None) is is_normal


@pytest.mark.parametrize(
    "tag",
    ["en", "en-GB", "zh-Hant-TW", "de-CH-1996", "sl-rozaj-biske", "x-harbour", "i-klingon", "es-419", "haw"],
)
def test_good_languages(tag: str) -> None:
    assert flaw_of_tag(tag) is None


@pytest.mark.parametrize("tag", ["", "xx", "english", "en_GB", "en-", "en-99-bogus!", "e", "en-GB-" + "a" * 100])
def test_bad_languages(tag: str) -> None:
    assert flaw_of_tag(tag) is not None


@pytest.mark.parametrize(
    ("kind", "text", "rules"),
    [
        (values.integer, "-4", []),
        (values.integer, "+4", []),
        (values.integer, "4.0", ["value.number.integer"]),
        (values.integer, "\u0664", ["value.number.integer"]),
        (values.non_negative, "0", []),
        (values.non_negative, "9" * 40, ["value.number.too-large"]),
        (values.positive, "0", ["value.number.positive"]),
        (values.decimal, "-.5", []),
        (values.decimal, "1e5", ["value.number.decimal"]),
        (values.true_false, "True", ["value.word.true-false"]),
        (values.media_type, 'text/html; charset="utf-8"', []),
        (values.media_type, "text", ["value.media-type.invalid"]),
        (values.media_type, "text/html;", ["value.media-type.invalid"]),
        (values.mail, "ada.holm+desk@harbour.example", []),
        (values.mail, "ada@localhost", []),
        (values.mail, "ada@[192.0.2.1]", []),
        (values.mail, "ada@[IPv6:2001:db8::1]", []),
        (values.mail, '"ada holm"@harbour.example', []),
        (values.mail, 'ada "holm"@harbour.example', ["value.mail.address"]),
        (addresses.full_iri, "https://[2001:db8::1]:8080/a%20b", []),
        (addresses.full_iri, "https://[2001:db8::1::2]/", ["value.uri.relative"]),
        (addresses.full_iri, "https://harbour.example/100%", ["value.uri.invalid"]),
        (addresses.uri, "https://harbour.example/?a=%zz", ["value.uri.invalid"]),
        (addresses.full_iri, "did:web:harbour.example", []),
        (addresses.full_iri, "ms-settings:display", []),
        (values.mail, "ada@-harbour.example", ["value.mail.address"]),
        (values.mail, "ada..holm@harbour.example", ["value.mail.address"]),
        (values.mail, "ada@" + "a" * 300, ["value.mail.address"]),
        (values.language, "en-UK", ["value.language.region"]),
        (values.language, "sr-Latn-XK", []),
        (values.language, "en-a-bbb-a-ccc", ["value.language.invalid"]),
        (values.xml_language, "", []),
        (values.language, "", ["value.language.invalid"]),
        (values.filled, " ", ["value.text.empty"]),
        (values.at_most(3), "abcd", ["value.text.too-long"]),
    ],
)
def test_numbers_words_and_mails(kind: Kind, text: str, rules: list[str]) -> None:
    assert broken(kind, text) == rules


def test_odd_characters_are_the_same_ones_as_bytes() -> None:
    characters = map(chr, [*range(0xD800), *range(0xE000, 0x11000)])
    odd = [one for one in characters if ODD.search(one) or has_odd(one.encode())]
    assert len(odd) == 32
    assert all(ODD.search(one) and has_odd(one.encode()) for one in odd)


def test_an_empty_attribute_has_a_rule_of_its_own() -> None:
    assert broken(values.filled, "", "title") == ["value.attribute.empty"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("2 < 4 and 5 > 3", []),
        ("Fish & chips", []),
        ("a<b>c", ["value.text.markup"]),
        ("a <br/> b", ["value.text.markup"]),
        ("</nobody>", []),
        ("&amp;", ["value.text.entity"]),
        ("&#8217;", ["value.text.entity"]),
        ("&nosuch;", []),
        ("alpha&omega", ["value.text.entity-like"]),
    ],
)
def test_plain_text(text: str, rules: list[str]) -> None:
    assert broken(html.plain, text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("no markup", []),
        ('<p class="a">a<br>b <my-player x=1></my-player><!-- c --></p>', []),
        ('<a href="#note" title="a > b">1</a>', []),
        ('<a href="https://harbour.example/" style="color: #fff">1</a>', []),
        ("2 < 4", []),
        ("<p", ["html.markup.broken"]),
        ("<!-- a", ["html.markup.broken"]),
        ("&#146;", ["html.markup.broken"]),
        ("<ferry/>", ["html.markup.broken"]),
        ('<?import namespace="a">', ["html.element.unsafe"]),
        ("<SCRIPT></SCRIPT>", ["html.element.unsafe"]),
        ("<b>a", ["html.markup.unbalanced"]),
        ("a</b>", ["html.markup.unbalanced"]),
        ("<b><i>a</b></i> <i>", ["html.markup.unbalanced"]),
        ("<div><p>a<div>b</p></div>", ["html.markup.unbalanced"]),
        ("<my-player>a", ["html.markup.unbalanced"]),
        ("<ul><li>a<li>b</ul><p>c<p>d", []),
        ("<table><tr><td>a<td>b<tr><td>c</table>", []),
        ("<B>a</b><br></br><hr>", []),
        ("<svg><path d='M0'/><g><text>a</text></g></svg><math><mi>x</mi></math>", []),
        ("<svg></svg><path d='M0'/>", ["html.markup.broken"]),
        ("<svg><g></svg>", ["html.markup.unbalanced"]),
        ("<!-- <b> -->a", []),
        ("<p><ul><li>a</li></ul></p></p>", []),
        (f"{'a' * 256 * 1024}<b>", []),
        ("<img src=x.png onerror=alert(1)>", ["html.address.relative", "html.attribute.event"]),
        ('<a href="java\tscript:alert(1)">1</a>', ["html.attribute.script"]),
        ("<iframe src='https://video.example/1'></iframe>", ["html.element.embed"]),
        ('<img src="/a.png"><img src="/a.png">', ["html.address.relative"]),
    ],
)
def test_html(text: str, rules: list[str]) -> None:
    assert broken(html.html_without_base, text) == rules


@pytest.mark.parametrize("kind", [values.both(html.html_without_base, values.at_most(99)),
                                  values.unless_empty(html.html_without_base), html.html_without_base])  # fmt: skip
def test_what_is_good_in_one_place_is_looked_at_in_another(kind: Kind) -> None:
    picture = "&lt;img src=&quot;/a.png&quot;&gt;"
    data = f'<a><b xml:base="https://harbour.example/">{picture}</b><b>{picture}</b></a>'
    root = parse_places(data.encode()).root
    assert root is not None
    shape = Element(name="a", children=(Child(Element(name="b", text=kind, open=True), most=None),))
    rules = RuleSet("test")
    grammar = Grammar(rules=rules, own=structure_rules(rules, "test", "none"), namespace="", vocabularies=IN_RSS)
    found = Walk(grammar, Run(now=NOW, dialect="test")).check(root, shape)
    assert [(one.rule.id, one.place.column) for one in found] == [("html.address.relative", data.rindex("<b>") + 1)]


def test_kinds_that_look_at_the_text_alone() -> None:
    assert is_by_text_alone(values.both(html.plain, values.at_most(9)))
    assert is_by_text_alone(values.unless_empty(values.positive))
    assert not is_by_text_alone(values.both(html.html_without_base, values.filled))
    assert not is_by_text_alone(dates.rfc3339)


def test_relative_addresses_have_a_base_in_atom() -> None:
    assert broken(html.html, '<img src="/a.png">') == []


@pytest.mark.parametrize(
    "style", ["", "color: red; FONT-WEIGHT: bold;", "background: #fff", "margin: 0 auto !important"]
)
def test_harmless_styles(style: str) -> None:
    assert flaw_of_style(style) is None


@pytest.mark.parametrize(
    "style",
    [
        "position: absolute",
        "background: url(a.png)",
        "width: expression(1)",
        "color",
        "mso-list: l0",
        "color: \\72",
        "a" * 5000,
    ],
)
def test_dangerous_styles(style: str) -> None:
    assert flaw_of_style(style) is not None
