"""`init`: a working directory to start from."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from syndicate.cli.call import Call, pass_call
from syndicate.errors import ConfigError


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@pass_call
def command(call: Call, folder: Path) -> None:
    """Make a working directory with a configuration and sample stories.

    DIR gets config/syndicate.toml, config/feeds/*.toml, an empty feeds/, and stories/. Existing files are never
    overwritten.
    """
    write_samples(folder)
    call.say(f"{folder} is ready. Next:")
    call.say(f"  cd {folder}")
    call.say("  syndicate import stories")
    call.say("  syndicate export")


def write_samples(folder: Path) -> None:
    """Copy the sample configuration and stories into the folder; ConfigError when it already has a configuration."""
    existing = folder / "config" / "syndicate.toml"
    if existing.exists():
        raise ConfigError(str(existing), None, "is already there", "choose another folder, or edit it")
    for name in ("config", "stories"):
        _copy(resources.files("syndicate.cli") / "samples" / name, folder / name)
    (folder / "feeds").mkdir(parents=True, exist_ok=True)


def _copy(source: Traversable, target: Path) -> None:
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        for child in source.iterdir():
            _copy(child, target / child.name)
    elif not target.exists():
        target.write_bytes(source.read_bytes())
