"""Pings and subscriptions in the store: on every database the same."""

from datetime import UTC, datetime, timedelta

from syndicate.store import pings, subscriptions
from syndicate.store.engine import Connection, Store
from syndicate.store.record import microseconds
from syndicate.store.subscriptions import Intent, Summary

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=20)
HUB, OTHER = "https://hub.example/", "https://other.example/"
TOPICS = ("https://harbour.example/a", "https://harbour.example/b")
CALLBACK = "https://reader.example/1"


def intent(mode: str = "subscribe", callback: str = CALLBACK, sha256: str = "one", topic: str = TOPICS[0]) -> Intent:
    return Intent(
        topic=topic, callback=callback, mode=mode, host="reader.example", secret="s", lease_seconds=3600, reason=None,
        published_sha256=sha256, attempts=0, next_try=NOW,
    )  # fmt: skip


def subscribe(connection: Connection, *callbacks: str) -> None:
    for callback in callbacks:
        subscriptions.ask(connection, intent(callback=callback))
        for one in subscriptions.claim_intents(connection, subscriptions.intents_due(connection, NOW), LATER):
            subscriptions.confirm(connection, one, NOW)


def test_pings_from_the_change_to_the_answer(store: Store) -> None:
    with store.write() as connection:
        pings.put(connection, (HUB, OTHER), TOPICS, NOW)
        first, second = pings.claim(connection, HUB, NOW, LATER, 10)
        assert (first.topic, second.topic) == TOPICS
        assert pings.claim(connection, HUB, NOW, LATER, 10) == ()
        pings.sent(connection, first, NOW, "204")
        pings.refused(connection, second, NOW, "403")
        assert [(one.state, one.answer) for one in pings.all_of(connection)] == [
            ("sent", "204"), ("refused", "403"), ("due", None), ("due", None)
        ]  # fmt: skip
        assert [one.topic for one in pings.revive(connection, NOW)] == [TOPICS[1]]
        assert pings.is_any_due(connection, (HUB,), NOW)
        pings.keep_only(connection, (OTHER,))
        assert not pings.is_any_due(connection, (HUB,), NOW)
        assert len(pings.all_of(connection)) == 2
        pings.keep_only(connection, ())
        assert pings.all_of(connection) == ()


def test_a_newer_change_waits_for_no_answer_to_an_older_one(store: Store) -> None:
    with store.write() as connection:
        pings.put(connection, (HUB,), TOPICS[:1], NOW)
        (old,) = pings.claim(connection, HUB, NOW, LATER, 10)
        pings.failed(connection, old, NOW, LATER, "503")
        (old,) = pings.claim(connection, HUB, LATER, LATER + timedelta(minutes=2), 10)
        assert (old.attempts, old.failing_since) == (1, NOW)
        pings.put(connection, (HUB,), TOPICS[:1], LATER)
        pings.sent(connection, old, LATER, "204")
        (new,) = pings.claim(connection, HUB, LATER, LATER + timedelta(minutes=2), 10)
        assert (new.state, new.attempts, new.failing_since) == ("due", 0, None)
        assert new.turn > old.turn


def test_a_failing_hub_waits_as_a_whole(store: Store) -> None:
    with store.write() as connection:
        pings.put(connection, (HUB, OTHER), TOPICS, NOW)
        first, second = pings.claim(connection, HUB, NOW, LATER, 10)
        assert second.next_try == LATER
        pings.failed(connection, first, NOW, LATER, "503")
        assert pings.claim(connection, HUB, NOW, LATER, 10) == ()
        assert len(pings.claim(connection, OTHER, NOW, LATER, 10)) == 2
        assert [one.topic for one in pings.claim(connection, HUB, LATER, LATER, 10)] == [TOPICS[1], TOPICS[0]]


def test_what_is_put_at_a_failing_hub_waits_with_the_rest(store: Store) -> None:
    soon, then = NOW + timedelta(seconds=10), NOW + timedelta(seconds=300)
    with store.write() as connection:
        pings.put(connection, (HUB, OTHER), TOPICS[:1], NOW - timedelta(minutes=5))
        for number in range(7):
            (one,) = pings.claim(connection, HUB, NOW, NOW + timedelta(seconds=60), 10)
            pings.failed(connection, one, NOW, NOW if number < 6 else then, "503")
        pings.put(connection, (HUB, OTHER), TOPICS, soon)
        assert not pings.is_any_due(connection, (HUB,), then - timedelta(seconds=1))
        assert len(pings.claim(connection, OTHER, soon, then, 10)) == 2
        a, b = pings.claim(connection, HUB, then, then + timedelta(seconds=60), 10)
        assert {(one.attempts, one.failing_since) for one in (a, b)} == {(7, NOW)}
        pings.refused(connection, b, then, "403")
        pings.put(connection, (HUB,), TOPICS[1:], then)
        assert pings.claim(connection, HUB, then, then, 10) == ()


def test_a_failure_lets_nothing_be_asked_sooner_than_another_one_has_said(store: Store) -> None:
    long, far = NOW + timedelta(seconds=1000), NOW + timedelta(days=400)
    with store.write() as connection:
        pings.put(connection, (HUB,), TOPICS, NOW)
        (mine,) = pings.claim(connection, HUB, NOW, LATER, 1)
        (other,) = pings.claim(connection, HUB, NOW, LATER + timedelta(seconds=1), 1)
        pings.failed(connection, other, NOW, long, "503, come back in 1000 s")
        pings.failed(connection, mine, NOW, LATER, "503")
        assert [one.next_try for one in pings.all_of(connection)] == [long, long]
        connection.run("UPDATE ping SET next_try = ?", (microseconds(far),))
        pings.failed(connection, mine, NOW, LATER, "503")
        assert [one.next_try for one in pings.all_of(connection)] == [LATER, LATER]


def test_what_is_put_while_a_hub_is_tried_again_waits_for_that_only(store: Store) -> None:
    with store.write() as connection:
        pings.put(connection, (HUB,), TOPICS[:1], NOW)
        (one,) = pings.claim(connection, HUB, NOW, LATER, 10)
        pings.failed(connection, one, NOW, NOW, "503")
        (one,) = pings.claim(connection, HUB, NOW, LATER, 10)
        pings.put(connection, (HUB,), TOPICS[1:], NOW)
        assert pings.claim(connection, HUB, NOW, LATER, 10) == ()
        pings.sent(connection, one, NOW, "204")
        pings.release(connection, one, NOW)
        assert [one.topic for one in pings.claim(connection, HUB, NOW, LATER, 10)] == [TOPICS[1]]


def test_a_subscription_from_the_wish_to_its_end(store: Store) -> None:
    with store.write() as connection:
        subscribe(connection, CALLBACK)
        (found,) = subscriptions.all_of(connection)
        assert (found.delivered_sha256, found.lease_until) == ("one", NOW + timedelta(hours=1))
        assert subscriptions.topics(connection) == TOPICS[:1]
        assert subscriptions.waiting(connection, TOPICS[0], "one", NOW) == ()
        (owed,) = subscriptions.waiting(connection, TOPICS[0], "two", NOW)
        (mine,) = subscriptions.claim(connection, (owed,), LATER)
        assert subscriptions.claim(connection, (owed,), LATER) == ()
        assert subscriptions.waiting(connection, TOPICS[0], "two", NOW) == ()
        subscriptions.failed(connection, mine, NOW, LATER, "timeout")
        assert subscriptions.summary(connection) == Summary(count=1, failing=1)
        assert subscriptions.topics_failing(connection, NOW) == ()
        assert subscriptions.topics_failing(connection, LATER) == TOPICS[:1]
        (mine,) = subscriptions.claim(connection, subscriptions.waiting(connection, TOPICS[0], "one", LATER), LATER)
        subscriptions.delivered(connection, mine, "one", LATER, "200")
        assert subscriptions.summary(connection) == Summary(count=1, failing=0)
        assert subscriptions.waiting(connection, TOPICS[0], "two", NOW + timedelta(hours=2)) == ()
        assert subscriptions.expire(connection, NOW + timedelta(hours=1)) == 1
        assert subscriptions.all_of(connection) == ()


def test_an_outcome_of_somebody_who_was_overtaken_does_not_count(store: Store) -> None:
    with store.write() as connection:
        subscribe(connection, CALLBACK)
        (frozen,) = subscriptions.claim(connection, subscriptions.waiting(connection, TOPICS[0], "two", NOW), LATER)
        (mine,) = subscriptions.claim(connection, subscriptions.waiting(connection, TOPICS[0], "two", LATER), LATER)
        subscriptions.delivered(connection, mine, "two", LATER, "200")
        subscriptions.failed(connection, frozen, LATER, LATER, "reset")
        subscriptions.refused(connection, frozen, "one", LATER, "403")
        subscriptions.end(connection, frozen)
        (found,) = subscriptions.all_of(connection)
        assert (found.delivered_sha256, found.answer, found.attempts) == ("two", "200", 0)


def test_a_refusal_waits_for_the_next_version_or_a_person(store: Store) -> None:
    with store.write() as connection:
        subscribe(connection, CALLBACK)
        (mine,) = subscriptions.claim(connection, subscriptions.waiting(connection, TOPICS[0], "two", NOW), LATER)
        subscriptions.refused(connection, mine, "two", NOW, "403")
        assert subscriptions.waiting(connection, TOPICS[0], "two", LATER) == ()
        assert len(subscriptions.waiting(connection, TOPICS[0], "three", LATER)) == 1
        assert subscriptions.revive(connection, NOW) == 1
        assert len(subscriptions.waiting(connection, TOPICS[0], "two", NOW)) == 1


def test_wishes_replace_each_other_and_count(store: Store) -> None:
    with store.write() as connection:
        subscriptions.ask(connection, intent())
        (old,) = subscriptions.intents_due(connection, NOW)
        subscriptions.ask(connection, intent(sha256="two"))
        subscriptions.ask(connection, intent("unsubscribe"))
        assert subscriptions.claim_intents(connection, (old,), LATER) == ()
        subscriptions.confirm(connection, old, NOW)
        assert subscriptions.all_of(connection) == ()
        assert subscriptions.count_of(connection, "reader.example") == (0, 0)
        assert subscriptions.unconfirmed(connection, "reader.example") == (1, 1)
        assert subscriptions.unconfirmed(connection, "elsewhere.example") == (1, 0)
        claimed = subscriptions.claim_intents(connection, subscriptions.intents_due(connection, NOW), LATER)
        assert [one.mode for one in claimed] == ["subscribe", "unsubscribe"]
        subscriptions.retry(connection, claimed[0], LATER)
        assert subscriptions.intents_due(connection, NOW) == ()
        assert [one.attempts for one in subscriptions.intents_due(connection, LATER)] == [1, 0]
        subscriptions.confirm(connection, claimed[1], NOW)
        assert len(subscriptions.intents_due(connection, LATER)) == 1


def test_wishes_that_nobody_comes_to_are_dropped_and_renewals_are_none(store: Store) -> None:
    with store.write() as connection:
        subscribe(connection, CALLBACK)
        subscriptions.ask(connection, intent())
        assert subscriptions.count_of(connection, "reader.example") == (1, 1)
        assert subscriptions.count_of(connection, "elsewhere.example") == (1, 0)
        assert subscriptions.unconfirmed(connection, "reader.example") == (0, 0)
        assert subscriptions.expire_wishes(connection, NOW + timedelta(minutes=9)) == 0
        assert subscriptions.expire_wishes(connection, NOW + timedelta(minutes=10)) == 1
        assert len(subscriptions.all_of(connection)) == 1


def test_renewal_keeps_what_a_subscriber_has_and_spares_it_no_failure(store: Store) -> None:
    with store.write() as connection:
        subscribe(connection, CALLBACK)
        (mine,) = subscriptions.claim(connection, subscriptions.waiting(connection, TOPICS[0], "two", NOW), LATER)
        subscribe(connection, CALLBACK)
        assert subscriptions.waiting(connection, TOPICS[0], "two", NOW) == ()
        subscriptions.failed(connection, mine, NOW, LATER, "timeout")
        subscribe(connection, CALLBACK)
        assert len(subscriptions.waiting(connection, TOPICS[0], "two", NOW)) == 1
        assert subscriptions.is_known(connection, TOPICS[0], CALLBACK)


def test_a_topic_that_is_gone_is_told(store: Store) -> None:
    with store.write() as connection:
        subscribe(connection, CALLBACK, "https://reader.example/2")
        assert subscriptions.withdraw(connection, TOPICS[0], "gone", NOW) == 2
        assert subscriptions.all_of(connection) == ()
        assert [(one.mode, one.reason) for one in subscriptions.intents_due(connection, NOW)] == [
            ("denied", "gone")
        ] * 2


def test_clocks_that_were_wrong_keep_nothing_back(store: Store) -> None:
    with store.write() as connection:
        subscribe(connection, CALLBACK)
        connection.run("UPDATE subscription SET next_try = next_try + 86400000000")
        assert len(subscriptions.waiting(connection, TOPICS[0], "two", NOW)) == 1
