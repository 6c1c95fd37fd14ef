"""One item to an article: the metadata about the item and about its content, with what its payload says besides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_concepts import (
    Catalog,
    is_organisation,
    is_person,
    name_of,
    person_of,
    subject_of,
)
from syndicate.formats.newsml_g2.read_media import Source, hinted
from syndicate.formats.newsml_g2.read_payload import Payload
from syndicate.formats.newsml_g2.read_times import moment
from syndicate.formats.newsml_g2.read_tree import LANG, Element, Notes, number, raw, value, words
from syndicate.formats.newsml_g2.schemes import NOTE, PLACE
from syndicate.markup.addresses import WEB, AddressError, absolute
from syndicate.markup.g2_subject_codes import subject_code
from syndicate.markup.nitf_read import people
from syndicate.model.article import Dateline, Link, Person, Signal, Status
from syndicate.model.draft import Reading
from syndicate.model.media import Media
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject

_RELATIONS = {"previousVersion": "previous", "prevVersion": "previous"}
_LONGEST_BYLINE = 2000
_KILL = "KILL: "
_META, _CONTENT = n.ITEM_META, n.CONTENT_META
_SUMMARY = "summary"
_LARGEST_VERSION = 10**15
_URGENCIES = range(1, 9)


@dataclass(slots=True)
class Item:
    """An item, and what reading it leaves to say: `notes`."""

    element: Element
    notes: Notes = field(default_factory=Notes)
    catalog: Catalog = field(init=False)
    _found: dict[str, list[Element]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.catalog = Catalog((self.element,))
        for part in self.element:
            name = _local(part)
            self._found.setdefault(name, []).append(part)
            for one in part:
                self._found.setdefault(f"{name}/{_local(one)}", []).append(one)

    def all(self, path: str) -> Sequence[Element]:
        """The elements of a path of one or two names."""
        return self._found.get(path, ())

    def first(self, path: str) -> Element | None:
        """The first of them."""
        return next(iter(self.all(path)), None)

    def text(self, path: str, field: str) -> str | None:
        """The first text of that path."""
        return next(iter(self.texts(path, field)), None)

    def texts(self, path: str, field: str) -> list[str]:
        """All texts of that path."""
        return [text for one in self.all(path) if (text := words(one, self.notes, field))]

    @property
    def guid(self) -> str:
        """The guid as stated, empty without one."""
        return value(self.element, "guid") or ""

    @property
    def version(self) -> int | None:
        """The version as stated."""
        return number(self.element, "version", _LARGEST_VERSION)

    @property
    def kind(self) -> str:
        """The code of its class: `text`, `picture` ..."""
        return self.catalog.word(self.first(f"{_META}/{n.ITEM_CLASS}"))

    @property
    def language(self) -> str | None:
        """The language of its content, else of the item."""
        tags = (value(one, "tag") for one in self.all(f"{_CONTENT}/{n.LANGUAGE}"))
        return next(filter(None, tags), None) or value(self.element, LANG)

    @property
    def source(self) -> Source:
        """What media are read by."""
        return Source(self.catalog, self.language, self.notes)

    def targets(self) -> Iterator[str]:
        """The guids that its links name."""
        for link in self.all(f"{_META}/{n.LINK}"):
            target = value(link, "residref") or value(link, "guidref")
            if target:
                yield target

    def hints(self) -> Iterator[tuple[str, Media]]:
        """The media that its links tell of, by the guid of each."""
        for count, link in enumerate(self.all(f"{_META}/{n.LINK}"), 1):
            media = hinted(link, count, self.guid, self.source)
            if media is not None:
                yield value(link, "residref") or "", media


def _local(element: Element) -> str:
    # Parts without namespace or of another one are never asked for by these names.
    return str(element.tag).rpartition("}")[2]


def status_of(item: Item) -> Status:
    """The status; an embargo without end and a status of no known name keep the item back."""
    stated = item.first(f"{_META}/{n.PUB_STATUS}")
    word = item.catalog.word(stated).lower().replace("cancelled", "canceled")
    if stated is not None and word not in n.STATUSES:
        item.notes.repair("status", f"is {word[:40]!r}, which is none of IPTC's; taken for withheld")
        return Status.WITHHELD
    status = Status(word or "usable")
    is_endless = any(not raw(embargo).strip() for embargo in item.all(f"{_META}/{n.EMBARGOED}"))
    if status is Status.USABLE and is_endless:
        item.notes.repair("embargo", "has no end; withheld until a version without it comes")
        return Status.WITHHELD
    return status


def embargo_of(item: Item) -> datetime | None:
    """The end of the embargo, of several the last.

    ValueError when one cannot be read, or would have to be guessed, since the article could go out too early.
    """
    stated = (text for one in item.all(f"{_META}/{n.EMBARGOED}") if (text := raw(one)).strip())
    return max(map(_exact, stated), default=None)


def _exact(text: str) -> datetime:
    found, assumed = moment(text)
    if assumed:
        raise ValueError(f"is {text.strip()[:40]!r}, which {assumed.partition(';')[0]}: nobody knows the moment")
    return found


def may_show(media: Item, story: Item) -> bool:
    """Whether a media item may be shown whenever its story may: as usable as that, and no longer under embargo."""
    try:
        until, since = embargo_of(media), embargo_of(story)
    except ValueError:
        return False
    is_usable = status_of(media) in (Status.USABLE, status_of(story))
    return is_usable and (until is None or (since is not None and until <= since))


def expiry_of(item: Item) -> datetime | None:
    """When the item expires; ValueError when it cannot be read."""
    expires = item.first(f"{_META}/{n.EXPIRES}")
    return None if expires is None else _moment(item, expires, "expires")


def times_of(item: Item, reading: Reading) -> tuple[datetime, datetime, tuple[str, ...]]:
    """When the story and when this version was made, and which of the two had to be inferred."""
    updated = _time(item, "updated", f"{_META}/{n.VERSION_CREATED}", f"{_CONTENT}/{n.CONTENT_MODIFIED}")
    published = _time(item, "published", f"{_META}/{n.FIRST_CREATED}", f"{_CONTENT}/{n.CONTENT_CREATED}")
    inferred = tuple(name for name, one in (("published", published), ("updated", updated)) if one is None)
    made = updated or published or reading.now
    first = published or made
    if first > made:
        item.notes.repair("published", "lies after the time of this version, which is taken for it")
        first = made
    return first, made, inferred


def _time(item: Item, name: str, *paths: str) -> datetime | None:
    for path in paths:
        for element in item.all(path):
            try:
                if (found := _moment(item, element, name)) is not None:
                    return found
            except ValueError as error:
                item.notes.repair(name, f"{path} {error}; left out")
    return None


def _moment(item: Item, element: Element, name: str) -> datetime | None:
    text = raw(element)
    if not text.strip():
        return None
    found, assumed = moment(text)
    if assumed:
        item.notes.repair(name, assumed)
    return found


def headline_of(item: Item, payload: Payload, status: Status) -> str | None:
    """The headline: of the item, else of its payload, else what names the item."""
    found = item.texts(f"{_CONTENT}/{n.HEADLINE}", "headline")
    if len(set(found)) > 1:
        item.notes.lose(f"{_CONTENT}/{n.HEADLINE}")
    titles = item.texts(f"{_META}/{n.ITEM_TITLE}", "headline")
    slug = item.text(f"{_CONTENT}/{n.SLUGLINE}", "slugline")
    headline = next(filter(None, (*found, payload.headline, *titles, slug)), None)
    if not {*titles} <= {headline, slug}:
        item.notes.lose(f"{_META}/{n.ITEM_TITLE}")
    if payload.is_nitf and payload.headline not in (None, headline):
        item.notes.lose("nitf/hedline/hl1")
    if status is Status.CANCELED and headline:
        return headline.removeprefix(_KILL)
    return headline


def summaries_of(item: Item, payload: Payload) -> tuple[str | None, tuple[str, ...]]:
    """Abstract and highlights. Several summaries are highlights, one alone is the abstract unless there is another."""
    abstract, highlights, others = payload.abstract, list(payload.highlights), list[tuple[str, str]]()
    known = {abstract, *highlights}
    for one in item.all(f"{_CONTENT}/{n.DESCRIPTION}"):
        text, role = words(one, item.notes, "abstract"), item.catalog.word(one, "role", "roleuri").lower()
        if text and text not in (known if role == _SUMMARY else {abstract}):
            others.append((role, text))
    plain = [text for role, text in others if role in ("", "abstract", "intro", "lead", "standfirst", "teaser")]
    summaries = [text for role, text in others if role == _SUMMARY]
    if abstract is None and plain:
        abstract = plain.pop(0)
    if abstract is None and not highlights and len(summaries) == 1:
        abstract = summaries.pop()
    if not payload.highlights:
        highlights = summaries
    if len(highlights) + (abstract is not None) < len(others) + len(payload.highlights) + bool(payload.abstract):
        item.notes.lose(f"{_CONTENT}/{n.DESCRIPTION}")
    return abstract, tuple(highlights)


def notes_of(item: Item, payload: Payload) -> tuple[str | None, str | None, Signal | None]:
    """Note, correction and signal. The first note of a corrected version says what was wrong, unless its role does."""
    signal = None
    for one in item.all(f"{_META}/{n.SIGNAL}"):
        scheme, code = item.catalog.concept(one) or ("", "")
        if scheme == "sig" and code in set(Signal):
            signal = Signal(code)
        elif value(one, "qcode") or value(one, "literal"):
            item.notes.lose(f"{_META}/{n.SIGNAL}")
    said: dict[str, dict[str, None]] = {"": {}, "correction": {}, "editors": {}}
    for one in item.all(f"{_META}/{n.ED_NOTE}"):
        scheme, role = item.catalog.concept(one, "role", "roleuri") or ("", "")
        if text := words(one, item.notes, "note"):
            said[role if scheme == NOTE and role in said else ""][text] = None
    corrections, others = list(said["correction"]), [*said[""], *said["editors"]]
    if signal is Signal.CORRECTION and said[""] and not corrections:
        corrections, others = others[:1], others[1:]
    others = list(dict.fromkeys((*others, *payload.notes)))
    return "\n".join(others) or None, "\n".join(corrections) or None, signal


def people_of(item: Item, payload: Payload) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Authors and contributors. Who is called a person or named in the byline is an author, an organisation is not."""
    creators = list(item.all(f"{_CONTENT}/{n.CREATOR}"))
    made = [(one, person) for one in creators if (person := person_of(one, item.catalog, item.language))]
    house, line = _house(item), (item.text(f"{_CONTENT}/{n.BY}", "authors") or "")[:_LONGEST_BYLINE]
    persons = [person for one, person in made if is_person(one, item.catalog)]
    authors = persons or list(payload.authors)
    if not authors and line:
        named = {person.name.casefold(): person for _, person in made}
        authors = [named.get(one.name.casefold(), one) for one in people(line) if one.name not in house]
    if not authors:
        authors = [
            person for one, person in made if person.name not in house and not is_organisation(one, item.catalog)
        ]
    shown = {person.name.casefold() for person in authors}
    if any(person.name.casefold() not in shown for _, person in made):
        item.notes.lose(f"{_CONTENT}/{n.CREATOR}")
    low = line.casefold()
    if line and not any(name in low for name in shown):
        item.notes.lose(f"{_CONTENT}/{n.BY}")
    found = (person_of(one, item.catalog, item.language) for one in item.all(f"{_CONTENT}/{n.CONTRIBUTOR}"))
    return tuple(authors), tuple(filter(None, found))


def _house(item: Item) -> set[str]:
    """The names of the agency itself, which is no author."""
    paths = (f"{_META}/{n.PROVIDER}", f"{n.RIGHTS_INFO}/{n.COPYRIGHT_HOLDER}", f"{_CONTENT}/{n.INFO_SOURCE}",
             f"{_CONTENT}/{n.CREDITLINE}")  # fmt: skip
    return {name for path in paths for one in item.all(path) if (name := name_of(one, item.language))}


def dateline_of(item: Item, payload: Payload) -> Dateline | None:
    """The dateline as printed, with the place and the source that the item names for it."""
    text = item.text(f"{_CONTENT}/{n.DATELINE}", "dateline")
    places = [name for one in item.all(f"{_CONTENT}/{n.LOCATED}") if (name := name_of(one, item.language))]
    sources = [name for one in item.all(f"{_CONTENT}/{n.INFO_SOURCE}") if (name := name_of(one, item.language))]
    known = payload.dateline
    if text is None and known is None:
        item.notes.lose(*(f"{_CONTENT}/{name}" for name, one in ((n.LOCATED, places), (n.INFO_SOURCE, sources)) if one))
        return None
    dateline = Dateline(text=text, place=known.place if known else None) if text else known
    assert dateline is not None
    if len(set(places)) > 1:
        item.notes.lose(f"{_CONTENT}/{n.LOCATED}")
    if len(set(sources)) > 1:
        item.notes.lose(f"{_CONTENT}/{n.INFO_SOURCE}")
    place, source = next(iter(places), dateline.place), next(iter(sources), known.source if known else None)
    return replace(dateline, place=place, source=source)


def subjects_of(item: Item) -> tuple[Subject, ...]:
    """The subjects, each once, without what we write beside them for older receivers."""
    places = {name for one in item.all(f"{_CONTENT}/{n.LOCATED}") if (name := name_of(one, item.language))}
    kept: dict[Subject, None] = {}
    for one in item.all(f"{_CONTENT}/{n.SUBJECT}"):
        # Where Superdesk looks for the place that is told by `located`.
        if item.catalog.concept(one, "type") == (PLACE, "5") and value(one, "literal") in places:
            continue
        if subject := subject_of(one, item.catalog, item.language, item.notes):
            kept[subject] = None
    if item.text(f"{_META}/{n.GENERATOR}", "generator") != n.GENERATOR_NAME:
        return tuple(kept)
    repeated = {("subj", subject_code(one.code)) for one in kept if one.scheme == "medtop"}
    return tuple(one for one in kept if (one.scheme, one.code) not in repeated)


def rights_of(item: Item) -> Rights:
    """Who holds the rights, and what may be done, in the item's language where it is said in several."""
    holder = item.first(f"{n.RIGHTS_INFO}/{n.COPYRIGHT_HOLDER}")
    notices = _in_language(item, f"{n.RIGHTS_INFO}/{n.COPYRIGHT_NOTICE}")
    terms = _in_language(item, f"{n.RIGHTS_INFO}/{n.USAGE_TERMS}")
    if len(item.all(f"{n.RIGHTS_INFO}/{n.COPYRIGHT_HOLDER}")) > 1:
        item.notes.lose(f"{n.RIGHTS_INFO}/{n.COPYRIGHT_HOLDER}")
    return Rights(
        holder=None if holder is None else name_of(holder, item.language),
        notice=" ".join(notices) or None,
        usage=" ".join(terms) or None,
    )


def _in_language(item: Item, path: str) -> list[str]:
    """The texts in the item's language, else in that of the first of them; others are noted as lost."""
    found = [(one.get(LANG) or "", text) for one in item.all(path) if (text := words(one, item.notes, "rights"))]
    wanted = (item.language or "").split("-")[0]
    chosen = wanted if any(tag.split("-")[0] == wanted for tag, _ in found) else (found or [("", "")])[0][0]
    kept = [text for tag, text in found if tag.split("-")[0] == chosen.split("-")[0]]
    if len(kept) < len(found):
        item.notes.lose(path)
    return list(dict.fromkeys(kept))


def links_of(item: Item, hinted: set[str], shown: set[str]) -> Iterator[Link]:
    """The ties to other stories; not those to media (`hinted`), to lines of the text (`shown`), to former versions."""
    for link in item.all(f"{_META}/{n.LINK}"):
        target = value(link, "residref") or value(link, "guidref")
        href = address(value(link, "href"))
        is_line = href in shown and target is None and len(link) > 0
        if target in hinted or target == item.guid or is_line or not (target or href):
            continue
        rel = item.catalog.word(link, "rel", "reluri") or "seeAlso"
        yield Link(rel=_RELATIONS.get(rel, rel), guid=target, url=href)


def url_of(item: Item) -> str | None:
    """The address of the page that shows the story."""
    found = (value(one, "href") or words(one) for one in item.all(f"{_META}/{n.ALT_REP}"))
    return next((url for one in found if (url := address(one))), None)


def address(text: str | None) -> str | None:
    """The address when it can be published."""
    try:
        return absolute(text or "", None, WEB)
    except AddressError:
        return None


def sections_of(item: Item) -> tuple[str, ...]:
    """The services that carry the item."""
    found = (name_of(one, item.language) or item.catalog.word(one) or None for one in item.all(f"{_META}/{n.SERVICE}"))
    return tuple(dict.fromkeys(filter(None, found)))


def genre_of(item: Item) -> str | None:
    """The first genre by its name, else by its code."""
    found = [
        word
        for one in item.all(f"{_CONTENT}/{n.GENRE}")
        if (word := name_of(one, item.language) or item.catalog.word(one).replace("_", " "))
    ]
    if len(found) > 1:
        item.notes.lose(f"{_CONTENT}/{n.GENRE}")
    return next(iter(found), None)


def urgency_of(item: Item) -> int | None:
    """The urgency from 1 to 8."""
    text = item.text(f"{_CONTENT}/{n.URGENCY}", "urgency")
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 3 and int(text) in _URGENCIES:
        return int(text)
    item.notes.repair("urgency", f"is {text[:20]!r}, not one of 1 to 8; left out")
    return None
