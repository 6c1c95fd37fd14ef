"""What sitemaps must be, whatever is told of their pages: rules of sitemaps.org, of news, videos and pictures.

Each of the three formats looks at documents with all of them, since pages may have news and videos at once.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from syndicate.markup import official, schema_files
from syndicate.markup import sitemap_values as v
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.sitemap import IMAGE, NEWS, SITEMAP, VIDEO
from syndicate.markup.sitemap_tables import INDEX, STRUCTURE, URLSET, VOCABULARIES, of
from syndicate.markup.structure import finding, shown
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.walk import Grammar, Walk
from syndicate.markup.xml import Document, Items, Node
from syndicate.model.finding import Finding, Place, Rule

MOST_URLS = 50_000
MOST_NEWS = 1000
MOST_BYTES = 50 * 1024 * 1024

rules = RuleSet("sitemap", "news-sitemap", "video-sitemap")
NAMESPACE = rules.state(
    "sitemap.namespace.wrong", severity=ERROR, spec=v.SPEC, summary="the root is in the namespace of sitemaps 0.9",
    why="Crawlers do not take the document for a sitemap.")  # fmt: skip
TOO_LARGE = rules.state(
    "sitemap.document.too-large", severity=ERROR, spec=v.SPEC,
    summary="a sitemap has at most 52,428,800 bytes before it is compressed",
    why="Crawlers refuse it: split it, and name the parts in an index.")  # fmt: skip
schema_rules = RuleSet("sitemap", "news-sitemap", "video-sitemap")
_STATED = official.state(schema_rules, "sitemap", v.SPEC)
_ALONG = (schema_files.NEWS_SITEMAP, schema_files.VIDEO_SITEMAP, schema_files.IMAGE_SITEMAP, schema_files.XHTML)
_OFFICIAL = {
    root: official.Official(standard=standard, along=_ALONG, **_STATED)
    for root, standard in (("urlset", schema_files.SITEMAP), ("sitemapindex", schema_files.SITEMAP_INDEX))
}

_ROOTS = {"urlset": URLSET, "sitemapindex": INDEX}
_LOC, _URL, _LASTMOD = of(SITEMAP, "loc"), of(SITEMAP, "url"), of(SITEMAP, "lastmod")
_NEWS, _VIDEO = of(NEWS, "news"), of(VIDEO, "video")
_HOST = re.compile(r"\s*https?://(?:[^/?#@]*@)?([^/?#]+)", re.IGNORECASE)
_NEWS_DAYS, _NEAR = timedelta(days=2), timedelta(days=36_525)
_FORMER = (
    *(of(IMAGE, local) for local in ("caption", "geo_location", "title", "license")),
    *(of(NEWS, local) for local in ("access", "genres", "keywords", "stock_tickers")),
    *(of(VIDEO, local) for local in ("category", "gallery_loc", "price", "tvshow")),
)


def kind_of(document: Document) -> str | None:
    """`sitemap-index`, `news-sitemap`, `video-sitemap` or `sitemap`, by what is told of its pages; None for others.

    A sitemap without pages is what the namespaces that it declares are for.
    """
    root = document.root
    if root is None or root.local not in _ROOTS or document.syntax != "xml":
        return None
    if root.local == "sitemapindex":
        return "sitemap-index"
    pages = list(root.children)
    if pages:
        told = {name for page in pages for name in page.groups}
        return "news-sitemap" if _NEWS in told else "video-sitemap" if _VIDEO in told else "sitemap"
    declared = root.namespaces.values()
    return "news-sitemap" if NEWS in declared else "video-sitemap" if VIDEO in declared else "sitemap"


def begin(document: Document, dialect: str, now: datetime) -> Items | None:
    """Look at entries as soon as they are read; None where the document must be read as a whole.

    What comes after the last entry that crawlers read is let go without a look: there may be hundreds of thousands.
    """
    root = document.root
    if root is None or root.namespace != SITEMAP or root.local not in _ROOTS:
        return None
    shape = _ROOTS[root.local]
    document.begun = walk = Walk(GRAMMAR, Run(now=now, dialect=dialect, is_odd=document.is_odd))
    items = walk.hand_over(shape, shape.children[0].element, kept=(_LOC, _NEWS, _VIDEO))
    count = 0

    def take(entry: Node) -> None:
        nonlocal count
        count += 1
        if count <= MOST_URLS:
            items.take(entry)
        elif count > MOST_URLS + 1 and entry.parent is not None and isinstance(entry.parent.content, list):
            entry.parent.content.pop()
            entry.shed()

    return replace(items, take=take)


def look(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterator[Finding]:
    """What is wrong with a sitemap or an index."""
    root = document.root
    if root is None:
        return
    if root.namespace != SITEMAP:
        yield finding(NAMESPACE, root, f'declare xmlns="{SITEMAP}" on {root.qname}, not {shown(root.namespace)}')
        return
    if len(data) > MOST_BYTES:
        place = Place(line=root.line, column=root.column, element=root.qname)
        message = f"the sitemap has {len(data)} bytes; at most {MOST_BYTES} are read"
        yield Finding(rule=TOO_LARGE, message=message, place=place)
    walk = document.begun
    if not isinstance(walk, Walk):
        walk = Walk(GRAMMAR, Run(now=now, dialect=dialect, is_odd=document.is_odd))
    yield from walk.check(root, _ROOTS[root.local])
    if schemas is not None and root.closed and not _is_bare_news(root, dialect):
        yield from official.check(_OFFICIAL[root.local], document, data, schemas)


def _is_bare_news(root: Node, dialect: str) -> bool:
    """Whether it is a sitemap of news of days without any: Google takes it, though the schema demands a page."""
    return dialect == "news-sitemap" and next(root.children, None) is None


@rules.rule("sitemap.url.none", on=(URLSET.name, INDEX.name), severity=WARNING, spec=v.SPEC,
            summary="a sitemap names a page, an index a sitemap")  # fmt: skip
def none(root: Node, run: Run) -> Iterator[Fault]:
    """The official schemas take no empty sitemap. Google takes one of news: nothing may have happened for two days."""
    if not _is_bare_news(root, run.dialect) and next(root.children, None) is None:
        yield at(root, f"there is no page in the {root.local}", element="sitemap" if "index" in root.local else "url")


@rules.rule("sitemap.url.too-many", on=(URLSET.name, INDEX.name), severity=ERROR, spec=v.SPEC,
            summary="a sitemap names at most 50,000 pages, an index as many sitemaps")  # fmt: skip
def too_many(root: Node, run: Run) -> Iterator[Fault]:
    """Crawlers stop there, or refuse the sitemap: split it, and name the parts in an index."""
    for child in list(root.children)[MOST_URLS : MOST_URLS + 1]:
        yield at(child, f"this is entry {MOST_URLS + 1}; at most {MOST_URLS} are read")


@rules.rule("sitemap.loc.host", on=(URLSET.name, INDEX.name), severity=WARNING, spec=f"{v.SPEC}, location",
            summary="all addresses are on one host")  # fmt: skip
def host(root: Node, run: Run) -> Iterator[Fault]:
    """Crawlers skip pages of other hosts unless their robots.txt names this sitemap."""
    seen: set[str] = set()
    for loc in _locs(root):
        found = _HOST.match(loc.text)
        name = found[1].lower() if found else ""
        if name and seen and name not in seen:
            yield at(loc, f"{shown(name)} is another host than that of the first address")
        if name:
            seen.add(name)


@rules.rule("sitemap.loc.duplicate", on=(URLSET.name, INDEX.name), severity=WARNING, spec=v.SPEC,
            summary="no address stands twice")  # fmt: skip
def duplicate(root: Node, run: Run) -> Iterator[Fault]:
    """Crawlers do not know which of the dates to believe."""
    seen: dict[str, Node] = {}
    for loc in _locs(root):
        text = loc.text.strip()
        if text and text in seen:
            yield at(loc, f"the address is that of line {seen[text].line}: {shown(text)}")
        else:
            seen[text] = loc


@rules.rule("sitemap.element.former", on=_FORMER, severity=INFO, spec="Google, sitemap extensions, 2022",
            summary="only elements that are still read are written")  # fmt: skip
def former(node: Node, run: Run) -> Iterator[Fault]:
    """Nobody looks at them any more; they do no harm."""
    yield at(node, f"{node.qname} is no longer read")


@rules.rule("news-sitemap.url.too-many", on=(URLSET.name,), severity=ERROR, spec=v.NEWS_SPEC,
            summary="a sitemap has at most 1,000 articles of news")  # fmt: skip
def too_many_news(root: Node, run: Run) -> Iterator[Fault]:
    """Google reads no further: split the sitemap, or take older articles out."""
    news = [page for page in root.find_all(_URL) if _NEWS in page.groups]
    for page in news[MOST_NEWS : MOST_NEWS + 1]:
        yield at(page, f"this is article {MOST_NEWS + 1}; at most {MOST_NEWS} are read")


@rules.rule("news-sitemap.url.old", on=(_NEWS,), severity=INFO, spec=v.NEWS_SPEC,
            summary="news are of the last two days")  # fmt: skip
def old(news: Node, run: Run) -> Iterator[Fault]:
    """Google asks to take older articles out; it does not read them as news."""
    date = news.find(of(NEWS, "publication_date"))
    published = None if date is None else v.moment(date.text)
    # What is checked as if in the far future is checked once for all times.
    if date is not None and published is not None and _NEWS_DAYS < run.now - published < _NEAR:
        yield at(date, f"the article was published {(run.now - published).days} days ago")


@rules.rule("news-sitemap.lastmod.before", on=(_URL,), severity=WARNING, spec=v.NEWS_SPEC,
            summary="no article was changed before it was published")  # fmt: skip
def changed_before(page: Node, run: Run) -> Iterator[Fault]:
    """The two dates were mixed up: the date of publication never changes."""
    news, lastmod = page.find(_NEWS), page.find(_LASTMOD)
    date = news.find(of(NEWS, "publication_date")) if news is not None else None
    if date is not None and lastmod is not None:
        published, changed = v.moment(date.text), v.moment(lastmod.text)
        # A day alone begins before every time in it.
        is_day = min(len(date.text.strip()), len(lastmod.text.strip())) == 10
        if published and changed and changed < published and not (is_day and changed.date() == published.date()):
            yield at(lastmod, "lastmod lies before news:publication_date")


@rules.rule("video-sitemap.content.missing", on=(_VIDEO,), severity=ERROR, spec=v.VIDEO_SPEC,
            summary="every video has the address of its file or its player")  # fmt: skip
def content_missing(video: Node, run: Run) -> Iterator[Fault]:
    """Google cannot find the video."""
    if all(of(VIDEO, local) not in video.groups for local in ("content_loc", "player_loc")):
        yield at(video, f"{video.qname} needs content_loc or player_loc", element="content_loc")


@rules.rule("video-sitemap.content.page", on=(_VIDEO,), severity=ERROR, spec=v.VIDEO_SPEC,
            summary="the file or player of a video has another address than the page")  # fmt: skip
def content_page(video: Node, run: Run) -> Iterator[Fault]:
    """Google takes the page for the video, and drops it."""
    loc = video.parent.find(_LOC) if video.parent is not None else None
    for local in ("content_loc", "player_loc"):
        found = video.find(of(VIDEO, local))
        if found is not None and loc is not None and found.text.strip() == loc.text.strip():
            yield at(found, f"{found.qname} is the address of the page")


def _locs(root: Node) -> Iterator[Node]:
    for child in root.children:
        if (found := child.find(_LOC)) is not None:
            yield found


ALL = RuleSet.joined((rules, v.rules, *VALUE_SETS))
GRAMMAR = Grammar(rules=ALL, own=STRUCTURE, namespace=SITEMAP, vocabularies=VOCABULARIES)
RULES: tuple[Rule, ...] = (*ALL.rules, *schema_rules.rules)
