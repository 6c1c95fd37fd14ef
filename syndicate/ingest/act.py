"""An editor's act on a stored story: the revision that `model.lifecycle` makes of it, kept in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.errors import UnknownName
from syndicate.ingest.decide import apply_set, content_of
from syndicate.model.article import Article, Status
from syndicate.model.lifecycle import Act, Refused, Wording, act_on
from syndicate.store import articles
from syndicate.store.articles import Addition
from syndicate.store.engine import Store, next_number

# Identity and times are not for setting, and a status has acts of its own.
_NOT_SET = frozenset({"guid", "published", "updated", "status", "embargo", "expires"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an act did: the newest revision before it, and the one that it made."""

    before: Article
    after: Article


def act(
    store: Store, act: Act, guid: str, wording: Wording, now: datetime, overrides: Sequence[tuple[str, str]] = ()
) -> Done:
    """Make the act's revision and keep it; it is durable when this returns.

    `overrides` are fields and values as for `--set`. Raises UnknownName for a guid that the store does not have,
    Refused when the story's status does not allow the act or nothing would change, ValueError for a field or a value
    that cannot be set.
    """
    with store.write() as connection:
        known = articles.history(connection, guid)
        if not known:
            raise UnknownName("article", guid, articles.guids_like(connection, guid))
        before = known[-1].article
        usable = next((one.article for one in reversed(known) if one.article.status is Status.USABLE), None)
        after = act_on(act, _set(before, overrides), usable, wording, now)
        if content_of(after) == content_of(before):
            raise Refused("nothing would change")
        addition = Addition(article=after, kind="updated", source=f"articles {act}")
        articles.add_all(connection, [addition], batch=next_number(connection, "import"), now=now)
    return Done(before=before, after=after)


def _set(article: Article, overrides: Sequence[tuple[str, str]]) -> Article:
    for name, value in overrides:
        if name in _NOT_SET:
            raise ValueError(f"{name} cannot be set here: acts set status and times, and identity never changes")
        article = apply_set(article, name, value)
    return article
