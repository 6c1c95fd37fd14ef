"""What feeds say that they keep of an article, they keep."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from syndicate.formats import base as formats
from syndicate.markup.media_choice import files
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Status
from tests.formats.back import imported
from tests.formats.rss_1_0.feed_reading import draft, is_sure_of_its_abstract, kept, written
from tests.strategies import addresses, articles

FEEDS = ("rss", "atom", "jsonfeed", "rss-1-0")


@pytest.mark.parametrize("name", FEEDS)
@given(article=articles(status=Status.USABLE), url=addresses)
@settings(max_examples=12)
def test_what_is_kept_comes_back(name: str, article: Article, url: str) -> None:
    article = imported(article)
    if formats.omits(name) is not None and article.url is None:
        article = imported(replace(article, url=url))
    found = draft(name, written(name, article))
    assert found.lost in ((), ("category@domain",))
    for field in sorted(formats.keeps(name)):
        if field != "abstract" or is_sure_of_its_abstract(article):
            assert kept(found.article, field) == kept(article, field), field


@pytest.mark.parametrize("name", FEEDS)
@given(article=articles(status=Status.USABLE, url="https://harbour.example/17"))
@settings(max_examples=8)
def test_what_is_not_kept_whole_is_there(name: str, article: Article) -> None:
    """Names of people, words of any kind, and the files of media that are shown."""
    article = imported(article)
    found = draft(name, written(name, article)).article
    if article.authors:
        assert [one.name for one in found.authors] == list(dict.fromkeys(one_line(one.name) for one in article.authors))
    words = {one_line(one) for one in (*article.sections, *article.keywords)}
    assert words <= {*found.sections, *found.keywords}
    hrefs = {rendition.href for media in found.media for rendition in media.renditions}
    shown = {one[0].href for media in article.media if media.renditions for one in files(media)[:1]}
    placed = {media.id for media in article.media}
    assert name == "jsonfeed" or not placed or shown <= hrefs
