"""`validate`: check any feed or news document."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicate.cli.call import Call, emit, pass_call
from syndicate.cli.profiles import own_profiles
from syndicate.cli.web import Web, is_address, web_options

if TYPE_CHECKING:
    from syndicate.validate.run import Report

REPORTS = ("text", "json", "sarif", "junit", "github")
# What is looked at below a folder; any other file has to be named.
_DOCUMENTS = frozenset({".xml", ".rss", ".atom", ".rdf", ".opml", ".newsml"})
# Files with these endings are looked at where the mark of one of these formats stands near their beginning.
_MARKED = {".html": ("preview",), ".json": ("jsonfeed", "json-ld", "ninjs")}
_HEAD = 4096


@click.command("validate")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL...")
@click.option("--as", "as_format", metavar="FORMAT", help="Take the document for this format instead of looking.")
@click.option("--profile", metavar="NAME", help="Check what that partner takes, too; see the command profiles.")
@click.option("--schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="Folder with IPTC's schema files; NewsML-G2 is checked with them too.")  # fmt: skip
@click.option("--report", type=click.Choice(REPORTS), default="text", show_default=True, help="How findings are told.")
@click.option("--json", "as_json", is_flag=True, help="The same as --report json.")
@web_options
@pass_call
@click.pass_context
def command(
    ctx: click.Context,
    call: Call,
    paths: tuple[str, ...],
    as_format: str | None,
    profile: str | None,
    schemas: Path | None,
    report: str,
    as_json: bool,
    web: Web,
) -> None:
    """Check any feed or news document, ours or not.

    PATH is a file, a folder (every .xml, .rss, .atom, .rdf, .opml and .newsml file, every preview page, and every JSON
    file below it that says to be JSON Feed, ninjs or schema.org), or - for standard input.
    URL is an address of the web, which is fetched; nothing else needs the network, and nothing needs a store or a
    configuration. Formats are told apart by content, not by name. Exit code 1 says that a document has an error.
    """
    from syndicate.validate.run import check

    look = _looked(call, profile)
    reports: list[tuple[str, Report]] = []
    sources: dict[str, bytes] = {}
    for name in _names(paths):
        data = web.document(call, name) if is_address(name) else _read(name)
        found = look(check(data, now=call.clock.now(), as_format=as_format, schemas=schemas), data)
        reports.append((name, found))
        # Only a document with findings is shown: all of a folder together may be too much to keep.
        if found.findings:
            sources[name] = data
    if text := _rendered("json" if as_json else report, reports, sources):
        emit(text)
    ctx.exit(0 if all(one.valid for _, one in reports) else 1)


def _looked(call: Call, name: str | None) -> "Callable[[Report, bytes], Report]":
    """What adds to a report the things that the partner would not take; nothing without a profile."""
    if name is None:
        return lambda report, _: report
    from syndicate.profiles.load import load_profile
    from syndicate.validate.profile import with_profile

    profile = load_profile(name, own_profiles(call))
    return lambda report, data: with_profile(report, data, profile, now=call.clock.now())


def _rendered(name: str, reports: "list[tuple[str, Report]]", sources: dict[str, bytes]) -> str:
    module = import_module(f"syndicate.validate.report.{name}")
    text: str = module.render(reports, sources) if name == "text" else module.render(reports)
    return text.removesuffix("\n")


def _names(paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        if not is_address(path) and Path(path).is_dir():
            found = [str(one) for one in sorted(Path(path).rglob("*")) if _is_document(one, Path(path))]
            if not found:
                raise click.UsageError(f"{path}: there is no document below this folder; name the file itself")
            yield from found
        else:
            yield path


def _is_document(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden and (path.suffix.lower() in _DOCUMENTS or _is_marked(path))


def _is_marked(path: Path) -> bool:
    """Whether it is a page or JSON that can be checked; the front page and other JSON are no documents."""
    names = _MARKED.get(path.suffix.lower())
    if names is None:
        return False
    from syndicate.formats import base as formats

    try:
        with path.open("rb") as file:
            # PHP escapes every slash in JSON.
            head = file.read(_HEAD).replace(b"\\/", b"/")
            return any((mark := formats.mark_of(name)) is not None and mark in head for name in names)
    except OSError:
        # Whoever reads it next says so.
        return True


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise click.UsageError(f"{name}: cannot be read: {error.strerror}") from error
