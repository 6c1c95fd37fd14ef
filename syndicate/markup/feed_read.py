"""One entry of any feed, as far as it is read, and what becomes of it: a draft, or the reason why there is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from syndicate.markup.addresses import LINKS, WEB, AddressError, absolute
from syndicate.markup.feed_read_body import Text, text_from_html, text_from_plain
from syndicate.markup.feed_read_dates import NoTime, moment
from syndicate.markup.feed_read_media import Gallery
from syndicate.markup.html import HtmlError, plain_of
from syndicate.markup.summary import cut, summary
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Article, Link, Person, Status
from syndicate.model.body import MediaBlock, Paragraph
from syndicate.model.draft import Draft, Reading, Rejected, Repair
from syndicate.model.media import Media, MediaRole
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

LONGEST_GUID = 500
_LONGEST = {"headline": 2000, "url": 2000, "abstract": 20_000}
_LONGEST_WORD = 500
_MOST = 500
_HEADLINE = 100
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_LONGEST_TAG = 40
_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_EMAIL = re.compile(r"[^@\s<>()\"]+@[^@\s<>()\"]+\Z")
# What makes a description more than a summary.
_BLOCKS = re.compile(
    r"<(?:p|div|ul|ol|li|h[1-6]|table|figure|blockquote|img|video|audio|iframe|section|article)[\s>/]"
    r"|<br\s*/?>\s*<br",
    re.IGNORECASE,
)


class Unreadable(ValueError):
    """An entry that is no article; the text is a clause for people with its cure."""


@dataclass(slots=True, kw_only=True)
class Story:
    """What is known of one entry. Texts are plain but `html`; `about` is the address of the page the feed is about.

    `summary` is what the source sets beside the text. `times` that are None were not stated.
    """

    file: str
    line: int | None
    reading: Reading
    base: str | None = None
    about: str | None = None
    name: str = ""
    version: int | None = None
    status: Status = Status.USABLE
    url: str | None = None
    headline: str = ""
    html: str | None = None
    plain: str | None = None
    summary: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    embargo: datetime | None = None
    expires: datetime | None = None
    language: str = ""
    authors: list[Person] = field(default_factory=list)
    contributors: list[Person] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    genre: str = ""
    links: list[Link] = field(default_factory=list)
    rights: Rights = Rights()
    correction: str | None = None
    derived: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    lost: dict[str, None] = field(default_factory=dict)
    gallery: Gallery = field(default_factory=lambda: Gallery(base=None))

    def report(self, name: str, *what: str) -> None:
        """Add repairs of that field."""
        self.repairs += (Repair(field=name, what=one) for one in what)

    def lose(self, name: str) -> None:
        """Note that an element has no place in an article."""
        self.lost.setdefault(name)

    def line_of(self, text: str, name: str) -> str:
        """The text in sound characters, on one line."""
        fixed, remarks = repair(text)
        self.report(name, *remarks)
        return one_line(fixed)

    def from_html(self, html: str, name: str) -> str:
        """The text of the HTML on one line."""
        if "<" not in html and "&" not in html:
            return self.line_of(html, name)
        text, remarks = plain_of(html)
        self.report(name, *remarks)
        return one_line(text)

    def time(self, text: str, name: str) -> datetime | None:
        """The moment that the text says; None, with a report, when it says none."""
        if not text.strip():
            return None
        try:
            found, remark = moment(text)
        except NoTime as error:
            self.report(name, str(error))
            return None
        self.report(name, *filter(None, [remark]))
        return found

    def address(self, text: str, name: str, base: str | None = None) -> str | None:
        """The address in full; None, with a report, when it cannot be published."""
        if not text.strip():
            return None
        try:
            found = absolute(text.strip(), base or self.base, LINKS if name == "links" else WEB)
        except AddressError as error:
            self.report(name, f"{error} left out")
            return None
        if len(found) > _LONGEST["url"]:
            self.report(name, f"an address of {len(found)} characters left out")
            return None
        return found


def drafted(story: Story) -> Draft | Rejected:
    """The entry as a draft; Rejected where it names nothing that would last, or says nothing."""
    try:
        return _draft(story)
    except (Unreadable, HtmlError) as error:
        return rejected(story, str(error))


def rejected(story: Story, reason: str) -> Rejected:
    """The entry refused."""
    guid = story.name if _is_guid(story.name) else None
    return Rejected(file=story.file, line=story.line, reason=reason, guid=guid)


def person(name: str, email: str | None = None, story: Story | None = None) -> Person | None:
    """The person; with the address only if it is one."""
    email = (email or "").strip()
    name = one_line(repair(name)[0])[:_LONGEST_WORD] or email.partition("@")[0]
    is_known = bool(_EMAIL.match(email)) and len(email) <= _LONGEST_WORD
    if email and not is_known and story is not None:
        story.report("authors", f"{email[:80]!r} left out: no e-mail address")
    return Person(name=name, email=email if is_known else None) if name else None


def _draft(story: Story) -> Draft:
    guid, identity = _names(story)
    text = _text(story)
    headline = _headline(story, text)
    published, updated = _times(story)
    article = Article(
        guid=guid,
        version=story.version or 1,
        status=story.status,
        headline=headline,
        published=published,
        updated=updated,
        language=_language(story),
        highlights=text.highlights,
        authors=tuple(dict.fromkeys(story.authors)),
        contributors=tuple(dict.fromkeys(story.contributors)),
        dateline=text.dateline,
        body=tuple(text.blocks),
        media=_roles(text),
        sections=_words(story, "sections", story.sections),
        subjects=tuple(dict.fromkeys(story.subjects))[:_MOST],
        keywords=_words(story, "keywords", story.keywords),
        embargo=story.embargo,
        expires=story.expires,
        genre=story.genre[:_LONGEST_WORD] or None,
        url=story.url,
        rights=story.rights,
        correction="\n".join(filter(None, (text.correction, story.correction))) or None,
        links=tuple(dict.fromkeys(story.links)),
        derived=tuple(dict.fromkeys(story.derived)),
    )
    article = replace(article, abstract=_abstract(story, article))
    story.report("media", *story.gallery.remarks)
    for name in story.gallery.lost:
        story.lose(name)
    return Draft(
        article=article,
        identity=identity,
        file=story.file,
        line=story.line,
        stated_version=story.version,
        repairs=tuple(dict.fromkeys(story.repairs)),
        lost=tuple(story.lost),
    )


def _names(story: Story) -> tuple[str, str]:
    """The guid, empty where the source has none that is a URI, and what one is then minted from."""
    name = story.name
    if name and not _is_guid(name):
        name = _as_uri(name)
        if name:
            story.report("guid", "written as a URI in ASCII")
    if name:
        return name, story.url or name
    if story.url:
        if story.name:
            story.report("guid", f"{story.name[:80]!r} is no URI: one made of the article's address")
        return "", story.url
    if story.name and story.about:
        story.report("guid", f"{story.name[:80]!r} is no URI: one made of it and the feed's address")
        return "", f"{story.about}#{story.name[:LONGEST_GUID]}"
    raise Unreadable("names itself by nothing that lasts: give it a guid that is a URI, or a link")


def _is_guid(name: str) -> bool:
    return len(name) <= LONGEST_GUID and _GUID.match(name) is not None


def _as_uri(name: str) -> str:
    """An address with other characters than ASCII as URI; empty for what is none."""
    try:
        found = absolute(name, None, WEB) if name[:4].lower() == "http" else ""
    except AddressError:
        return ""
    return found if _is_guid(found) else ""


def _text(story: Story) -> Text:
    """The text: the content, or a description that is more than a summary."""
    if story.html and story.html.strip():
        text = text_from_html(story.html, story.base, story.gallery.media)
    elif story.plain and not _is_said_elsewhere(story, story.plain):
        text = text_from_plain(repair(story.plain)[0])
        text.media = list(story.gallery.media)
    else:
        text = Text(media=list(story.gallery.media))
    story.report("body", *text.repairs)
    return text


def _is_said_elsewhere(story: Story, plain: str) -> bool:
    """Whether the content only stands in for one that is missing: formats want it to be there."""
    line = one_line(plain)
    return not line or line in (story.summary, story.headline)


def is_more_than_a_summary(html: str) -> bool:
    """Whether the HTML of a description holds whole blocks or pictures."""
    return _BLOCKS.search(html) is not None


def _headline(story: Story, text: Text) -> str:
    headline = story.headline
    if not headline:
        said = next((plain_of(one.html)[0] for one in text.blocks if isinstance(one, Paragraph)), "")
        lines = filter(None, (*text.highlights, said, story.summary))
        headline = cut(next(lines, ""), _HEADLINE)
        story.derived.append("headline")
    if not headline:
        raise Unreadable("has neither a title nor a text: give it a title")
    if len(headline) > _LONGEST["headline"]:
        raise Unreadable(f"has a title of {len(headline)} characters; at most {_LONGEST['headline']} are taken")
    return headline


def _times(story: Story) -> tuple[datetime, datetime]:
    """When published, when updated; what the entry does not say is derived."""
    story.derived += [name for name in ("published", "updated") if getattr(story, name) is None]
    published = story.published or story.updated or story.reading.now
    updated = story.updated or published
    if updated < published:
        story.report("updated", "before published: the time of publication taken")
        updated = published
    return published, updated


def _language(story: Story) -> str:
    tag = story.language.strip().replace("_", "-")
    if not tag:
        return story.reading.language
    if not _LANGUAGE.match(tag) or len(tag) > _LONGEST_TAG:
        story.report("language", f"{tag[:40]!r} is no language tag; {story.reading.language!r} taken")
        return story.reading.language
    return tag


def _words(story: Story, name: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words in their order, each once, without those that no index takes."""
    found = list(dict.fromkeys(filter(None, words)))
    kept = [word for word in found if len(word) <= _LONGEST_WORD][:_MOST]
    if len(kept) < len(found):
        story.report(name, f"{len(found) - len(kept)} left out: too long or too many")
    return tuple(kept)


def _abstract(story: Story, article: Article) -> str | None:
    """The summary, unless it was made of the article itself, or of the correction of one that was withdrawn.

    A cut paragraph and joined highlights are certainly made; a first paragraph in full may be an abstract.
    """
    abstract = story.summary
    if len(abstract) > _LONGEST["abstract"]:
        story.report("abstract", f"cut after {_LONGEST['abstract']} characters")
        abstract = cut(abstract, _LONGEST["abstract"])
    is_made = (abstract.endswith("…") or len(article.highlights) > 1) and abstract == summary(article)
    return None if not abstract or is_made or abstract == one_line(article.correction or "") else abstract


def _roles(text: Text) -> tuple[Media, ...]:
    """The media with the lead in front. What has no place in the text is the lead where none is, else in a gallery."""
    placed = {block.media for block in text.blocks if isinstance(block, MediaBlock)}
    has_lead = any(media.role is MediaRole.LEAD for media in text.media)
    made = []
    for media in text.media:
        if media.id not in placed and media.role is MediaRole.INLINE:
            media = replace(media, role=MediaRole.GALLERY if has_lead else MediaRole.LEAD)
            has_lead = True
        made.append(media)
    return tuple(sorted(made, key=lambda media: media.role is not MediaRole.LEAD))
