"""The fields of one JSON article but its body and media: defaults, repairs, bounds, and what cannot be taken."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syndicate.formats.article_json.body import Content, address
from syndicate.formats.article_json.plain import Plain
from syndicate.markup.addresses import LINKS
from syndicate.markup.article_json import (
    FieldError,
    each,
    link_of,
    optional_text,
    optional_time,
    optional_word,
    person_of,
    rights_of,
    subject_of,
    texts,
    whole,
    word,
)
from syndicate.markup.html import has_markup, plain_of
from syndicate.markup.text import one_line
from syndicate.model.article import Article, Dateline, Link, Person, Signal, Status
from syndicate.model.draft import Reading
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

# A misspelt one of these must not be passed over: the article would go out too early, or for too long.
_DECIDING = frozenset({"embargo", "expires", "status", "published"})
_MEANT = {"embargoed": "embargo", "embargoeduntil": "embargo", "pubstatus": "status", "expiry": "expires"}
FIELDS = frozenset(Article.__dataclass_fields__) | {"body_html"}
LONGEST = {"headline": 2000, "slugline": 500, "url": 2000, "abstract": 20_000, "note": 20_000, "correction": 20_000}
MOST = {
    "keywords": 500, "subjects": 500, "highlights": 100, "authors": 200, "contributors": 500, "sections": 100,
    "media": 500, "links": 500, "body": 5000,
}  # fmt: skip
_LONGEST_WORD = 500
_LONGEST_TAG = 40
_LARGEST_VERSION = 1_000_000_000
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\Z")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


@dataclass(frozen=True, slots=True)
class Source:
    """One article's values in sound text, and what its other fields start from; `content` gathers repairs."""

    values: Mapping[str, Any]
    guid: str
    url: str | None
    content: Content
    file: str
    line: int
    reading: Reading


def fields_of(source: Source, made: Content | Plain) -> dict[str, Any]:
    """The article's fields in the contract's order."""
    values, content, reading = source.values, source.content, source.reading
    content.base = source.url
    _report_unknown(values, content)
    published, updated, inferred = _times(values, content, reading)
    stated = tuple(name for name in texts(values, "derived") if name in FIELDS)
    return {
        "guid": source.guid,
        "version": version_of(values) or 1,
        "status": word(values, "status", Status, Status.USABLE),
        "language": _language(values, content, reading),
        "headline": _headline(values, content),
        "slugline": _slugline(values, content),
        "abstract": _plain(optional_text(values, "abstract"), "abstract", content),
        "highlights": _highlights(values, content),
        "authors": _people(values, "authors", content),
        "contributors": _people(values, "contributors", content),
        "dateline": _dateline(values),
        "body": made.blocks,
        "media": made.media,
        "sections": _words(values, "sections"),
        "subjects": each(values, "subjects", _subject),
        "keywords": _words(values, "keywords"),
        "genre": _word("genre", optional_text(values, "genre")),
        "urgency": _urgency(values, content),
        "published": published,
        "updated": updated,
        "embargo": _moment(values, "embargo"),
        "expires": _moment(values, "expires"),
        "url": source.url,
        "rights": _rights(values),
        "note": optional_text(values, "note"),
        "correction": optional_text(values, "correction"),
        "links": _links(values, content),
        "derived": stated if not inferred else (*(name for name in stated if name not in inferred), *inferred),
        "signal": optional_word(values, "signal", Signal),
        "significant": _moment(values, "significant"),
    }


def bound(values: Mapping[str, Any]) -> None:
    """FieldError when a text or a list is beyond its bound."""
    for name, most in LONGEST.items():
        value = values.get(name)
        if isinstance(value, str) and len(value) > most:
            raise FieldError(f"{name} has {len(value)} characters; at most {most} are taken")
    for name, most in MOST.items():
        value = values.get(name)
        if isinstance(value, list) and len(value) > most:
            raise FieldError(f"{name} has {len(value)} entries; at most {most} are taken")


def _report_unknown(values: Mapping[str, Any], content: Content) -> None:
    for name in ("embargo", "expires", "status"):
        if values.get(name) == "":
            raise FieldError(f"{name} is empty; leave it out, or give it a value")
    if not values.keys() <= FIELDS:
        from syndicate.settings import nearest  # pulls in what reading needs nothing else of

        for name in (name for name in values if name not in FIELDS):
            guess = _MEANT.get(name.lower()) or nearest(name.lower(), sorted(FIELDS))
            if guess in _DECIDING:
                raise FieldError(f"{name[:80]} is not a known field; did you mean {guess!r}? It decides what goes out")
            hint = f" (did you mean {guess!r}?)" if guess else ""
            content.report(name[:80], f"unknown field {name[:80]!r} ignored{hint}")


def _headline(values: Mapping[str, Any], content: Content) -> str:
    headline = one_line(_plain(optional_text(values, "headline"), "headline", content) or "")
    if not headline:
        raise FieldError("headline is missing: every article needs one")
    return headline


def _plain(value: str | None, name: str, content: Content) -> str | None:
    """Text without markup. An entity stays: nobody can tell whether it was meant."""
    if value is None or ("<" not in value and "&" not in value):
        return value
    if has_markup(value):
        value, repairs = plain_of(value)
        content.report(name, "markup left out, its text kept", *repairs)
    elif found := _ENTITY.search(value):
        content.report(name, f"holds the entity {found[0]} as text; left as it is")
    return value or None


def _highlights(values: Mapping[str, Any], content: Content) -> tuple[str, ...]:
    found = (
        one_line(_plain(value, f"highlights[{index}]", content) or "")
        for index, value in enumerate(texts(values, "highlights"))
    )
    return tuple(value for value in found if value)


def _slugline(values: Mapping[str, Any], content: Content) -> str | None:
    slugline = one_line(optional_text(values, "slugline") or "")
    if slugline.startswith(("/", "~")) or "\\" in slugline or ".." in slugline.split("/"):
        content.report("slugline", f"{slugline[:80]!r} left out: it looks like a path")
        return None
    return slugline or None


def _words(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The words of a list in their order, each once."""
    found = (one_line(value) for value in texts(values, name))
    return tuple(dict.fromkeys(_bounded(name, value) for value in found if value))


def _word(name: str, value: str | None) -> str | None:
    return None if value is None else _bounded(name, one_line(value)) or None


def _bounded(name: str, value: str) -> str:
    """The value, which articles are found by; FieldError when it is too long for an index."""
    if len(value) > _LONGEST_WORD:
        raise FieldError(f"{name} has an entry of {len(value)} characters; at most {_LONGEST_WORD} are taken")
    return value


def _subject(values: Mapping[str, Any]) -> Subject:
    subject = subject_of(values)
    if len(subject.scheme) + len(subject.code) >= _LONGEST_WORD:
        _bounded("code", subject.qcode)
    return subject


def version_of(values: Mapping[str, Any]) -> int | None:
    """The version that the source names, None when it names none."""
    version = whole(values, "version")
    if version is not None and version > _LARGEST_VERSION:
        raise FieldError(f"version is {version}; at most {_LARGEST_VERSION} is taken")
    return version or None


def _people(values: Mapping[str, Any], name: str, content: Content) -> tuple[Person, ...]:
    """People, given as objects or by name alone."""
    found = values.get(name)
    if not found:
        return ()
    if isinstance(found, list):
        found = [{"name": one} if isinstance(one, str) and one else one for one in found]
    people = each({name: found}, name, person_of)
    return tuple(
        person
        if person.email is None and len(person.name) <= _LONGEST_WORD
        else _reachable(person, f"{name}[{index}].email", content)
        for index, person in enumerate(people)
    )


def _reachable(person: Person, name: str, content: Content) -> Person:
    _bounded(name.partition("[")[0], person.name)
    if person.email is None or _EMAIL.match(person.email):
        return person
    content.report(name, f"{person.email[:80]!r} left out: no e-mail address")
    return Person(name=person.name, role=person.role)


def _dateline(values: Mapping[str, Any]) -> Dateline | None:
    found = values.get("dateline")
    if found is None:
        return None
    if not isinstance(found, dict):
        raise FieldError("dateline must be an object with text, place and source")
    place, source = optional_text(found, "place"), optional_text(found, "source")
    text = optional_text(found, "text") or " ".join(filter(None, (place, source)))
    return Dateline(text=text.strip(), place=place, source=source) if text else None


def _language(values: Mapping[str, Any], content: Content, reading: Reading) -> str:
    language = optional_text(values, "language")
    if language is None:
        return reading.language
    tag = language.strip().replace("_", "-")
    if not _LANGUAGE.match(tag) or len(tag) > _LONGEST_TAG:
        content.report("language", f"{language[:40]!r} is no language tag; {reading.language!r} taken")
        return reading.language
    if tag != language:
        content.report("language", f"{language[:40]!r} written {tag!r}")
    return tag


def _rights(values: Mapping[str, Any]) -> Rights:
    found = values.get("rights") or {}
    if not isinstance(found, dict):
        raise FieldError("rights must be an object with holder, notice and usage")
    return rights_of(found)


def _urgency(values: Mapping[str, Any], content: Content) -> int | None:
    urgency = whole(values, "urgency")
    if urgency is None or 1 <= urgency <= 8:
        return urgency
    content.report("urgency", f"{urgency} left out: 1 (most urgent) to 8 are known")
    return None


def _links(values: Mapping[str, Any], content: Content) -> tuple[Link, ...]:
    found = each(values, "links", link_of)
    return tuple(_targets(found, content)) if found else ()


def _targets(links: Sequence[Link], content: Content) -> Iterator[Link]:
    for index, link in enumerate(links):
        url = address(link.url, f"links[{index}].url", content, LINKS)
        if url or link.guid:
            yield Link(rel=link.rel, guid=link.guid, url=url)
        else:
            content.report(f"links[{index}]", "left out: it has neither guid nor url")


def _times(values: Mapping[str, Any], content: Content, reading: Reading) -> tuple[datetime, datetime, tuple[str, ...]]:
    """When published, when updated, and which of the two the source does not say."""
    stated, changed = _moment(values, "published"), _moment(values, "updated")
    published = stated or changed or reading.now
    updated = changed or published
    if updated < published:
        content.report("updated", "before published: the time of publication taken")
        updated = published
    missing = tuple(name for name, moment in (("published", stated), ("updated", changed)) if moment is None)
    return published, updated, missing


def _moment(values: Mapping[str, Any], name: str) -> datetime | None:
    moment = optional_time(values, name)
    if moment is not None and moment.year < _EARLIEST_YEAR:
        raise FieldError(f"{name} is {moment.isoformat()}: before the year {_EARLIEST_YEAR}")
    if moment is not None and moment.year > _LATEST_YEAR and name in {"published", "updated"}:
        raise FieldError(f"{name} is {moment.isoformat()}: after the year {_LATEST_YEAR}")
    return moment
