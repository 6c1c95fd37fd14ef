"""`schemas`: the official schema files that documents are checked with."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from syndicate.cli.call import Call, emit, json_option, pass_call, print_json
from syndicate.cli.web import Web, is_address, web_options

if TYPE_CHECKING:
    from syndicate.schemas.add import Offer, Outcome

_folder_option = click.option(
    "--schemas", "given", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="The folder of schema files; the user's own unless given.",
)  # fmt: skip


@click.group("schemas")
def command() -> None:
    """Keep the official schema files that documents are checked with.

    They are not part of this program: get them from those who publish them, such as IPTC, and add them. `validate`
    then uses those of the version that a document states. The folder is the one that SYNDICATE_VALIDATE__SCHEMAS
    names, else one of yours.
    """


@command.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL|DIR...")
@_folder_option
@web_options
@pass_call
@click.pass_context
def add(ctx: click.Context, call: Call, sources: tuple[str, ...], given: Path | None, web: Web) -> None:
    """Keep schema files, from wherever they are.

    A path is a file, a zip or tar archive, or a folder; an address is fetched because you name it. A line for each
    file says whether it was added, already there, or refused and why. Other files beside them are passed over.
    """
    from syndicate.schemas.add import add as keep

    folder, outcomes = _folder(given), list["Outcome"]()
    for source in sources:
        before = len(outcomes)
        for offer in _offers(call, web, source):
            outcome = keep(offer, folder)
            if outcome is not None:
                outcomes.append(outcome)
                emit(_line(outcome))
        if len(outcomes) == before:
            raise click.UsageError(f"{source}: there is no schema in it")
    call.say(f"in {folder}")
    ctx.exit(1 if any(one.state == "refused" for one in outcomes) else 0)


@command.command("list")
@_folder_option
@json_option
@pass_call
def list_(call: Call, given: Path | None, as_json: bool) -> None:
    """List the schema files that are at hand, and what they serve."""
    from syndicate.schemas.listing import listing

    folder = _folder(given)
    rows = listing(folder)
    if as_json:
        print_json([row.values() for row in rows])
        return
    if not rows:
        call.say(f"there is no schema in {folder}; add some with: syndicate schemas add PATH|URL|DIR")
        return
    call.table(
        ("standard", "version", "file", "sha256", "release", "serves"),
        [(row.standard, row.version or None, row.file, row.sha256[:12], row.release, row.serves) for row in rows],
    )
    call.say(f"in {folder}")


@command.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@_folder_option
@pass_call
def remove(call: Call, names: tuple[str, ...], given: Path | None) -> None:
    """Take schema files out of the folder, by their names in `schemas list`."""
    from syndicate.errors import UnknownName
    from syndicate.schemas.add import remove as take_out
    from syndicate.schemas.listing import listing

    folder = _folder(given)
    known = tuple(row.file for row in listing(folder))
    for name in names:
        if name not in known:
            raise UnknownName("schema file", name, known)
    for name in names:
        take_out(name, folder)
        emit(f"removed  {name}")


def _folder(given: Path | None) -> Path:
    from syndicate.schemas import shelf

    return given if given is not None else shelf.place()


def _offers(call: Call, web: Web, source: str) -> "Iterator[Offer]":
    from syndicate.schemas.add import offers, opened

    if is_address(source):
        name = urlsplit(source).path.rpartition("/")[2] or "schema"
        yield from opened(name, web.document(call, source))
        return
    try:
        yield from offers(Path(source))
    except OSError as error:
        raise click.UsageError(f"{source}: cannot be read: {error.strerror or error}") from error


def _line(outcome: "Outcome") -> str:
    label = outcome.label
    what = f"{label.standard} {label.version}".strip() if label is not None else ""
    if outcome.state == "refused":
        return f"refused  {outcome.name}: {outcome.reason}"
    known = "" if outcome.is_known else f", unknown release (sha256 {outcome.sha256[:12]})"
    return f"{outcome.state}  {outcome.name}: {what}{known}"
