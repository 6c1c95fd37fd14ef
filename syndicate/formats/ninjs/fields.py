"""The fields of a draft but its text and media: what an item says of them, in whichever version."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.concepts import subject_of
from syndicate.formats.ninjs.counts import words_of
from syndicate.formats.ninjs.item import Item
from syndicate.formats.ninjs.source import LONGEST_WORD, Source, Unreadable, number
from syndicate.markup.text import one_line
from syndicate.model.article import Dateline, Person, Status
from syndicate.model.draft import Reading
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

_STATUSES = {status.value: status for status in Status} | {"cancelled": Status.CANCELED}
_AUTHORS = frozenset({n.AUTHOR, "creator", "writer", "by", "journalist", "reporter"})
_CONTRIBUTORS = frozenset({n.CONTRIBUTOR, "contributed"})
_SUMMARIES = (n.SUMMARY, "abstract", "text", n.MAIN, "", "html", "xhtml")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\Z")
_LONGEST_TAG = 40
_LARGEST_VERSION = 1_000_000_000
_URGENCIES = range(1, 9)


def status_of(source: Source) -> Status:
    """What may be done with the item; a status that nobody knows must not be taken for `usable`."""
    stated = source.word(n.PUB_STATUS)
    status = _STATUSES.get(stated.lower().removeprefix("stat:"))
    if not stated and source.item.get(n.PUB_STATUS) is None:
        return Status.USABLE
    if status is None:
        raise Unreadable(f"pubStatus is {stated[:40]!r}; usable, withheld and canceled are known")
    return status


def version_of(source: Source) -> int | None:
    """The version that the item states; one that is no number in reach is lost."""
    version = number(source.item.get(n.VERSION))
    if version is None or version > _LARGEST_VERSION:
        source.dropped.add(n.VERSION)
        return None
    return version or None


def times_of(source: Source, reading: Reading) -> tuple[datetime, datetime, tuple[str, ...]]:
    """When published, when updated, and which of the two the item does not say."""
    first, created = source.moment(n.FIRST_CREATED), source.moment(n.CONTENT_CREATED)
    changed = source.moment(n.VERSION_CREATED)
    published = first or created or changed or reading.now
    updated = changed or published
    if updated < published:
        source.report("updated", "before published: the time of publication taken")
        updated = published
    missing = (("published", first or created), ("updated", changed))
    return published, updated, tuple(name for name, moment in missing if moment is None)


def headline_of(source: Source) -> str:
    """The headline; other headlines are lost unless they say nothing new. Empty when there is none."""
    found = [(source.word(n.ROLE, one), source.line(n.VALUE, one, n.HEADLINES)) for one in source.objects(n.HEADLINES)]
    found = [(role, text) for role, text in found if text]
    chosen = next((text for role, text in found if role == n.MAIN), found[0][1] if found else "")
    source.extra += (f"{n.HEADLINES}[{role}]" for role, text in found if text != chosen)
    return chosen or source.line(n.TITLE_PROPERTY)


def descriptions_of(source: Source) -> dict[str, Any]:
    """Abstract, highlights and correction; a description that has no place there is lost."""
    told: dict[str, list[str]] = {}
    for one in source.objects(n.DESCRIPTIONS):
        if text := source.prose(n.VALUE, one, n.DESCRIPTIONS):
            told.setdefault(source.word(n.ROLE, one), []).append(text)
    highlights = tuple(map(one_line, told.pop(n.HIGHLIGHT, ())))
    correction = "\n\n".join(told.pop(n.CORRECTION, ()))
    role = next((role for role in _SUMMARIES if role in told), next(iter(told), ""))
    abstract, *others = told.pop(role, [""])
    known = set(words_of(abstract))
    for other in (
        *((role, text) for text in others),
        *((name, text) for name, texts in told.items() for text in texts),
    ):
        if set(words_of(other[1])) - known:
            source.extra.append(f"{n.DESCRIPTIONS}[{other[0]}]")
    return {"highlights": highlights, "correction": correction or None, "abstract": abstract or None}


def note_of(source: Source, correction: str | None) -> str | None:
    """The editors' note without what stands in the correction too."""
    note = source.text(n.ED_NOTE)
    if correction and note == correction:
        return None
    return (note.removesuffix(f"\n\n{correction}") if correction else note) or None


def people_of(source: Source) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Authors and contributors; where an item names no author, its byline is one."""
    authors: list[Person] = []
    contributors: list[Person] = []
    for one in source.objects(n.PEOPLE):
        relation = source.word(n.REL, one).lower()
        if relation in _AUTHORS:
            authors += _person(source, one)
        elif relation in _CONTRIBUTORS:
            contributors += _person(source, one)
        else:
            source.dropped |= {f"{n.PEOPLE}/{n.CONTACT_INFO}", f"{n.PEOPLE}/{n.REL}"} & _paths(one, n.PEOPLE)
    for one in (*source.objects("authors"), *source.objects("bylines"), *source.objects("photographer")):
        authors += _person(source, {n.NAME: one.get(n.BY), **one})
    by = source.line(n.BY)
    if by and not authors:
        authors = [Person(name=source.cut(by, n.BY, LONGEST_WORD))]
    elif set(words_of(by.replace(",", " "))) - set(" ".join(one.name.replace(",", " ") for one in authors).split()):
        source.dropped.add(n.BY)
    return tuple(authors), tuple(contributors)


def _paths(one: Item, name: str) -> set[str]:
    return {f"{name}/{inner}" for inner in one}


def _person(source: Source, one: Item) -> Iterator[Person]:
    email, role = source.word(n.EMAIL, one), source.text(n.ROLE, one)
    for contact in source.objects(n.CONTACT_INFO, one):
        kind, value = source.word(n.TYPE, contact).lower(), source.text(n.VALUE, contact)
        if kind in (n.EMAIL, "mail", "e-mail") and not email:
            email = value
        elif kind == n.VCARD_ROLE and not role:
            role = value
        else:
            source.dropped.add(f"{n.PEOPLE}/{n.CONTACT_INFO}")
    if email and not _EMAIL.match(email):
        source.report("authors", f"{email[:80]!r} left out: no e-mail address")
        email = ""
    if name := source.cut(source.text(n.NAME, one), n.PEOPLE, LONGEST_WORD):
        yield Person(name=name, email=email or None, role=role or None)


def subjects_of(source: Source) -> dict[str, Any]:
    """Subjects, sections and keywords. Whoever and whatever is named with a code is a subject, else a keyword."""
    subjects: list[Subject] = []
    sections = [source.line(n.NAME, one) or source.line(n.CODE, one) for one in source.objects("service")]
    keywords: list[str] = _keywords(source)
    located = source.text(n.LOCATED)
    for kind in (n.SUBJECTS, n.PEOPLE, n.ORGANISATIONS, n.PLACES, n.EVENTS, n.OBJECTS):
        for one in source.objects(kind):
            relation, name = source.word(n.REL, one).lower(), source.text(n.NAME, one)
            if kind == n.PEOPLE and relation in _AUTHORS | _CONTRIBUTORS:
                continue
            if kind == n.SUBJECTS and relation == n.SECTION:
                sections.append(name)
            elif subject := _subject(source, one, name):
                subjects.append(subject)
            elif name != located or relation == n.KEYWORD:
                keywords.append(name or source.line(n.LITERAL, one) or source.line(n.CODE, one))
            if relation not in ("", n.SECTION, n.KEYWORD):
                source.dropped.add(f"{kind}/{n.REL}")
    return {
        "subjects": tuple(subjects),
        "sections": source.words("sections", map(one_line, sections)),
        "keywords": source.words("keywords", map(one_line, keywords)),
    }


def _keywords(source: Source) -> list[str]:
    value = source.item.get("keywords")
    words = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [one_line(source.sound(one, "keywords")) for one in words if isinstance(one, str)]


def _subject(source: Source, one: Item, name: str) -> Subject | None:
    code = source.word(n.LITERAL, one) or source.word(n.CODE, one) or source.word("qcode", one)
    found = subject_of(source.word(n.URI, one), source.word(n.SCHEME, one), code, name or None)
    if found is not None and len(found.qcode) > LONGEST_WORD:
        source.report("subjects", f"a code of {len(found.qcode)} characters left out")
        return None
    return found


def genre_of(source: Source) -> str | None:
    """The first genre; others are lost."""
    genres = [
        source.line(n.NAME, one) or source.line(n.CODE, one) or source.line(n.LITERAL, one)
        for one in source.objects(n.GENRES)
    ]
    found = source.words("genre", genres)
    source.extra += (f"{n.GENRES}[{other[:80]}]" for other in found[1:])
    return found[0] if found else None


def dateline_of(source: Source, opening: str, first_words: str) -> Dateline | None:
    """The words that open the text, place and source of it.

    Where the body does not mark them, the place opens the text, unless the text begins with it anyhow.
    """
    place, provider = source.text(n.LOCATED), _source_of(source)
    if opening:
        return Dateline(text=opening, place=place or None, source=provider or None)
    if not place or first_words.casefold().startswith(place.partition(",")[0].casefold()):
        if provider:
            source.dropped |= {"source", n.INFO_SOURCES}
        return None
    return Dateline(text=place, place=place, source=provider or None)


def _source_of(source: Source) -> str:
    """Where the story is from, which is not who sends it."""
    for one in source.objects(n.INFO_SOURCES):
        name = source.text(n.NAME, one)
        if name and str(one.get(n.ROLE) or one.get(n.REL)) != n.PROVIDER:
            return name
    return source.text("source")


def language_of(source: Source, reading: Reading) -> str:
    """The language tag, that of the import where there is none."""
    stated = source.word(n.LANGUAGE)
    tag = stated.replace("_", "-")
    if not stated:
        return reading.language
    if not _LANGUAGE.match(tag) or len(tag) > _LONGEST_TAG:
        source.report("language", f"{stated[:40]!r} is no language tag; {reading.language!r} taken")
        return reading.language
    return tag


def urgency_of(source: Source) -> int | None:
    """The urgency, from 1 to 8; another one is lost."""
    urgency = number(source.item.get(n.URGENCY))
    if urgency in _URGENCIES:
        return urgency
    source.dropped.add(n.URGENCY)
    return None


def rights_of(source: Source) -> Rights:
    """Holder, notice and terms."""
    holder, notice, usage = (source.text(name) for name in (n.COPYRIGHT_HOLDER, n.COPYRIGHT_NOTICE, n.USAGE_TERMS))
    return Rights(holder=holder or None, notice=notice or None, usage=usage or None)


def slugline_of(source: Source) -> str | None:
    """The slugline; one that looks like a path is left out."""
    slugline = source.line(n.SLUGLINE)
    if slugline.startswith(("/", "~")) or "\\" in slugline or ".." in slugline.split("/"):
        source.report("slugline", f"{slugline[:80]!r} left out: it looks like a path")
        return None
    return slugline or None
