"""RSS 1.0 and 0.90 to drafts."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from syndicate.errors import InputError
from syndicate.formats import base as formats
from syndicate.model.body import Paragraph
from syndicate.model.subject import Subject
from tests.formats.back import READING
from tests.formats.rss_1_0.feed_reading import draft

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:taxo="http://purl.org/rss/1.0/modules/taxonomy/">
<channel rdf:about="https://harbour.example/"><title>Town</title><dc:language>de</dc:language></channel>
"""


def test_a_whole_item() -> None:
    found = draft(
        "rss-1-0",
        f"""{HEAD}<item rdf:about="https://harbour.example/17"><title>Ferry &amp;amp; crane</title>
        <link>https://harbour.example/ferry</link><description>Short</description>
        <content:encoded>&lt;p>Long&lt;/p></content:encoded><dc:date>2026-03-02T09:30+01:00</dc:date>
        <dc:subject>town</dc:subject><dc:subject><taxo:topic rdf:resource="http://x.example/cv/17"/></dc:subject>
        <dc:subject><b>odd</b></dc:subject></item></rdf:RDF>""",
    )
    article = found.article
    assert (article.guid, article.url) == ("https://harbour.example/17", "https://harbour.example/ferry")
    assert (article.headline, article.abstract, article.language) == ("Ferry & crane", "Short", "de")
    assert article.body == (Paragraph(html="Long"),)
    assert article.published == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert (article.sections, article.keywords) == (("town",), ("odd",))
    assert article.subjects == (Subject(scheme="http://x.example/cv/", code="17"),)


def test_a_description_of_markup() -> None:
    found = draft(
        "rss-1-0",
        f"""{HEAD}<item rdf:about="https://harbour.example/17"><title>x</title>
        <description rdf:parseType="Literal"><p xmlns="http://www.w3.org/1999/xhtml">a <b>b</b></p></description>
        </item></rdf:RDF>""",
    )
    assert found.article.body == (Paragraph(html="a <strong>b</strong>"),)
    assert found.article.url == "https://harbour.example/17"


def test_rss_0_90() -> None:
    found = draft(
        "rss-1-0",
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>x</title><link>http://old.example/</link>
        </channel><item><title>Old</title><link>http://old.example/1</link></item></rdf:RDF>""",
    )
    assert (found.article.headline, found.identity) == ("Old", "http://old.example/1")


def test_other_documents() -> None:
    other = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert not formats.reader("rss-1-0").detect(other, "x.rdf")
    with pytest.raises(InputError, match="a channel of RSS in it is wanted"):
        list(formats.reader("rss-1-0").read(BytesIO(other), "x.rdf", READING))
