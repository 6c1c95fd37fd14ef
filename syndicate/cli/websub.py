"""`websub`: who is told of changes at once, and how that goes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, counted, json_option, pass_call, print_json

if TYPE_CHECKING:
    from syndicate.store.pings import Ping
    from syndicate.store.subscriptions import Subscription

_TITLES = ("kind", "to", "topic", "state", "failures", "next try", "lease until", "said last")


@click.group("websub")
def command() -> None:
    """See who is told of changes at once: other people's hubs, and the subscribers of the own hub."""


@command.command("list")
@json_option
@pass_call
def list_(call: Call, as_json: bool) -> None:
    """List what hubs are told of, and who has subscribed at the own hub. Secrets are not shown."""
    from syndicate.store import pings, subscriptions

    with call.app() as app, app.store.read() as connection:
        told, subscribed = pings.all_of(connection), subscriptions.all_of(connection)
    if as_json:
        print_json({"pings": pings_as_json(told), "subscriptions": [_subscription(one) for one in subscribed]})
        return
    rows: list[tuple[object, ...]] = [
        ("ping", one.hub, one.topic, one.state, one.attempts, _next(one), None, one.answer) for one in told
    ]
    rows += [
        ("push", one.callback, one.topic, _state(one), one.attempts, one.next_try if one.attempts else None,
         one.lease_until, one.answer)
        for one in subscribed
    ]  # fmt: skip
    call.table(_TITLES, rows)
    call.say(f"{counted(len(told), 'ping')}, {counted(len(subscribed), 'subscription')}")


@command.command("retry")
@json_option
@pass_call
def retry(call: Call, as_json: bool) -> None:
    """Give another go at once to what hubs or subscribers have refused, or what fails."""
    from syndicate.cli.telling import tell_hubs
    from syndicate.store import pings, subscriptions

    with call.app() as app:
        now = app.clock.now()
        with app.store.write() as connection:
            pings.keep_only(connection, app.options.pinged_hubs)
            revived = pings.revive(connection, now)
            count = subscriptions.revive(connection, now)
        if as_json:
            print_json({"pings": pings_as_json(revived), "subscriptions": count})
        else:
            call.table(("to", "topic", "was"), [(one.hub, one.topic, one.answer) for one in revived])
        call.say(f"another go for {counted(len(revived), 'ping')} and {counted(count, 'subscription')}")
        tell_hubs(call, app)


def pings_as_json(found: Iterable["Ping"]) -> list[dict[str, Any]]:
    """The pings with the names of `websub list --json`."""
    return [
        {
            "hub": one.hub,
            "topic": one.topic,
            "state": one.state,
            "put_at": one.put_at,
            "attempts": one.attempts,
            "next_try": _next(one),
            "failing_since": one.failing_since,
            "answered_at": one.answered_at,
            "answer": one.answer,
        }
        for one in found
    ]


def _next(ping: "Ping") -> Any:
    return ping.next_try if ping.state == "due" else None


def _subscription(one: "Subscription") -> dict[str, Any]:
    return {
        "topic": one.topic,
        "callback": one.callback,
        "state": _state(one),
        "is_signed": one.secret is not None,
        "lease_until": one.lease_until,
        "verified_at": one.verified_at,
        "delivered_sha256": one.delivered_sha256,
        "delivered_at": one.delivered_at,
        "attempts": one.attempts,
        "next_try": one.next_try if one.attempts else None,
        "failing_since": one.failing_since,
        "answer": one.answer,
    }


def _state(one: "Subscription") -> str:
    if not one.attempts:
        return "good"
    return "failing" if one.delivered_sha256 is None else "refused"
