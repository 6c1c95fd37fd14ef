"""Who may see a revision, decided in one place below every output."""

from datetime import datetime
from enum import StrEnum

from syndicate.model.article import Article, Status


class Audience(StrEnum):
    """For whom articles are read from the store."""

    PUBLIC = "public"
    STAFF = "staff"


class Hidden(StrEnum):
    """Why a revision may not be seen."""

    WITHHELD = "withheld"
    CANCELED = "canceled"
    EMBARGOED = "embargoed"
    NOT_YET_PUBLISHED = "not yet published"
    EXPIRED = "expired"


def why_hidden(article: Article, audience: Audience, now: datetime) -> Hidden | None:
    """The reason why `audience` may not see this revision at `now`, or None when it may.

    At the embargo's own instant the revision may be seen; at the instant of expiry it may not any more.
    """
    if audience is Audience.STAFF:
        return None
    if article.status is not Status.USABLE:
        return Hidden(article.status.value)
    if article.embargo is not None and now < article.embargo:
        return Hidden.EMBARGOED
    if now < article.published:
        return Hidden.NOT_YET_PUBLISHED
    if article.expires is not None and article.expires <= now:
        return Hidden.EXPIRED
    return None


def may_see(article: Article, audience: Audience, now: datetime) -> bool:
    """Whether `audience` may see this revision at `now`."""
    return why_hidden(article, audience, now) is None


def takes_over(article: Article, now: datetime) -> bool:
    """Whether this revision stands for its story at `now`, so that older ones are no longer shown.

    An embargo hides the revision that carries it, not the one before; a withheld or canceled one takes over at once.
    """
    if article.status is not Status.USABLE:
        return True
    return article.embargo is None or article.embargo <= now
