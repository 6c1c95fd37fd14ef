"""What commands share that tell other people's hubs: a short try at the end, whose failure is only said."""

from typing import TYPE_CHECKING

from syndicate.cli.call import Call, counted

if TYPE_CHECKING:
    from syndicate.app import App
    from syndicate.deliver.pings import Told

# Seconds for all hubs together.
_SECONDS = 5.0


def tell_hubs(call: Call, app: "App") -> None:
    """Tell the hubs what is due, in a few seconds; what is left over waits for the scheduler or the next export."""
    from syndicate.errors import EnvironmentFailure
    from syndicate.store import pings

    hubs = app.options.pinged_hubs
    if not hubs:
        return
    try:
        with app.store.read() as connection:
            if not pings.is_any_due(connection, hubs, app.clock.now()):
                return
        for told in _told(app, hubs):
            _say(call, told)
    except EnvironmentFailure as error:
        call.say(f"hubs are told later: {error}")


def _told(app: "App", hubs: tuple[str, ...]) -> "list[Told]":
    from syndicate.schedule.telling import sender_of

    end = app.clock.monotonic() + _SECONDS
    found = []
    for number, hub in enumerate(hubs):
        # One that hangs leaves time for the others.
        left = (end - app.clock.monotonic()) / (len(hubs) - number)
        found.append(sender_of(app, max(left, 0.1)).send(hub, app.clock.monotonic() + left))
    return found


def _say(call: Call, told: "Told") -> None:
    if told.sent:
        call.say(f"hub {told.hub}: told of {counted(told.sent, 'document')}")
    if told.next_try is not None:
        when = told.next_try.isoformat(timespec="seconds")
        call.say(f"hub {told.hub}: cannot be told now: {told.trouble}; again from {when} on, by schedule run or export")
    elif told.refused:
        call.say(f"hub {told.hub}: refuses {counted(told.refused, 'document')}: {told.trouble}")
