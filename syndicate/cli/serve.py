"""`serve`: the published tree over HTTP."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicate.cli.call import Call, counted, pass_call

if TYPE_CHECKING:
    import socket

_PORTS = 65536


@click.command("serve")
@click.option("--host", metavar="ADDRESS", help="Where to listen; [serve] host unless given.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="The port; [serve] port unless given. 0 takes a free one.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, metavar="N", help="How many processes."
)
@click.option("--hub", is_flag=True, help="Be a WebSub hub too, at the path of [websub] own.")
@pass_call
@click.pass_context
def command(ctx: click.Context, call: Call, host: str | None, port: int | None, workers: int, hub: bool) -> None:
    """Serve the published feeds over HTTP, until SIGTERM or Ctrl-C.

    Readers get the published files; no store is asked for them. The status page is at a port of its own that only this
    machine reaches, the next one unless `[serve] status_port` names another. SIGHUP reads the configuration again. With
    `--verbose`, one line of JSON per request goes to standard error.
    """
    from syndicate import observe
    from syndicate.app import load_configuration
    from syndicate.web.protocol import Limits
    from syndicate.web.server import Plan, listen, run

    observe.set_up(verbose=call.verbose)
    configuration = load_configuration(Path(call.config))
    options = configuration.options
    if hub:
        from syndicate.web.hub_service import check

        check(configuration, Path(call.config))
    wanted = options.port if port is None else port
    _tell_apart(call, wanted, options.status_port)
    listener = listen(host or options.host, wanted)
    place = _place(*listener.getsockname()[:2])
    folder = configuration.folder / options.output_path
    call.say(f"serving {counted(len(configuration.feeds), 'feed')} of {folder} at {place}; stop with Ctrl-C or SIGTERM")
    home = _home(call, options.status_port, listener.getsockname()[1], is_free=wanted == 0)
    _say_status(call, home, place if options.password else None)
    _say_hub(call, options.own_hub, hub)
    plan = Plan(
        config=Path(call.config), clock=call.clock, is_talkative=call.verbose, limits=Limits(), has_hub=hub, home=home
    )
    ctx.exit(run(plan, listener, configuration, workers))


def _tell_apart(call: Call, port: int, status_port: int | None) -> None:
    """Raise ConfigError where readers and operators would share a port: at two addresses, both could be opened."""
    from syndicate.errors import ConfigError

    if port and port == status_port:
        problem = f"[serve] status_port: {port} is the readers' port"
        raise ConfigError(call.config, None, problem, "give the status page a port of its own")


def _home(call: Call, wanted: int | None, port: int, *, is_free: bool) -> "socket.socket | None":
    """The socket for the status page, on this machine alone; None where the next port is taken and none was named."""
    from syndicate.errors import EnvironmentFailure
    from syndicate.web.server import listen

    number = (0 if is_free else port + 1) if wanted is None else wanted
    try:
        home = listen("127.0.0.1", number if number < _PORTS else 0)
    except EnvironmentFailure:
        if wanted is not None:
            raise
        call.say(f"no status page: port {number} is taken; name another with [serve] status_port")
        return None
    return home


def _say_status(call: Call, home: "socket.socket | None", opened: str | None) -> None:
    """Say where the status page is; `opened` is the readers' place where the password opens it there too."""
    here = f"{_place(*home.getsockname()[:2])}-/status" if home else None
    if opened and here:
        call.say(f"status page, for those who have the password, at {here} (this machine alone) and {opened}-/status")
    elif opened:
        call.say(f"status page, for those who have the password, at {opened}-/status")
    elif here:
        call.say(f"status page for this machine alone at {here}")


def _say_hub(call: Call, own: str | None, is_there: bool) -> None:
    """Say where the own hub is, or that the one which the feeds name is not here."""
    if own is not None and is_there:
        call.say(f"hub at {own}")
    elif own is not None:
        call.say(f"no hub: the feeds name {own}, which answers where serve runs with --hub")


def _place(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
