"""Times in every spelling, always the same moment."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup import dates

MOMENT = datetime(2017, 5, 10, 18, 5, tzinfo=timezone(timedelta(hours=-4)))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def test_spellings() -> None:
    assert dates.rfc3339(MOMENT) == "2017-05-10T22:05:00Z"
    assert dates.rfc822(MOMENT) == "Wed, 10 May 2017 22:05:00 +0000"
    assert dates.compact(MOMENT) == "20170510T220500Z"
    assert dates.day(MOMENT + timedelta(hours=2)) == "2017-05-11"


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES))
def test_each_spelling_says_the_same_moment(moment: datetime) -> None:
    wanted = moment.astimezone(UTC).replace(microsecond=0)
    assert dates.parse_rfc3339(dates.rfc3339(moment)) == wanted
    assert datetime.strptime(dates.compact(moment), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) == wanted
    assert dates.rfc822(moment) == format_datetime(wanted)
    if wanted.year >= 1900:
        assert parsedate_to_datetime(dates.rfc822(moment)) == wanted


def test_a_time_without_zone_is_refused() -> None:
    for write in (dates.rfc3339, dates.rfc822, dates.compact, dates.day):
        with pytest.raises(ValueError, match="no time zone"):
            write(datetime(2017, 5, 10))
    with pytest.raises(ValueError, match="no UTC offset"):
        dates.parse_rfc3339("2017-05-10T18:05:00")
