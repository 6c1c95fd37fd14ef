"""`export`: regenerate what changed, check it, publish it."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call, json_list, json_option, pass_call

if TYPE_CHECKING:
    from syndicate.app import App
    from syndicate.feed_export import Working
    from syndicate.outcome import Order, Outcome


@click.command("export")
@click.argument("feeds", nargs=-1, metavar="[FEED]...")
@click.option("--format", "formats", multiple=True, metavar="NAME", help="Only this format; may be repeated.")
@click.option("--force", is_flag=True, help="Check and write every document, changed or not.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option(
    "--accept", metavar="REASON", help="Let out changes that look wrong; FEED must be named, the reason is kept."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="How many processes share the feeds; as many as there are processors."
)
@json_option
@pass_call
@click.pass_context
def command(
    ctx: click.Context,
    call: Call,
    feeds: tuple[str, ...],
    formats: tuple[str, ...],
    force: bool,
    dry_run: bool,
    accept: str | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Regenerate what changed, check it, publish it.

    Without FEED all feeds are exported. Nothing with an error goes out: a faulty article is left out and named, and a
    document that is faulty as a whole is held, so that the last good one stays. Held is also one whose changes look
    wrong: all ids new, half of the items lost, the date gone back. Exit code 1 says that this happened.
    """
    if accept is not None and not (feeds and accept.strip()):
        raise click.UsageError("--accept needs a reason, and the feeds it is meant for: export FEED --accept REASON")
    _warn_of_the_future(call, dry_run=dry_run)
    is_whole = not (feeds or formats or force or dry_run)
    if is_whole and (standing := _standing(call)) is not None:
        _show(call, standing, as_json=as_json)
        return
    from syndicate.feed_export import size_for
    from syndicate.machine import rare_collections
    from syndicate.outcome import Order, values_of
    from syndicate.pipeline import export

    with call.app() as app:
        order = Order(feeds=feeds, formats=formats, force=force, dry_run=dry_run, accept=accept)
        wanted = app.chosen(feeds)
        total = sum(len([name for name in feed.formats if not formats or name in formats]) for feed in wanted)
        with (
            rare_collections(),
            _working(app, order, size_for(len(wanted), jobs)) as working,
            call.progress("Exporting", total) as progress,
        ):
            outcomes = []
            for outcome in export(app, order, working=working):
                outcomes.append(outcome)
                progress.step()
        _show(call, [values_of(outcome) for outcome in outcomes], as_json=as_json, dry_run=dry_run)
        for outcome in outcomes:
            _tell_problems(call, outcome)
        if app.options.pinged_hubs and not dry_run:
            from syndicate.cli.telling import tell_hubs

            tell_hubs(call, app)
    ctx.exit(0 if all(outcome.is_good for outcome in outcomes) else 1)


def _working(app: "App", order: "Order", size: int) -> AbstractContextManager["Working"]:
    """The processes that do the work, or this one alone."""
    from syndicate.feed_export import one_by_one

    if size < 2:
        return nullcontext(one_by_one)
    from syndicate.crew import crew

    return crew(app, order, size)


def _warn_of_the_future(call: Call, *, dry_run: bool) -> None:
    """A rehearsal of a later moment without --dry-run lets out what is under embargo until then."""
    from syndicate.clock import SystemClock

    if call.now is not None and not dry_run and call.now > SystemClock().now():
        call.say(
            f"warning: publishing as of {call.now.isoformat()}, which lies ahead: articles under embargo until then"
            " go out now; use --dry-run to rehearse, and export again without --now to take them back"
        )


def _standing(call: Call) -> list[dict[str, Any]] | None:
    """What the last whole export left, when nothing has changed since; else None."""
    from syndicate.store.stamp import standing

    found = standing(call.config, call.clock.now())
    return None if found is None else list(found.outcomes)


def _show(call: Call, outcomes: list[dict[str, Any]], *, as_json: bool, dry_run: bool = False) -> None:
    if as_json:
        with json_list() as found:
            for outcome in outcomes:
                found.add(outcome)
    else:
        names = ("feed", "format", "state", "items", "bytes", "path")
        call.table(names, [[outcome[name] for name in names] for outcome in outcomes])
    states = [outcome["state"] for outcome in outcomes]
    counts = ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states), reverse=True))
    call.say(f"{'would be: ' if dry_run else ''}{counts or 'no feeds'}")


def _tell_problems(call: Call, outcome: "Outcome") -> None:
    from syndicate.outcome import is_faulty

    for finding in outcome.findings:
        if finding.severity == "error":
            place = outcome.path if finding.place.line is None else f"{outcome.path}:{finding.place.line}"
            call.say(f"{place}: {finding.message} [{finding.rule.id}]")
    for guid, findings in outcome.left_out:
        call.say(f"{outcome.path}: left out {guid}{' until it is mended' if is_faulty(findings) else ''}:")
        for finding in findings:
            call.say(f"  {finding.message} [{finding.rule.id}]")
    if outcome.cut_off is not None:
        _, finding = outcome.cut_off
        call.say(f"{outcome.path}: {finding.message} [{finding.rule.id}]")
    if outcome.state == "held":
        for finding in outcome.doubts:
            call.say(f"{outcome.path}: {finding.message} [{finding.rule.id}]")
        call.say(
            f"{outcome.path}: held; "
            + ("the last good document stays" if outcome.sha256 else "nothing is published yet")
            + (", without what was withdrawn since" if outcome.is_reduced else "")
        )
