"""`config`: check the configuration, or describe it."""

from pathlib import Path

import click

from syndicate.cli.call import Call, counted, emit, json_option, pass_call, print_json


@click.group("config")
def command() -> None:
    """Check the configuration, or describe it."""


@command.command("check")
@json_option
@pass_call
@click.pass_context
def check(ctx: click.Context, call: Call, as_json: bool) -> None:
    """Read every configuration file and say what is wrong, with file, line and cure."""
    from syndicate.app import load_configuration
    from syndicate.errors import ConfigError, ConfigErrors

    errors: tuple[ConfigError, ...] = ()
    feeds = 0
    try:
        feeds = len(load_configuration(Path(call.config)).feeds)
    except ConfigErrors as found:
        errors = found.errors
    except ConfigError as found:
        errors = (found,)
    if as_json:
        print_json(
            {
                "valid": not errors,
                "feeds": feeds,
                "errors": [
                    {"file": one.file, "line": one.line, "problem": one.problem, "cure": one.cure} for one in errors
                ],
            }
        )
    for error in errors:
        emit(str(error), err=True)
    if not errors:
        call.say(f"{call.config}: good, {counted(feeds, 'feed')}")
    ctx.exit(2 if errors else 0)


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of the configuration files, for editors."""
    from syndicate.settings import json_schema

    print_json(json_schema())
