"""`profiles`: what partners take, in words for them and as samples."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicate.cli.call import Call, emit, json_option, pass_call, print_json

if TYPE_CHECKING:
    from syndicate.model.profile import Profile


@click.group("profiles", invoke_without_command=True)
@json_option
@pass_call
@click.pass_context
def command(ctx: click.Context, call: Call, as_json: bool) -> None:
    """List what partners take, and show it to them.

    A profile is one file: those of the package, and yours in `profiles/` beside the configuration file.
    """
    if ctx.invoked_subcommand is not None:
        return
    from syndicate.profiles.load import load_profiles

    found = load_profiles(own_profiles(call))
    if as_json:
        print_json([_values(one) for one in found])
        return
    call.table(
        ("profile", "partner", "format", "for"), [(one.name, one.title, one.format, one.purpose) for one in found]
    )


@command.command("show")
@click.argument("name")
@pass_call
def show(call: Call, name: str) -> None:
    """Print a partner's sheet in Markdown.

    It tells how to submit, what he takes and where he says so, and ends with a sample item.
    NAME is a profile, or a file that ends with .toml.
    """
    from syndicate.profiles.load import load_profile
    from syndicate.profiles.sheet import sheet

    emit(sheet(load_profile(name, own_profiles(call)), call.clock.now()), nl=False)


@command.command("sample")
@click.argument("name")
@pass_call
def sample(call: Call, name: str) -> None:
    """Write a sample document for a partner.

    It goes to standard output, as the partner would get it; its stories are made up. NAME is a profile, or a file that
    ends with .toml.
    """
    from syndicate.profiles import sample as samples
    from syndicate.profiles.load import load_profile

    emit(samples.sample(load_profile(name, own_profiles(call)), call.clock.now()), nl=False)


def own_profiles(call: Call) -> Path:
    """The folder of the newsroom's own profiles, which may not exist."""
    return Path(call.config).parent / "profiles"


def _values(profile: "Profile") -> dict[str, object]:
    from syndicate.profiles.words import sentences

    return {
        "name": profile.name,
        "title": profile.title,
        "purpose": profile.purpose,
        "format": profile.format,
        "content": profile.content.value,
        "mark": profile.mark,
        "required": {one.name: list(one.places) for one in profile.required},
        "wanted": {one.name: list(one.places) for one in profile.wanted},
        "limits": dict(sentences(profile.limits)),
        "advice": dict(sentences(profile.advice)),
        "sources": [one.url for one in profile.sources],
    }
