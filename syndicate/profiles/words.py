"""The bounds of a profile in words for people: one sentence each, made from the same values that are checked."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from syndicate.model.profile import Limits, Profile

_SENTENCES = {
    "title_min": "titles have at least {} characters",
    "title_max": "titles have at most {} characters",
    "description_min": "summaries have at least {} characters",
    "description_max": "summaries have at most {} characters",
    "body_min": "texts have at least {} characters",
    "body_max": "texts have at most {} characters",
    "body_words": "texts have at least {} words",
    "body_depth": "elements stand at most {} deep inside each other",
    "items_min": "items of a document: at least {}",
    "items_max": "items of a document: at most {}",
    "document_max": "a document has at most {}",
    "channel_description_max": "the channel's description has at most {} characters",
    "image_width": "pictures are at least {} pixels wide",
    "image_height": "pictures are at least {} pixels high",
    "image_side": "the shorter side of a picture has at least {} pixels",
    "image_max": "picture files have at most {}",
    "image_types": "pictures are of the types {}",
    "images_min": "pictures of an item: at least {}",
    "enclosures_max": "enclosures of an item: at most {}",
    "age": "items are no older than {}",
    "past": "items are not dated in the future",
    "https": "links and media are reached by https",
    "utf8": "the document is in UTF-8",
    "canonical": "links have no campaign parameters",
    "plain": "no markup in {}",
}
_BYTES = frozenset({"document_max", "image_max"})


def sentences(limits: Limits) -> Iterator[tuple[str, str]]:
    """The name of each bound that says something, and its sentence."""
    for name in limits.stated():
        yield name, _SENTENCES[name].format(_said(name, getattr(limits, name)))


def of_markup(profile: Profile) -> Iterator[tuple[str, str, str]]:
    """What may stand in texts: a heading, the bound's name and what there is to say."""
    markup = profile.markup
    if markup.elements is not None:
        yield "elements", "markup.elements", ", ".join(markup.elements)
    if markup.attributes is not None:
        yield "attributes", "markup.attributes", "; ".join(f"{name}: {', '.join(of)}" for name, of in markup.attributes)
    if markup.banned:
        yield "never", "markup.banned", ", ".join(markup.banned)
    if markup.schemes:
        yield "links", "markup.schemes", ", ".join(f"{one}:" for one in markup.schemes)
    players = f"players of {', '.join(markup.frame_hosts)}" if markup.frame_hosts else "none"
    yield "frames", "markup.frame_hosts", players
    yield "embeds", "", {"keep": "stay", "link": "become links", "drop": "are left out"}[markup.embeds]
    related = {"keep": "stay", "drop": "are left out"}[markup.related]
    yield "lines to other stories", "markup.related", related
    others = {"keep": "stay", "unlink": "become plain text"}[markup.other_hosts]
    yield "links to other sites", "markup.other_hosts", others
    yield "addresses", "addresses", "full ones, everywhere"


def _said(name: str, value: Any) -> str:
    if name in _BYTES:
        return size(value)
    if isinstance(value, timedelta):
        hours = value // timedelta(hours=1)
        return f"{value.days} days" if value >= timedelta(days=2) else f"{hours} hours"
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:,}".replace(",", " ")


def size(number: int) -> str:
    """Bytes as people say them: `10 MB` of 1024 times 1024."""
    for unit, of in (("MB", 1024 * 1024), ("kB", 1024)):
        if number >= of:
            return f"{number / of:.1f}".removesuffix(".0") + f" {unit}"
    return f"{number} bytes"
