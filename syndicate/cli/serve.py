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
    listener = listen(host or options.host, options.port if port is None else port)
    place = _place(*listener.getsockname()[:2])
    folder = configuration.folder / options.output_path
    call.say(f"serving {counted(len(configuration.feeds), 'feed')} of {folder} at {place}; stop with Ctrl-C or SIGTERM")
    home = _home(call, options.status_port, listener.getsockname()[1], port == 0 or (port is None and not options.port))
    plan = Plan(
        config=Path(call.config), clock=call.clock, is_talkative=call.verbose, limits=Limits(), has_hub=hub, home=home
    )
    ctx.exit(run(plan, listener, configuration, workers))


def _home(call: Call, wanted: int | None, port: int, is_free: bool) -> "socket.socket | None":
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
    call.say(f"status page for this machine alone at {_place(*home.getsockname()[:2])}-/status")
    return home


def _place(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
