"""What answers mean, and when deliveries are tried again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.deliver.retry import LONGEST_ASKED, Backoff, Verdict, asked_pause, verdict_of

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("verdict", "statuses"),
    [
        (Verdict.DONE, [200, 201, 202, 204, 299]),
        (Verdict.RETRY, [408, 425, 429, 500, 502, 503, 504, 599]),
        (Verdict.GONE, [410]),
        (Verdict.REFUSED, [300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 409, 413, 415, 422, 451]),
    ],
)
def test_what_a_status_means(verdict: Verdict, statuses: list[int]) -> None:
    assert {verdict_of(status) for status in statuses} == {verdict}


def test_pauses_double_up_to_the_longest() -> None:
    assert [Backoff().pause(failures, 0.0) for failures in range(1, 9)] == [5, 10, 20, 40, 80, 160, 300, 300]
    assert Backoff(longest=1).pause(1, 0.0) == 1


@given(failures=st.integers(1, 10**9), jitter=st.floats(0, 1, exclude_max=True), asked=st.none() | st.floats(0, 1e12))
def test_no_pause_is_shorter_or_longer_than_promised(failures: int, jitter: float, asked: float | None) -> None:
    pause = Backoff().pause(failures, jitter, asked)
    assert 5 <= pause <= LONGEST_ASKED
    assert pause >= min(asked or 0, LONGEST_ASKED)


@given(jitter=st.floats(0, 1, exclude_max=True))
def test_jitter_only_lengthens(jitter: float) -> None:
    assert 5 <= Backoff().pause(1, jitter) < 6.25 + 1e-9


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("99999999999999999999", LONGEST_ASKED),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("Wed, 04 Mar 2026 12:01:30 GMT", 90),
        ("Wed, 04 Mar 2026 11:00:00 GMT", 0),
        ("Wed, 04 Mar 2099 11:00:00 GMT", LONGEST_ASKED),
        ("Wed, 99 Mar 2026 12:01:30 GMT", None),
        ("1 Jan 99999999999 00:00:00 GMT", None),
        ("Wed, 04 Mar 2026 12:01:30 +99999999999999", None),
        ("Wed, 04 Mar 2026 12:01:30 -0000", None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert asked_pause(header, NOW) == seconds
