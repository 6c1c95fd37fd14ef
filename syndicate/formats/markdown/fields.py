"""The fields before a text to those of an article."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from syndicate.formats.markdown import names
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.front_matter import FrontMatterError, Value, texts
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Dateline, Person, Status
from syndicate.model.draft import Reading, Repair
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

_LONGEST = 20_000
_LONGEST_WORD = 500
_MOST = 500
_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_NAMED = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<email>[^@\s<>]+@[^@\s<>]+)>\Z")
_OFFSET = re.compile(r"\s+(?=(?:[+-]\d\d:?\d\d|Z)\Z)")
_YES = frozenset({"true", "yes", "1", "on"})
_NO = frozenset({"false", "no", "0", "off"})
_STATUS = {
    "usable": Status.USABLE, "publish": Status.USABLE, "published": Status.USABLE, "public": Status.USABLE,
    "withheld": Status.WITHHELD, "draft": Status.WITHHELD, "pending": Status.WITHHELD, "private": Status.WITHHELD,
    "canceled": Status.CANCELED, "cancelled": Status.CANCELED, "withdrawn": Status.CANCELED,
}  # fmt: skip


@dataclass(slots=True)
class Fields:
    """The fields by what they mean; `lost` names those that mean nothing here, as they are written."""

    reading: Reading
    values: dict[str, Value] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """The field as one line of sound text; a list has none."""
        value = self.values.get(name)
        return self.sound(value, name) if isinstance(value, str) else None

    def sound(self, value: str, name: str) -> str | None:
        """The text on one line; what had to be changed in it is reported."""
        fixed, repairs = repair(value)
        self.repairs += (Repair(field=name, what=what) for what in repairs)
        return one_line(fixed)[:_LONGEST] or None

    def drop(self, name: str) -> None:
        """The field cannot be carried as it is."""
        self.lost.append(self.written.get(name, name))


def fields_of(values: Mapping[str, Value], reading: Reading) -> Fields:
    """The fields by what they mean, the first of those that mean the same.

    FrontMatterError for one that decides what goes out and is misspelt, no single value, or contradicted.
    """
    fields = Fields(reading)
    for written, value in values.items():
        key = written.lower().replace("-", "").replace("_", "").replace(" ", "")
        meaning = names.FIELDS.get(key)
        # Jekyll says whether, not when.
        if meaning == "published" and isinstance(value, str) and value.lower() in _YES | _NO:
            meaning, value = "draft", "false" if value.lower() in _YES else "true"
        if value in ("", [], {}):
            continue
        _require_sure(fields, key, meaning, written, value)
        if meaning is None or meaning in fields.values:
            fields.lost.append(written)
        else:
            fields.values[meaning], fields.written[meaning] = value, written
    return fields


def _require_sure(fields: Fields, key: str, meaning: str | None, written: str, value: Value) -> None:
    if meaning is None and (meant := _misspelt(key, value)):
        raise FrontMatterError(f"{written[:80]} is no known field; did you mean {meant!r}? It decides what goes out")
    if meaning not in names.DECIDING:
        return
    if not isinstance(value, str):
        raise FrontMatterError(f"{written} is a list or a table: one value is wanted, since it decides what goes out")
    if fields.values.get(meaning, value) != value:
        raise FrontMatterError(f"{fields.written[meaning]} and {written} contradict each other: keep one of them")


def _misspelt(key: str, value: Value) -> str | None:
    """The field that decides what goes out and was most likely meant; None where another was, or none."""
    from difflib import get_close_matches  # most files have no unknown field

    if "embargo" in key:
        return "embargo"
    nearest = next(iter(get_close_matches(key, names.FIELDS, n=1, cutoff=0.8)), None)
    is_whether = isinstance(value, str) and value.lower() in _YES | _NO
    return nearest if nearest and (names.FIELDS[nearest] in names.DECIDING or is_whether) else None


def times_of(fields: Fields) -> tuple[datetime, datetime]:
    """When published and when updated; what is not stated for certain is derived."""
    embargo = embargo_of(fields)
    published = _moment(fields, "published")
    updated = _moment(fields, "updated")
    first = published or embargo or updated or fields.reading.now
    last = updated or first
    if last < first:
        fields.repairs.append(Repair(field="updated", what="before published: the time of publication taken"))
        last = first
    fields.derived += (name for name, one in (("published", published or embargo), ("updated", updated)) if one is None)
    return first, last


def embargo_of(fields: Fields) -> datetime | None:
    """Before when nobody outside may see the story."""
    return _exact(fields, "embargo")


def expiry_of(fields: Fields) -> datetime | None:
    """From when on the story is not to be shown."""
    return _exact(fields, "expires")


def _moment(fields: Fields, name: str) -> datetime | None:
    text = fields.text(name)
    if text is None:
        return None
    moment = _read_moment(text, fields.written[name])
    if moment.tzinfo is None:
        what = f"{text[:40]!r} names no offset: UTC taken"
        fields.repairs.append(Repair(field=name, what=what))
        fields.derived.append(name)
        return moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


def _exact(fields: Fields, name: str) -> datetime | None:
    """A moment that decides what goes out; FrontMatterError for one that would have to be guessed."""
    text = fields.text(name)
    if text is None:
        return None
    moment = _read_moment(text, fields.written[name])
    if moment.tzinfo is None:
        reason = (
            f"{fields.written[name]} is {text[:40]!r}: it decides what goes out, so write it with its offset from UTC"
        )
        raise FrontMatterError(f"{reason} (2026-03-02T06:00:00+01:00)")
    return moment.astimezone(UTC)


def _read_moment(text: str, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_OFFSET.sub("", text))
        if 1900 <= moment.year < 2200:
            return moment
    except (ValueError, OverflowError):
        pass
    raise FrontMatterError(f"{name} is {text[:40]!r}: no time such as 2026-03-02T06:00:00+01:00")


def status_of(fields: Fields) -> Status:
    """Withheld for a draft; FrontMatterError for a status that is not known, since it decides what goes out."""
    draft, stated = (fields.text("draft") or "").lower(), (fields.text("status") or "").lower()
    if draft and draft not in _YES | _NO:
        raise FrontMatterError(f"{fields.written['draft']} is {draft[:40]!r}: true or false is wanted")
    if stated and stated not in _STATUS:
        raise FrontMatterError(f"status is {stated[:40]!r}: one of {', '.join(Status)} is wanted")
    status = _STATUS.get(stated, Status.USABLE)
    return Status.WITHHELD if draft in _YES and status is Status.USABLE else status


def guid_of(fields: Fields) -> str:
    """The guid; empty when none is named that is a URI."""
    named = fields.text("guid") or ""
    if named and not (_GUID.match(named) and len(named) <= _LONGEST_WORD):
        fields.drop("guid")
        return ""
    return named


def version_of(fields: Fields) -> int | None:
    """The version that is stated."""
    stated = fields.text("version")
    if stated is None:
        return None
    if re.fullmatch(r"[1-9][0-9]{0,8}", stated):
        return int(stated)
    fields.drop("version")
    return None


def url_of(fields: Fields) -> str | None:
    """The story's address; a path is none."""
    stated = fields.text("url")
    try:
        return absolute(stated, None, WEB) if stated else None
    except AddressError:
        fields.drop("url")
        return None


def language_of(fields: Fields) -> str:
    """The language's tag, that of the import where none is stated."""
    stated = fields.text("language")
    tag = (stated or fields.reading.language).replace("_", "-")
    if flaw_of_tag(tag) is None:
        return tag
    what = f"{tag[:40]!r} is no language tag; {fields.reading.language!r} taken"
    fields.repairs.append(Repair(field="language", what=what))
    return fields.reading.language


def slugline_of(fields: Fields) -> str | None:
    """The slugline, unless it looks like a path."""
    stated = fields.text("slugline")
    if stated is not None and (stated.startswith(("/", "~")) or "\\" in stated or ".." in stated.split("/")):
        fields.drop("slugline")
        return None
    return stated


def people_of(fields: Fields, name: str) -> tuple[Person, ...]:
    """People by name, `Name <address>`, or a table with name, email and role."""
    value = fields.values.get(name)
    given: Sequence[Value] = [value] if isinstance(value, str | dict) else value or []
    found = [person for one in given for person in _people(fields, one, name)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _people(fields: Fields, value: Value, name: str) -> Iterator[Person]:
    if isinstance(value, dict):
        said = {key: fields.sound(one, name) for key, one in value.items() if isinstance(one, str)}
        if called := said.get("name"):
            email = said.get("email")
            is_address = email is not None and re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", email) is not None
            yield Person(name=called, email=email if is_address else None, role=said.get("role"))
        return
    for one in texts(value) if isinstance(value, str) else ():
        found = _NAMED.match(one)
        called = fields.sound(found["name"] if found else one, name)
        if called:
            yield Person(name=called, email=found["email"] if found else None)


def words_of(fields: Fields, name: str) -> tuple[str, ...]:
    """The words of a list, each once."""
    found = (fields.sound(one, name) for one in texts(fields.values.get(name)))
    return tuple(dict.fromkeys(one for one in found if one and len(one) <= _LONGEST_WORD))[:_MOST]


def highlights_of(fields: Fields) -> tuple[str, ...]:
    """The highlights; a single one may hold commas."""
    value = fields.values.get("highlights")
    given = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(said for one in given if isinstance(one, str) and (said := fields.sound(one, "highlights")))


def subjects_of(fields: Fields) -> tuple[Subject, ...]:
    """Concepts with scheme, code and name, or as `scheme:code`."""
    value = fields.values.get("subjects")
    made = [_subject(one) for one in (value if isinstance(value, list) else [])]
    if None in made or isinstance(value, str):
        fields.drop("subjects")
    return tuple(one for one in made if one is not None)[:_MOST]


def _subject(value: Value) -> Subject | None:
    if isinstance(value, str):
        short = re.fullmatch(r"([\w-]+):(\S+)", value.strip())
        return Subject(scheme=short[1], code=short[2]) if short else None
    if isinstance(value, dict):
        scheme, code, name = value.get("scheme"), value.get("code"), value.get("name")
        if isinstance(scheme, str) and isinstance(code, str) and scheme and code:
            return Subject(scheme=scheme, code=code, name=name if isinstance(name, str) and name else None)
    return None


def urgency_of(fields: Fields) -> int | None:
    """1 (most urgent) to 8."""
    stated = fields.text("urgency")
    if stated is None or re.fullmatch("[1-8]", stated):
        return int(stated) if stated else None
    fields.drop("urgency")
    return None


def rights_of(fields: Fields) -> Rights:
    """A notice, or a table with holder, notice and usage."""
    value = fields.values.get("rights")
    usage = fields.text("usage")
    if not isinstance(value, dict):
        return Rights(notice=fields.text("rights"), usage=usage)
    said = {key: fields.sound(one, "rights") for key, one in value.items() if isinstance(one, str)}
    return Rights(holder=said.get("holder"), notice=said.get("notice"), usage=said.get("usage") or usage)


def dateline_of(fields: Fields) -> Dateline | None:
    """The words that open the text, or a table with text, place and source."""
    value = fields.values.get("dateline")
    if isinstance(value, dict):
        said = {key: fields.sound(one, "dateline") for key, one in value.items() if isinstance(one, str)}
        text = said.get("text")
        return Dateline(text=text, place=said.get("place"), source=said.get("source")) if text else None
    stated = fields.text("dateline")
    return Dateline(text=stated) if stated else None


def lead_of(fields: Fields, base: str | None) -> tuple[Media, ...]:
    """The picture that stands for the story."""
    value = fields.values.get("image")
    first = value[0] if isinstance(value, list) and value else value
    table = first if isinstance(first, dict) else {"src": first} if isinstance(first, str) else {}
    said = {key.lower(): fields.sound(one, "media") for key, one in table.items() if isinstance(one, str)}
    address = said.get("src") or said.get("url") or said.get("image") or said.get("path")
    if address is None:
        if value:
            fields.drop("image")
        return ()
    try:
        rendition = Rendition(href=absolute(address, base, WEB))
    except AddressError as error:
        fields.repairs.append(Repair(field="media", what=f"picture with {error} left out"))
        return ()
    caption = said.get("caption") or said.get("alt") or said.get("title")
    credit = said.get("credit") or said.get("source")
    return (
        Media(
            id="m1",
            type=MediaType.PICTURE,
            role=MediaRole.LEAD,
            caption=caption,
            credit=credit,
            renditions=(rendition,),
        ),
    )
