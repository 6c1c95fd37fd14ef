"""`doctor`: is everything here that a good run needs? And with an address: does a feed serve its readers well?"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicate.cli.call import Call, counted, json_option, pass_call, print_json
from syndicate.cli.checks import Check
from syndicate.cli.web import Web, web_options
from syndicate.errors import SyndicateError

if TYPE_CHECKING:
    from syndicate.app import App

_ENOUGH = 64 * 1024 * 1024


@click.command("doctor")
@click.option("--deep", is_flag=True, help="Compare the hash of every published file with its manifest.")
@click.option("--url", "address", metavar="URL", help="Check this feed's address instead, as a reader who comes twice.")
@click.option("--wait", type=click.FloatRange(0, 3600), default=2, show_default=True, metavar="SECONDS",
              help="With --url: how long to wait before the second poll.")  # fmt: skip
@web_options
@json_option
@pass_call
@click.pass_context
def command(
    ctx: click.Context, call: Call, deep: bool, address: str | None, wait: float, web: Web, as_json: bool
) -> None:
    """Check the installation, the store and the published tree. Exit code 1 says that something is not well.

    With --url nothing of this is looked at: the address, of any feed, is asked half a dozen times, and what is wrong
    with its headers, caching, ids and dates is said.
    """
    if address is None:
        checks = _own(call, deep=deep)
    elif deep:
        raise click.UsageError("--deep is about the published tree here; leave it out with --url")
    else:
        checks = _feed(call, address, web, wait)
    if as_json:
        print_json([{"check": one.name, "well": one.well, "seen": one.seen, "cure": one.advice} for one in checks])
    else:
        call.table(("", "check", "seen", "what to do"), [(one.mark, one.name, one.seen, one.advice) for one in checks])
    ctx.exit(0 if all(one.well for one in checks) else 1)


def _own(call: Call, *, deep: bool) -> list[Check]:
    checks = [_python(), _sqlite()]
    try:
        with call.app() as app:
            checks.append(Check("configuration", True, f"{call.config}, {counted(len(app.feeds), 'feed')}"))
            checks.extend(_run(check, app) for check in (_store, _output, _disk, _zones, _leases))
            checks.extend(_tree(app, deep=deep))
    except SyndicateError as error:
        checks.append(Check("configuration and store", False, str(error), "mend what the line says"))
    return checks


def _feed(call: Call, address: str, web: Web, wait: float) -> list[Check]:
    from syndicate.cli.subscribe import subscribe

    return subscribe(call, address, web, wait)


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
