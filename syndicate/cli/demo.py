"""The demo of `./run demo`: sample stories in, feeds out, every document of the published tree checked."""

import sys
from pathlib import Path

import click

from syndicate.cli.init import write_samples
from syndicate.cli.main import run


def demo(folder: Path) -> int:
    """The exit code of the demo; a second run finds nothing to do."""
    config = folder / "config" / "syndicate.toml"
    if not config.exists():
        click.echo(f"Making a working directory in {folder}", err=True)
        write_samples(folder)
    common = ["--config", str(config)]
    _title("Reading the sample stories", "import stories")
    code = run([*common, "import", str(folder / "stories")])
    _title("Exporting all feeds: only what changed is written", "export")
    code = code or run([*common, "export"])
    _title("Checking every document of the published tree", "validate feeds")
    code = code or run([*common, "validate", str(folder / "feeds")])
    click.echo(f"\nThe published tree is {folder / 'feeds'}; open {folder / 'feeds' / 'index.html'}", err=True)
    return code


def _title(what: str, command: str) -> None:
    click.echo(f"\n{what} (syndicate {command})", err=True)


if __name__ == "__main__":
    sys.exit(demo(Path(sys.argv[1])))
