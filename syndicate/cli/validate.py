"""`validate`: check any feed or news document."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicate.atomic import write_atomic
from syndicate.cli.call import Call, Progress, counted, emit, pass_call
from syndicate.cli.profiles import own_profiles
from syndicate.cli.web import Web, is_address, web_options

if TYPE_CHECKING:
    from syndicate.validate.baseline import Baseline, Key
    from syndicate.validate.checked import Asked, Checked

REPORTS = ("text", "json", "sarif", "junit", "github", "summary")
_GRAVE = {"error": ("error",), "warning": ("error", "warning"), "never": ()}
_MIB = 1024 * 1024
# A terminal shows the bar and the report on the same lines: with one, the report comes when the bar is gone.
_WORTH_A_BAR = 20
# So many files that were passed over are named.
_FIRST = 3


@click.command("validate")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL...")
@click.option("--as", "as_format", metavar="FORMAT", help="Take the document for this format instead of looking.")
@click.option("--profile", metavar="NAME", help="Check what that partner takes, too; see the command profiles.")
@click.option("--schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
              help="Check with the official schema files in this folder, too; by default with those that were added by"
                   " the command schemas.")  # fmt: skip
@click.option("--no-schemas", is_flag=True, help="Check by our own rules alone.")
@click.option("--report", type=click.Choice(REPORTS), default="text", show_default=True, help="How findings are told.")
@click.option("--json", "as_json", is_flag=True, help="The same as --report json.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the report to this file in place of standard output.")  # fmt: skip
@click.option("--fix-hints", is_flag=True, help="Tell with each finding what to do.")
@click.option("--fail-on", type=click.Choice(tuple(_GRAVE)), default="error", show_default=True,
              help="The least grave finding that makes the exit code 1.")  # fmt: skip
@click.option("--baseline", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Findings that this file knows are neither told nor a failure; only new ones are.")  # fmt: skip
@click.option(
    "--update-baseline", is_flag=True, help="Write what is found to the file of --baseline: known from now on."
)
@click.option("--jobs", type=click.IntRange(1), metavar="N",
              help="Processes that share the files; by default one for each processor, for many files.")  # fmt: skip
@click.option("--max-size", type=click.IntRange(1), default=64, show_default=True, metavar="MIB",
              help="The longest document that is taken from an address or from standard input, in MiB. Files have no"
                   " such bound.")  # fmt: skip
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
    no_schemas: bool,
    report: str,
    as_json: bool,
    output: Path | None,
    fix_hints: bool,
    fail_on: str,
    baseline: Path | None,
    update_baseline: bool,
    jobs: int | None,
    max_size: int,
    web: Web,
) -> None:
    """Check any feed or news document, ours or not.

    PATH is a file, a folder, or - for standard input. Of a folder every document below it is checked; documents are
    told by their content, so it does not matter what else lies there. URL is an address of the web, which is fetched
    twice: what its server says is checked too. Nothing else needs the network, and nothing needs a store or a
    configuration. Formats are told apart by content, not by name.

    Exit code 1 says that a document has an error, 2 that there is no such file, 3 that something could not be read or
    fetched.
    """
    from syndicate.validate.checked import Asked

    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE, the file that is written")
    name = "json" if as_json else report
    asked = Asked(
        now=call.clock.now(),
        as_format=as_format,
        schemas=_schemas(schemas, no_schemas),
        profile=profile,
        profiles=own_profiles(call) if profile else None,
        with_lines=name == "text",
    )
    files = _names(call, paths, is_told=as_format is not None)
    _check_usage(asked)
    _check_written(files, output, "-o")
    kept = _kept(files, baseline) if update_baseline and baseline is not None else []
    seen = _Seen(fail_on)
    found = _checked(call, files, asked, replace(web, max_bytes=max_size * _MIB), jobs)
    with call.progress("checking", len(files)) if len(files) > _WORTH_A_BAR else nullcontext(Progress()) as progress:
        told = seen.all(_told(found, baseline, update_baseline, seen), progress)
        rest = _write(name, told, output, fix_hints=fix_hints)
    emit(rest, nl=False)
    if update_baseline and baseline is not None:
        _update(call, baseline, seen.keys, kept)
    elif seen.baseline is not None and seen.baseline.gone:
        call.say(f"{counted(seen.baseline.gone, 'known finding')} gone: --update-baseline forgets what is gone")
    ctx.exit(seen.code)


class _Seen:
    """What the exit code and a baseline need of all documents."""

    def __init__(self, fail_on: str) -> None:
        self.grave = _GRAVE[fail_on]
        self.has_failed, self.failure = False, 0
        self.baseline: Baseline | None = None
        self.keys: list[Key] = []

    def all(self, found: "Iterable[Checked]", progress: Progress) -> "Iterator[Checked]":
        """The documents, looked at on their way."""
        for one in found:
            self.has_failed |= any(finding.severity.value in self.grave for finding in one.report.findings)
            self.failure = max(self.failure, one.exit_code)
            progress.step()
            yield one

    @property
    def code(self) -> int:
        """The exit code."""
        return self.failure or int(self.has_failed)


def _check_usage(asked: "Asked") -> None:
    """Raise for an unknown format or profile before anything is read."""
    from syndicate.formats import base as formats

    if asked.as_format is not None:
        formats.checker(asked.as_format)
    if asked.profile is not None:
        from syndicate.profiles.load import load_profile

        load_profile(asked.profile, asked.profiles)


def _schemas(named: Path | None, are_unwanted: bool) -> Path | None:
    """The folder of official schemas to check with, None for none; usage error where one is named that has none."""
    if named is None:
        from syndicate.schemas.shelf import folder

        return None if are_unwanted else folder()
    if are_unwanted:
        raise click.UsageError("--schemas and --no-schemas exclude each other")
    from syndicate.markup.schema_files import shelf

    if not shelf(named).files:
        raise click.UsageError(f"--schemas {named}: no official schema is in this folder; see docs/schemas.md")
    return named


def _kept(files: list[str], baseline: Path) -> "list[Key]":
    """What a baseline that is written anew keeps: findings of files that are not looked at."""
    from syndicate.validate.baseline import before

    _check_written(files, baseline, "--baseline")
    return before(baseline).of_others(files)


def _checked(call: Call, names: list[str], asked: "Asked", web: Web, jobs: int | None) -> "Iterator[Checked]":
    """The documents of these names, in order."""
    from syndicate.validate.checked import check_file
    from syndicate.validate.workers import in_order, processes

    for is_file, group in groupby(names, key=lambda name: name != "-" and not is_address(name)):
        if is_file:
            files = list(group)
            yield from in_order(files, partial(check_file, asked=asked), processes(jobs, len(files)))
        else:
            yield from (_checked_from_afar(call, name, asked, web) for name in group)


def _checked_from_afar(call: Call, name: str, asked: "Asked", web: Web) -> "Checked":
    from syndicate.validate.checked import check_data

    if name == "-":
        data = sys.stdin.buffer.read(web.max_bytes + 1)
        if len(data) > web.max_bytes:
            raise click.UsageError(f"standard input has more than {web.max_bytes // _MIB} MiB: see --max-size")
        return check_data(name, data, asked)
    from syndicate.cli.validate_address import check_address

    return check_address(call, name, asked, web)


def _told(found: "Iterable[Checked]", path: Path | None, update: bool, seen: _Seen) -> "Iterable[Checked]":
    """The documents with what is to be told of them: all, or what the baseline does not know."""
    if path is None:
        return found
    from syndicate.validate.baseline import key_of, read

    if not update:
        seen.baseline = read(path)
        return map(seen.baseline.without_known, found)

    def kept() -> "Iterator[Checked]":
        for one in found:
            seen.keys += [key_of(one.name, finding) for finding in one.report.findings]
            yield replace(one, report=replace(one.report, findings=()), known=len(one.report.findings))

    return kept()


def _update(call: Call, path: Path, keys: "list[Key]", kept: "list[Key]") -> None:
    from syndicate.validate.baseline import write

    rest = f", {counted(len(kept), 'finding')} of files that were not looked at kept" if kept else ""
    try:
        write(path, [*keys, *kept])
    except OSError as error:
        raise click.UsageError(f"{path}: the baseline cannot be written: {error.strerror}") from error
    call.say(f"{path}: {counted(len(keys), 'finding')} known from now on{rest}")


def _check_written(files: list[str], path: Path | None, option: str) -> None:
    """Raise where a document that is to be checked would be written over."""
    if path is None or not path.exists():
        return
    for name in files:
        if os.path.exists(name) and os.path.samefile(name, path):
            raise click.UsageError(f"{option} {path}: this is a document that is to be checked; name another file")


def _write(name: str, found: "Iterable[Checked]", output: Path | None, *, fix_hints: bool) -> str:
    """Write the report as the documents come; what is left to write once no bar stands in the way comes back."""
    from syndicate.validate.report.hints import Hints

    pieces = import_module(f"syndicate.validate.report.{name}").render(found, Hints(fix_hints))
    if output is None:
        if sys.stdout.isatty() and sys.stderr.isatty():
            return "".join(pieces)
        for piece in pieces:
            emit(piece, nl=False)
        return ""
    lines = (piece.encode("utf-8", "surrogateescape") for piece in pieces)
    try:
        if output.exists() and not output.is_file():
            # Such as /dev/stdout.
            with output.open("wb") as file:
                file.writelines(lines)
        else:
            write_atomic(Path(os.path.realpath(output)), lines)
    except OSError as error:
        raise click.UsageError(f"{output}: the report cannot be written: {error.strerror}") from error
    return ""


def _names(call: Call, paths: tuple[str, ...], *, is_told: bool) -> list[str]:
    """The files, addresses and `-` that are meant, in order; usage error where there is nothing to check.

    What is not there beside others is told, and stops none of them.
    """
    found: list[str] = []
    missing = [path for path in paths if path != "-" and not is_address(path) and not os.path.lexists(path)]
    for path in missing:
        host, slash, _ = path.partition("/")
        is_like_one = "://" in path or (bool(slash) and "." in host.strip("."))
        hint = "; an address begins with https://" if is_like_one else ""
        told = f"{path}: cannot be read: No such file or directory{hint}"
        if len(missing) == len(paths):
            raise click.UsageError(told)
        call.say(told)
    for path in paths:
        if path == "-" or is_address(path) or not Path(path).is_dir():
            found.append(path)
            continue
        from syndicate.validate.folder import look_below

        below = look_below(Path(path), is_told=is_told)
        if not below.documents:
            raise click.UsageError(f"{path}: there is no document below this folder; name the file itself")
        if below.others:
            told = "no feed or news item that is known by its content"
            call.say(f"{counted(len(below.others), 'file')} of JSON passed over, {told}: {_first(below.others)}")
        found += below.documents
    return found


def _first(names: list[str]) -> str:
    rest = f" and {len(names) - _FIRST}" if len(names) > _FIRST else ""
    return ", ".join(names[:_FIRST]) + rest + (" more" if rest else "")
