"""The life of a story: which acts its status allows, what each makes of it, and what is left for those outside."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.model.article import Article, Signal, Status
from syndicate.model.rights import Rights

_STEP = timedelta(seconds=1)
# What stands for the headline of a story that was taken down, where nobody gave another.
TAKEN_DOWN = "Taken down"


class Act(StrEnum):
    """What an editor does to a story; each makes a new revision, and none touches an older one."""

    CORRECT = "correct"
    KILL = "kill"
    TAKE_DOWN = "take-down"
    WITHHOLD = "withhold"
    RELEASE = "release"
    EMBARGO = "embargo"
    EXPIRE = "expire"


_USABLE, _WITHHELD, _CANCELED = Status.USABLE, Status.WITHHELD, Status.CANCELED

NEXT: dict[tuple[Status, Act], Status] = {
    (_USABLE, Act.CORRECT): _USABLE,
    (_USABLE, Act.EMBARGO): _USABLE,
    (_USABLE, Act.EXPIRE): _USABLE,
    (_USABLE, Act.RELEASE): _USABLE,
    (_USABLE, Act.WITHHOLD): _WITHHELD,
    (_USABLE, Act.KILL): _CANCELED,
    (_USABLE, Act.TAKE_DOWN): _CANCELED,
    (_WITHHELD, Act.CORRECT): _WITHHELD,
    (_WITHHELD, Act.EMBARGO): _WITHHELD,
    (_WITHHELD, Act.EXPIRE): _WITHHELD,
    (_WITHHELD, Act.RELEASE): _USABLE,
    (_WITHHELD, Act.KILL): _CANCELED,
    (_WITHHELD, Act.TAKE_DOWN): _CANCELED,
    (_CANCELED, Act.TAKE_DOWN): _CANCELED,
}
"""The status after each act that a status allows; what is not here is refused.

Canceled is final (IPTC stat:canceled): only the words of a kill can still be taken down.
"""

_CURES = {
    (_CANCELED, Act.RELEASE): "give the story a new guid and link it",
    (_CANCELED, Act.CORRECT): "a take-down removes the words of a kill",
    (_WITHHELD, Act.WITHHOLD): "release it, or kill it",
}


class Refused(ValueError):
    """The story's status does not allow the act; the text is a clause for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is said along with an act.

    `notice` is for readers and partners, `reason` for partners' editors and our own; `headline` takes the place of the
    story's. `until` is the moment of an embargo or an expiry; a `minor` correction is none that readers should hear of.
    """

    notice: str | None = None
    reason: str | None = None
    headline: str | None = None
    until: datetime | None = None
    minor: bool = False


def act_on(act: Act, latest: Article, usable: Article | None, wording: Wording, now: datetime) -> Article:
    """The revision that the act makes of the newest one; `usable` is the newest that could be used, if there is one.

    Refused when the status does not allow it, or when there would be nothing to do. Times: `updated` is now, at least a
    second after that of the newest revision; `published` never changes.
    """
    if (after := NEXT.get((latest.status, act))) is None:
        cure = _CURES.get((latest.status, act))
        raise Refused(f"it is {latest.status}" + (f"; {cure}" if cure else ""))
    made = _MAKE[act](latest, usable, wording, now)
    return replace(
        made,
        status=after,
        version=latest.version + 1,
        updated=max(now, latest.updated + _STEP, latest.published),
        note=wording.reason or made.note,
    )


def _correct(latest: Article, _usable: Article | None, wording: Wording, _now: datetime) -> Article:
    return replace(
        latest,
        correction=wording.notice or latest.correction,
        headline=wording.headline or latest.headline,
        signal=Signal.CORRECTION if wording.notice else _unsaid(latest),
        significant=latest.changed if wording.minor else None,
    )


def _unsaid(latest: Article) -> Signal | None:
    """The signal of a change that says nothing new about what was wrong.

    A withheld revision keeps its own: whether its notice is of a correction, or of why it was withheld.
    """
    return Signal.UPDATE if latest.status is Status.USABLE else latest.signal


def _unheard(latest: Article) -> Signal:
    """The signal of a change to what is not out: a correction that nobody has heard of yet is still one."""
    return latest.signal if latest.signal is Signal.CORRECTION else Signal.UPDATE


def _kill(latest: Article, _usable: Article | None, wording: Wording, _now: datetime) -> Article:
    """What was said of the story while it was out, to readers or to editors, goes with its text."""
    return replace(
        emptied(latest),
        headline=wording.headline or latest.headline,
        note=None,
        correction=wording.notice,
        significant=None,
    )


def _take_down(latest: Article, _usable: Article | None, wording: Wording, _now: datetime) -> Article:
    """Not even the headline stays, nobody is named, and readers are told nothing."""
    return replace(
        _unnamed(latest), headline=wording.headline or TAKEN_DOWN, note=None, correction=None, significant=None
    )


def _withhold(latest: Article, _usable: Article | None, wording: Wording, _now: datetime) -> Article:
    return replace(latest, note=None, correction=wording.notice, signal=None, significant=None)


def _release(latest: Article, usable: Article | None, wording: Wording, now: datetime) -> Article:
    """Out again, with what it last said, at the end of its embargo if it has one; of a usable one that is lifted.

    Why it was withheld goes, and what was said of it before comes back, unless it was corrected meanwhile.
    """
    is_secret = latest.embargo is not None and now < latest.embargo
    if latest.status is Status.USABLE and not is_secret:
        raise Refused("it is out: it is usable, and no embargo holds it back")
    text = usable if usable is not None and not latest.body else latest
    said = latest if usable is None or latest.signal is Signal.CORRECTION else usable
    return replace(
        latest,
        body=text.body,
        media=text.media,
        abstract=text.abstract,
        highlights=text.highlights,
        headline=wording.headline or latest.headline,
        note=said.note,
        correction=wording.notice or said.correction,
        embargo=latest.embargo if latest.status is Status.WITHHELD and is_secret else None,
        signal=_unheard(latest),
        significant=None,
    )


def _embargo(latest: Article, _usable: Article | None, wording: Wording, now: datetime) -> Article:
    if wording.until is None or wording.until <= now:
        raise Refused("the embargo would be over already: give a moment to come")
    if latest.status is Status.USABLE and latest.published <= now and (latest.embargo or now) <= now:
        raise Refused("it is out already, and an embargo takes nothing back; withhold it")
    return replace(latest, embargo=wording.until, signal=_unheard(latest), significant=latest.changed)


def _expire(latest: Article, _usable: Article | None, wording: Wording, now: datetime) -> Article:
    return replace(latest, expires=wording.until or now, signal=_unsaid(latest), significant=latest.changed)


_MAKE = {
    Act.CORRECT: _correct,
    Act.KILL: _kill,
    Act.TAKE_DOWN: _take_down,
    Act.WITHHOLD: _withhold,
    Act.RELEASE: _release,
    Act.EMBARGO: _embargo,
    Act.EXPIRE: _expire,
}


def emptied(article: Article) -> Article:
    """The article without anything of what it says but its headline."""
    return replace(
        article, body=(), media=(), abstract=None, highlights=(), dateline=None, keywords=(), links=(), signal=None
    )


def _unnamed(article: Article) -> Article:
    """The article without anything that says what it is about, whose it is or where it was."""
    return replace(
        emptied(article),
        slugline=None,
        authors=(),
        contributors=(),
        sections=(),
        subjects=(),
        genre=None,
        url=None,
        rights=Rights(),
    )


def as_sent(article: Article) -> Article:
    """What goes out of a revision: of a withheld or canceled one nothing but that it is, whatever the store keeps.

    Of one that was withdrawn under embargo not even the headline: whoever has the version before is not to learn of it.
    """
    if article.status is Status.USABLE:
        return article
    if article.embargo is None or article.embargo <= article.updated:
        # Nobody is to wait with a withdrawal for the end of an embargo.
        return replace(emptied(article), embargo=None)
    return replace(_unnamed(article), embargo=None, headline=article.status.value.capitalize())
