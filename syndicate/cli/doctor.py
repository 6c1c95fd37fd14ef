"""`doctor`: is everything here that a good run needs?"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicate.cli.call import Call, counted, json_option, pass_call, print_json
from syndicate.errors import SyndicateError

if TYPE_CHECKING:
    from syndicate.app import App

_ENOUGH = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was seen, and what to do otherwise."""

    name: str
    well: bool
    seen: str
    cure: str = ""

    @property
    def advice(self) -> str | None:
        """What to do, None where all is well."""
        return None if self.well else self.cure


@click.command("doctor")
@click.option("--deep", is_flag=True, help="Compare the hash of every published file with its manifest.")
@json_option
@pass_call
@click.pass_context
def command(ctx: click.Context, call: Call, deep: bool, as_json: bool) -> None:
    """Check the installation, the store and the published tree. Exit code 1 says that something is not well."""
    checks = [_python(), _sqlite()]
    try:
        with call.app() as app:
            checks.append(Check("configuration", True, f"{call.config}, {counted(len(app.feeds), 'feed')}"))
            checks.extend(_run(check, app) for check in (_store, _output, _disk, _zones, _leases))
            checks.extend(_tree(app, deep=deep))
    except SyndicateError as error:
        checks.append(Check("configuration and store", False, str(error), "mend what the line says"))
    if as_json:
        print_json([{"check": one.name, "well": one.well, "seen": one.seen, "cure": one.advice} for one in checks])
    else:
        rows = [("ok" if one.well else "NOT WELL", one.name, one.seen, one.advice) for one in checks]
        call.table(("", "check", "seen", "what to do"), rows)
    ctx.exit(0 if all(one.well for one in checks) else 1)


def _run(check: "Callable[[App], Check]", app: "App") -> Check:
    try:
        return check(app)
    except SyndicateError as error:
        return Check(check.__name__.strip("_"), False, str(error), "mend what the line says")
    except OSError as error:
        return Check(check.__name__.strip("_"), False, f"{error.filename}: {error.strerror}", "mend what the line says")


def _python() -> Check:
    return Check("python", sys.version_info >= (3, 11), sys.version.split()[0], "install Python 3.11 or newer")


def _sqlite() -> Check:
    from syndicate.store.sqlite import journal_mode

    mode, synchronous = journal_mode(sqlite3.sqlite_version_info)
    return Check("sqlite", True, f"{sqlite3.sqlite_version}, journal_mode={mode}, synchronous={synchronous}")


def _store(app: "App") -> Check:
    fault = app.store.damage()
    return Check(
        "store", fault is None, fault or app.store.place, "restore the latest backup, then: syndicate export --force"
    )


def _output(app: "App") -> Check:
    root = app.tree.root
    root.mkdir(parents=True, exist_ok=True)
    return Check("output", os.access(root, os.W_OK | os.X_OK), str(root), "let this user write there")


def _disk(app: "App") -> Check:
    free = shutil.disk_usage(app.tree.root if app.tree.root.exists() else Path.cwd()).free
    return Check("disk", free >= _ENOUGH, f"{free // (1024 * 1024)} MiB free", "free at least 64 MiB")


def _zones(app: "App") -> Check:
    from importlib.metadata import version

    from syndicate.feeds.load import zone_of

    for feed in app.feeds:
        zone_of(feed)
    return Check("time zones", True, f"tzdata {version('tzdata')}")


def _leases(app: "App") -> Check:
    from syndicate.store import runs

    with app.store.read() as connection:
        stuck = runs.stuck(connection, app.clock.now())
    seen = ", ".join(f"{one.job} {one.slot.isoformat()}" for one in stuck) or "no run is stuck"
    return Check("runs", not stuck, seen, "start syndicate schedule run: it takes them over")


def _tree(app: "App", *, deep: bool) -> Iterator[Check]:
    from syndicate.publish import manifest

    problems = []
    files = 0
    for feed in app.tree.folders():
        known = manifest.load(app.tree, feed)
        for path, size, sha256 in manifest.files_of(known):
            files += 1
            if (app.tree.size(path) != size) or (deep and manifest.sha256_of(app.tree.read(path) or b"") != sha256):
                problems.append(path)
    seen = f"{len(problems)} of {files} files differ from their manifest: {', '.join(problems[:5])}"
    well = f"{files} files as their manifests say{'' if deep else ' (sizes; --deep compares hashes)'}"
    yield Check("published tree", not problems, seen if problems else well, "syndicate export --force")
