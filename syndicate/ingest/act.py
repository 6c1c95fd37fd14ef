"""An editor's act on a stored story: the revision that `model.lifecycle` makes of it, kept in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate.errors import UnknownName
from syndicate.ingest.decide import apply_set, content_of, is_significant
from syndicate.model.article import Article, Status
from syndicate.model.lifecycle import Act, Refused, Wording, act_on
from syndicate.model.visibility import Audience, may_see
from syndicate.store import articles
from syndicate.store.articles import Addition, Stored
from syndicate.store.engine import Store, next_number

# Identity and times are not for setting, and a status has acts of its own.
_NOT_SET = frozenset({"guid", "published", "updated", "status", "embargo", "expires"})


# Nothing but the headline is left after these, so it must be one that is out.
_FINAL = frozenset({Act.KILL, Act.TAKE_DOWN})


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
        latest = _shown(known, now) if act in _FINAL else before
        after = act_on(act, _set(latest, overrides), usable, wording, now)
        if act is Act.CORRECT and wording.notice is None and not is_significant(after, before):
            after = replace(after, significant=before.changed)
        if content_of(after) == content_of(before):
            raise Refused("nothing would change")
        addition = Addition(article=after, kind="updated", source=articles.source_of(act))
        articles.add_all(connection, [addition], batch=next_number(connection, "import"), now=now)
    return Done(before=before, after=after)


def _shown(known: Sequence[Stored], now: datetime) -> Article:
    """The newest revision; when it is under embargo, with the words of the one that stands until then, if there is one.

    Of a story that was never out only partners hear who have it already: they may be told its headline.
    """
    newest = known[-1].article
    if not _is_under_embargo(newest, now):
        return newest
    listed = (one.article for one in reversed(known) if one.is_listed)
    if shown := next((one for one in listed if may_see(one, Audience.PUBLIC, now)), None):
        return replace(shown, version=newest.version, updated=newest.updated)
    was_never_out = all(_is_under_embargo(one.article, now) for one in known)
    return replace(newest, embargo=None) if was_never_out else newest


def _is_under_embargo(article: Article, now: datetime) -> bool:
    return article.embargo is not None and now < article.embargo


def _set(article: Article, overrides: Sequence[tuple[str, str]]) -> Article:
    for name, value in overrides:
        if name in _NOT_SET:
            raise ValueError(f"{name} cannot be set here: acts set status and times, and identity never changes")
        article = apply_set(article, name, value)
    return article
