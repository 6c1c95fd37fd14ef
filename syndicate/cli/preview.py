"""`preview`: a feed as a person would see it."""

from itertools import compress
from pathlib import Path

import click

from syndicate.cli.call import Call, counted, emit, pass_call


@click.command("preview")
@click.argument("feed")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output unless given.",
)
@pass_call
def command(call: Call, feed: str, output: Path | None) -> None:
    """Show a feed as a person would see it in a reader, as one page of HTML.

    It is made of what the store holds now, whether or not it is published, and as the feed's profile shapes it.
    """
    from syndicate.feed_export import nothing_kept
    from syndicate.feeds.build import build
    from syndicate.feeds.select import query_of
    from syndicate.store import selection

    with call.app(create_store=False) as app:
        chosen_feed, now = app.feed(feed), app.clock.now()
        with app.store.read() as connection:
            chosen = selection.choose(connection, query_of(chosen_feed, now), chosen_feed.audience, now)
        fragments = nothing_kept(app, dry_run=True).fragments
        out = fragments.of(chosen, chosen_feed.formats, chosen_feed.cut)
        kept = [
            any(one[number].size and not one[number].errors for one in out.values()) for number in range(len(chosen))
        ]
        left_out, chosen = kept.count(False), tuple(compress(chosen, kept))
        rendered = fragments.of(chosen, ["preview"], chosen_feed.cut)["preview"]
        url = app.options.output_url
        built = build(chosen_feed, "preview", chosen, rendered, fragments, app.publisher, url, app.options.all_hubs)
        page = b"".join(built.chunks())
    if left_out:
        # `explain` knows of errors only what the last export found.
        hint = f"syndicate export --dry-run {feed} and syndicate explain GUID {feed} say why"
        call.say(f"{counted(left_out, 'article')} left out, as in the feed itself: {hint}")
    if output is None:
        emit(page, nl=False)
    else:
        output.write_bytes(page)
        call.say(f"{output}: {counted(len(chosen), 'article')}")
