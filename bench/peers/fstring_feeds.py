"""All feeds with f-strings and html.escape: about as little as Python can do for the same documents, unchecked."""

from email.utils import format_datetime
from html import escape

from reading import Article, Feed, build_all, categories, enclosure, moment

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
)


def both(feed: Feed, articles: list[Article]) -> dict[str, bytes]:
    """The feed as RSS 2.0 and as Atom 1.0."""
    return {"rss": rss(feed, articles), "atom": atom(feed, articles)}


def rss(feed: Feed, articles: list[Article]) -> bytes:
    """The feed as RSS 2.0."""
    built = format_datetime(moment(articles[0]["updated"]))
    channel = (
        f"<title>{plain(feed['title'])}</title><link>{feed['link']}</link>"
        f"<description>{plain(feed['description'])}</description><language>en-gb</language>"
        f'<atom:link href="{feed["link"]}/feed" rel="self"/><lastBuildDate>{built}</lastBuildDate>\n'
    )
    return f"{HEAD}{RSS}<channel>{channel}{''.join(map(item, articles))}</channel></rss>\n".encode()


def atom(feed: Feed, articles: list[Article]) -> bytes:
    """The feed as Atom 1.0."""
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{feed["link"]}</id><title>{plain(feed["title"])}</title>'
        f'<subtitle>{plain(feed["description"])}</subtitle><link href="{feed["link"]}"/>'
        f'<link href="{feed["link"]}/feed" rel="self"/><updated>{articles[0]["updated"]}</updated>\n'
    )
    return f"{HEAD}{head}{''.join(map(entry, articles))}</feed>\n".encode()


def item(article: Article) -> str:
    """The article in RSS."""
    href, size, media_type = enclosure(article)
    creators = "".join(f"<dc:creator>{plain(one['name'])}</dc:creator>" for one in article["authors"])
    terms = "".join(
        f'<category domain="{scheme}">{plain(term)}</category>' if scheme else f"<category>{plain(term)}</category>"
        for term, scheme in categories(article)
    )
    return (
        f"<item><title>{plain(article['headline'])}</title><link>{plain(article['url'])}</link>"
        f'<guid isPermaLink="false">{plain(article["guid"])}</guid>'
        f"<description>{plain(article['abstract'])}</description>"
        f"<content:encoded>{plain(article['body_html'])}</content:encoded>{creators}{terms}"
        f'<enclosure url="{escape(href)}" length="{size}" type="{media_type}"/>'
        f"<pubDate>{format_datetime(moment(article['published']))}</pubDate></item>\n"
    )


def entry(article: Article) -> str:
    """The article in Atom."""
    href, size, media_type = enclosure(article)
    authors = "".join(
        f"<author><name>{plain(one['name'])}</name>"
        + (f"<email>{plain(one['email'])}</email>" if one["email"] else "")
        + "</author>"
        for one in article["authors"]
    )
    terms = "".join(
        f'<category term="{escape(term)}" scheme="{scheme}"/>' if scheme else f'<category term="{escape(term)}"/>'
        for term, scheme in categories(article)
    )
    return (
        f"<entry><id>{plain(article['guid'])}</id><title>{plain(article['headline'])}</title>"
        f"<published>{article['published']}</published><updated>{article['updated']}</updated>{authors}"
        f'<link href="{escape(article["url"])}"/>'
        f'<link rel="enclosure" href="{escape(href)}" length="{size}" type="{media_type}"/>'
        f"<summary>{plain(article['abstract'])}</summary>"
        f'<content type="html">{plain(article["body_html"])}</content>{terms}'
        f"<rights>{plain(article['rights']['notice'])}</rights></entry>\n"
    )


def plain(text: str) -> str:
    """The text escaped for the inside of an element."""
    return escape(text, quote=False)


if __name__ == "__main__":
    build_all(both)
