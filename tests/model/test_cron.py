"""Cron texts against what crontab(5) says, and slots against a walk over every minute."""

import contextlib
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.model.cron import Cron
from syndicate.model.slots import newest_slots, next_slot, slots

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# 2026-03-01 is a Sunday. Expression, moment (UTC), the next two slots.
CONFORMANCE = [
    ("* * * * *", "2026-03-01T00:00", ["2026-03-01T00:01", "2026-03-01T00:02"]),
    ("*/5 * * * *", "2026-03-01T00:00", ["2026-03-01T00:05", "2026-03-01T00:10"]),
    ("*/40 * * * *", "2026-03-01T00:00", ["2026-03-01T00:40", "2026-03-01T01:00"]),
    ("*/60 * * * *", "2026-03-01T00:00", ["2026-03-01T01:00", "2026-03-01T02:00"]),
    ("3-59/15 * * * *", "2026-03-01T00:00", ["2026-03-01T00:03", "2026-03-01T00:18"]),
    ("1-10/4 2 * * *", "2026-03-01T00:00", ["2026-03-01T02:01", "2026-03-01T02:05"]),
    ("0,30 * * * *", "2026-03-01T00:00", ["2026-03-01T00:30", "2026-03-01T01:00"]),
    ("30,0,30 * * * *", "2026-03-01T00:00", ["2026-03-01T00:30", "2026-03-01T01:00"]),
    ("0-1,58-59 * * * *", "2026-03-01T00:01", ["2026-03-01T00:58", "2026-03-01T00:59"]),
    ("05 06 * * *", "2026-03-01T00:00", ["2026-03-01T06:05", "2026-03-02T06:05"]),
    ("0 */6 * * *", "2026-03-01T00:00", ["2026-03-01T06:00", "2026-03-01T12:00"]),
    ("0 */7 * * *", "2026-03-01T21:00", ["2026-03-02T00:00", "2026-03-02T07:00"]),
    ("0 */24 * * *", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-03T00:00"]),
    ("0 9-17/4 * * *", "2026-03-01T00:00", ["2026-03-01T09:00", "2026-03-01T13:00"]),
    ("59 23 * * *", "2026-03-01T23:59", ["2026-03-02T23:59", "2026-03-03T23:59"]),
    ("0 0 * * 0", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("0 0 * * 7", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("0 0 * * sun", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("0 0 * * SUN", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("0 0 * * 0,7", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("0 0 * * 1", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-09T00:00"]),
    ("0 0 * * 6", "2026-03-01T00:00", ["2026-03-07T00:00", "2026-03-14T00:00"]),
    ("0 0 * * 1-5", "2026-03-06T00:00", ["2026-03-09T00:00", "2026-03-10T00:00"]),
    ("0 0 * * mon-fri", "2026-03-06T00:00", ["2026-03-09T00:00", "2026-03-10T00:00"]),
    ("0 0 * * sat-sun", "2026-03-01T00:00", ["2026-03-07T00:00", "2026-03-08T00:00"]),
    ("0 0 * * 6-7", "2026-03-01T00:00", ["2026-03-07T00:00", "2026-03-08T00:00"]),
    ("0 0 * * 5-7/2", "2026-03-01T00:00", ["2026-03-06T00:00", "2026-03-08T00:00"]),
    ("0 0 * * sun-sun", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("0 0 * * sun-tue", "2026-03-04T00:00", ["2026-03-08T00:00", "2026-03-09T00:00"]),
    ("0 0 * * 0-7", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-03T00:00"]),
    ("0 0 * * */2", "2026-03-01T00:00", ["2026-03-03T00:00", "2026-03-05T00:00"]),
    ("0 0 * * */3", "2026-03-01T00:00", ["2026-03-04T00:00", "2026-03-07T00:00"]),
    ("0 0 * * */7", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("0 0 * * mon,wed", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-04T00:00"]),
    ("0 0 13 * *", "2026-03-01T00:00", ["2026-03-13T00:00", "2026-04-13T00:00"]),
    ("0 0 31 * *", "2026-03-31T00:00", ["2026-05-31T00:00", "2026-07-31T00:00"]),
    ("0 0 29 2 *", "2026-03-01T00:00", ["2028-02-29T00:00", "2032-02-29T00:00"]),
    ("0 0 29 2 *", "2096-03-01T00:00", ["2104-02-29T00:00", "2108-02-29T00:00"]),
    ("0 0 29 2 */7", "2026-03-01T00:00", ["2032-02-29T00:00", "2060-02-29T00:00"]),
    ("0 0 30,29 2 *", "2026-03-01T00:00", ["2028-02-29T00:00", "2032-02-29T00:00"]),
    ("0 0 31 2,4,5 *", "2026-03-01T00:00", ["2026-05-31T00:00", "2027-05-31T00:00"]),
    ("0 0 30 2 1", "2026-03-01T00:00", ["2027-02-01T00:00", "2027-02-08T00:00"]),
    # Both day fields restricted: either is enough.
    ("0 0 13 * 5", "2026-03-01T00:00", ["2026-03-06T00:00", "2026-03-13T00:00"]),
    ("0 0 1,15 * 3", "2026-03-01T00:00", ["2026-03-04T00:00", "2026-03-11T00:00"]),
    ("0 0 1-31 * 1", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-03T00:00"]),
    # One of them begins with `*`: both must hold.
    ("0 0 */2 * 1", "2026-03-01T00:00", ["2026-03-09T00:00", "2026-03-23T00:00"]),
    ("0 0 1-7 * */7", "2026-03-01T00:00", ["2026-04-05T00:00", "2026-05-03T00:00"]),
    ("0 0 * 2 *", "2026-03-01T00:00", ["2027-02-01T00:00", "2027-02-02T00:00"]),
    ("0 0 1 jan *", "2026-03-01T00:00", ["2027-01-01T00:00", "2028-01-01T00:00"]),
    ("0 0 1 mar-may *", "2026-03-01T00:00", ["2026-04-01T00:00", "2026-05-01T00:00"]),
    ("0 0 1 Jan,JUL *", "2026-03-01T00:00", ["2026-07-01T00:00", "2027-01-01T00:00"]),
    ("0 0 1 */3 *", "2026-03-01T00:00", ["2026-04-01T00:00", "2026-07-01T00:00"]),
    ("0 0 1 jan-dec/6 *", "2026-03-01T00:00", ["2026-07-01T00:00", "2027-01-01T00:00"]),
    ("0 12 31 12 *", "2026-12-31T12:00", ["2027-12-31T12:00", "2028-12-31T12:00"]),
    ("@hourly", "2026-03-01T00:00", ["2026-03-01T01:00", "2026-03-01T02:00"]),
    ("@daily", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-03T00:00"]),
    ("@midnight", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-03T00:00"]),
    ("@weekly", "2026-03-01T00:00", ["2026-03-08T00:00", "2026-03-15T00:00"]),
    ("@monthly", "2026-03-01T00:00", ["2026-04-01T00:00", "2026-05-01T00:00"]),
    ("@yearly", "2026-03-01T00:00", ["2027-01-01T00:00", "2028-01-01T00:00"]),
    ("@annually", "2026-03-01T00:00", ["2027-01-01T00:00", "2028-01-01T00:00"]),
    ("@Daily", "2026-03-01T00:00", ["2026-03-02T00:00", "2026-03-03T00:00"]),
    ("  0\t0  1 1 * ", "2026-03-01T00:00", ["2027-01-01T00:00", "2028-01-01T00:00"]),
]


@pytest.mark.parametrize(("text", "after", "expected"), CONFORMANCE, ids=[f"{c[0]} {c[1]}" for c in CONFORMANCE])
def test_what_cron_means(text: str, after: str, expected: list[str]) -> None:
    cron = Cron.parse(text)
    first = next_slot(cron, UTC, at(after))
    assert first is not None
    assert [first, next_slot(cron, UTC, first)] == [at(expected[0]), at(expected[1])]


REFUSED = [
    ("", "has 0 fields"),
    ("* * * *", "has 4 fields"),
    ("0 0 0 * * *", "has 6 fields"),
    ("60 * * * *", "minute '60': 60 is out of bounds (allowed: 0-59"),
    ("-1 * * * *", "minute '-1': a value is missing"),
    ("* 24 * * *", "hour '24': 24 is out of bounds (allowed: 0-23"),
    ("* * 0 * *", "day of month '0': 0 is out of bounds (allowed: 1-31"),
    ("* * 32 * *", "day of month '32'"),
    ("* * * 0 *", "month '0': 0 is out of bounds (allowed: 1-12 or jan-dec"),
    ("* * * 13 *", "month '13'"),
    ("* * * january *", "month 'january': 'january' is not a value"),
    ("* * * mon *", "month 'mon'"),
    ("* * * * 8", "day of week '8': 8 is out of bounds (allowed: 0-7 or sun-sat"),
    ("* * * * jan", "day of week 'jan'"),
    ("* jan * * *", "hour 'jan'"),
    ("*/0 * * * *", "minute '*/0': a step is a number from 1 to 60"),
    ("*/90 * * * *", "a step is a number from 1 to 60"),
    ("*/x * * * *", "a step is a number"),
    ("*/ * * * *", "a step is a number"),
    ("1/5 * * * *", "a step needs a range, e.g. 1-59/5"),
    ("1-5/2/2 * * * *", "a step is a number"),
    ("1-2-3 * * * *", "minute '1-2-3'"),
    ("1, * * * *", "a value is missing"),
    (",1 * * * *", "a value is missing"),
    ("0 22-2 * * *", "hour '22-2': the range ends before it begins; write 22-23,0-2"),
    ("50-10 * * * *", "the range ends before it begins"),
    ("0 0 * nov-feb *", "the range ends before it begins; write 11-12,1-2"),
    ("0 0 * * fri-mon", "the range ends before it begins; write 5-6,0-1"),
    ("0 0 * * 6-0", "the range ends before it begins"),
    ("0 0 L * *", "day of month 'l'"),
    ("0 0 ? * *", "day of month '?'"),
    ("0 0 * * 1#2", "day of week '1#2'"),
    ("H * * * *", "minute 'h'"),
    ("** * * * *", "minute '**'"),
    ("*-5 * * * *", "minute '*-5'"),
    ("٣ * * * *", "is not a value"),
    ("1.5 * * * *", "is not a value"),
    ("99999999999999999999 * * * *", "is not a value"),
    ("0 0 30 2 *", "never comes: no month it names has a day 30"),
    ("0 0 31 2,4,6,9,11 *", "never comes: no month it names has a day 31"),
    ("0 0 30 feb */2", "never comes"),
    ("@reboot", "the words are @hourly, @daily"),
    ("@every 5m", "is not a schedule"),
]


@pytest.mark.parametrize(("text", "problem"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_is_refused_says_why(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r".+") as refused:
        Cron.parse(text)
    assert problem in str(refused.value)


def test_a_cron_is_a_value() -> None:
    assert Cron.parse("0 0 * * 0") == Cron.parse(" 0 0 * * 0 ")
    assert len({Cron.parse("@hourly"), Cron.parse("@hourly"), Cron.parse("@daily")}) == 2
    assert Cron.parse("@hourly").text == "@hourly"


# Zone, expression, from, until, slots: each row a promise about a change of the clock.
CHANGES = [
    # New York, gap 02:00-03:00 on 8 March 2026 (07:00 UTC).
    (
        "America/New_York",
        "30 2 * * *",
        "2026-03-08T00:00",
        "2026-03-09T12:00",
        ["2026-03-08T07:00", "2026-03-09T06:30"],
    ),
    ("America/New_York", "*/15 2 * * *", "2026-03-08T00:00", "2026-03-08T12:00", ["2026-03-08T07:00"]),
    (
        "America/New_York",
        "0,30 2,3 * * *",
        "2026-03-08T00:00",
        "2026-03-08T12:00",
        ["2026-03-08T07:00", "2026-03-08T07:30"],
    ),
    (
        "America/New_York",
        "0 * * * *",
        "2026-03-08T05:00",
        "2026-03-08T08:00",
        ["2026-03-08T06:00", "2026-03-08T07:00", "2026-03-08T08:00"],
    ),
    (
        "America/New_York",
        "30 */2 * * *",
        "2026-03-08T05:00",
        "2026-03-08T09:00",
        ["2026-03-08T05:30", "2026-03-08T08:30"],
    ),
    # ... overlap 01:00-02:00 on 1 November 2026 (06:00 UTC).
    (
        "America/New_York",
        "30 1 * * *",
        "2026-11-01T00:00",
        "2026-11-02T12:00",
        ["2026-11-01T05:30", "2026-11-02T06:30"],
    ),
    ("America/New_York", "0 2 * * *", "2026-11-01T00:00", "2026-11-01T12:00", ["2026-11-01T07:00"]),
    (
        "America/New_York",
        "0 * * * *",
        "2026-11-01T04:00",
        "2026-11-01T07:00",
        ["2026-11-01T05:00", "2026-11-01T06:00", "2026-11-01T07:00"],
    ),
    (
        "America/New_York",
        "0 0-23 * * *",
        "2026-11-01T04:00",
        "2026-11-01T07:00",
        ["2026-11-01T05:00", "2026-11-01T07:00"],
    ),
    # Lord Howe changes by half an hour: gap 02:00-02:30 on 4 October 2026, overlap 01:30-02:00 on 5 April.
    ("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00", "2026-10-03T18:00", ["2026-10-03T15:30"]),
    ("Australia/Lord_Howe", "45 1 * * *", "2026-04-04T12:00", "2026-04-04T18:00", ["2026-04-04T14:45"]),
    (
        "Australia/Lord_Howe",
        "45 * * * *",
        "2026-04-04T14:00",
        "2026-04-04T16:00",
        ["2026-04-04T14:45", "2026-04-04T15:15"],
    ),
    # Samoa left out 30 December 2011; what was due that day is due when the next begins.
    (
        "Pacific/Apia",
        "0 12 * * *",
        "2011-12-29T12:00",
        "2011-12-31T00:00",
        ["2011-12-29T22:00", "2011-12-30T10:00", "2011-12-30T22:00"],
    ),
    # St John's changed at one minute past midnight, back into the evening before.
    (
        "America/St_Johns",
        "30 * 6 11 *",
        "2010-11-07T01:30",
        "2010-11-07T12:00",
        ["2010-11-07T02:00", "2010-11-07T03:00"],
    ),
]


@pytest.mark.parametrize(("zone", "text", "after", "until", "expected"), CHANGES)
def test_changes_of_the_clock(zone: str, text: str, after: str, until: str, expected: list[str]) -> None:
    found = slots(Cron.parse(text), ZoneInfo(zone), at(after), at(until))
    assert list(found) == [at(moment) for moment in expected]


def oracle(cron: Cron, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The slots by walking over every minute: the dial shows a time, or has just passed it for the first time."""
    moment = after - 3 * DAY
    reached = moment.astimezone(zone).replace(tzinfo=None)
    while moment <= until:
        dial = moment.astimezone(zone).replace(tzinfo=None)
        if cron.elapsed:
            due = shows(cron, dial)
        else:
            due = any(shows(cron, reached + n * MINUTE) for n in range(1, (dial - reached) // MINUTE + 1))
        if due and after < moment:
            yield moment
        reached = max(reached, dial)
        moment += MINUTE


def shows(cron: Cron, dial: datetime) -> bool:
    in_month, in_week = dial.day in cron.days, (dial.weekday() + 1) % 7 in cron.weekdays
    day = (in_month and in_week) if cron.any_day or cron.any_weekday else (in_month or in_week)
    return day and dial.month in cron.months and dial.hour in cron.hours and dial.minute in cron.minutes


def clock_changes(zone: ZoneInfo, first: date, years: int) -> list[datetime]:
    """The hours of `years` years in which the zone's offset from UTC changes."""
    start = datetime(first.year, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=n) for n in range(0, years * 366 * 24, 6)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hour for hour, offset, after in zip(hours, offsets, offsets[1:], strict=False) if offset != after]


TEXTS = [
    "30 2 * * *",
    "*/20 1-3 * * *",
    "0 * * * *",
    "15 */2 * * *",
    "0,30 0 * * *",
    "*/7 * * * *",
    "59 23 * * 6,0",
    "0 0-23 * * *",
    "0 3 1-7 * 1",
]


def assert_like_the_oracle(text: str, zone: str, change: datetime) -> None:
    cron, place, after = Cron.parse(text), ZoneInfo(zone), change - timedelta(hours=30)
    until = change + timedelta(hours=36)
    expected = list(oracle(cron, place, after, until))
    assert list(slots(cron, place, after, until)) == expected, (text, zone, change)
    assert newest_slots(cron, place, after, until, 3) == tuple(expected[-3:])


@pytest.mark.parametrize(
    "zone",
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Asia/Gaza"],
)
def test_like_a_walk_over_every_minute(zone: str) -> None:
    changes = clock_changes(ZoneInfo(zone), date(2025, 1, 1), 1)
    assert changes
    for index, change in enumerate(changes[:4]):
        for text in TEXTS[index % 2 :: 2]:
            assert_like_the_oracle(text, zone, change)


@pytest.mark.nightly
@pytest.mark.timeout(5400)
def test_every_change_of_ten_years_in_every_zone() -> None:
    walked, seed = 0, random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for zone in sorted(available_timezones()):
        for change in clock_changes(ZoneInfo(zone), date(2016, 1, 1), 10):
            assert_like_the_oracle(chance.choice(TEXTS), zone, change)
            walked += 1
    assert walked > 1000


def field(low: int, high: int) -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    pair = st.tuples(number, number).map(sorted)
    step = st.integers(1, high - low + 1)
    item = st.one_of(
        number.map(str),
        pair.map(lambda ends: f"{ends[0]}-{ends[1]}"),
        st.tuples(pair, step).map(lambda parts: f"{parts[0][0]}-{parts[0][1]}/{parts[1]}"),
    )
    return st.one_of(st.just("*"), step.map(lambda n: f"*/{n}"), st.lists(item, min_size=1, max_size=3).map(",".join))


EXPRESSIONS = st.tuples(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6)).map(" ".join)
MOMENTS = st.integers(0, 10 * 366 * 24 * 60).map(lambda minutes: at("2020-01-01T00:00") + minutes * MINUTE)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu"])


@settings(max_examples=60, deadline=None)
@given(EXPRESSIONS, ZONES, MOMENTS)
def test_slots_grow_and_show_what_was_asked(text: str, name: str, after: datetime) -> None:
    cron, zone = Cron.parse(text), ZoneInfo(name)
    first = next_slot(cron, zone, after)
    assert first is not None
    assert first > after
    assert next_slot(cron, zone, first - timedelta(microseconds=1)) == first
    near = list(slots(cron, zone, first - MINUTE, first + 2 * DAY))
    assert near == sorted(set(near))
    assert newest_slots(cron, zone, after, first, 1) == (first,)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789*/-,@ajnmosu? \t", max_size=40))
def test_any_text_is_a_cron_or_a_value_error(text: str) -> None:
    cron = None
    with contextlib.suppress(ValueError):
        cron = Cron.parse(text)
    assert cron is None or next_slot(cron, UTC, at("2026-03-01T00:00")) is not None


@pytest.mark.parametrize("text", ["0 0 29 2 *", "0 * 29 2 *", "*/5 * 29 2 */7", "0 0 31 12 */7"])
def test_the_rarest_slots_take_bounded_work(text: str) -> None:
    cron = Cron.parse(text)
    assert next_slot(cron, ZoneInfo("Europe/Berlin"), at("2072-03-01T00:00")) is not None


def test_the_calendar_ends_without_an_error() -> None:
    end = datetime.max.replace(tzinfo=UTC)
    assert next_slot(Cron.parse("@yearly"), ZoneInfo("Pacific/Auckland"), end) is None
    assert next_slot(Cron.parse("@hourly"), ZoneInfo("Pacific/Auckland"), end) is None
    begin = datetime.min.replace(tzinfo=UTC)
    assert next_slot(Cron.parse("@yearly"), ZoneInfo("America/New_York"), begin) is not None


def test_the_newest_of_a_year_are_found_without_walking_the_year() -> None:
    cron = Cron.parse("* * * * *")
    until = at("2026-03-01T00:00")
    assert newest_slots(cron, UTC, until - 365 * DAY, until, 2) == (until - MINUTE, until)
    assert newest_slots(Cron.parse("@yearly"), UTC, until - 800 * DAY, until, 2) == (
        at("2025-01-01T00:00"),
        at("2026-01-01T00:00"),
    )
    assert newest_slots(cron, UTC, until, until, 2) == ()
