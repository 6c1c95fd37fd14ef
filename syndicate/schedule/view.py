"""Runs as `schedule list --json` and `schedule history --json` print them."""

from datetime import UTC, datetime
from typing import Any

from syndicate.model.jobs import NextRun
from syndicate.store.runs import RunRecord


def next_as_json(run: NextRun) -> dict[str, Any]:
    """A run to come as names and plain values; `slot` in RFC 3339, or null when it waits for a change."""
    return {"job": run.job, "slot": _text(run.slot), "feeds": list(run.feeds)}


def record_as_json(record: RunRecord) -> dict[str, Any]:
    """A row of the history as names and plain values; times in RFC 3339."""
    return {
        "job": record.job,
        "slot": _text(record.slot),
        "started": _text(record.started),
        "done": _text(record.done),
        "owner": record.owner,
        "fence": record.fence,
        "outcome": record.outcome,
        "detail": record.detail,
    }


def _text(moment: datetime | None) -> str | None:
    # With fractions, unlike the dates in feeds: two runs may begin within a second.
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
