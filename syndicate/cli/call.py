"""One call of the command line: its global options, and how it talks.

Machine output goes to standard output, everything said to people to standard error. What `syndicate --help` does not
need is imported where it is used: this file and `main.py` are all that a start costs.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from syndicate.app import App
    from syndicate.clock import Clock


class Moment(click.ParamType[datetime]):
    """A moment on the command line, RFC 3339 with offset."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The aware moment; usage error otherwise."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time such as 2017-05-10T18:05:00-04:00", param, ctx)
        if not 1900 <= moment.year < 2200:
            self.fail(f"{value!r} is not a time of a year from 1900 to 2199", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no UTC offset; write a time such as 2017-05-10T18:05:00-04:00", param, ctx)
        return moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The global options of one call."""

    config: str = "config/syndicate.toml"
    now: datetime | None = None
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False

    @property
    def clock(self) -> "Clock":
        """The machine's clock, or one that stands at `--now`."""
        from syndicate.clock import FixedClock, SystemClock

        return SystemClock() if self.now is None else FixedClock(self.now)

    @contextmanager
    def app(self, *, create_store: bool = True) -> Iterator["App"]:
        """The application of the configuration."""
        from pathlib import Path

        from syndicate import observe
        from syndicate.app import open_app

        observe.set_up(verbose=self.verbose)
        with open_app(Path(self.config), self.clock, create_store=create_store) as app:
            yield app

    def say(self, text: str) -> None:
        """Tell people something, unless they want quiet."""
        if not self.quiet:
            emit(text, err=True)

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table for people on a terminal, aligned plain lines in a pipe."""
        cells = [[cell(value) for value in row] for row in rows]
        if sys.stdout.isatty() and not self.no_color:
            _rich_table(titles, cells)
        else:
            _plain_table(titles, cells)

    @contextmanager
    def progress(self, what: str, total: int | None = None) -> Iterator["Progress"]:
        """A progress bar on a terminal, nothing in a pipe."""
        if self.quiet or not sys.stderr.isatty():
            yield Progress()
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bar(*columns, console=Console(stderr=True, no_color=self.no_color), transient=True) as bar:
            yield Progress(bar, bar.add_task(what, total=total))


class Progress:
    """How far a command has come; without a bar it says nothing."""

    def __init__(self, bar: Any = None, task: Any = None) -> None:
        self._bar, self._task = bar, task

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        if self._bar is not None:
            self._bar.advance(self._task, count)


def emit(text: str | bytes, *, nl: bool = True, err: bool = False) -> None:
    """Write to standard output or standard error.

    Once nobody reads there any more (`| head -1`), the rest goes nowhere: the work itself is done all the same.
    """
    try:
        click.echo(text, nl=nl, err=err)
    except BrokenPipeError:
        give_up(sys.stderr if err else sys.stdout)
    except OSError:
        give_up(sys.stderr if err else sys.stdout)
        raise


def give_up(stream: TextIO) -> None:
    """Let the rest go nowhere, with what the stream still holds: Python would try to write that at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def setting(text: str) -> tuple[str, str]:
    """Name and value of a `--set FIELD=VALUE`; a name that cannot be set is refused before anything is read."""
    from syndicate.ingest.decide import SETTABLE

    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not FIELD=VALUE", param_hint="--set")
    if name not in SETTABLE:
        raise click.BadParameter(f"{name!r} cannot be set; known: {', '.join(SETTABLE)}", param_hint="--set")
    return name, value


def print_json(value: object) -> None:
    """The value as indented JSON on standard output."""
    import orjson

    data = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)
    emit(data, nl=False)


def counted(number: int, noun: str) -> str:
    """The number with the noun as people say it: 1 article, 2 articles."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


@contextmanager
def json_list() -> Iterator["JsonList"]:
    """A JSON list on standard output that is written as it grows."""
    found = JsonList()
    emit("[", nl=False)
    yield found
    emit("\n]" if found.count else "]")


class JsonList:
    """The list being written."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, value: object) -> None:
        """One more element, on a line of its own."""
        import orjson

        emit(",\n" if self.count else "\n", nl=False)
        emit(orjson.dumps(value, option=orjson.OPT_UTC_Z), nl=False)
        self.count += 1


def cell(value: object) -> str:
    """A value as it stands in a table: `-` for nothing, moments to the second in RFC 3339."""
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return str(value)


def _rich_table(titles: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*titles, box=SIMPLE_HEAD, pad_edge=False)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def _plain_table(titles: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    rows = [list(titles), *map(list, cells)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(titles))]
    for row in rows:
        emit("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


pass_call = click.make_pass_decorator(Call)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
