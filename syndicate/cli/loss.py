"""`loss`: what of the articles does not fit into the formats they go out in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, counted, json_list, json_option, pass_call

if TYPE_CHECKING:
    from syndicate.app import App
    from syndicate.feeds.losses import Loss
    from syndicate.model.article import Article
    from syndicate.model.feed import Feed


@click.group("loss")
def command() -> None:
    """Say what of the articles does not fit into the formats they go out in."""


@command.command("report")
@click.argument("guids", nargs=-1, metavar="[GUID]...")
@click.option("--feed", "feeds", multiple=True, metavar="FEED", help="Only that feed; repeatable.")
@click.option("--format", "names", multiple=True, metavar="NAME", help="Only that format; repeatable.")
@json_option
@pass_call
def report(call: Call, guids: tuple[str, ...], feeds: tuple[str, ...], names: tuple[str, ...], as_json: bool) -> None:
    """List, per article and format, what is left out, what does not come back as it was, and what a profile changed.

    Without GUID, of every article that the feeds take now, in the feeds' formats; a format that no feed has can be
    named with --format.
    """
    from syndicate.formats import base as formats

    for name in names:
        formats.written_facts(name)
    with call.app(create_store=False) as app:
        found = list(_report(app, guids, feeds, names))
    if as_json:
        with json_list() as listed:
            for one in found:
                listed.add(one)
        return
    rows = [
        (one["feed"], one["format"], one["guid"], loss["field"] or "-", loss["how"])
        for one in found
        for loss in one["losses"]
    ]
    call.table(("feed", "format", "guid", "field", "what"), rows)
    seen = {one["guid"] for one in found}
    whole = len(seen) - len({one["guid"] for one in found if one["losses"]})
    call.say(f"{counted(len(seen), 'article')} looked at, {whole} of them whole")


def _report(
    app: "App", guids: tuple[str, ...], feeds: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    from syndicate.feeds.losses import losses

    # Feeds share articles, and one takes as long as rendering it a hundred times.
    known: dict[tuple[str, int, str, str, str], tuple[Loss, ...]] = {}
    for feed in app.chosen(feeds):
        for article in _articles(app, feed, guids):
            for name in names or feed.formats:
                key = (article.guid, article.version, name, feed.cut.label, feed.cut.mark)
                if key not in known:
                    known[key] = losses(article, name, app.publisher, feed.cut)
                yield {
                    "feed": feed.id,
                    "format": name,
                    "guid": article.guid,
                    "version": article.version,
                    "losses": [{"field": one.field, "how": one.how} for one in known[key]],
                }


def _articles(app: "App", feed: "Feed", guids: tuple[str, ...]) -> "list[Article]":
    """The feed's articles, in its order; of these guids, where some are named."""
    from syndicate.errors import UnknownName
    from syndicate.feeds.select import query_of
    from syndicate.store import articles, selection

    now = app.clock.now()
    with app.store.read() as connection:
        for guid in guids:
            if not articles.history(connection, guid):
                raise UnknownName("article", guid, articles.guids_like(connection, guid))
        chosen = selection.choose(connection, query_of(feed, now), feed.audience, now)
        wanted = [one.revision for one in chosen if not guids or one.guid in guids]
        texts = selection.texts_of(connection, wanted)
    return [texts[revision] for revision in wanted]
