"""Whether a feed is stale: the decision as a table, and the picture that a real store gives."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.condition.freshness import Around, Changed, Freshness, Known, Moved, State, doubts, judge
from syndicate.condition.look import Condition, look
from syndicate.model.article import Article, Status
from syndicate.model.cron import Cron
from syndicate.model.feed import Feed, Selection
from syndicate.model.jobs import NET, ON_CHANGE, TAKE_DOWN, jobs_of
from syndicate.store import outputs, runs
from syndicate.store.engine import Store, open_store
from syndicate.store.outputs import Output
from syndicate.store.runs import JobStanding, RunRecord
from tests.conftest import NOW
from tests.store.filling import put

GRACE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ON_CHANGE_FEED = Feed(
    id="town", title="Town", link="https://harbour.example/town", description="Town", language="en", formats=("rss",)
)
HOURLY_FEED = replace(ON_CHANGE_FEED, schedule=Cron.parse("0 * * * *"))


def output(**values: Any) -> Output:
    """A good document of the feed `town`, looked at two hours ago."""
    then = NOW - 2 * HOUR
    return Output(
        **{
            "feed": "town", "format": "rss", "path": "town/rss.xml", "sha256": "ab", "items": 1, "bytes": 9,
            "published_at": then, "checked_at": then, "held_since": None, "left_out": (), "findings": (), "fence": 0,
            **values,
        }
    )  # fmt: skip


def run(job: str, slot: datetime, **values: Any) -> RunRecord:
    """A run that came to a good end within its minute."""
    done = {"owner": "here:1", "fence": 1, "lease_until": None, "started": slot, "done": slot + MINUTE / 2}
    return RunRecord(job=job, slot=slot, **{**done, "outcome": "1 written", "detail": None, **values})


WAITING = {"owner": None, "fence": None, "started": None, "done": None, "outcome": None}


def standing(newest: RunRecord, good: datetime | None = None, since: datetime | None = None) -> JobStanding:
    failed = newest.detail if newest.outcome == runs.FAILED else None
    return JobStanding(newest=newest, good=good, waiting_since=since, failure=failed, first=good or newest.slot)


def known(feed: Feed = ON_CHANGE_FEED, standings: dict[str, JobStanding] | None = None, **values: Any) -> Known:
    jobs = tuple((job, standings[job.id]) for job in jobs_of([feed]) if standings and job.id in standings)
    return Known(feed=feed, **{"documents": (output(),), "cursor": 7, "jobs": jobs, **values})


def found(one: Known, around: Around) -> list[tuple[datetime, str]]:
    """Since when and why, of what is doubted."""
    return [(doubt.since, doubt.reason) for doubt in doubts(one, around, NOW, GRACE)]


QUIET = Around(newest=7)


@pytest.mark.parametrize(
    "one",
    [
        known(),
        known(documents=(), cursor=0),
        known(HOURLY_FEED),
        known(HOURLY_FEED, {"town": standing(run("town", NOW), NOW)}),
        known(HOURLY_FEED, {"town": standing(run("town", NOW - HOUR), NOW - HOUR)}),
        known(standings={ON_CHANGE: standing(run(ON_CHANGE, NOW - 9 * HOUR), NOW - 9 * HOUR)}),
    ],
    ids=["by hand", "never, and nothing to export", "timetable by hand", "in time", "within the grace", "long quiet"],
)
def test_nothing_waits(one: Known) -> None:
    around = replace(QUIET, newest=one.cursor, last_sign=NOW)
    certain = [doubt for doubt in doubts(one, around, NOW, GRACE) if doubt.asks is None]
    assert certain == []
    assert not any(isinstance(doubt.asks, Changed) for doubt in doubts(one, around, NOW, GRACE))


def test_a_change_is_late_after_the_grace() -> None:
    at = NOW - GRACE
    around = Around(newest=8, accepted={8: at})
    assert found(known(), around)[0] == (at, "what changed then is not exported yet")
    assert found(known(), replace(around, accepted={8: at + timedelta(seconds=1)}))[1:] == []
    assert found(known(cursor=0, documents=()), replace(around, accepted={1: at}))[0] == (at, "it was never exported")


def test_what_a_run_on_change_has_covered_does_not_wait() -> None:
    around = Around(newest=9, accepted={8: NOW - HOUR, 9: NOW - HOUR, 10: NOW - HOUR})
    assert known(covered=9).seen == 9
    assert [reason for _, reason in found(known(covered=9), around) if "changed" in reason] == []
    assert known(covered=9, cursor=0, documents=()).seen == 0


def test_a_feed_with_a_timetable_is_late_after_its_slot() -> None:
    around = Around(newest=8, accepted={8: NOW - 90 * MINUTE})
    assert [since for since, reason in found(known(HOURLY_FEED), around) if "changed" in reason] == [NOW - HOUR]
    fresh = Around(newest=8, accepted={8: NOW - 30 * MINUTE})
    assert [since for since, reason in found(known(HOURLY_FEED), fresh) if "changed" in reason] == []


def test_a_withdrawal_waits_for_no_timetable() -> None:
    at = NOW - 30 * MINUTE
    around = Around(newest=9, accepted={8: at}, removals=((9, at),))
    assert (at, "what was withdrawn then is not taken out yet") in found(known(HOURLY_FEED), around)
    assert found(known(HOURLY_FEED, removed=9), around)[1:] == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"outcome": runs.FAILED, "detail": "PublishError: disk full"}, "the run town fails: PublishError: disk full"),
        ({"done": None, "outcome": None}, "the run town has not come to an end; here:1 works on it"),
        (WAITING, "the run town waits for a scheduler"),
    ],
    ids=["failed", "hangs", "waits"],
)
def test_a_run_without_a_good_end(values: dict[str, Any], said: str) -> None:
    slot = NOW - HOUR
    one = known(HOURLY_FEED, {"town": standing(run("town", slot, **values), slot - HOUR, slot)})
    assert (slot, said) in found(one, replace(QUIET, last_sign=NOW))
    by_hand = replace(one, documents=(output(checked_at=slot + MINUTE),))
    assert (slot, said) not in found(by_hand, replace(QUIET, last_sign=NOW))


def test_a_slot_that_no_scheduler_has_begun() -> None:
    one = known(HOURLY_FEED, {"town": standing(run("town", NOW - 2 * HOUR), NOW - 2 * HOUR)})
    said = "no scheduler has begun the run town that was due then"
    assert (NOW - HOUR, said) in found(one, replace(QUIET, last_sign=NOW - 2 * HOUR + MINUTE))
    # Exports by hand since the last sign of a scheduler: its timetable is nobody's any more.
    left = replace(QUIET, last_sign=NOW - 3 * HOUR)
    assert (NOW - HOUR, said) not in found(one, left)
    whole = replace(QUIET, last_sign=NOW - 2 * HOUR + MINUTE, whole_export=NOW - 90 * MINUTE)
    assert (NOW - HOUR, said) not in found(one, whole)


def test_the_clock_is_asked_about_since_the_last_look() -> None:
    (doubt,) = doubts(known(), QUIET, NOW, GRACE)
    assert doubt.asks == Moved(after=NOW - 2 * HOUR, until=NOW - GRACE)
    looked = {NET: standing(run(NET, NOW - MINUTE), NOW - MINUTE)}
    assert list(doubts(known(standings=looked), QUIET, NOW, GRACE)) == []
    whole = replace(QUIET, whole_export=NOW - HOUR)
    (doubt,) = doubts(known(), whole, NOW, GRACE)
    assert doubt.asks == Moved(after=NOW - HOUR, until=NOW - GRACE)


def test_the_earliest_reason_is_said_and_staleness_goes_before_holding() -> None:
    errors = ({"severity": "error", "code": "rss.guid.missing"}, {"severity": "warning", "code": "rss.x"})
    one = known(documents=(output(held_since=NOW - HOUR, findings=errors),))
    assert judge(one, ()) == Freshness(state=State.HELD, since=NOW - HOUR, reason="rss: rss.guid.missing")
    late = list(doubts(replace(one, cursor=6), Around(newest=7, accepted={7: NOW - HOUR}), NOW, GRACE))
    assert judge(one, late).state is State.STALE
    assert judge(one, late).since == min(doubt.since for doubt in late)
    assert judge(known(documents=(), cursor=0), ()).state is State.NEW
    assert judge(known(), ()).state is State.FRESH


# With a store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store("sqlite:///store.db", tmp_path)
    yield opened
    opened.close()


TOWN = replace(ON_CHANGE_FEED, select=Selection(sections=("town",)))
SPORT = replace(ON_CHANGE_FEED, id="sport", select=Selection(sections=("sport",)))


def exported(store: Store, at: datetime, change: int) -> None:
    """Both feeds as an export leaves them."""
    with store.write() as connection:
        outputs.keep_all(connection, [output(feed=name, checked_at=at) for name in ("town", "sport")])
        outputs.move_cursors(connection, {"town": change, "sport": change})


def states(store: Store, now: datetime) -> dict[str, str]:
    return {one.feed.id: one.freshness.state.value for one in seen(store, now).feeds}


def seen(store: Store, now: datetime) -> Condition:
    return look(store, (TOWN, SPORT), now, GRACE)


def test_only_the_feeds_that_a_change_touches_are_stale(store: Store, article: Article) -> None:
    assert states(store, NOW) == {"town": "new", "sport": "new"}
    exported(store, NOW, 0)
    put(store, article)
    assert states(store, NOW + MINUTE) == {"town": "fresh", "sport": "fresh"}
    assert states(store, NOW + HOUR) == {"town": "stale", "sport": "fresh"}
    assert seen(store, NOW + HOUR).waiting == 1
    exported(store, NOW + HOUR, 1)
    assert states(store, NOW + 2 * HOUR) == {"town": "fresh", "sport": "fresh"}


def test_a_late_change_elsewhere_and_a_young_one_here_are_no_delay(store: Store, article: Article) -> None:
    sport = replace(article, guid="tag:x,2019:sport", sections=("sport",))
    later = NOW + 500 * MINUTE
    exported(store, NOW, 0)
    put(store, sport)
    with store.write() as connection:
        outputs.move_cursors(connection, {"sport": 1})
    put(store, article, now=later - timedelta(seconds=2))
    assert states(store, later) == {"town": "fresh", "sport": "fresh"}
    (late,) = seen(store, later + HOUR).stale
    assert (late.feed.id, late.freshness.since) == ("town", later - timedelta(seconds=2))


def test_a_withdrawal_behind_a_change_elsewhere_is_late_by_itself(store: Store, article: Article) -> None:
    put(store, article)
    exported(store, NOW, 1)
    put(store, replace(article, guid="tag:x,2019:sport", sections=("sport",)), now=NOW)
    put(store, replace(article, version=article.version + 1, status=Status.CANCELED), now=NOW + 30 * MINUTE)
    hourly = replace(TOWN, schedule=Cron.parse("0 * * * *"))
    (late,) = look(store, (hourly,), NOW + 40 * MINUTE, GRACE).stale
    assert late.freshness.since == NOW + 30 * MINUTE
    assert late.freshness.reason == "what was withdrawn then is not taken out yet"


def test_a_new_feed_with_a_timetable_is_late_from_its_first_slot_on(store: Store, article: Article) -> None:
    hourly = replace(TOWN, schedule=Cron.parse("0 * * * *"))
    put(store, article, now=NOW - 9 * HOUR)
    runs.first_seen(store, "town", NOW + 10 * MINUTE)

    def town(now: datetime) -> Freshness:
        return look(store, (hourly,), now, GRACE).feeds[0].freshness

    assert town(NOW + 20 * MINUTE).state is State.NEW
    runs.insert_slots(store, "town", [NOW + HOUR], None)
    assert town(NOW + HOUR + 4 * MINUTE).state is State.NEW
    late = town(NOW + HOUR + 5 * MINUTE)
    assert (late.state, late.since) == (State.STALE, NOW + HOUR)


def test_a_withdrawal_is_seen_beside_a_feed_that_was_never_exported(store: Store, article: Article) -> None:
    gone = replace(article, version=article.version + 1, status=Status.CANCELED)
    others = [replace(article, guid=f"tag:x,2019:{n}", sections=("sport",)) for n in range(501)]
    put(store, *others)
    put(store, *(replace(one, version=one.version + 1, status=Status.CANCELED) for one in others))
    put(store, article)
    exported(store, NOW, 1003)
    put(store, gone)
    hourly = replace(TOWN, schedule=Cron.parse("0 0 1 1 *"))
    new = replace(SPORT, id="new")
    found = look(store, (hourly, new), NOW + HOUR, GRACE).feeds[0]
    assert found.freshness.reason == "what was withdrawn then is not taken out yet"


def test_an_embargo_that_has_ended_makes_its_feed_stale(store: Store, article: Article) -> None:
    put(store, replace(article, embargo=NOW + HOUR))
    exported(store, NOW, 1)
    before = seen(store, NOW + MINUTE)
    assert (before.next_change_of_view, before.coming) == (NOW + HOUR, {"embargo": 1})
    assert states(store, NOW + HOUR + MINUTE) == {"town": "fresh", "sport": "fresh"}
    after = seen(store, NOW + 2 * HOUR)
    (stale,) = after.stale
    assert (stale.feed.id, stale.freshness.since) == ("town", NOW + HOUR)
    exported(store, NOW + 2 * HOUR, 1)
    assert seen(store, NOW + 3 * HOUR).stale == ()


def test_a_release_of_what_was_withdrawn_is_none(store: Store, article: Article) -> None:
    put(store, replace(article, embargo=NOW + HOUR))
    put(store, replace(article, version=article.version + 1, embargo=NOW + HOUR, status=Status.CANCELED))
    exported(store, NOW, 2)
    before = seen(store, NOW + MINUTE)
    assert (before.next_change_of_view, before.coming) == (None, {})
    assert states(store, NOW + 2 * HOUR) == {"town": "fresh", "sport": "fresh"}


def test_runs_that_fail_make_their_feeds_stale_until_one_ends_well(store: Store) -> None:
    exported(store, NOW - MINUTE, 0)
    for minute, outcome in enumerate((runs.FAILED, runs.FAILED)):
        done(store, ON_CHANGE, NOW + minute * MINUTE, outcome, "PublishError: disk full")
    found = seen(store, NOW + HOUR)
    assert {one.freshness.reason for one in found.stale} == {"the run @on-change fails: PublishError: disk full"}
    assert {one.freshness.since for one in found.stale} == {NOW}
    done(store, ON_CHANGE, NOW + HOUR, "1 written")
    assert seen(store, NOW + HOUR).stale == ()
    assert found.feeds[0].last_run is not None


def done(store: Store, job: str, slot: datetime, outcome: str, detail: str | None = None) -> None:
    """A run of that job from its slot to its end."""
    runs.insert_slots(store, job, [slot], None)
    claim = runs.claim(store, [job], "here:1", slot, HOUR)
    assert claim is not None
    assert runs.finish(store, claim, slot + timedelta(seconds=1), outcome, detail)


def test_a_job_seen_for_the_first_time_says_nothing_of_what_was_built(store: Store) -> None:
    runs.first_seen(store, NET, NOW)
    with store.read() as connection:
        found = runs.standings(connection, [NET, TAKE_DOWN], NOW)
    assert list(found) == [NET]
    assert (found[NET].good, found[NET].waiting_since) == (None, None)


def test_more_changes_than_are_looked_into_count_as_touching(store: Store, article: Article) -> None:
    exported(store, NOW, 0)
    put(store, *(replace(article, guid=f"tag:x,2019:{n}") for n in range(501)))
    assert states(store, NOW + HOUR) == {"town": "stale", "sport": "stale"}
