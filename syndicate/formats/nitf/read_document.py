"""The article of a NITF document: what its head and its body say together."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from syndicate.formats.nitf import names as n
from syndicate.formats.nitf.read_head import (
    Said,
    genre_of,
    hands_of,
    identity_of,
    keywords_of,
    line,
    links_of,
    note_of,
    note_unread,
    rights_of,
    sections_of,
    slugline_of,
    status_of,
    subjects_of,
    urgency_of,
    url_of,
    version_of,
)
from syndicate.markup.html_inline import text_of
from syndicate.markup.html_parse import name_of
from syndicate.markup.nitf_read import NitfBody, read_body
from syndicate.markup.nitf_read_bounds import bounded
from syndicate.markup.nitf_read_inline import LANG
from syndicate.markup.nitf_read_times import moment_of
from syndicate.markup.summary import cut
from syndicate.model.article import Article, Signal, Status
from syndicate.model.body import Heading, Paragraph
from syndicate.model.draft import Draft, Reading, Rejected, Repair

if TYPE_CHECKING:
    from lxml import etree

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[!#-;=?-\[\]_a-z~]+\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_LONGEST_ID = 500
_HEADLINE = 200


def draft_of(root: "etree._Element", mended: tuple[str, ...], file: str, reading: Reading) -> Draft | Rejected:
    """The article of the document, or the reason why there is none; `mended` is what was so far."""

    said = Said(next((one for one in root if name_of(one) == n.HEAD), None))
    language = _language(root)
    body = read_body(root)
    stated = identity_of(said, status_of(said))
    is_guid = stated is not None and _URI.match(stated) is not None and len(stated) <= _LONGEST_ID
    source = said.value(n.DOC_ID, "regsrc")
    guid = stated if is_guid else None
    article = _article(said, body, reading, guid, language)
    if isinstance(article, str):
        return Rejected(file=file, line=root.sourceline or None, reason=article, guid=guid)
    by_file = "" if file == "-" else PurePath(file).stem
    identity = ":".join(filter(None, (source, stated))) if stated else by_file
    repairs = (*(Repair(field="document", what=what) for what in mended), *said.repairs)
    repairs += tuple(Repair(field="body", what=what) for what in body.repairs)
    if stated and not is_guid:
        repairs += (Repair(field="guid", what=f"the id {stated[:80]!r} is no URI: a guid is made of it"),)
    note_unread(said)
    article, cut_texts, cut_lists = bounded(article)
    lost = tuple(dict.fromkeys((*said.lost, *body.lost, *cut_lists)))
    return Draft(
        article=article,
        identity=identity,
        file=file,
        line=root.sourceline or None,
        stated_version=version_of(said),
        repairs=(*repairs, *cut_texts),
        lost=lost,
    )


def _article(said: Said, body: NitfBody, reading: Reading, guid: str | None, language: str | None) -> Article | str:
    """The article, or the reason why there is none."""
    status = status_of(said)
    headline, is_derived = _headline(said, body)
    if not headline and status is Status.USABLE:
        return "has neither a headline nor a text"
    published, updated, derived = _times(said, reading)
    embargo, status = _embargo(said, status, updated)
    version = version_of(said) or 1
    authors, contributors, signal = hands_of(said, body.authors)
    correction = said.value(n.CORRECTION, "info")
    article = Article(
        guid=guid or "",
        version=version,
        status=status,
        headline=(headline or "").removeprefix(n.KILL) if status is Status.CANCELED else headline or "",
        published=published,
        updated=updated,
        language=language or reading.language,
        slugline=slugline_of(said, headline, (guid, said.value(n.DOC_ID, "id-string"))),
        authors=authors,
        contributors=contributors,
        sections=sections_of(said),
        subjects=subjects_of(said),
        keywords=keywords_of(said),
        genre=genre_of(said),
        urgency=urgency_of(said),
        embargo=embargo,
        expires=said.moment(n.EXPIRE, n.NORM, "expires"),
        url=url_of(said),
        rights=rights_of(said, body.rights),
        note=note_of(said, body.notes),
        correction=correction,
        links=links_of(said),
        derived=(("headline",) if is_derived else ()) + derived,
        signal=signal or (Signal.CORRECTION if correction and not said.is_ours else None),
    )
    return _with_body(article, said, body)


def _with_body(article: Article, said: Said, body: NitfBody) -> Article:
    """The article with its text; the notice in a document of ours that was withdrawn is none."""
    if said.is_ours and article.status is not Status.USABLE:
        return article
    abstract = body.abstract or next(iter(body.subheads), None)
    if any(one != abstract for one in body.subheads):
        said.lost["hedline/hl2"] = None
    dateline = body.dateline
    if dateline is not None and (place := said.meta(n.PLACE)):
        dateline = replace(dateline, place=place)
    if dateline is None and body.distributor:
        said.lost["body.head/distributor"] = None
    return replace(
        article,
        abstract=abstract,
        highlights=body.highlights,
        dateline=dateline,
        body=body.blocks,
        media=body.media,
    )


def _headline(said: Said, body: NitfBody) -> tuple[str | None, bool]:
    """The headline, and whether it stands elsewhere in the document or had to be made."""

    if body.headline:
        return body.headline, False
    title = next((line("".join(map(str, one.itertext()))) for one in said.all(n.TITLE_ELEMENT)), None)
    texts = (line(text_of(block.html)) for block in body.blocks if isinstance(block, Paragraph | Heading))
    found = title or body.abstract or next(filter(None, texts), None)
    return (cut(found, _HEADLINE) if found else None), True


def _times(said: Said, reading: Reading) -> tuple[datetime, datetime, tuple[str, ...]]:
    """When published, when updated, and which of the two are inferred."""
    issued = said.moment(n.ISSUE, n.NORM, "updated")
    first = min((one for one, _ in map(moment_of, said.values(n.PUBDATA, "date.publication")) if one), default=None)
    updated = issued or first or reading.now
    published = min(first or updated, updated)
    derived = (("published",) if first is None else ()) + (("updated",) if issued is None and first is None else ())
    return published, updated, derived if issued is None else ()


def _embargo(said: Said, status: Status, updated: datetime) -> tuple[datetime | None, Status]:
    """Until when nobody may see it. One without a time that is certain holds until further notice: withheld."""
    stated = said.value(n.RELEASE, n.NORM)
    release, assumed = moment_of(stated)
    is_embargoed = (said.value(n.DOCDATA, n.STATUS) or "").lower() == n.EMBARGOED
    if release is None and (is_embargoed or stated):
        said.repairs.append(Repair(field="embargo", what="an embargo without a readable time: withheld"))
        return None, status if status is Status.CANCELED else Status.WITHHELD
    if release is not None and assumed and (is_embargoed or release > updated):
        what = f"{assumed.partition(':')[0]}, and nobody knows the moment: withheld"
        said.repairs.append(Repair(field="embargo", what=what))
        return None, status if status is Status.CANCELED else Status.WITHHELD
    # A release before the issue only says that there is no embargo any more.
    if release is not None and (is_embargoed or said.is_ours or release > updated):
        return release, status
    return None, status


def _language(root: "etree._Element") -> str | None:
    """The language of the document."""

    for one in (root, *root):
        if isinstance(one.tag, str):
            for stated in (one.get(n.LANGUAGE), one.get(LANG)):
                if stated and _LANGUAGE.match(stated.strip()):
                    return str(stated.strip())
    return None
