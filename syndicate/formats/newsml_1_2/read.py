"""NewsML 1.2 documents to drafts: one per NewsItem, as agencies write them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from syndicate.formats.newsml_1_2 import names as n
from syndicate.markup.summary import cut
from syndicate.markup.xml_head import root_of
from syndicate.model.article import Article, Dateline, Status
from syndicate.model.body import Heading
from syndicate.model.draft import Draft, Reading, Rejected

if TYPE_CHECKING:
    from lxml import etree

    from syndicate.formats.newsml_1_2.read_content import Content
    from syndicate.formats.newsml_1_2.read_item import Managed
    from syndicate.formats.newsml_1_2.read_meta import Meta

MAX_BYTES = 32 * 1024 * 1024
_HEADLINE = 200


def detect(head: bytes, name: str) -> bool:
    """Whether the root element of the file is `NewsML`."""
    return root_of(head)[0] == n.NEWSML


def read(stream: BinaryIO, file: str, reading: Reading) -> Iterator[Draft | Rejected]:
    """The articles of the document, one by one; an item that holds none does not stop the others."""
    from lxml import etree

    from syndicate.formats.newsml_1_2.read_tree import children
    from syndicate.markup.nitf_read_xml import parsed

    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield Rejected(file=file, line=None, reason=f"is larger than {MAX_BYTES // 1024 // 1024} MiB: send fewer items")
        return
    try:
        root, mended = parsed(data)
    except etree.XMLSyntaxError as error:
        yield Rejected(file=file, line=error.lineno or None, reason=f"is not well-formed XML: {error.msg}")
        return
    items = list(children(root, n.ITEM))
    if not items:
        yield Rejected(file=file, line=root.sourceline or None, reason="holds no NewsItem")
    stem = "" if file == "-" else PurePath(file).stem
    for number, item in enumerate(items, 1):
        identity = stem if len(items) == 1 or not stem else f"{stem}-{number}"
        yield _draft(item, mended, identity, file, reading)


def _draft(
    item: "etree._Element", mended: tuple[str, ...], identity: str, file: str, reading: Reading
) -> Draft | Rejected:
    from syndicate.formats.newsml_1_2.read_content import Content
    from syndicate.formats.newsml_1_2.read_item import managed
    from syndicate.formats.newsml_1_2.read_meta import Meta, note_unread
    from syndicate.formats.newsml_1_2.read_tree import Notes, children, has
    from syndicate.markup.nitf_read_bounds import bounded

    notes = Notes()
    for what in mended:
        notes.mend("document", what)
    content = Content(notes)
    components = list(children(item, n.COMPONENT))
    # What our renderer wrote says so in its outermost component.
    is_ours = Meta(components[:1], notes).is_ours
    state = managed(item, reading.now, notes, is_ours=is_ours)
    for component in components:
        content.component(component)
    meta = Meta(content.meta or components, notes)
    if not components:
        kinds = [name for name in ("Update", "TopicSet") if has(item, name)]
        reason = f"holds {' and '.join(kinds) or 'no NewsComponent'}: no story to be read without others"
        if state.status is Status.USABLE:
            return Rejected(file=file, line=item.sourceline or None, reason=reason, guid=state.guid)
    article = _article(item, state, meta, content, reading)
    if not article.headline and article.status is Status.USABLE:
        reason = "has neither a headline nor a text"
        return Rejected(file=file, line=item.sourceline or None, reason=reason, guid=state.guid)
    note_unread(meta)
    article, cut_texts, cut_lists = bounded(article)
    return Draft(
        article=article,
        identity=identity,
        file=file,
        line=item.sourceline or None,
        stated_version=state.version,
        repairs=(*notes.repairs, *cut_texts),
        lost=(*notes.lost, *cut_lists),
    )


def _article(item: "etree._Element", state: "Managed", meta: "Meta", content: "Content", reading: Reading) -> Article:
    from syndicate.formats.newsml_1_2 import read_meta
    from syndicate.formats.newsml_1_2.read_item import name_label

    headline, is_derived = _headline(item, meta, content)
    if state.status is Status.CANCELED:
        headline = headline.removeprefix(n.KILL)
    made = Article(
        guid=state.guid or "",
        version=state.version or 1,
        status=state.status,
        headline=headline,
        published=state.published,
        updated=state.updated,
        language=read_meta.language_of(item, meta) or reading.language,
        slugline=meta.line(n.SLUGLINE) or name_label(item),
        authors=read_meta.authors_of(meta) or content.nitf.authors,
        contributors=read_meta.contributors_of(meta),
        sections=tuple(meta.properties(n.SECTION)),
        subjects=read_meta.subjects_of(item, meta),
        keywords=read_meta.keywords_of(meta),
        genre=read_meta.genre_of(meta),
        urgency=state.urgency,
        embargo=state.embargo,
        expires=state.expires,
        url=read_meta.url_of(meta),
        rights=read_meta.rights_of(meta),
        note="\n".join(filter(None, (state.note, *content.nitf.notes))) or None,
        correction=" ".join(meta.news_lines(n.CORRECTION)) or None,
        links=state.links,
        derived=(("headline",) if is_derived else ()) + state.derived,
        signal=state.signal,
    )
    return made if meta.is_ours and state.status is not Status.USABLE else _with_text(made, meta, content)


def _with_text(article: Article, meta: "Meta", content: "Content") -> Article:
    """The article with its text; the notice in an item of ours that was withdrawn is none."""
    from syndicate.markup.html_inline import text_of as plain_of

    stated = " ".join((*meta.news_lines(n.ABSTRACT), *content.abstracts)) or content.nitf.abstract
    others = list(dict.fromkeys((*meta.lines(n.SUBHEADLINE), *content.subtitles, *content.nitf.subheads)))
    abstract = stated or next(iter(others), None)
    if any(one not in (abstract, article.headline) for one in others):
        meta.notes.lose(n.SUBHEADLINE)
    blocks, media = tuple(content.blocks), tuple(content.media.values())
    if not meta.is_ours:
        # What repeats the headline says nothing more.
        is_repeated = bool(blocks) and isinstance(blocks[0], Heading) and plain_of(blocks[0].html) == article.headline
        blocks = blocks[1:] if is_repeated else blocks
        media = tuple(replace(one, title=None) if one.title == article.headline else one for one in media)
    return replace(
        article,
        abstract=abstract,
        highlights=tuple(meta.news_lines(n.HIGHLIGHT)) or content.nitf.highlights,
        dateline=_dateline(meta, content),
        body=blocks,
        media=media,
    )


def _dateline(meta: "Meta", content: "Content") -> Dateline | None:
    """The dateline; that of the text itself is exact where we wrote it."""
    from syndicate.formats.newsml_1_2.read_meta import dateline_of

    said, printed = dateline_of(meta), content.nitf.dateline
    if said is None or printed is None or not meta.is_ours:
        return said or printed
    return replace(said, text=printed.text)


def _headline(item: "etree._Element", meta: "Meta", content: "Content") -> tuple[str, bool]:
    """The headline, and whether it had to be made."""
    from syndicate.formats.newsml_1_2.read_content import first_words
    from syndicate.formats.newsml_1_2.read_item import name_label

    stated = meta.line(n.HEADLINE) or content.nitf.headline or next(iter(content.titles), None)
    if stated:
        if any(one != stated for one in content.titles):
            meta.notes.lose(f"{n.CONTENT_ITEM}[Title]")
        return stated, False
    titles = (media.title or media.caption for media in content.media.values())
    found = next(filter(None, (first_words(content.blocks), name_label(item), *titles)), "")
    return cut(found, _HEADLINE), True
