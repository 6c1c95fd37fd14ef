"""What the picture of how things stand asks of the store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from syndicate.errors import StoreError
from syndicate.model.article import Article, Status
from syndicate.store import changes, outputs, runs, stamp
from syndicate.store.engine import HEAD, Store, open_as_it_is, open_store
from syndicate.store.runs import JobStanding
from syndicate.store.stamp import Stamp
from tests.conftest import NOW
from tests.store.filling import put

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def end(store: Store, slot: datetime, outcome: str, detail: str | None = None, job: str = "town") -> None:
    """A run of the job at that slot, from its beginning to its end."""
    runs.insert_slots(store, job, [slot], None)
    claim = runs.claim(store, [job], "here:1", slot, MINUTE)
    assert claim is not None
    assert runs.finish(store, claim, slot + MINUTE, outcome, detail)


def standing(store: Store, now: datetime = NOW + HOUR) -> JobStanding:
    with store.read() as connection:
        found = runs.standings(connection, ["town", "nobody"], now)
    assert list(found) == ["town"]
    return found["town"]


def test_a_job_whose_last_run_ended_well(store: Store) -> None:
    end(store, NOW, "3 written")
    end(store, NOW + 5 * MINUTE, "unchanged")
    found = standing(store)
    assert (found.newest.slot, found.newest.outcome) == (NOW + 5 * MINUTE, "unchanged")
    assert (found.good, found.waiting_since, found.failure) == (NOW + 5 * MINUTE, None, None)
    assert found.first == NOW


def test_a_job_that_fails_waits_since_its_first_failure(store: Store) -> None:
    end(store, NOW, "3 written")
    for minutes, detail in ((5, "disk full"), (10, "disk broken")):
        end(store, NOW + minutes * MINUTE, runs.FAILED, detail)
    runs.insert_slots(store, "town", [NOW + 15 * MINUTE], None)
    found = standing(store)
    assert (found.good, found.waiting_since, found.failure) == (NOW, NOW + 5 * MINUTE, "disk broken")
    assert (found.newest.slot, found.newest.owner, found.newest.done) == (NOW + 15 * MINUTE, None, None)


def test_a_superseded_run_and_one_first_seen_are_no_good_ends(store: Store) -> None:
    runs.first_seen(store, "town", NOW)
    found = standing(store)
    assert (found.newest.outcome, found.good, found.waiting_since) == (runs.FIRST_SEEN, None, None)
    runs.insert_slots(store, "town", [NOW + MINUTE, NOW + 2 * MINUTE], None)
    assert runs.supersede(store, "town", NOW + 2 * MINUTE, NOW + 2 * MINUTE) == 1
    found = standing(store)
    assert (found.good, found.waiting_since) == (None, NOW + MINUTE)


def test_a_slot_of_the_future_is_not_looked_at(store: Store) -> None:
    end(store, NOW, "3 written")
    runs.insert_slots(store, "town", [NOW + 9 * HOUR], None)
    assert standing(store).newest.slot == NOW


def test_standings_of_more_jobs_than_a_question_takes(store: Store) -> None:
    names = [f"feed{n}" for n in range(501)]
    for name in (names[0], names[-1]):
        end(store, NOW, "3 written", job=name)
    with store.read() as connection:
        assert set(runs.standings(connection, names, NOW + HOUR)) == {names[0], names[-1]}


def test_when_changes_were_accepted_and_what_was_withdrawn(store: Store, article: Article) -> None:
    put(store, article, replace(article, version=3, status=Status.WITHHELD))
    put(store, replace(article, version=4, updated=NOW))
    put(store, replace(article, version=5, status=Status.CANCELED))
    with store.read() as connection:
        assert changes.accepted_at(connection, [1, 3, 9]) == {1: NOW, 3: NOW}
        assert changes.accepted_at(connection, []) == {}
        assert changes.removals_after(connection, 0, 9) == ((2, NOW), (4, NOW))
        assert changes.removals_after(connection, 2, 9) == ((4, NOW),)
        assert changes.removals_after(connection, 0, 1) == ((2, NOW),)


def test_what_is_to_come_is_told_of_newest_revisions_of_usable_articles(store: Store, article: Article) -> None:
    def one(name: str, **values: object) -> Article:
        return replace(article, guid=f"tag:x,2019:{name}", **values)  # type: ignore[arg-type]

    put(store, one("embargo", embargo=NOW + HOUR))
    put(store, one("expires", expires=NOW + 2 * HOUR), one("published", published=NOW + 3 * HOUR))
    put(store, one("lifted", embargo=NOW + HOUR), one("lifted", version=3, updated=NOW))
    put(store, one("killed", embargo=NOW + HOUR), one("killed", version=3, status=Status.CANCELED))
    put(store, one("past", embargo=NOW - HOUR, expires=NOW))
    with store.read() as connection:
        found = changes.coming(connection, NOW, 9)
        assert [(one.at - NOW, one.kind, one.article.guid.rpartition(":")[2]) for one in found] == [
            (HOUR, "embargo", "embargo"),
            (2 * HOUR, "expiry", "expires"),
            (3 * HOUR, "publication", "published"),
        ]
        assert changes.coming(connection, NOW, 1) == found[:1]
        assert changes.count_coming(connection, NOW) == {"embargo": 1, "expiry": 1, "publication": 1}
        assert changes.count_coming(connection, NOW + HOUR) == {"expiry": 1, "publication": 1}


def test_the_beginning_of_a_stamp_says_when_it_was_made(store: Store) -> None:
    with store.read() as connection:
        assert outputs.stamp_head(connection) is None
    files = tuple((f"town/file{n}.xml", n) for n in range(500))
    made = Stamp(basis="ab" * 32, change=7, made=NOW, until=NOW + HOUR, files=files, outcomes=())
    with store.write() as connection:
        outputs.keep_stamp(connection, stamp.dumps(made))
    with store.read() as connection:
        head = outputs.stamp_head(connection)
    assert head is not None
    assert len(head) == 512
    assert stamp.made_in(head) == NOW
    assert stamp.made_in(b'{"basis": "ab"}') is None


def remove(path: Path) -> None:
    path.unlink()


def spoil(path: Path) -> None:
    path.write_bytes(b"no database" * 99)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def test_a_store_is_looked_into_as_it_is(tmp_path: Path) -> None:
    open_store("sqlite:///store.db", tmp_path).close()
    opened = open_as_it_is("sqlite:///store.db", tmp_path)
    with opened.read() as connection:
        assert connection.value("SELECT version_num FROM alembic_version") == HEAD
    opened.close()


@pytest.mark.parametrize(
    ("harm", "said"),
    [(remove, "there is no store yet"), (spoil, "not a database"), (empty, "has no schema that can be read")],
    ids=["none", "spoiled", "empty"],
)
def test_looking_mends_and_makes_nothing(tmp_path: Path, harm: Callable[[Path], None], said: str) -> None:
    open_store("sqlite:///store.db", tmp_path).close()
    path = tmp_path / "store.db"
    harm(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(StoreError, match=said):
        open_as_it_is("sqlite:///store.db", tmp_path)
    assert (path.read_bytes() if path.exists() else None) == before
