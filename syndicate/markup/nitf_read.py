"""The `body` of a NITF document, alone or as a payload in other formats, as what an article holds.

    found = read_body(element)          # `nitf`, `body` or `body.content`, in any namespace or none
    found.headline, found.authors, found.dateline, found.abstract, found.highlights
    found.blocks, found.media           # as in an article: blocks point to media by id, taglines stand last
    found.lost, found.repairs           # names of what could not be carried; clauses for people

Nothing is raised for what the element holds. Whatever stands around the body (docdata, tobject ...) is not looked at.
The element may be changed by it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from syndicate.markup.html_inline import text_of
from syndicate.markup.html_parse import name_of
from syndicate.markup.nitf_read_blocks import Walk, taglines_of
from syndicate.markup.nitf_read_inline import Element, NitfNotes, add_element, place_text, plain_of
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Dateline, Person
from syndicate.model.body import Block
from syndicate.model.media import Media

_BY = re.compile(r"(?:by|von|por|par|di|door|av)\s+(?=\S)", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|und|y|et|&)\s+", re.IGNORECASE)
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class NitfBody:
    """What a NITF body says, in an article's terms.

    `subheads` are the further lines of the headline (`hedline/hl2`), `distributor` is who sends the text (also the
    dateline's `source` where there is one), `notes` are those of the head, for editors, `rights` is the text of
    `body.head/rights`, `series` the name of the series.
    """

    headline: str | None = None
    subheads: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    dateline: Dateline | None = None
    distributor: str | None = None
    abstract: str | None = None
    highlights: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rights: str | None = None
    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    repairs: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def read_body(element: Element) -> NitfBody:
    """What stands in a `body`, in the first `body` of a `nitf`, or in an element that holds blocks itself."""
    notes = NitfNotes()
    body = element if name_of(element) != "nitf" else next(_named(element, "body"), None)
    if body is None:
        return NitfBody()
    head = next(_named(body, "body.head"), None) if name_of(body) == "body" else None
    said = NitfBody() if head is None else _read_head(head, notes)
    walk = Walk(notes=notes)
    if name_of(body) == "body":
        _read_parts(body, walk)
    else:
        walk.content(body)
    blocks = (*walk.blocks, *(one for end in _named(body, "body.end") for one in _read_end(end, notes)))
    return replace(
        said, blocks=blocks, media=tuple(walk.media.values()), repairs=notes.clauses(), lost=tuple(notes.lost)
    )


def people(text: str, role: str | None = None) -> tuple[Person, ...]:
    """Those whom a line like `By Ada Holm and Jon Ferry` names."""
    line = one_line(_BY.sub("", text.strip(), count=1))
    names = [one for part in _AND.split(line) for one in part.split(", ")] if _AND.search(line) else [line]
    if len(names) == 1 and line.count(", ") == 1 and role is None:
        name, role = line.split(", ")
        names = [name]
    return tuple(Person(name=name.strip(" ,"), role=role or None) for name in names if name.strip(" ,"))


def _named(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if name_of(child) in names)


def _read_parts(body: Element, walk: Walk) -> None:
    """What stands in the body beside its head and end, mostly one `body.content`."""
    for child in body:
        if name_of(child) == "body.content":
            walk.content(child)
        elif name_of(child) not in ("body.head", "body.end"):
            walk.child(child)
    walk.flush()


def _read_head(head: Element, notes: NitfNotes) -> NitfBody:
    headlines = [line for one in _named(head, "hedline", "headline") for line in _headlines(one, notes)]
    abstracts = list(_named(head, "abstract"))
    highlights = [one for one in abstracts if (one.get("class") or "") == "highlights"]
    distributor = next((plain_of(one, notes) for one in _named(head, "distributor")), "") or None
    known = ("hedline", "headline", "note", "rights", "byline", "distributor", "dateline", "abstract")
    for child in head:
        name = name_of(child)
        if name is not None and name not in known and (child.attrib or "".join(map(str, child.itertext())).strip()):
            notes.lose(f"body.head/{name}")
    return NitfBody(
        headline=headlines[0] if headlines else None,
        subheads=tuple(dict.fromkeys(line for line in headlines[1:] if line != headlines[0])),
        authors=tuple(person for one in _named(head, "byline") for person in _byline(one, notes)),
        dateline=_dateline(list(_named(head, "dateline")), distributor, notes),
        distributor=distributor,
        abstract=" ".join(text for one in abstracts if one not in highlights for text in _texts(one, notes)) or None,
        highlights=tuple(text for one in highlights for text in _texts(one, notes)),
        notes=tuple(text for one in _named(head, "note") if (text := plain_of(one, notes))),
        rights=next((plain_of(one, notes) for one in _named(head, "rights")), "") or None,
    )


def _headlines(hedline: Element, notes: NitfNotes) -> list[str]:
    lines = [text for one in _named(hedline, "hl1", "hl2") if (text := plain_of(one, notes))]
    return lines or [text for text in [plain_of(hedline, notes)] if text]


def _byline(byline: Element, notes: NitfNotes) -> Iterable[Person]:
    """Those who are marked as persons, else those whom the text names; a title is the role of all of them."""
    role = "; ".join(text for one in _named(byline, "byttl") if (text := plain_of(one, notes))) or None
    marked = [text for one in _named(byline, "person") if (text := plain_of(one, notes))]
    email = next((text for one in _named(byline, "virtloc") if "@" in (text := plain_of(one, notes))), None)
    if marked:
        return tuple(Person(name=text, role=role, email=email) for text in marked)
    pieces = [byline.text or ""]
    for child in byline:
        if name_of(child) not in ("byttl", "virtloc"):
            inner: list[str] = []
            add_element(child, inner, notes)
            pieces += inner
        pieces.append(child.tail or "")
    line = one_line(repair(text_of("".join(pieces)))[0])
    if len(line) > _LONGEST_NAME * 4:
        notes.lose("byline")
        return ()
    return tuple(replace(one, email=email) for one in people(line, role))


def _dateline(datelines: list[Element], distributor: str | None, notes: NitfNotes) -> Dateline | None:
    texts = [text for one in datelines if (text := place_text(one))]
    if not texts:
        return None
    for one in datelines:
        if any((date.get("norm") or "").strip() for date in _named(one, "story.date")):
            notes.lose("dateline/story.date@norm")
    return Dateline(text="; ".join(texts), place=_place(datelines[0]), source=distributor)


def _place(dateline: Element) -> str | None:
    """The city, else the whole location."""
    location = next(_named(dateline, "location"), None)
    if location is None:
        return None
    city = next(_named(location, "city"), None)
    return place_text(location if city is None else city) or None


def _texts(element: Element, notes: NitfNotes) -> list[str]:
    """The paragraphs of an abstract, which real ones leave out."""
    walk = Walk(notes=notes)
    walk.content(element)
    if walk.media:
        notes.lose("abstract/media")
    texts = [html for one in walk.blocks for html in getattr(one, "items", (getattr(one, "html", ""),))]
    return [text for html in texts if (text := one_line(text_of(html.replace("</td>", " "))))]


def _read_end(end: Element, notes: NitfNotes) -> list[Block]:
    found: list[Block] = []
    for child in end:
        if name_of(child) == "tagline":
            found += taglines_of(child, notes)
        elif name_of(child) is not None and plain_of(child, notes):
            notes.lose(f"body.end/{name_of(child)}")
    return found
