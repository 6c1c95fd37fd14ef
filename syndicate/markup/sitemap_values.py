"""Kinds of values that only sitemaps have, with their rules."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.sitemap import LONGEST_ADDRESS
from syndicate.markup.structure import Flaw, Value, by_text_alone, shown
from syndicate.markup.value_addresses import web
from syndicate.markup.value_dates import FUTURE
from syndicate.markup.values import both, matches, one_of, within

SPEC = "Sitemaps XML format (sitemaps.org)"
NEWS_SPEC = "Google, news sitemaps"
VIDEO_SPEC = "Google, video sitemaps"
rules = RuleSet("sitemap", "news-sitemap", "video-sitemap")

DATE = rules.state(
    "sitemap.date.invalid", severity=ERROR, spec=f"{SPEC}; W3C Date and Time Formats",
    summary="dates are a day, or a time with its offset", why="Crawlers ignore the date, or all of it.")  # fmt: skip
LOC_LENGTH = rules.state(
    "sitemap.loc.too-long", severity=ERROR, spec=SPEC, summary="addresses have fewer than 2,048 characters",
    why="Crawlers skip the page.")  # fmt: skip
FREQUENCY = rules.state(
    "sitemap.changefreq.unknown", severity=ERROR, spec=SPEC, summary="the frequency is one of seven words",
    why="Strict crawlers refuse the sitemap.")  # fmt: skip
PRIORITY = rules.state(
    "sitemap.priority.range", severity=ERROR, spec=SPEC, summary="priorities go from 0.0 to 1.0",
    why="Strict crawlers refuse the sitemap.")  # fmt: skip
LANGUAGE = rules.state(
    "news-sitemap.language.invalid", severity=ERROR, spec=f"{NEWS_SPEC}, news:language",
    summary="the language is one of two or three letters, or zh-cn or zh-tw",
    why="Google drops the article: en-GB is not taken for en.")  # fmt: skip
BRACKETS = rules.state(
    "news-sitemap.name.brackets", severity=WARNING, spec=f"{NEWS_SPEC}, news:name",
    summary="the publication's name has nothing in brackets",
    why="Google knows publications by the name without; another one is not recognised.")  # fmt: skip
ACCESS = rules.state(
    "news-sitemap.access.unknown", severity=ERROR, spec=f"{NEWS_SPEC}, news:access",
    summary="access is Subscription or Registration, or is not there", why="The schema has no other word.")  # fmt: skip
DURATION = rules.state(
    "video-sitemap.duration.range", severity=ERROR, spec=f"{VIDEO_SPEC}, video:duration",
    summary="durations are from 1 to 28,800 seconds", why="Google drops the video.")  # fmt: skip
TITLE = rules.state(
    "video-sitemap.title.too-long", severity=WARNING, spec=f"{VIDEO_SPEC}, video:title",
    summary="titles of videos have at most 100 characters", why="The official schema allows no more.")  # fmt: skip
DESCRIPTION = rules.state(
    "video-sitemap.description.too-long", severity=ERROR, spec=f"{VIDEO_SPEC}, video:description",
    summary="descriptions of videos have at most 2,048 characters", why="Google drops the video.")  # fmt: skip
YES_NO = rules.state(
    "video-sitemap.word.yes-no", severity=ERROR, spec=VIDEO_SPEC, summary="yes-or-no values are `yes` or `no`",
    why="The schema has no other word.")  # fmt: skip
RATING = rules.state(
    "video-sitemap.rating.range", severity=ERROR, spec=f"{VIDEO_SPEC}, video:rating",
    summary="ratings go from 0.0 to 5.0", why="Google ignores others.")  # fmt: skip
RELATIONSHIP = rules.state(
    "video-sitemap.relationship.unknown", severity=ERROR, spec=f"{VIDEO_SPEC}, video:restriction, video:platform",
    summary="a restriction allows or denies", why="The video may be shown where it must not.")  # fmt: skip
COUNTRIES = rules.state(
    "video-sitemap.restriction.countries", severity=ERROR, spec=f"{VIDEO_SPEC}, video:restriction; ISO 3166",
    summary="countries are two capital letters each, with spaces between",
    why="The video may be shown where it must not.")  # fmt: skip

_FREQUENCIES = ("always", "hourly", "daily", "weekly", "monthly", "yearly", "never")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?\Z", re.ASCII)
_TOLERANCE = timedelta(days=1)
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def moment(text: str) -> datetime | None:
    """The moment, of a day its beginning in UTC; None for what is no date of a sitemap."""
    text = text.strip()
    if not _DATE.match(text):
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def date(value: Value, run: Run) -> Iterator[Flaw]:
    """A day, or a time with its offset; not in the future."""
    found = moment(value.text)
    if found is None:
        yield DATE, f"{value.where} must be a date like 2026-03-04 or 2026-03-04T12:00:00Z, not {shown(value.text)}"
    elif found - _TOLERANCE > run.now:
        yield FUTURE, f"{value.where} lies in the future: {shown(value.text)}"


def later_date(value: Value, run: Run) -> Iterator[Flaw]:
    """A day, or a time with its offset."""
    if moment(value.text) is None:
        yield from date(value, run)


@by_text_alone
def _short(value: Value, run: Run) -> Iterator[Flaw]:
    if len(value.text.strip()) > LONGEST_ADDRESS:
        yield LOC_LENGTH, f"{value.where} has {len(value.text.strip())} characters; at most {LONGEST_ADDRESS} are read"


@by_text_alone
def name(value: Value, run: Run) -> Iterator[Flaw]:
    """The name of a publication."""
    if found := _IN_BRACKETS.search(value.text):
        yield BRACKETS, f"{value.where}: leave out {shown(found[0])}"


@by_text_alone
def _seconds(value: Value, run: Run) -> Iterator[Flaw]:
    text = value.text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= 28_800):
        yield DURATION, f"{value.where} must be whole seconds from 1 to 28800, not {shown(text)}"


seconds = _seconds
loc = both(web, _short)
frequency = one_of(_FREQUENCIES, FREQUENCY)
priority = within(PRIORITY, 0, 1)
news_language = matches(LANGUAGE, r"zh-cn|zh-tw|[a-z]{2,3}", "two or three letters, zh-cn or zh-tw")
access = one_of(("Subscription", "Registration"), ACCESS)
rating = within(RATING, 0, 5)
yes_no = one_of(("yes", "no"), YES_NO, any_case=True)
relationship = one_of(("allow", "deny"), RELATIONSHIP)
countries = matches(COUNTRIES, r"([A-Z]{2}(\s+[A-Z]{2})*)?", "country codes like GB US")
