"""Documents with as many different errors as one likes, in every kind of markup that is checked."""

import json
from collections.abc import Callable

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ITEM = (
    '<newsItem guid="tag:harbour.example,2019:story:%d" version="1" standard="NewsML-G2" standardversion="2.35"'
    ' conformance="power"><catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>'
    '<itemMeta><itemClass qcode="ninat:text"/><provider literal="Harbour Post"/>'
    '<versionCreated>noon of %d</versionCreated></itemMeta><contentMeta><subject qcode="no code %d"/>'
    "<keyword>a\nb %d</keyword></contentMeta><contentSet/></newsItem>\n"
)


def _rss(count: int) -> str:
    items = (
        f"<item><title>Ferry {n}</title><odd{n}/><guid>g {n}</guid><pubDate>noon of {n}</pubDate></item>\n"
        for n in range(count)
    )
    head = "<title>Harbour Post</title><link>https://harbour.example/</link><description>News</description>\n"
    return f'{_XML}<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>\n'


def _html(count: int) -> str:
    inside = "".join(f"&lt;p&gt;&lt;script{n}&gt; &lt;img src='/{n}.jpg' onclick='{n}'&gt;\n" for n in range(count))
    return _rss(1).replace("</title>", f"</title><description>{inside}</description>", 2)


def _atom(count: int) -> str:
    entries = (
        f"<entry><title>Ferry {n}</title><id>{n}</id><updated>noon of {n}</updated><odd{n}/></entry>\n"
        for n in range(count)
    )
    head = "<title>Harbour Post</title><id>https://harbour.example/</id><updated>2026-03-02T08:30:00Z</updated>\n"
    return f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom">{head}{"".join(entries)}</feed>\n'


def _json_feed(count: int) -> str:
    items = [{"id": n, "content_text": "Fog", "date_published": f"noon of {n}", "url": f"{n}"} for n in range(count)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "items": items}
    return json.dumps(feed, indent=1)


def _newsml_g2(count: int) -> str:
    items = "".join(_ITEM % (n, n, n, n) for n in range(count))
    head = "<header><sent>2026-03-02T08:30:00Z</sent></header>"
    return (
        f'{_XML}<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">{head}<itemSet>{items}</itemSet></newsMessage>'
    )


def _nitf(count: int) -> str:
    blocks = "".join(f"<odd{n}>Fog</odd{n}>\n" for n in range(count))
    return f"{_XML}<nitf><body><body.content>{blocks}</body.content></body></nitf>"


def _opml(count: int) -> str:
    outlines = "".join(f'<outline type="rss" text="{n}" xmlUrl="harbour {n}"/>\n' for n in range(count))
    return f'{_XML}<opml version="2.0"><head/><body>{outlines}</body></opml>'


def _sitemap(count: int) -> str:
    urls = "".join(f"<url><loc>/{n}</loc><lastmod>noon of {n}</lastmod></url>\n" for n in range(count))
    return f'{_XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def _broken(count: int) -> str:
    return _rss(count).replace("Ferry", "Ferry & a < b")


MAKERS: dict[str, Callable[[int], str]] = {
    "rss": _rss, "html": _html, "atom": _atom, "json-feed": _json_feed, "newsml-g2": _newsml_g2, "nitf": _nitf,
    "opml": _opml, "sitemap": _sitemap, "not-well-formed": _broken,
}  # fmt: skip
"""By the kind of document, what makes one with so many places that are each wrong in a way of their own."""


def made(kind: str, count: int) -> bytes:
    """The document of that kind, with `count` faulty places."""
    return MAKERS[kind](count).encode()
