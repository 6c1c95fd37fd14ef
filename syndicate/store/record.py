"""A revision in the shape in which the store keeps it. It can be made wherever the article was read."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from syndicate.markup.article_json import dumps, loads
from syndicate.model.article import Article
from syndicate.model.tags import tags_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Record:
    """A revision as its row and its tags say it: `doc` is the whole article, the rest is what is searched.

    Moments are UTC microseconds since 1970.
    """

    guid: str
    version: int
    status: str
    published: int
    updated: int
    embargo: int | None
    expires: int | None
    tags: tuple[str, ...]
    doc: bytes

    @property
    def article(self) -> Article:
        """The article, read anew at each call."""
        return loads(self.doc)


def record_of(article: Article) -> Record:
    """The article as the store keeps it."""
    return Record(
        article.guid,
        article.version,
        article.status.value,
        microseconds(article.published),
        microseconds(article.updated),
        microseconds(article.embargo) if article.embargo else None,
        microseconds(article.expires) if article.expires else None,
        tags_of(article),
        dumps(article),
    )


def microseconds(moment: datetime) -> int:
    """The moment as stored; ValueError when it has no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return (moment - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The aware UTC moment of a stored value."""
    return _EPOCH + _MICROSECOND * value
