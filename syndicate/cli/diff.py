"""`diff`: what an export would change."""

from typing import Any

import click

from syndicate.cli.call import Call, json_option, pass_call, print_json


@click.command("diff")
@click.argument("feed")
@json_option
@pass_call
def command(call: Call, feed: str, as_json: bool) -> None:
    """Show what an export would change in the published feed: items in, out, moved, changed."""
    from syndicate.outcome import Order
    from syndicate.pipeline import export

    with call.app() as app:
        outcomes = list(export(app, Order(feeds=(feed,), dry_run=True)))
    found = [_values(outcome) for outcome in outcomes]
    if as_json:
        print_json(found)
        return
    rows = [(one["format"], change, guid) for one in found for change, guid in one["items"]]
    call.table(("format", "change", "guid"), rows)
    for one in found:
        call.say(_summary(one))


def _values(outcome: Any) -> dict[str, Any]:
    from syndicate.validate.report.json import message_of

    changes = outcome.changes
    return {
        "feed": outcome.feed,
        "format": outcome.format,
        "path": outcome.path,
        "state": outcome.state,
        "items": [list(one) for one in changes.items],
        "bytes_before": changes.bytes_before,
        "bytes_after": changes.bytes_after,
        "archive": {"written": outcome.archive[0], "removed": outcome.archive[1]},
        "doubts": [message_of(finding) for finding in outcome.doubts],
    }


def _summary(one: dict[str, Any]) -> str:
    written, removed = one["archive"]["written"], one["archive"]["removed"]
    archive = f"; archive pages: {written} would be written, {removed} removed" if written or removed else ""
    if one["state"] == "unchanged":
        return f"{one['path']}: nothing {'in it ' if archive else ''}would change{archive}"
    said = f"{one['path']}: would be {one['state']}, {one['bytes_before']} -> {one['bytes_after']} bytes{archive}"
    doubts = "; ".join(f"{doubt['message']} [{doubt['code']}]" for doubt in one["doubts"])
    return f"{said}; {doubts}" if doubts else said
