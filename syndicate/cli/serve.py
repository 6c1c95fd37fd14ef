"""`serve`: the published tree over HTTP."""

from pathlib import Path

import click

from syndicate.cli.call import Call, counted, pass_call


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
@pass_call
@click.pass_context
def command(ctx: click.Context, call: Call, host: str | None, port: int | None, workers: int) -> None:
    """Serve the published feeds over HTTP, until SIGTERM or Ctrl-C.

    Only the published files are read, no store. SIGHUP reads the configuration again. With `--verbose`, one line of
    JSON per request goes to standard error.
    """
    from syndicate import observe
    from syndicate.app import load_configuration
    from syndicate.web.protocol import Limits
    from syndicate.web.server import Plan, listen, run

    observe.set_up(verbose=call.verbose)
    configuration = load_configuration(Path(call.config))
    options = configuration.options
    listener = listen(host or options.host, options.port if port is None else port)
    place = _place(*listener.getsockname()[:2])
    folder = configuration.folder / options.output_path
    call.say(f"serving {counted(len(configuration.feeds), 'feed')} of {folder} at {place}; stop with Ctrl-C or SIGTERM")
    plan = Plan(config=Path(call.config), clock=call.clock, is_talkative=call.verbose, limits=Limits())
    ctx.exit(run(plan, listener, configuration, workers))


def _place(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
