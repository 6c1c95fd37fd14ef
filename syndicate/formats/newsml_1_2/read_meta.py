"""Lines and metadata of an item's components in an article's terms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.read_tree import Notes, children, find, formal, line, local, says, text_of
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.nitf_read import people
from syndicate.markup.nitf_subjects import CODES, is_code
from syndicate.markup.uris import slug
from syndicate.model.article import Dateline, Person
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

if TYPE_CHECKING:
    from lxml import etree

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
# Some write only a time as dateline.
_TIME = re.compile(r"[\d\W_T]*(?:[A-Z]{1,5})?\Z")
_LINES = frozenset({n.ABSTRACT, n.HIGHLIGHT, n.CORRECTION, n.PUBLISHER_NOTICE})
_CODES = (n.SUBJECT, n.SUBJECT_MATTER, n.SUBJECT_DETAIL)
_DESCRIBED = frozenset(
    {n.LANGUAGE, n.GENRE, n.SUBJECT_CODE, n.LOCATION, "Catalog", "TopicOccurrence", "DateLineDate", n.PROPERTY}
)
_PROPERTIES = frozenset({n.SUBJECT, n.SECTION, n.URL, n.KEYWORD, n.CITY, "GeneratorSoftware", "Country"})


@dataclass(slots=True)
class Meta:
    """The components that say something of the text, outermost first, and what reading them gathers."""

    components: "Sequence[etree._Element]"
    notes: Notes

    @property
    def is_ours(self) -> bool:
        """Whether our own renderer wrote it."""
        return any(
            one.get(n.VALUE) == n.OURS for one in self.all(n.ADMINISTRATIVE, n.PROPERTY) if formal(one) == n.GENERATOR
        )

    def all(self, *path: str) -> "Iterator[etree._Element]":
        """The elements at the end of that path in each component."""
        for component in self.components:
            found = [component]
            for name in path:
                found = [child for one in found for child in children(one, name)]
            yield from found

    def lines(self, name: str) -> list[str]:
        """What lines of that name say, each once."""
        return list(dict.fromkeys(text for one in self.all(n.LINES, name) if (text := text_of(one))))

    def line(self, name: str) -> str | None:
        """The first of them; further ones are lost."""
        found = self.lines(name)
        if len(found) > 1:
            self.notes.lose(name)
        return found[0] if found else None

    def news_lines(self, kind: str) -> list[str]:
        """The texts of a `NewsLine` of that kind."""
        found = (one for one in self.all(n.LINES, n.NEWSLINE) if formal(find(one, n.NEWSLINE_TYPE)) == kind)
        return [text for one in found for each in children(one, n.NEWSLINE_TEXT) if (text := text_of(each))]

    def parties(self, name: str) -> "Iterator[etree._Element]":
        """The parties of that kind that have a name."""
        return (one for one in self.all(n.ADMINISTRATIVE, name, n.PARTY) if formal(one))

    def properties(self, name: str) -> list[str]:
        """The values of descriptive properties of that name."""
        found = (one.get(n.VALUE) for one in self.all(n.DESCRIPTIVE, n.PROPERTY) if formal(one) == name)
        return list(dict.fromkeys(value for one in found if (value := line(one))))


def language_of(item: "etree._Element", meta: Meta) -> str | None:
    """The language of the text."""
    stated = (one.get(_LANG) for one in (item, *meta.components))
    described = (formal(one) for one in meta.all(n.DESCRIPTIVE, n.LANGUAGE))
    tags = (tag.strip() for tag in (*stated, *described) if tag)
    return next((tag for tag in tags if _LANGUAGE.match(tag) and tag != "x-default"), None)


def authors_of(meta: Meta) -> tuple[Person, ...]:
    """Those whom the byline names, with its title, else the creators; in documents of ours these say more."""
    creators = tuple(map(_person, meta.parties(n.CREATOR)))
    if meta.is_ours:
        return creators
    found: list[Person] = []
    for lines in meta.all(n.LINES):
        for one in children(lines, n.BYLINE, n.BYLINE_TITLE):
            text = text_of(one)
            if text and local(one) == n.BYLINE:
                found += people(text)
            elif text and found:
                found[-1] = Person(name=found[-1].name, role=text)
    return tuple(dict.fromkeys(found)) or tuple(dict.fromkeys(creators))


def contributors_of(meta: Meta) -> tuple[Person, ...]:
    """Who helped."""
    return tuple(map(_person, meta.parties(n.CONTRIBUTOR)))


def _person(party: "etree._Element") -> Person:
    known = {formal(one): line(one.get(n.VALUE)) for one in children(party, n.PROPERTY)}
    return Person(name=formal(party) or "", role=known.get(n.ROLE), email=known.get(n.EMAIL))


def dateline_of(meta: Meta) -> Dateline | None:
    """The printed line, with the place and the source that stand elsewhere."""
    printed, credit = meta.line(n.DATELINE), meta.line(n.CREDITLINE)
    if printed is not None and not meta.is_ours and _TIME.match(printed):
        meta.notes.lose(n.DATELINE)
        printed = None
    sources = [formal(one) for one in meta.parties(n.SOURCE)]
    if printed is None:
        if not meta.is_ours:
            for name, stated in ((n.CREDITLINE, credit), (n.SOURCE, sources), (n.LOCATION, _place(meta))):
                if stated:
                    meta.notes.lose(name)
        return None
    return Dateline(
        text=printed, place=_place(meta), source=sources[0] if sources else (None if meta.is_ours else credit)
    )


def _place(meta: Meta) -> str | None:
    locations = list(meta.all(n.DESCRIPTIVE, n.LOCATION))
    origins = [one for one in locations if one.get("HowPresent") == "Origin"]
    values = [one.get(n.VALUE) for place in origins or locations for one in children(place, n.PROPERTY)
              if formal(one) == n.CITY]  # fmt: skip
    return next((value for one in (*values, *meta.properties(n.CITY)) if (value := line(one))), None)


def rights_of(meta: Meta) -> Rights:
    """Holder, notice and terms."""
    holder = next(filter(None, map(text_of, meta.all(n.RIGHTS, n.COPYRIGHT, n.HOLDER))), None)
    terms = [text for usage in meta.all(n.RIGHTS, n.USAGE) for one in children(usage) if (text := text_of(one))]
    return Rights(
        holder=holder,
        notice=meta.line(n.COPYRIGHTLINE),
        usage=" ".join(dict.fromkeys((*terms, *meta.lines(n.RIGHTSLINE)))) or None,
    )


def keywords_of(meta: Meta) -> tuple[str, ...]:
    """Keywords of lines and properties; some put several into one."""
    stated = (*meta.lines(n.KEYWORDLINE), *meta.properties(n.KEYWORD))
    parts: Iterable[str] = stated if meta.is_ours else (part for one in stated for part in one.split(";"))
    return tuple(dict.fromkeys(word for part in parts if (word := part.strip())))


def genre_of(meta: Meta) -> str | None:
    """The first genre; further ones are lost."""
    found = list(dict.fromkeys(name for one in meta.all(n.DESCRIPTIVE, n.GENRE) if (name := formal(one))))
    if len(found) > 1:
        meta.notes.lose(n.GENRE)
    return found[0] if found else None


def url_of(meta: Meta) -> str | None:
    """Where the story is published."""
    for stated in meta.properties(n.URL):
        try:
            return absolute(stated, None, WEB)
        except AddressError:
            meta.notes.lose(f"{n.PROPERTY}[{n.URL}]")
    return None


def subjects_of(item: "etree._Element", meta: Meta) -> tuple[Subject, ...]:
    """Subjects with schemes of their own, subject codes that say something else, and topics that occur."""
    topics = _topics(item)
    found = [_stated(one) for one in meta.all(n.DESCRIPTIVE, n.PROPERTY) if formal(one) == n.SUBJECT]
    known = {one.code for one in found if one is not None}
    for one in meta.all(n.DESCRIPTIVE, n.SUBJECT_CODE):
        for each in children(one):
            code = formal(each)
            if local(each) not in _CODES and says(each):
                meta.notes.lose(f"{n.SUBJECT_CODE}/{local(each)}")
            elif code and code not in known:
                known.add(code)
                topic = topics.get(code)
                found.append(Subject(scheme=_scheme(each, code), code=code, name=topic.name if topic else None))
    occurring = set(found)
    for one in meta.all(n.DESCRIPTIVE, "TopicOccurrence"):
        topic = topics.get(one.get("Topic") or "")
        if topic is not None and topic not in occurring:
            occurring.add(topic)
            found.append(topic)
        elif topic is None and says(one):
            meta.notes.lose("TopicOccurrence")
    return tuple(one for one in found if one is not None)


def _stated(element: "etree._Element") -> Subject | None:
    name = next((line(one.get(n.VALUE)) for one in children(element, n.PROPERTY) if formal(one) == n.NAME), None)
    code = line(element.get(n.VALUE))
    return None if code is None else Subject(scheme=line(element.get(n.SCHEME)) or CODES, code=code, name=name)


def _scheme(element: "etree._Element", code: str) -> str:
    if is_code(code):
        return CODES
    return slug(line(element.get(n.SCHEME)) or line(element.get("Vocabulary")) or "") or "subject"


def _topics(item: "etree._Element") -> dict[str, Subject]:
    """The topics of the item's sets, by code and by `#id`."""
    found: dict[str, Subject] = {}
    for one in item.iter():
        if local(one) != "Topic":
            continue
        stated = next((name for name in children(one, n.FORMAL_NAME) if text_of(name)), None)
        code = text_of(stated) or ""
        kind = formal(find(one, "TopicType")) or ""
        scheme = (
            CODES if is_code(code) else slug((stated.get(n.SCHEME) or "") if stated is not None else "") or slug(kind)
        )
        topic = Subject(scheme=scheme or "topic", code=code, name=_described(one))
        if code:
            found.setdefault(code, topic)
            found.setdefault(f"#{one.get('Duid')}", topic)
    return found


def _described(topic: "etree._Element") -> str | None:
    """The name of a topic, in English where there is one."""
    names = [one for one in children(topic, "Description") if one.get("Variant") in (None, "Name", "Default")]
    named = sorted(names, key=lambda one: not (one.get(_LANG) or "en").startswith("en"))
    return next(filter(None, map(text_of, named)), None)


def note_unread(meta: Meta) -> None:
    """Name what says something and has no place in an article."""
    for one in meta.all(n.LINES, n.NEWSLINE):
        kind = formal(find(one, n.NEWSLINE_TYPE))
        if kind not in _LINES and any(text_of(each) for each in children(one, n.NEWSLINE_TEXT)):
            meta.notes.lose(f"{n.NEWSLINE}[{kind}]")
    if meta.lines("SeriesLine"):
        meta.notes.lose("SeriesLine")
    described = [one for each in meta.all(n.DESCRIPTIVE) for one in children(each)]
    stated = [one for one in described if local(one) == n.PROPERTY and formal(one) not in _PROPERTIES]
    for one in (*stated, *meta.all(n.ADMINISTRATIVE, n.PROPERTY)):
        if formal(one) != n.GENERATOR and says_more(one):
            meta.notes.lose(f"{n.PROPERTY}[{formal(one)}]")
    for one in described:
        if local(one) not in _DESCRIBED and says(one):
            meta.notes.lose(local(one))
    for one in meta.all(n.METADATA):
        meta.notes.lose(f"{n.METADATA}[{formal(find(one, 'MetadataType'))}]")


def says_more(element: "etree._Element") -> bool:
    """Whether a property has a value, be it in one inside."""
    return any((one.get(n.VALUE) or "").strip() for one in element.iter())
