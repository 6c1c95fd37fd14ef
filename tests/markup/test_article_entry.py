"""Which fields of an article go where in an entry."""

from dataclasses import replace

import pytest

from syndicate.markup.article_entry import entry_of, scheme_uri
from syndicate.markup.entry import Category, Name
from syndicate.model.article import Link, Person
from syndicate.model.content import Content
from syndicate.model.subject import Subject
from tests.formats.story import PUBLISHER, STORY


@pytest.mark.parametrize(
    ("scheme", "uri"),
    [
        ("medtop", "http://cv.iptc.org/newscodes/mediatopic/"),
        ("subj", "http://cv.iptc.org/newscodes/subjectcode/"),
        ("places", "tag:harbour.example,2019:scheme:places"),
        ("https://x.example/terms/", "https://x.example/terms/"),
        ("my places", "tag:harbour.example,2019:scheme:my%20places"),
        ("Orte: München", "tag:harbour.example,2019:scheme:Orte:%20M%C3%BCnchen"),
        ("50%", "tag:harbour.example,2019:scheme:50%25"),
    ],
)
def test_scheme_uri(scheme: str, uri: str) -> None:
    assert scheme_uri(scheme, PUBLISHER.tag_authority) == uri


def test_a_category_is_named_once() -> None:
    article = replace(
        STORY, sections=("town",), keywords=("town", "port"), subjects=(Subject(scheme="subj", code="1"),) * 2
    )
    assert entry_of(article, PUBLISHER, Content.FULL).categories == (
        Category(term="town"),
        Category(term="1", scheme="http://cv.iptc.org/newscodes/subjectcode/"),
        Category(term="port"),
    )


@pytest.mark.parametrize(
    ("email", "kept"), [("a@b.example", "a@b.example"), ("555 1234", None), ("@b", None), (None, None)]
)
def test_only_a_mail_address_is_given_as_one(email: str | None, kept: str | None) -> None:
    article = replace(STORY, authors=(Person(name="Ada", email=email),))
    assert entry_of(article, PUBLISHER, Content.FULL).authors == (Name(name="Ada", email=kept),)


def test_a_tie_without_address_is_no_link() -> None:
    article = replace(STORY, links=(Link(rel="previous", guid="tag:x"), Link(rel="seeAlso", url="https://x.example/2")))
    links = entry_of(article, PUBLISHER, Content.HEADLINE).links
    assert [(link.rel, link.href) for link in links[1:]] == [("related", "https://x.example/2")]


def test_the_guid_stands_in_for_an_empty_headline() -> None:
    assert entry_of(replace(STORY, headline=" \n"), PUBLISHER, Content.FULL).title == STORY.guid
