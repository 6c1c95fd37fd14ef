"""All feeds through feedgen alone: one generator a feed, one entry an article, both formats from the same generator."""

from typing import Any

from feedgen.feed import FeedGenerator
from reading import Article, Feed, build_all, categories, enclosure, moment


def both(feed: Feed, articles: list[Article]) -> dict[str, bytes]:
    """The feed as RSS 2.0 and as Atom 1.0."""
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.id(feed["link"])
    generator.title(feed["title"])
    generator.subtitle(feed["description"])
    generator.link(href=feed["link"] + "/feed", rel="self")
    generator.link(href=feed["link"], rel="alternate")
    generator.language("en-GB")
    newest = moment(articles[0]["updated"])
    generator.updated(newest)
    generator.lastBuildDate(newest)
    for article in articles:
        add(generator, article)
    return {"rss": generator.rss_str(), "atom": generator.atom_str()}


def add(generator: Any, article: Article) -> None:
    """Add the article with everything that feedgen has a place for."""
    entry = generator.add_entry(order="append")
    entry.guid(article["guid"], permalink=False)
    entry.id(article["guid"])
    entry.title(article["headline"])
    entry.link(href=article["url"])
    entry.summary(article["abstract"])
    entry.content(article["body_html"], type="html")
    entry.published(moment(article["published"]))
    entry.updated(moment(article["updated"]))
    for author in article["authors"]:
        entry.author({key: author[key] for key in ("name", "email") if author[key]})
    entry.dc.dc_creator([author["name"] for author in article["authors"]])
    for term, scheme in categories(article):
        entry.category({"term": term, "scheme": scheme} if scheme else {"term": term})
    href, size, media_type = enclosure(article)
    entry.enclosure(href, str(size), media_type)
    entry.rights(article["rights"]["notice"])


if __name__ == "__main__":
    build_all(both)
