"""One NewsML-G2 item per article as one would write it by hand with lxml's E-factory.

It states what the product's items state; the text goes in as XHTML, which spares it the way from HTML to NITF.
"""

import argparse
import json
import time
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from lxml.builder import ElementMaker
from reading import Article, report, write

NEWSML, XHTML = "http://iptc.org/std/nar/2006-10-01/", "http://www.w3.org/1999/xhtml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
CLASSES = {"picture": "ninat:picture", "video": "ninat:video"}
N = ElementMaker(namespace=NEWSML, nsmap={None: NEWSML})
H = ElementMaker(namespace=XHTML, nsmap={None: XHTML})


def item(article: Article) -> bytes:
    """The article as a `newsItem`."""
    attributes = {"guid": article["guid"], "version": str(article["version"]), LANG: article["language"]}
    made = N.newsItem(
        N.catalogRef(href=CATALOG),
        N.catalog(
            N.scheme(alias="prole", uri="https://quayside.example/cv/prole/"),
            N.scheme(alias="psection", uri="https://quayside.example/cv/psection/"),
        ),
        N.rightsInfo(
            N.copyrightHolder(N.name(article["rights"]["holder"]), uri="https://quayside.example/"),
            N.copyrightNotice(article["rights"]["notice"]),
            N.usageTerms(article["rights"]["usage"]),
        ),
        item_meta(article),
        content_meta(article),
        N.contentSet(N.inlineXML(body(article), contenttype="application/xhtml+xml")),
        {**attributes, "standard": "NewsML-G2", "standardversion": "2.35", "conformance": "power"},
    )
    return bytes(etree.tostring(made, encoding="UTF-8", xml_declaration=True))


def item_meta(article: Article) -> Any:
    """What the item is, and its ties to page and media."""
    return N.itemMeta(
        N.itemClass(qcode="ninat:text"),
        N.provider(N.name("Quayside Courier"), uri="https://quayside.example/"),
        N.versionCreated(article["updated"]),
        N.firstCreated(article["published"]),
        N.pubStatus(qcode="stat:usable"),
        *(N.service(N.name(section), qcode=f"psection:{section}") for section in article["sections"]),
        N.title(article["slugline"]),
        N.altRep(article["url"], contenttype="text/html"),
        *(media_link(article, media) for media in article["media"]),
    )


def media_link(article: Article, media: Article) -> Any:
    """The tie to one picture or video."""
    return N.link(
        N.itemClass(qcode=CLASSES[media["type"]]),
        N.title(media["title"]),
        N.headline(media["title"]),
        N.creditline(media["credit"]),
        N.description(media["caption"], role="drol:caption"),
        rel="irel:seeAlso",
        residref=f"{article['guid']}:media:{media['id']}",
        contenttype="application/vnd.iptc.g2.newsitem+xml",
    )


def content_meta(article: Article) -> Any:
    """What the text is about and who wrote it."""
    dateline = article["dateline"]
    return N.contentMeta(
        N.urgency(str(article["urgency"])),
        N.contentCreated(article["published"]),
        N.contentModified(article["updated"]),
        N.located(N.name(dateline["place"]), type="cpnat:geoArea", literal=dateline["place"]),
        N.infoSource(N.name(dateline["source"]), type="cpnat:organisation", literal=dateline["source"]),
        *(
            N.creator(N.name(one["name"]), type="cpnat:person", role=f"prole:{one['role']}", literal=one["name"])
            for one in article["authors"]
        ),
        *(
            N.contributor(N.name(one["name"]), type="cpnat:person", literal=one["name"])
            for one in article["contributors"]
        ),
        N.language({"tag": article["language"]}),
        *(N.keyword(keyword) for keyword in article["keywords"]),
        *(
            N.subject(N.name(one["name"]), type="cpnat:abstract", qcode=f"{one['scheme']}:{one['code']}")
            for one in article["subjects"]
        ),
        N.slugline(article["slugline"]),
        N.headline(article["headline"]),
        N.dateline(dateline["text"]),
        N.by(", ".join(author["name"] for author in article["authors"])),
        N.creditline(dateline["source"]),
        *(N.description(highlight, role="drol:summary") for highlight in article["highlights"]),
        N.description(article["abstract"]),
    )


def body(article: Article) -> Any:
    """The text as a page of XHTML."""
    text = lxml_html.fragment_fromstring(article["body_html"], create_parent="body")
    lxml_html.html_to_xhtml(text)
    return H.html(H.head(H.title(article["headline"])), text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--out", type=Path, help="write the items below this folder too (not timed)")
    given = parser.parse_args()
    with given.articles.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in islice(lines, given.items)]
    started = time.perf_counter()
    made = [item(article) for article in articles]
    took = time.perf_counter() - started
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(made):
            write(given.out / f"{number}.xml", data)
    report(took, items=len(made), bytes=sum(map(len, made)))


if __name__ == "__main__":
    main()
