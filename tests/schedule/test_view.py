"""Runs as JSON."""

from datetime import UTC, datetime

import orjson

from syndicate.model.jobs import NextRun
from syndicate.schedule.view import next_as_json, record_as_json
from syndicate.store.runs import RunRecord

T0 = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_a_run_to_come() -> None:
    assert next_as_json(NextRun(job="town", slot=T0, feeds=("town",))) == {
        "job": "town",
        "slot": "2026-03-04T12:00:00Z",
        "feeds": ["town"],
    }
    assert next_as_json(NextRun(job="@on-change", slot=None, feeds=()))["slot"] is None


def test_a_row_of_the_history() -> None:
    record = RunRecord(
        job="town",
        slot=T0,
        owner="host:1:ab",
        fence=3,
        lease_until=T0,
        started=T0.replace(microsecond=250000),
        done=None,
        outcome=None,
        detail=None,
    )
    shown = record_as_json(record)
    assert shown == {
        "job": "town",
        "slot": "2026-03-04T12:00:00Z",
        "started": "2026-03-04T12:00:00.250000Z",
        "done": None,
        "owner": "host:1:ab",
        "fence": 3,
        "outcome": None,
        "detail": None,
    }
    assert orjson.loads(orjson.dumps(shown)) == shown
