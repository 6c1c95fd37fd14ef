"""From and until when an entry of a feed may be shown: whatever says so decides what goes out, and is never guessed."""

import re
from collections.abc import Iterator
from datetime import datetime

from syndicate.markup.feed_read import Story, Unreadable
from syndicate.markup.feed_read_dates import NoTime, exact_moment, moment
from syndicate.markup.xml import Node

# All versions of PRISM, and its parts: the usage rights have the two dates too.
_PRISM = re.compile(r"https?://(?:www\.)?prismstandard\.org/namespaces/")
_EMBARGO = "embargo"
_EXPIRES = "expirationdate"
_NONE = frozenset({"", "no", "false", "none", "0", "null"})


def is_prism(namespace: str) -> bool:
    """Whether the namespace is one of PRISM."""
    return _PRISM.match(namespace) is not None


def take_release(story: Story, entry: Node) -> None:
    """Set the embargo and the expiry of the story. No format of feeds has an embargo: others' words for it are taken.

    Unreadable for one that cannot be read.
    """
    story.embargo = max((_embargo(text, name) for name, text in _stated(entry)), default=None)
    stated = (one for one in entry.children if is_prism(one.namespace) and one.local.lower() == _EXPIRES)
    story.expires = min((_expiry(text) for one in stated if (text := one.all_text().strip())), default=None)


def says_release(node: Node) -> bool:
    """Whether the element is one that `take_release` takes."""
    return _EMBARGO in node.local.lower() or (is_prism(node.namespace) and node.local.lower() == _EXPIRES)


def _stated(entry: Node) -> Iterator[tuple[str, str]]:
    """What is called an embargo, in the entry or in an extension of a JSON Feed, and its text."""
    for child in entry.children:
        inner = child.children if child.local.startswith("_") else ()
        for one in (child, *inner):
            text = one.all_text().strip()
            if _EMBARGO in one.local.lower() and text.lower() not in _NONE:
                yield one.local, text


def _embargo(text: str, name: str) -> datetime:
    try:
        return exact_moment(text)
    except NoTime as error:
        reason = f"{name}: {error}; it decides what goes out, so write it as 2026-03-02T06:00:00+01:00"
        raise Unreadable(reason) from None


def _expiry(text: str) -> datetime:
    try:
        return moment(text)[0]
    except NoTime as error:
        raise Unreadable(f"expires: {error}; it decides what goes out") from None
