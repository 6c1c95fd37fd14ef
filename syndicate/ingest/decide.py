"""What becomes of a draft that meets the store: a new article, a new version, nothing new, or a refusal. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any

from syndicate.ingest.said import SAID
from syndicate.markup.dates import parse_rfc3339
from syndicate.markup.text import one_line, repair
from syndicate.markup.uris import mint
from syndicate.model.article import Article, Person, Signal, Status
from syndicate.model.draft import Draft

_NO_TIME = datetime(1, 1, 1, tzinfo=UTC)
_STEP = timedelta(seconds=1)
_BOTH = frozenset({"embargo", "status"})


class Outcome(StrEnum):
    """What an import says about one article."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer for one draft. `article` is what to store, for unchanged what is stored, for refused what was offered.

    `notes` are clauses about what was decided otherwise than stated, `reason` is why a refusal was one.
    """

    outcome: Outcome
    article: Article
    notes: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def is_stored(self) -> bool:
        """Whether the article is to be stored."""
        return self.outcome in {Outcome.NEW, Outcome.UPDATED}


def named(draft: Draft, tag_authority: str) -> Draft:
    """The draft with a guid, minted from its identity when the source names none.

    ValueError when there is no identity either (a page from standard input).
    """
    if draft.article.guid:
        return draft
    if not draft.identity:
        raise ValueError("nothing names the article: give a file, or --set guid=URI")
    return replace(draft, article=replace(draft.article, guid=mint(tag_authority, draft.identity)))


def decide(
    draft: Draft,
    latest: Article | None,
    *,
    now: datetime,
    states: frozenset[str] = _BOTH,
    imported: Article | None = None,
) -> Decision:
    """What to do with a named draft, given the newest stored revision of its guid (None when there is none).

    Same content is unchanged, whatever version and times are stated. `published` never changes, `updated` and
    `version` always grow; a version below the stored one is refused, and so is any change of a canceled story. What is
    held back stays so where the source could not say otherwise: `states` has what it would (embargo, status). Where
    acts were done since the source was last read, `imported` is what it said then: only what it says otherwise counts.
    """
    article, stated = draft.article, draft.stated_version
    if latest is None:
        return Decision(outcome=Outcome.NEW, article=replace(article, version=stated or 1))
    if article.status is not Status.USABLE and "headline" in article.derived:
        # A tombstone names no headline; the story has one.
        article = replace(article, headline=latest.headline)
    notes: list[str] = []
    if imported is not None:
        contested = _contested(article, imported, latest, _BOTH - states)
        article, stated = _merged(article, imported, latest, notes), _newer(stated, imported, latest)
        notes += contested
    if draft.article.status is Status.USABLE:
        article = _held_back(article, latest, now, states, notes)
    if content_of(article) == content_of(latest):
        return Decision(outcome=Outcome.UNCHANGED, article=latest)
    if reason := _refusal(article, stated, latest):
        return Decision(outcome=Outcome.REFUSED, article=article, reason=reason)
    if latest.status is Status.WITHHELD and article.status is Status.USABLE:
        notes.append("it was withheld and goes out again: keep its status with --set status=withheld")
    revision = replace(
        article,
        version=_version(stated, latest, notes),
        published=_published(article, latest, notes),
        updated=_updated(article, latest, now, notes),
        derived=_derived(article, latest),
        signal=_signal(article, stated, latest),
        significant=_significant(article, latest),
    )
    return Decision(outcome=Outcome.UPDATED, article=revision, notes=tuple(notes))


def _merged(article: Article, imported: Article, latest: Article, notes: list[str]) -> Article:
    """The article with what acts have changed since, in fields of which its source says what it said before."""
    same = {name: getattr(latest, name) for name in SAID if getattr(article, name) == getattr(imported, name)}
    kept = [name for name, value in same.items() if value != getattr(article, name)]
    if kept:
        stay = "stays as it was" if len(kept) == 1 else "stay as they were"
        notes.append(f"{', '.join(kept)} {stay} changed here since it was last imported")
    derived = tuple(name for name in article.derived if name not in kept or name in latest.derived)
    return replace(article, **same, derived=derived)


def _contested(article: Article, imported: Article, latest: Article, unstated: frozenset[str]) -> list[str]:
    """A note of what an act changed and the source changes too, in another way."""
    values = {name: (getattr(article, name), getattr(imported, name), getattr(latest, name)) for name in SAID}
    others = [name for name, (now, before, here) in values.items() if now != before and before != here and now != here]
    if names := [name for name in others if name not in unstated]:
        return [f"{', '.join(names)}: the source's change takes the place of what was changed here"]
    return []


def _newer(stated: int | None, imported: Article, latest: Article) -> int | None:
    """The version that the source states, unless acts have counted on since: it is then one more of these."""
    return None if stated is not None and imported.version <= stated <= latest.version else stated


def _held_back(article: Article, latest: Article, now: datetime, states: frozenset[str], notes: list[str]) -> Article:
    """The article with embargo and status of the stored revision, where its source says nothing of these."""
    if "status" not in states and article.status is Status.USABLE and latest.status is Status.WITHHELD:
        notes.append("it stays withheld: syndicate articles release lets it out")
        article = replace(article, status=Status.WITHHELD)
    if "embargo" not in states and article.embargo is None and latest.embargo is not None and now < latest.embargo:
        notes.append(f"its embargo until {latest.embargo.isoformat()} stays: syndicate articles release lifts it")
        article = replace(article, embargo=latest.embargo)
    return article


def content_of(article: Article) -> Article:
    """The article without what a change of content is not seen by: version, times of publication and update."""
    return replace(article, version=1, published=_NO_TIME, updated=_NO_TIME, derived=(), signal=None, significant=None)


# What readers see of an article: a change of anything else is none that they should hear of.
_SEEN = attrgetter(
    "status", "language", "headline", "abstract", "highlights", "authors", "dateline", "body", "media", "correction"
)


def is_significant(article: Article, before: Article) -> bool:
    """Whether readers should hear of the change: something is another that they see."""
    return bool(_SEEN(article) != _SEEN(before))


def _refusal(article: Article, stated_version: int | None, latest: Article) -> str | None:
    """Why the article is refused, or None. A withdrawal never is, whatever version it names: it must get through."""
    if latest.status is Status.CANCELED:
        return "canceled is final; give it a new guid"
    if article.status is Status.USABLE and stated_version is not None and stated_version < latest.version:
        return f"version {stated_version} is older than the stored version {latest.version}"
    return None


def _version(stated: int | None, latest: Article, notes: list[str]) -> int:
    if stated is not None and stated > latest.version:
        return stated
    if stated == latest.version:
        notes.append(f"version {stated} is stored with other content: stored as version {latest.version + 1}")
    return latest.version + 1


def _published(article: Article, latest: Article, notes: list[str]) -> datetime:
    if article.published != latest.published and "published" not in article.derived:
        notes.append(f"published stays {latest.published.isoformat()}: it never changes")
    return latest.published


def _updated(article: Article, latest: Article, now: datetime, notes: list[str]) -> datetime:
    """The time of the change as stated, or now; at least a second after that of the stored revision."""
    is_stated = "updated" not in article.derived
    wanted = article.updated if is_stated else now
    earliest = max(latest.updated + _STEP, latest.published)
    if wanted >= earliest:
        return wanted
    if is_stated:
        notes.append(f"updated moved to {earliest.isoformat()}: later than that of version {latest.version}")
    return earliest


def _signal(article: Article, stated_version: int | None, latest: Article) -> Signal | None:
    """A correction is what says so, or what tells readers something new about what was wrong.

    What was shown of a correction and comes back edited says so without meaning it.
    """
    if article.status is not Status.USABLE:
        return None
    is_repeated = latest.signal is Signal.CORRECTION and (stated_version or 0) <= latest.version
    if (article.signal is Signal.CORRECTION and not is_repeated) or article.correction not in (None, latest.correction):
        return Signal.CORRECTION
    return Signal.UPDATE


def _significant(article: Article, latest: Article) -> datetime | None:
    """As stated; else that of the stored revision when nothing changes that readers see."""
    if article.significant not in (None, latest.significant):
        return article.significant
    return None if is_significant(article, latest) else latest.changed


def _derived(article: Article, latest: Article) -> tuple[str, ...]:
    """What is inferred in the new revision; its time of publication is as sure as it was."""
    others = tuple(name for name in article.derived if name != "published")
    return (*others, "published") if "published" in latest.derived else others


def set_fields(draft: Draft, values: Iterable[tuple[str, str]]) -> Draft:
    """The draft with each `--set FIELD=VALUE` applied; ValueError as from `apply_set`."""
    article = draft.article
    for name, value in sorted(values, key=lambda pair: pair[0] != "published"):
        article = apply_set(article, name, value)
    return replace(draft, article=article)


def apply_set(article: Article, name: str, value: str) -> Article:
    """The article with one field given by hand, which is then no longer derived.

    Lists are separated by commas, times are RFC 3339 with offset. ValueError for a field that is not known, or a
    value that it cannot take.
    """
    if name not in SETTABLE:
        raise ValueError(f"{name!r} cannot be set; known: {', '.join(SETTABLE)}")
    text, _ = repair(value.strip())
    derived = tuple(one for one in article.derived if one != name)
    if name.startswith("rights."):
        part = name.partition(".")[2]
        return replace(article, rights=replace(article.rights, **{part: text or None}), derived=derived)
    try:
        made: Any = SETTABLE[name](text)
    except ValueError as error:
        raise ValueError(f"{name}={value!r}: {error}") from None
    changed = replace(article, **{name: made}, derived=derived)
    if name == "published":
        return _after_published(changed)
    return _before_updated(changed) if name == "updated" else changed


def _after_published(article: Article) -> Article:
    """`updated` follows a time of publication given by hand when it was inferred, or lies before it."""
    is_off = "updated" in article.derived or article.updated < article.published
    return replace(article, updated=article.published) if is_off else article


def _before_updated(article: Article) -> Article:
    """An inferred time of publication gives way to a time of update given by hand; a stated one does not."""
    if article.updated >= article.published:
        return article
    if "published" not in article.derived:
        raise ValueError(f"updated={article.updated.isoformat()}: before published ({article.published.isoformat()})")
    return replace(article, published=article.updated)


def _required(text: str) -> str:
    if not text:
        raise ValueError("it cannot be empty")
    return one_line(text)


def _optional(text: str) -> str | None:
    return text or None


def _list(text: str) -> tuple[str, ...]:
    parts = (one_line(part) for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _people(text: str) -> tuple[Person, ...]:
    return tuple(Person(name=name) for name in _list(text))


def _time(text: str) -> datetime:
    try:
        moment = parse_rfc3339(text)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"not an RFC 3339 time with offset such as 2017-05-10T22:05:00-04:00 ({error})") from None
    if not 1900 <= moment.year <= 2200:
        raise ValueError("a year from 1900 to 2200 is wanted")
    return moment


def _status(text: str) -> Status:
    try:
        return Status(text)
    except ValueError:
        raise ValueError(f"one of {', '.join(Status)} is wanted") from None


def _urgency(text: str) -> int:
    if text not in {str(number) for number in range(1, 9)}:
        raise ValueError("1 (most urgent) to 8 is wanted")
    return int(text)


def _identifier(text: str) -> str:
    if ":" not in text or any(character.isspace() for character in text):
        raise ValueError("a URI such as tag:example.com,2017:story:4711 is wanted")
    return text


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or any(character.isspace() for character in text):
        raise ValueError("an address that begins with https:// is wanted")
    return text


SETTABLE: dict[str, Callable[[str], Any]] = {
    "guid": _identifier,
    "headline": _required,
    "slugline": _optional,
    "abstract": _optional,
    "highlights": _list,
    "authors": _people,
    "contributors": _people,
    "sections": _list,
    "keywords": _list,
    "genre": _optional,
    "urgency": _urgency,
    "language": _required,
    "status": _status,
    "published": _time,
    "updated": _time,
    "embargo": _time,
    "expires": _time,
    "url": _address,
    "rights.holder": _optional,
    "rights.notice": _optional,
    "rights.usage": _optional,
    "note": _optional,
    "correction": _optional,
}
