"""Times in the field's spellings."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.markup.dates import rfc822, rfc3339
from syndicate.markup.feed_read_dates import NoTime, moment
from tests.strategies import moments

WHEN = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 04 Mar 2026 12:30:00 GMT",
        "Wed, 4 Mar 26 13:30:00 +0100",
        "wednesday, 04-Mar-2026 12:30 UT",
        "04 March 2026 07:30:00 EST",
        "Wed,  4th Mar 2026,  12:30:00 Z (noon)",
        "4 Mar 2026 14:30:00 GMT+2",
        "4 Mar 2026 12:30:00 A",
        "Mar 4, 2026 12:30 UTC",
        "Wednesday, March 4, 2026 at 12:30 GMT",
        "Wed Mar  4 12:30:00 GMT 2026",
        "2026-03-04T12:30:00Z",
        "2026-03-04T12:30:00.123456-00:00",
        "2026-03-04 13:30:00 +01:00",
        "20260304T123000Z",
        "2026-03-04T12:30Z",
    ],
)
def test_a_moment(text: str) -> None:
    assert moment(text) == (WHEN, None)


@pytest.mark.parametrize("text", ["2026-03-04 12:30:00", "4 Mar 2026 12:30", "4 Mar 2026 12:30:00 XYZ"])
def test_a_zone_that_nobody_knows(text: str) -> None:
    found, remark = moment(text)
    assert found == WHEN
    assert remark == f"{text!r} names no known zone: UTC taken"


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026", (2026, 1, 1)), ("2026-03", (2026, 3, 1)), ("4 Mar 1999", (1999, 3, 4)), ("4 Mar 70", (1970, 3, 4))],
)
def test_a_day(text: str, day: tuple[int, int, int]) -> None:
    assert moment(text) == (datetime(*day, tzinfo=UTC), None)


def test_a_leap_second_counts_as_the_one_before() -> None:
    assert moment("2016-12-31T23:59:60Z")[0] == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31 Feb 2026 12:00 GMT", "4 Foo 2026 12:00 GMT", "2026-13-01", "4 Mar 0026", "9999-01-01T00:00:00Z",
     "0001-01-01T00:00:00+14:00", "2026-03-04T25:00:00Z", "2026-03-04T12:00:00+99:00", "x" * 200],
)  # fmt: skip
def test_no_moment(text: str) -> None:
    with pytest.raises(NoTime, match="left out"):
        moment(text)


@given(moments)
def test_what_we_write(when: datetime) -> None:
    assert moment(rfc822(when)) == moment(rfc3339(when)) == (when, None)


@given(st.text("0123456789 :-+,TZ.aMr", max_size=120))
@settings(max_examples=50)
def test_anything(text: str) -> None:
    try:
        found, _ = moment(text)
    except NoTime:
        return
    assert found.tzinfo is UTC
