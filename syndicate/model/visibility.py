"""Who may see a revision, decided in one place below every output."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from syndicate.model.article import Status


class Audience(StrEnum):
    """For whom articles are read from the store; a partner is one whose contract gives him embargoed ones to hold."""

    PUBLIC = "public"
    PARTNER = "partner"
    STAFF = "staff"


class Standing(Protocol):
    """What the decision asks of a revision; an Article has it."""

    @property
    def status(self) -> Status:
        """What receivers may do with it."""
        ...

    @property
    def published(self) -> datetime:
        """When the story first goes out."""
        ...

    @property
    def embargo(self) -> datetime | None:
        """Before that moment nobody outside may see it."""
        ...

    @property
    def expires(self) -> datetime | None:
        """From that moment on it is gone."""
        ...


class Hidden(StrEnum):
    """Why a revision may not be seen."""

    WITHHELD = "withheld"
    CANCELED = "canceled"
    EMBARGOED = "embargoed"
    NOT_YET_PUBLISHED = "not yet published"
    EXPIRED = "expired"


def why_hidden(article: Standing, audience: Audience, now: datetime) -> Hidden | None:
    """The reason why `audience` may not see this revision at `now`, or None when it may.

    At the embargo's own instant the revision may be seen; at the instant of expiry it may not any more.
    """
    if audience is Audience.STAFF:
        return None
    if article.status is not Status.USABLE:
        return Hidden(article.status.value)
    if audience is Audience.PUBLIC and article.embargo is not None and now < article.embargo:
        return Hidden.EMBARGOED
    if now < article.published:
        return Hidden.NOT_YET_PUBLISHED
    if article.expires is not None and article.expires <= now:
        return Hidden.EXPIRED
    return None


def may_see(article: Standing, audience: Audience, now: datetime) -> bool:
    """Whether `audience` may see this revision at `now`."""
    return why_hidden(article, audience, now) is None


def takes_over(article: Standing, now: datetime, audience: Audience = Audience.PUBLIC) -> bool:
    """Whether this revision stands for its story at `now`, so that older ones are no longer shown.

    An embargo hides the revision that carries it, not the one before; a withheld or canceled one takes over at once.
    Partners who get embargoed ones get them at once too.
    """
    if article.status is not Status.USABLE or audience is not Audience.PUBLIC:
        return True
    return article.embargo is None or article.embargo <= now
