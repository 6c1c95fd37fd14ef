"""What is kept of documents: their states, how far each feed has come, a person's word, the stamp."""

from dataclasses import replace
from datetime import timedelta

from syndicate.store import outputs
from syndicate.store.engine import Store
from syndicate.store.outputs import Acceptance, Output
from tests.conftest import NOW

STATE = Output(
    feed="town",
    format="rss",
    path="town/rss.xml",
    sha256="ab",
    items=2,
    bytes=999,
    published_at=NOW,
    checked_at=NOW,
    held_since=None,
    left_out=("tag:x,2019:1",),
    findings=({"code": "rss.x"},),
    fence=3,
)


def test_the_newest_state_of_each_document_is_kept(store: Store) -> None:
    held = replace(STATE, sha256=None, held_since=NOW + timedelta(microseconds=1), left_out=(), findings=(), fence=4)
    others = [replace(STATE, format="atom"), replace(STATE, feed="coast")]
    with store.write() as connection:
        outputs.keep_all(connection, [STATE, *others])
        outputs.keep_all(connection, iter([held]))
        outputs.keep_all(connection, [])
    with store.read() as connection:
        assert outputs.all_of(connection) == (others[1], others[0], held)
        assert outputs.of_feed(connection, "town") == (others[0], held)


def test_feeds_move_on_and_are_forgotten(store: Store) -> None:
    with store.write() as connection:
        outputs.keep_all(connection, [STATE])
        outputs.move_cursors(connection, {"town": 1, "coast": 2})
        outputs.move_cursor(connection, "town", 5)
        assert outputs.cursors(connection, ["town", "coast", "sport"]) == {"town": 5, "coast": 2, "sport": 0}
        outputs.forget_feed(connection, "town")
        assert (outputs.cursor(connection, "town"), outputs.cursor(connection, "coast")) == (0, 2)
        assert outputs.all_of(connection) == ()


def test_a_word_that_was_given_is_kept(store: Store) -> None:
    first = Acceptance(feed="town", format="rss", reason="moved house", findings=({"code": "x"},), at=NOW)
    second = replace(first, feed="coast", reason="new ids")
    with store.write() as connection:
        outputs.accept(connection, first)
        outputs.accept(connection, second)
    with store.read() as connection:
        assert outputs.acceptances(connection) == (second, first)
        assert outputs.acceptances(connection, "town") == (first,)


def test_there_is_one_stamp_or_none(store: Store) -> None:
    with store.write() as connection:
        assert not outputs.has_stamp(connection)
        outputs.keep_stamp(connection, b"one")
        outputs.keep_stamp(connection, b"two")
        assert outputs.has_stamp(connection)
        outputs.keep_stamp(connection, None)
        assert not outputs.has_stamp(connection)
