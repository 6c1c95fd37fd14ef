"""When a cron expression comes due in a time zone, as instants in UTC. Pure: the same answer at any time, anywhere.

A time on the dial is due at the first instant at which the zone's clock has reached it. So a time that the clock jumps
over in spring is due at the end of the gap, once, and a time that it shows twice in autumn is due in the first pass.
A schedule whose hour field begins with `*` follows the hours that pass instead: it is due whenever the clock shows a
time of it, in both passes, and never in a gap.
"""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from syndicate.model.cron import Cron

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# 29 February on a given weekday may be 40 years away (over 2100); nothing that parses is further.
_HORIZON = timedelta(days=366 * 41)
_EARLIEST = datetime(1, 1, 5, tzinfo=UTC)
_LATEST = datetime(9999, 11, 28, tzinfo=UTC)
_LOOK_BACK = (_HOUR, _DAY, 32 * _DAY, 366 * _DAY, _HORIZON)


def slots(cron: Cron, zone: tzinfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The instants at which `cron` is due in `zone`, in order: after `after`, up to and with `until`."""
    after = min(max(after.astimezone(UTC), _EARLIEST), _LATEST)
    until = min(until.astimezone(UTC), _LATEST)
    found = _by_elapsed_time(cron, zone, after, until) if cron.elapsed else _by_the_dial(cron, zone, after, until)
    last = after
    for slot in found:
        if slot > until:
            return
        if slot > last:
            yield slot
            last = slot


def next_slot(cron: Cron, zone: tzinfo, after: datetime) -> datetime | None:
    """The first instant after `after` at which `cron` is due; None only where the calendar ends."""
    horizon = min(after.astimezone(UTC), _LATEST - _HORIZON) + _HORIZON
    return next(slots(cron, zone, after, horizon), None)


def newest_slots(cron: Cron, zone: tzinfo, after: datetime, until: datetime, count: int) -> tuple[datetime, ...]:
    """The last `count` slots (or fewer) of those after `after` and up to `until`, in order.

    Looks back from `until` in widening steps, so that a year away does not cost a walk over half a million minutes.
    """
    found: tuple[datetime, ...] = ()
    for span in _LOOK_BACK:
        start = max(after, max(until, _EARLIEST + _HORIZON) - span)
        found = tuple(deque(slots(cron, zone, start, until), maxlen=count))
        if len(found) == count or start == after:
            break
    return found


def _by_the_dial(cron: Cron, zone: tzinfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The slots of fixed hours; may begin before `after`, and name an instant more than once."""
    # Two days back: a zone that crosses the date line leaves out a whole day, whose times are due at its end.
    first = after.astimezone(zone).date() - 2 * _DAY
    for day in _days(cron, first, until.astimezone(zone).date()):
        for hour in cron.hours:
            for minute in cron.minutes:
                yield _reached(zone, datetime.combine(day, time(hour, minute)))


def _days(cron: Cron, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if cron.is_due_on(day):
            yield day
        day = day + _DAY if day.month in cron.months else _next_month(day)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + 32 * _DAY).replace(day=1)


def _by_elapsed_time(cron: Cron, zone: tzinfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """The slots of every hour or every n hours: a walk over the minutes that leaps over idle days and hours."""
    moment = after.replace(second=0, microsecond=0) + _MINUTE
    while moment <= until:
        dial = moment.astimezone(zone).replace(tzinfo=None)
        if not cron.is_due_on(dial.date()):
            moment = _skip(zone, moment, dial, datetime.combine(dial.date() + _DAY, time()))
        elif dial.hour not in cron.hours:
            moment = _skip(zone, moment, dial, dial.replace(minute=0, second=0, microsecond=0, fold=0) + _HOUR)
        else:
            if dial.minute in cron.minutes:
                yield moment
            moment += _MINUTE


def _skip(zone: tzinfo, moment: datetime, dial: datetime, target: datetime) -> datetime:
    """The instant of `target`, or just the next minute where the clock is changed on the way.

    A clock that goes back over midnight shows the day before again, which a leap to the next day would miss.
    """
    instant = _reached(zone, target)
    return instant if instant - moment == target - dial else moment + _MINUTE


def _reached(zone: tzinfo, dial: datetime) -> datetime:
    """The first instant at which the zone's clock shows `dial` or later."""
    early, late = sorted(dial.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late or early.astimezone(zone).replace(tzinfo=None, fold=0) == dial:
        return early
    # In a gap, both readings miss `dial` and the change lies between them (PEP 495): halve until it is found.
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).replace(tzinfo=None) < dial:
            early = middle
        else:
            late = middle
    return late
