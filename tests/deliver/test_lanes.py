"""Room for requests: who hangs or fails leaves it to the others."""

from syndicate.deliver.lanes import OPEN_AFTER, SIDE_BY_SIDE, Lanes, Place


def taken(lanes: Lanes, receiver: str, at: float = 0.0) -> Place:
    place = lanes.take(receiver, at)
    assert place is not None
    return place


def fail(lanes: Lanes, receiver: str, times: int, at: float = 0.0, pause: float = 10.0) -> None:
    for _ in range(times):
        lanes.give(taken(lanes, receiver, at), at, pause)


def prove(lanes: Lanes, *receivers: str) -> None:
    for receiver in receivers:
        lanes.give(taken(lanes, receiver), 0, None)


def test_one_receiver_gets_a_few_requests_at_a_time() -> None:
    lanes = Lanes(64)
    prove(lanes, "a")
    places = [taken(lanes, "a") for _ in range(SIDE_BY_SIDE)]
    assert lanes.take("a", 0) is None
    assert lanes.take("b", 0) is not None
    lanes.give(places[0], 0, None)
    assert lanes.take("a", 0) is not None


def test_all_together_get_no_more_than_there_is_room_for() -> None:
    lanes = Lanes(3)
    prove(lanes, *"abcd")
    for name in "abc":
        taken(lanes, name)
    assert lanes.take("d", 0) is None


def test_who_has_failed_gets_one_request_at_a_time() -> None:
    lanes = Lanes(64)
    prove(lanes, "a")
    fail(lanes, "a", 1)
    taken(lanes, "a")
    assert lanes.take("a", 0) is None


def test_who_has_never_taken_anything_gets_one_request_at_a_time() -> None:
    lanes = Lanes(64)
    taken(lanes, "a")
    assert lanes.take("a", 0) is None


def test_who_has_failed_often_is_left_alone_until_the_pause_is_over() -> None:
    lanes = Lanes(64)
    fail(lanes, "a", OPEN_AFTER)
    assert lanes.take("a", 9.9) is None
    lanes.give(taken(lanes, "a", 10.0), 10.0, 20.0)
    assert lanes.take("a", 29.9) is None
    lanes.give(taken(lanes, "a", 30.0), 30.0, None)
    assert [lanes.take("a", 30.0) is None for _ in range(SIDE_BY_SIDE)] == [False] * SIDE_BY_SIDE


def test_half_of_the_room_is_kept_from_those_who_have_failed() -> None:
    lanes = Lanes(4)
    prove(lanes, "good")
    for name in "abc":
        fail(lanes, name, 1)
    places = [taken(lanes, name) for name in "ab"]
    assert lanes.take("c", 0) is None
    assert lanes.take("new", 0) is None
    assert lanes.take("good", 0) is not None
    lanes.give(places[0], 0, 5.0)
    assert lanes.take("c", 0) is not None


def test_a_request_that_was_not_made_changes_nothing() -> None:
    lanes = Lanes(2)
    prove(lanes, "b", "c")
    fail(lanes, "a", OPEN_AFTER)
    for _ in range(5):
        lanes.drop(taken(lanes, "a", 10))
    assert lanes.take("b", 0) is not None
    lanes.drop(taken(lanes, "c"))
    assert lanes.take("c", 0) is not None
