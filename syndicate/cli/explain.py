"""`explain`: why an article is, or is not, in a feed."""

import click

from syndicate.cli.call import Call, emit, json_option, pass_call, print_json


@click.command("explain")
@click.argument("guid")
@click.argument("feed")
@json_option
@pass_call
def command(call: Call, guid: str, feed: str, as_json: bool) -> None:
    """Say why an article is, or is not, in a feed. Every condition is listed with its outcome."""
    from syndicate.feeds.explain import explain

    with call.app(create_store=False) as app:
        found = explain(app.store, guid, app.feed(feed), app.clock.now())
    if as_json:
        print_json(
            {
                "guid": guid,
                "feed": feed,
                "version": found.article.version,
                "in": found.is_in,
                "conditions": [
                    {"condition": one.name, "holds": one.holds, "wanted": one.wanted, "found": one.found}
                    for one in found.conditions
                ],
            }
        )
        return
    verdict = "is in" if found.is_in else "is not in"
    emit(f"{guid} (version {found.article.version}) {verdict} {feed}")
    rows = [("yes" if one.holds else "NO", one.name, one.wanted, one.found) for one in found.conditions]
    call.table(("holds", "condition", "wanted", "found"), rows)
