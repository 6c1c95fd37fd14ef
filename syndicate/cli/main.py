"""The command line: global options, and commands that are imported only when asked for."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from syndicate.cli.call import Call, Moment, emit, give_up
from syndicate.version import version

# Command -> what the overview says of it. The module of the same name holds it; a test compares the texts.
COMMANDS = {
    "init": "Make a working directory with a configuration and sample stories.",
    "import": "Read articles into the store.",
    "articles": "Look into the store, and correct, kill, withhold, release or embargo a story.",
    "export": "Regenerate what changed, check it, publish it.",
    "validate": "Check any feed or news document, ours or not.",
    "rules": "List the rules that documents are checked by, or tell all about some of them.",
    "explain": "Say why an article is, or is not, in a feed.",
    "preview": "Show a feed as a person would see it in a reader, as one page of HTML.",
    "loss": "Say what of the articles does not fit into the formats they go out in.",
    "diff": "Show what an export would change in the published feed: items in, out, moved, changed.",
    "schedule": "Run the scheduler, or look at its runs.",
    "serve": "Serve the published feeds over HTTP, until SIGTERM or Ctrl-C.",
    "websub": "See who is told of changes at once: other people's hubs, and the subscribers of the own hub.",
    "status": "Show what is published, fresh, held and due.",
    "doctor": "Check the installation, the store and the published tree.",
    "config": "Check the configuration, or describe it.",
    "schemas": "Keep the official schema files that documents are checked with.",
    "formats": "List the formats and what each can do.",
    "profiles": "List what partners take, and show it to them.",
}


class LazyGroup(click.Group):
    """A group whose commands are modules of this package; the overview imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a first day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"syndicate.cli.{cmd_name}_" if cmd_name == "import" else f"syndicate.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    number = version()
    emit(f"syndicate {number}" if number else "syndicate, run from its source folder without being installed")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", default="config/syndicate.toml", show_default=True, help="The configuration file.")
@click.option("--now", type=Moment(), help="Decide as if it were that moment (RFC 3339 with offset).")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--verbose", is_flag=True, help="Say more; with an error, its cause.")
@click.option("--no-color", is_flag=True, help="No colours, no styles.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="The version.")
@click.pass_context
def cli(ctx: click.Context, /, **options: object) -> None:
    """Turn a newsroom's article store into feeds and exports that readers and partners can rely on."""
    ctx.obj = Call(**options)  # type: ignore[arg-type]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 done, 1 something is wrong, 2 usage, 3 environment."""
    _open_missing_streams()
    sys.exit(_ended(run(arguments)))


def _ended(code: int) -> int:
    """The exit code once all is written that the streams still hold; else Python would end with a code of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            give_up(stream)
        except OSError as error:
            give_up(stream)
            code = code or _tell(error, verbose=False)
    return code


def _open_missing_streams() -> None:
    """Without this, the next file opened would become standard output of a call made with `>&-`."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: SIM115


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; every failure is told in lines that name the thing, the place and the cure."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = cli.main(given, prog_name="syndicate", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return 130
    except SystemExit:  # click leaves so when nobody reads its help texts: a broken pipe is no error
        return 0
    except Exception as error:
        return _tell(error, verbose="--verbose" in given)


def _tell(error: Exception, *, verbose: bool) -> int:
    message, code = _said(error)
    for line in message.splitlines():
        emit(f"syndicate: {line}", err=True)
    if verbose:
        import traceback

        emit("".join(traceback.format_exception(error)), err=True)
    return code


def _said(error: Exception) -> tuple[str, int]:
    """What people read about a failure, and its exit code."""
    from syndicate.errors import SyndicateError, UnknownName

    if isinstance(error, UnknownName) and error.kind == "article" and not error.known:
        return f"{error} (syndicate articles list shows what there is)", error.exit_code
    if isinstance(error, SyndicateError):
        return str(error), error.exit_code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}", 3
    return f"internal error ({type(error).__name__}: {error}); please report it", 3
