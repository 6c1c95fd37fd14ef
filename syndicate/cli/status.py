"""`status`: what is published, fresh, held and due."""

from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, cell, counted, emit, json_option, pass_call, print_json
from syndicate.cli.websub import pings_as_json

if TYPE_CHECKING:
    from syndicate.condition.look import Condition, FeedCondition, Hubs
    from syndicate.store.outputs import Acceptance, Output


@click.command("status")
@json_option
@pass_call
@click.pass_context
def command(ctx: click.Context, call: Call, as_json: bool) -> None:
    """Show what is published, fresh, held and due. Exit code 1 says that something needs a person."""
    from datetime import timedelta

    from syndicate.condition.look import look
    from syndicate.store import pings

    with call.app() as app:
        condition = look(app.store, app.feeds, app.clock.now(), timedelta(seconds=app.options.stale_after))
        with app.store.read() as connection:
            told = pings_as_json(pings.all_of(connection))
    found = _values(condition, told)
    if as_json:
        print_json(found)
    else:
        fresh = {one["feed"]: one["freshness"] for one in found["feeds"]}
        rows = [
            (one["feed"], one["format"], one["state"], fresh[one["feed"]], one["items"], one["published_at"],
             len(one["errors"]))
            for one in found["documents"]
        ]  # fmt: skip
        call.table(("feed", "format", "state", "freshness", "items", "published", "errors"), rows)
        changes = counted(found["changes_not_exported"], "change")
        release = cell(found["next_change_of_view"] or "none")
        call.say(
            f"{counted(found['articles'], 'article')}, {changes} not exported yet; next embargo or expiry: {release}"
        )
        if condition.hubs.are_used:
            call.say(_said_of(condition.hubs))
        for problem in found["problems"]:
            emit(problem, err=True)
    ctx.exit(1 if found["problems"] else 0)


def _values(found: "Condition", told: list[dict[str, Any]]) -> dict[str, Any]:
    documents = [
        _document(one.feed.id, name, next((state for state in one.documents if state.format == name), None))
        for one in found.feeds
        for name in one.feed.formats
    ]
    problems = [problem for one in found.feeds for problem in _stale(one)]
    problems += [problem for one in documents for problem in _problems(one)]
    subscriptions = found.hubs.subscriptions
    return {
        "now": found.now,
        "articles": found.articles,
        "changes_not_exported": found.waiting,
        "next_change_of_view": found.next_change_of_view,
        "feeds": [_feed(one) for one in found.feeds],
        "documents": documents,
        "accepted": [_accepted(one) for one in found.accepted[:100]],
        "problems": [*problems, *found.hubs.problems],
        "pings": told,
        "subscriptions": {"count": subscriptions.count, "failing": subscriptions.failing},
    }


def _said_of(hubs: "Hubs") -> str:
    waiting, all_told = hubs.pings["due"] + hubs.pings["refused"], hubs.subscriptions
    subscriptions = f"{counted(all_told.count, 'subscription')}, {all_told.failing} failing"
    return f"hubs: {counted(waiting, 'ping')} waiting; {subscriptions}"


def _feed(found: "FeedCondition") -> dict[str, Any]:
    return {
        "feed": found.feed.id,
        "freshness": found.freshness.state.value,
        "since": found.freshness.since,
        "reason": found.freshness.reason,
        "next_slot": found.next_slot,
    }


def _accepted(one: "Acceptance") -> dict[str, Any]:
    return {"feed": one.feed, "format": one.format, "reason": one.reason, "at": one.at, "findings": list(one.findings)}


def _document(feed: str, name: str, state: "Output | None") -> dict[str, Any]:
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


def _stale(found: "FeedCondition") -> list[str]:
    fresh = found.freshness
    if fresh.state != "stale" or fresh.since is None:
        return []
    return [f"{found.feed.id}: stale since {fresh.since.isoformat()}: {fresh.reason}"]


def _problems(document: dict[str, Any]) -> list[str]:
    name = f"{document['feed']}/{document['format']}"
    problems = [f"{name}: {guid} is left out; see syndicate explain" for guid in document["left_out"]]
    if document["held_since"]:
        reasons = ", ".join(sorted({one["code"] for one in document["errors"]}))
        problems.append(f"{name}: held since {document['held_since'].isoformat()}: {reasons}")
    return problems
