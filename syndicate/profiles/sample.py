"""Sample documents: what the partner of a profile would get from a made-up paper."""

from dataclasses import replace
from datetime import datetime

from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.model.article import Article
from syndicate.model.profile import Profile
from syndicate.profiles import stories
from syndicate.profiles.channel import frame
from syndicate.profiles.shape import shape

_FEWEST = 3


def sample(profile: Profile, now: datetime) -> bytes:
    """A document with as many items as the partner wants, shaped for him, the newest a few minutes old."""
    profile = _filled(profile)
    least = max(profile.limits.items_min or 0, profile.advice.items_min or 0, _FEWEST)
    found = _stories(profile, least, now)
    pieces = [_rendered(profile, one) for one in found]
    if formats.each(profile.format) is not None:
        return formats.alone(profile.format)(pieces[0])
    head, tail = _frame(profile, found, pieces)
    return head + formats.separator(profile.format).join(pieces) + tail


def sample_item(profile: Profile, now: datetime) -> bytes:
    """One item of such a document."""
    return _rendered(_filled(profile), _stories(profile, 1, now)[0])


def sample_frame(profile: Profile, now: datetime) -> tuple[bytes, bytes]:
    """What stands around the items of such a document."""
    profile = _filled(profile)
    found = _stories(profile, 1, now)
    return _frame(profile, found, [_rendered(profile, found[0])])


def _stories(profile: Profile, number: int, now: datetime) -> tuple[Article, ...]:
    """So many stories that have a place in the format, with a recording where they need one."""
    omits = formats.omits(profile.format)
    found = stories.stories(number, now)
    return tuple(stories.with_sound(one) if omits is not None and omits(one) else one for one in found)


def _frame(profile: Profile, found: tuple[Article, ...], pieces: list[bytes]) -> tuple[bytes, bytes]:
    listed = formats.listed(profile.format)
    envelope = Envelope(
        feed=stories.feed(profile.name),
        publisher=stories.PUBLISHER,
        self_url=f"https://feeds.harbour.example/{profile.name}/{formats.written_facts(profile.format).FILE_NAME}",
        updated=max(one.updated for one in found),
        digest="0" * 12,
        hubs=("https://hub.harbour.example/",),
        listed=() if listed is None else tuple(map(listed, pieces)),
    )
    return frame(profile, envelope)


def _rendered(profile: Profile, article: Article) -> bytes:
    shaped = shape(article, profile).article
    data = formats.renderer(profile.format).fragment(shaped, stories.PUBLISHER, profile.content)
    return data if data.endswith(b"\n") else data + b"\n"


def _filled(profile: Profile) -> Profile:
    """The profile with something in the place of what a newsroom has to fill in."""
    return replace(profile, values=tuple((name, text or stories.value(name)) for name, text in profile.values))
