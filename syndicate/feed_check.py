"""Checking what a feed's documents are made of: each article once, and what lies around them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial

from syndicate.app import App
from syndicate.feeds.build import Build, frame
from syndicate.feeds.fragments import CheckFragment, shifted_behind
from syndicate.feeds.frames import Frames
from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.model.feed import Feed
from syndicate.model.finding import Finding, Severity
from syndicate.model.profile import Profile

_CHECK = Feed(id="check", title="Check", link="https://check.example/", description="Check", language="en", formats=())
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)


def checker(app: App) -> CheckFragment:
    """A function that checks one fragment as the only article of a document that is otherwise good.

    Its findings are kept, so they must not depend on the moment; no article is published before its time anyway.
    """
    # Dated after everything: no article may seem newer than the document it is in.
    envelope = Envelope(feed=_CHECK, publisher=app.publisher, self_url=_CHECK.link, updated=_LATEST, digest="")

    @cache
    def looking_in(name: str) -> Callable[[bytes], tuple[Finding, ...]]:
        # Rules are needed for what is rendered anew, not for what is joined.
        from syndicate.validate.part import check_item, frame_of

        return partial(check_item, frame_of(name, *frame(name, envelope)), now=_LATEST, schemas=app.schemas)

    def look(name: str, fragment: bytes, profile: Profile | None) -> Sequence[Finding]:
        found = plainly(name, fragment)
        if profile is None or not fragment:
            return found
        from syndicate.profiles.check import check_item as check_for

        around = frame(name, _listing(replace(envelope, feed=replace(_CHECK, profile=profile)), name, fragment))
        return (*found, *check_for(fragment, profile, head=around[0], tail=around[1]))

    def plainly(name: str, fragment: bytes) -> Sequence[Finding]:
        say = formats.listed(name)
        if say is None or not fragment:
            return looking_in(name)(fragment)
        from syndicate.validate.part import check_item, frame_of

        # The frame names the article, so no two articles have the same one.
        around = frame(name, _listing(envelope, name, fragment))
        return check_item(frame_of(name, *around), fragment, now=_LATEST, schemas=app.schemas)

    return look


def _listing(envelope: Envelope, name: str, fragment: bytes) -> Envelope:
    """The envelope of a document with that article alone."""
    say = formats.listed(name)
    return envelope if say is None else replace(envelope, listed=(say(fragment),))


def look_around(app: App, built: Build, frames: Frames) -> tuple[Finding, ...]:
    """What was found around the articles of this feed's document; asked once, since only its date changes.

    A list of files is made here, and no format has rules for it.
    """
    if formats.each(built.format) is not None:
        return ()
    numbers = _numbers(built)
    found = frames.around(built.format, built.envelope, bool(built.fragments), lambda: _check_frame(app, built))
    lines = sum(one.lines for one in built.fragments)
    return (*shifted_behind(found, built.head.count(b"\n"), lines), *numbers)


def _numbers(built: Build) -> tuple[Finding, ...]:
    """What the partner whom the feed is for says to so many items and bytes."""
    profile = built.envelope.feed.profile
    if profile is None:
        return ()
    from syndicate.profiles.check import check_numbers

    return check_numbers(profile, items=len(built.articles), size=built.size)


def _check_frame(app: App, built: Build) -> tuple[Finding, ...]:
    """What the rules find around the articles; the lines count as if there were none in between.

    A document that may be empty is checked so, another with its first article only. Its own date is a date like any
    other, so it is dated before all of them.
    """
    from syndicate.validate.run import check

    needed = 0 if formats.written_facts(built.format).ALLOWS_EMPTY else 1
    listed = built.envelope.listed[:needed]
    envelope = replace(built.envelope, updated=app.publisher.since, digest="", listed=listed, has_withdrawals=False)
    head, tail = frame(built.format, envelope)
    sample = next(built.bodies.data_of(built.fragments[:needed]), b"")
    before, lines = head.count(b"\n"), sample.count(b"\n")
    report = check(head + sample + tail, now=_LATEST, as_format=built.format, schemas=app.schemas)
    outside = [one for one in report.findings if not _is_inside(one, before, lines)]
    if built.envelope.feed.profile is not None:
        from syndicate.profiles.check import check_frame

        outside += shifted_behind(check_frame(head, tail, built.envelope.feed.profile), before, lines)
    return tuple(shifted_behind(outside, before + lines, -lines))


def _is_inside(finding: Finding, before: int, lines: int) -> bool:
    return finding.place.line is not None and before < finding.place.line <= before + lines


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of them keeps what it was found in from going out."""
    return any(one.severity is Severity.ERROR for one in findings)
