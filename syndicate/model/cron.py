"""Cron expressions as cron means them: POSIX crontab with the names, steps and day rule of Vixie cron.

When an expression comes due is a question of `slots.py`; here stands only what its text says.
"""

import re
from dataclasses import dataclass
from datetime import date

_WORDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBER = re.compile(r"[0-9]{1,4}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        names = f" or {self.names[0]}-{self.names[-1]}" if self.names else ""
        return f"allowed: {self.low}-{self.high}{names}, `*`, lists `a,b`, ranges `a-b`, steps `*/n` and `a-b/n`"


_FIELDS = (
    _Field(name="minute", low=0, high=59),
    _Field(name="hour", low=0, high=23),
    _Field(name="day of month", low=1, high=31),
    _Field(name="month", low=1, high=12, names=_MONTHS),
    _Field(name="day of week", low=0, high=7, names=_WEEKDAYS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """One cron expression, parsed; each field as its values in order, weekdays from 0 for Sunday to 6.

    `any_day` and `any_weekday`: that field begins with `*`, so it does not widen the other one (crontab(5), day rule).
    `elapsed`: the hour field begins with `*`, so the schedule follows the hours that pass, not the ones on the dial.
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    any_day: bool
    any_weekday: bool
    elapsed: bool

    @classmethod
    def parse(cls, text: str) -> "Cron":
        """The expression, or ValueError that says which field is wrong and what is allowed there."""
        parts = _parts(text)
        minutes, hours, days, months, weekdays = map(_values, _FIELDS, parts)
        cron = cls(
            text=text.strip(),
            minutes=minutes,
            hours=hours,
            days=days,
            months=months,
            weekdays=tuple(sorted({day % 7 for day in weekdays})),
            any_day=parts[2].startswith("*"),
            any_weekday=parts[4].startswith("*"),
            elapsed=parts[1].startswith("*"),
        )
        if cron.any_weekday and days[0] > max(_LONGEST[month - 1] for month in months):
            raise ValueError(f"{text!r} never comes: no month it names has a day {days[0]}")
        return cron

    def is_due_on(self, day: date) -> bool:
        """Whether any of its times fall on that day: both day fields must hold, or either when neither has a `*`."""
        if day.month not in self.months:
            return False
        in_month, in_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return in_month and in_week
        return in_month or in_week


def _parts(text: str) -> list[str]:
    """The five fields in lower case, a word such as `@daily` written out."""
    if text.strip().startswith("@"):
        word = text.strip().lower()
        if word not in _WORDS:
            raise ValueError(f"{text!r} is not a schedule; the words are {', '.join(_WORDS)}")
        return _WORDS[word].split()
    parts = text.lower().split()
    if len(parts) != len(_FIELDS):
        order = ", ".join(field.name for field in _FIELDS)
        raise ValueError(f"{text!r} has {len(parts)} fields; cron wants 5: {order}")
    return parts


def _values(field: _Field, text: str) -> tuple[int, ...]:
    """The values of one field, sorted and without repeats."""
    return tuple(sorted({value for item in text.split(",") for value in _item(field, item)}))


def _item(field: _Field, text: str) -> range:
    """The values of one member of a field's list."""
    span, slash, step = text.partition("/")
    first, dash, last = span.partition("-")
    if span == "*":
        low, high = field.low, field.high
    else:
        low = _number(field, first, text)
        high = _range_end(field, low, last, text) if dash else low
    if not slash:
        return range(low, high + 1)
    if span != "*" and not dash:
        raise _wrong(field, text, f"a step needs a range, e.g. {low}-{field.high}/{step or 2}")
    return range(low, high + 1, _step(field, step, text))


def _range_end(field: _Field, low: int, last: str, text: str) -> int:
    """The end of a range; `sat-sun` ends with Sunday as day 7."""
    high = 7 if last == "sun" and low > 0 else _number(field, last, text)
    if high < low:
        raise _wrong(field, text, f"the range ends before it begins; write {low}-{_last(field)},{field.low}-{high}")
    return high


def _last(field: _Field) -> int:
    return 6 if field.names is _WEEKDAYS else field.high


def _step(field: _Field, step: str, text: str) -> int:
    """The step; one that is longer than the field would not mean what it says (`*/90` is not every 90 minutes)."""
    longest = _last(field) - field.low + 1
    if not _NUMBER.match(step) or not 1 <= int(step) <= longest:
        raise _wrong(field, text, f"a step is a number from 1 to {longest}")
    return int(step)


def _number(field: _Field, word: str, text: str) -> int:
    if word in field.names:
        return field.names.index(word) + (1 if field.names is _MONTHS else 0)
    if not _NUMBER.match(word):
        raise _wrong(field, text, f"{word!r} is not a value" if word else "a value is missing")
    if not field.low <= int(word) <= field.high:
        raise _wrong(field, text, f"{int(word)} is out of bounds")
    return int(word)


def _wrong(field: _Field, text: str, problem: str) -> ValueError:
    return ValueError(f"{field.name} {text!r}: {problem} ({field.allowed})")
