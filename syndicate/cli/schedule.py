"""`schedule`: run the scheduler, or look at its runs."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import click

from syndicate.cli.call import Call, counted, json_option, pass_call, print_json

if TYPE_CHECKING:
    from syndicate.app import App
    from syndicate.store.runs import RunRecord

_TICK = 0.25


@click.group("schedule")
def command() -> None:
    """Run the scheduler, or look at its runs."""


@command.command("run")
@pass_call
@click.pass_context
def run(ctx: click.Context, call: Call) -> None:
    """Export by cron times and on every change, until SIGTERM or Ctrl-C.

    Any number of schedulers may run on one store: each run is done once, and what a dead one leaves is taken over.
    """
    from syndicate.model.jobs import jobs_of
    from syndicate.schedule.local import owner_name, run_scheduler
    from syndicate.schedule.loop import Loop
    from syndicate.schedule.resident import Resident

    with call.app() as app:
        options = app.options
        loop = Loop(
            store=app.store,
            clock=app.clock,
            jobs=jobs_of(app.feeds, options.missed),
            work=Resident(app).work,
            owner=owner_name(),
            lease=options.lease,
            debounce=options.debounce,
        )
        call.say(f"{counted(len(app.feeds), 'feed')}; stop with Ctrl-C or SIGTERM")
        with _telling(app):
            code = run_scheduler(loop, tick=_TICK)
        ctx.exit(code)


def _telling(app: "App") -> AbstractContextManager[None]:
    """Hubs are told meanwhile; without hubs, what that takes is not loaded."""
    if not app.options.pinged_hubs:
        return nullcontext()
    from syndicate.schedule.telling import telling

    return telling(app)


@command.command("list")
@click.option(
    "--count",
    default=20,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="How many runs to come.",
)
@json_option
@pass_call
def list_(call: Call, count: int, as_json: bool) -> None:
    """List the next runs, after those that wait for a change."""
    from syndicate.model.jobs import jobs_of, next_runs
    from syndicate.schedule.view import next_as_json

    with call.app() as app:
        found = next_runs(jobs_of(app.feeds, app.options.missed), app.clock.now(), count)
    if as_json:
        print_json([next_as_json(one) for one in found])
    else:
        rows = [(one.slot or "on change", one.job, ", ".join(one.feeds)) for one in found]
        call.table(("slot", "job", "feeds"), rows)


@command.command("history")
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="How many, newest first.",
)
@click.option("--job", help="Only the runs of that job.")
@json_option
@pass_call
def history(call: Call, limit: int, job: str | None, as_json: bool) -> None:
    """List what ran, when, and how it ended."""
    from syndicate.schedule.view import record_as_json
    from syndicate.store import runs

    with call.app() as app, app.store.read() as connection:
        found = runs.history(connection, limit, job)
    if as_json:
        print_json([record_as_json(one) for one in found])
    else:
        rows = [(one.slot, one.job, _outcome(one), one.started, one.done, one.detail) for one in found]
        call.table(("slot", "job", "outcome", "started", "done", "detail"), rows)


def _outcome(run: "RunRecord") -> str:
    """How the run ended, else whether a scheduler has begun it."""
    return run.outcome or ("running" if run.owner else "waiting")
