"""The page of an article on a web site to a draft: the story without the site around it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, BinaryIO

import orjson

from syndicate.formats.html_page import fields
from syndicate.formats.html_page.content import Content, content_of, content_of_text, texts
from syndicate.formats.html_page.fields import Source
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.html_parse import HtmlError
from syndicate.markup.json_ld import LinkedArticle, articles
from syndicate.markup.page_meta import PageMeta, meta_of
from syndicate.markup.page_meta_name import identity_of
from syndicate.markup.readability import story_of
from syndicate.markup.readability_page import MAX_PAGE, WebPage, linked_text, page_of
from syndicate.model.article import Article, Status
from syndicate.model.body import Block
from syndicate.model.draft import Draft, Reading, Rejected, Repair

_MARKED = re.compile(
    # Atomic groups: what was a comment once is not tried as anything else.
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}\?>\s*+)?(?>(?:(?><!--.*?-->)\s*+)*)"
    rb"<(!doctype\s+html|html|[a-z][a-z0-9]*)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
# Elements that a page may begin with when it has no `html`.
_OPENERS = frozenset({
    b"head", b"title", b"meta", b"body", b"h1", b"h2", b"p", b"div", b"main", b"section", b"header", b"table",
    b"center", b"link", b"base", b"script", b"style", b"nav",
})  # fmt: skip
# Pages of feeds that we publish ourselves: they hold many articles, and none as it was written.
_OURS = re.compile(rb'<html[^>]{0,300} class="syndicate-[a-z]+"')
_HEADLINE = 100
_NOTHING = LinkedArticle(type="NewsArticle")


def detect(head: bytes, name: str) -> bool:
    """Whether the file is a web page by how it begins; without `html` in front its name must say so too."""
    found = _MARKED.match(head)
    if found is None or _OURS.search(head):
        return False
    opener = found[1].lower()
    is_page = opener == b"html" or opener.startswith(b"!doctype")
    return is_page or (opener in _OPENERS and PurePath(name).suffix.lower() in _SUFFIXES)


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The one article of the page, or the reason why there is none.

    `identity` is the story's own address where the page names one, else the file's name without its extension.
    """
    try:
        yield _draft(page_of(stream.read(MAX_PAGE + 1)), file, reading)
    except HtmlError as error:
        yield Rejected(file=file, line=None, reason=str(error))


def _draft(page: WebPage, file: str, reading: Reading) -> Draft:
    meta = meta_of(page.root)
    found, broken = _linked(page)
    linked = _own(found, meta)
    source = Source(linked, meta, _base(meta, linked), reading, [Repair(field="json-ld", what=what) for what in broken])
    url = fields.url_of(source)
    headline = fields.headline_of(source)
    abstract = source.plain(linked.description or meta.description, "abstract")
    content, lost = _content(page, source, headline or "", abstract)
    status = fields.status_of(source)
    if not any(texts(content.blocks)) and status is Status.USABLE:
        raise HtmlError("holds no story: no paragraph of text stands on the page; give the article's own page")
    published, updated = fields.times_of(source)
    article = Article(
        guid=fields.guid_of(source),
        version=fields.version_of(source) or 1,
        status=status,
        headline=headline or _headline_from(content.blocks, source),
        language=fields.language_of(source),
        abstract=abstract,
        highlights=fields.words_of(source, "highlights", linked.highlights),
        authors=fields.authors_of(source),
        contributors=fields.contributors_of(source),
        dateline=fields.dateline_of(source),
        body=content.blocks,
        media=content.media,
        sections=fields.words_of(source, "sections", linked.sections, meta.sections),
        subjects=fields.subjects_of(source),
        keywords=fields.keywords_of(source),
        genre=source.plain(linked.genre, "genre"),
        published=published,
        updated=updated,
        expires=fields.expiry_of(source),
        url=url,
        rights=fields.rights_of(source),
        correction=source.plain(linked.correction, "correction"),
    )
    source.repairs += (Repair(field="body", what=what) for what in content.repairs)
    return Draft(
        article=replace(article, derived=tuple(dict.fromkeys(source.derived))),
        identity=url or identity_of(file),
        file=file,
        stated_version=fields.version_of(source),
        repairs=tuple(dict.fromkeys(source.repairs)),
        lost=tuple(dict.fromkeys(lost)),
    )


def _content(page: WebPage, source: Source, headline: str, abstract: str | None) -> tuple[Content, list[str]]:
    """The text and the media, and names of all that was left out, in the page's order: statements, then markup.

    The text that JSON-LD gives takes the place of the page's own where that is cut short, by a paywall, say.
    """
    lead = fields.media_of(source)
    story = story_of(page.root)
    lost = [*source.meta.others, *(f"json-ld {name}" for name in _others(source.linked))]
    content = Content(media=lead)
    if story is not None:
        content = content_of(story.element, source.base, headline, abstract, lead)
        lost += [*story.left_out, *content.lost]
    told = source.linked.text
    if told and _size(told) > 1.5 * sum(map(_size, texts(content.blocks))):
        content = content_of_text(told, source.base, lead)
    return content, lost


def _size(text: str) -> int:
    return len(text.split())


def _others(linked: LinkedArticle) -> Iterator[str]:
    """What JSON-LD says and an article has no place for."""
    yield from linked.others
    if linked.is_free is not None:
        yield "isAccessibleForFree"
    if linked.alternative_headline:
        yield "alternativeHeadline"


def _linked(page: WebPage) -> tuple[list[LinkedArticle], list[str]]:
    """The articles of the page's JSON-LD, and a clause for each script that cannot be read."""
    found: list[LinkedArticle] = []
    broken: list[str] = []
    for text in page.linked:
        try:
            data: Any = orjson.loads(linked_text(text))
        except orjson.JSONDecodeError as error:
            broken.append(f"left out: it is not JSON ({error.msg} at line {error.lineno}, column {error.colno})")
            continue
        found += articles(data)
    return found, broken


def _own(found: list[LinkedArticle], meta: PageMeta) -> LinkedArticle:
    """The one that the page itself is: by its address or its headline; others are of stories that it points to."""
    addresses = {_bare(url) for url in (meta.canonical, meta.url) if url}
    heads = {text.casefold() for text in (meta.headline, meta.h1) if text}
    for one in found:
        if (one.url and _bare(one.url) in addresses) or (one.headline and one.headline.casefold() in heads):
            return one
    return found[0] if len(found) == 1 else _NOTHING


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].removeprefix("https:").removeprefix("http:").rstrip("/")


def _base(meta: PageMeta, linked: LinkedArticle) -> str | None:
    """Where relative addresses start: at `base`, else at the page's own address."""
    page = next((url for url in (meta.canonical, linked.url, meta.url) if url and _is_web(url)), None)
    if meta.base:
        try:
            return absolute(meta.base, page, WEB)
        except AddressError:
            return page
    return page


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _headline_from(blocks: tuple[Block, ...], source: Source) -> str:
    """A headline for a page without one: how its text begins, cut at a word."""
    source.derived.append("headline")
    text = next((one for one in texts(blocks) if one.strip()), "Untitled")
    if len(text) <= _HEADLINE:
        return text
    return (text[: _HEADLINE + 1].rpartition(" ")[0] or text[:_HEADLINE]) + "…"
