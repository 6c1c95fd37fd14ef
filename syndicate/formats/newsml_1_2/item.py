"""What a NewsItem says of itself: its identifier, times, status, and its ties to other items."""

from collections.abc import Iterator

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.identity import identity_of
from syndicate.formats.newsml_1_2.write import make, one, property_of, text
from syndicate.markup.dates import compact
from syndicate.model.article import Article, Link, Status
from syndicate.model.feed import Publisher

_STATUSES = {Status.USABLE: n.USABLE, Status.WITHHELD: n.WITHHELD, Status.CANCELED: n.CANCELED}
_INSTRUCTIONS = {"update": "Update", "correction": "Correction"}


def headline(article: Article) -> str:
    """The headline for receivers; that of a kill says so, since some of them show nothing else."""
    return f"{n.KILL}{article.headline}" if article.status is Status.CANCELED else article.headline


def identification(article: Article, publisher: Publisher) -> str:
    """The whole `Identification`."""
    version = max(article.version, 1)
    identity = identity_of(article.guid, article.published, publisher.tag_authority)
    identifier = (
        text(n.PROVIDER_ID, identity.provider),
        text(n.DATE_ID, identity.date),
        text(n.ITEM_ID, identity.item),
        text(n.REVISION_ID, str(version), (n.PREVIOUS, str(version - 1)), (n.UPDATE, "N")),
        text(n.PUBLIC_ID, identity.public(version)),
    )
    return make(n.IDENTIFICATION, make(n.IDENTIFIER, *identifier), text(n.NAME_LABEL, article.slugline))


def management(article: Article) -> str:
    """The whole `NewsManagement`."""
    return make(
        n.MANAGEMENT,
        one(n.ITEM_TYPE, "News"),
        text(n.FIRST_CREATED, compact(article.published)),
        text(n.REVISION_CREATED, compact(max(article.updated, article.published))),
        *_status(article),
        *map(_link, article.links),
        *_instructions(article),
        property_of(n.EXPIRES, compact(article.expires)) if article.expires is not None else "",
    )


def _status(article: Article) -> Iterator[str]:
    """What may be done with it, and when that changes; urgency comes behind."""
    is_usable = article.status is Status.USABLE
    is_embargoed = article.embargo is not None and is_usable
    yield one(n.STATUS, n.EMBARGOED if is_embargoed else _STATUSES[article.status])
    if article.embargo is not None:
        future = n.USABLE if is_usable else _STATUSES[article.status]
        yield make(n.WILL_CHANGE, one(n.FUTURE_STATUS, future), text(n.DATE_AND_TIME, compact(article.embargo)))
    urgency = 1 if article.status is Status.CANCELED else article.urgency
    if urgency in n.URGENCIES:
        yield one(n.URGENCY, str(urgency))


def _link(link: Link) -> str:
    """A tie to another story, by its guid, by its address in a comment, or by both."""
    where = text(n.COMMENT, link.url, (n.FORMAL_NAME, n.URL))
    return make(n.ASSOCIATED, where, attributes=((n.FORMAL_NAME, link.rel), (n.ITEM, link.guid)))


def _instructions(article: Article) -> Iterator[str]:
    word = _INSTRUCTIONS.get(article.signal or "")
    if word is None and article.correction and article.correction.strip():
        word = _INSTRUCTIONS["correction"]
    if word is not None:
        yield one(n.INSTRUCTION, word)
