"""`status`: what is published, held and due."""

from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, cell, counted, emit, json_option, pass_call, print_json

if TYPE_CHECKING:
    from syndicate.app import App


@click.command("status")
@json_option
@pass_call
@click.pass_context
def command(ctx: click.Context, call: Call, as_json: bool) -> None:
    """Show what is published, held and due. Exit code 1 says that something needs a person."""
    with call.app() as app:
        found = _gather(app)
    if as_json:
        print_json(found)
    else:
        rows = [
            (one["feed"], one["format"], one["state"], one["items"], one["published_at"], len(one["errors"]))
            for one in found["documents"]
        ]
        call.table(("feed", "format", "state", "items", "published", "errors"), rows)
        changes = counted(found["changes_not_exported"], "change")
        release = cell(found["next_change_of_view"] or "none")
        call.say(
            f"{counted(found['articles'], 'article')}, {changes} not exported yet; next embargo or expiry: {release}"
        )
        for problem in found["problems"]:
            emit(problem, err=True)
    ctx.exit(1 if found["problems"] else 0)


def _gather(app: "App") -> dict[str, Any]:
    from syndicate.store import articles, changes, outputs
    from syndicate.store.engine import count_changes

    now = app.clock.now()
    with app.store.read() as connection:
        states = {(one.feed, one.format): one for one in outputs.all_of(connection)}
        count = articles.count(connection)
        newest = count_changes(connection)
        accepted = outputs.acceptances(connection)
        exported = outputs.cursors(connection, [feed.id for feed in app.feeds])
        release = changes.next_change_of_view(connection, now)
    documents = [_document(feed.id, name, states.get((feed.id, name))) for feed in app.feeds for name in feed.formats]
    return {
        "now": now,
        "articles": count,
        "changes_not_exported": newest - min(exported.values(), default=newest),
        "next_change_of_view": release,
        "documents": documents,
        "accepted": [
            {"feed": one.feed, "format": one.format, "reason": one.reason, "at": one.at, "findings": list(one.findings)}
            for one in accepted[:100]
        ],
        "problems": [problem for one in documents for problem in _problems(one)],
    }


def _document(feed: str, name: str, state: Any) -> dict[str, Any]:
    if state is None:
        return {"feed": feed, "format": name, "state": "never exported", "items": 0, "bytes": 0, "published_at": None,
                "held_since": None, "left_out": [], "errors": []}  # fmt: skip
    return {
        "feed": feed,
        "format": name,
        "state": "held" if state.held_since else "good" if state.sha256 else "empty",
        "items": state.items,
        "bytes": state.bytes,
        "published_at": state.published_at,
        "held_since": state.held_since,
        "left_out": list(state.left_out),
        "errors": [one for one in state.findings if one["severity"] == "error"],
    }


def _problems(document: dict[str, Any]) -> list[str]:
    name = f"{document['feed']}/{document['format']}"
    problems = [f"{name}: {guid} is left out; see syndicate explain" for guid in document["left_out"]]
    if document["held_since"]:
        reasons = ", ".join(sorted({one["code"] for one in document["errors"]}))
        problems.append(f"{name}: held since {document['held_since'].isoformat()}: {reasons}")
    return problems
