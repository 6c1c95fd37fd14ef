"""All feeds with Django's feedgenerator, the classes behind its syndication views; bodies added as its manual shows."""

from typing import Any

import django
from django.conf import settings
from django.utils import feedgenerator
from reading import Article, Feed, build_all, categories, enclosure, moment


class FullRss(feedgenerator.Rss201rev2Feed):  # type: ignore[misc]
    """RSS with the whole text."""

    def rss_attributes(self) -> dict[str, str]:
        """The root's attributes with the namespace of the text."""
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """The item's elements and the text."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["whole"])


class FullAtom(feedgenerator.Atom1Feed):  # type: ignore[misc]
    """Atom with the whole text."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """The entry's elements and the text."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["whole"], {"type": "html"})


def both(feed: Feed, articles: list[Article]) -> dict[str, bytes]:
    """The feed as RSS 2.0 and as Atom 1.0."""
    return {"rss": made(FullRss, feed, articles), "atom": made(FullAtom, feed, articles)}


def made(kind: Any, feed: Feed, articles: list[Article]) -> bytes:
    """The feed in one format."""
    generator = kind(
        title=feed["title"],
        link=feed["link"],
        description=feed["description"],
        language="en-gb",
        feed_url=feed["link"] + "/feed",
    )
    for article in articles:
        href, size, media_type = enclosure(article)
        generator.add_item(
            title=article["headline"],
            link=article["url"],
            description=article["abstract"],
            whole=article["body_html"],
            unique_id=article["guid"],
            unique_id_is_permalink=False,
            pubdate=moment(article["published"]),
            updateddate=moment(article["updated"]),
            author_name=", ".join(author["name"] for author in article["authors"]),
            categories=[term for term, _ in categories(article)],
            item_copyright=article["rights"]["notice"],
            enclosures=[feedgenerator.Enclosure(href, str(size), media_type)],
        )
    data: bytes = generator.writeString("utf-8").encode()
    return data


if __name__ == "__main__":
    settings.configure(USE_TZ=True, USE_I18N=False)
    django.setup()
    build_all(both)
