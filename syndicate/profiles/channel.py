"""The frame of a partner's document: the format's own, with the namespaces and elements that his profile adds to it."""

import re
from collections.abc import Mapping

from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.markup.dates import rfc822, rfc3339
from syndicate.markup.escape import attribute, escape
from syndicate.markup.places import parse_places
from syndicate.markup.xml import clean
from syndicate.model.profile import Profile
from syndicate.profiles.places import PREFIXES

# Formats into whose frame elements can be put, whatever their variant.
_DRESSED = ("rss", "atom")
NAMED = re.compile(r"\{([^}]*)\}")
_ROOT = re.compile(rb"<(?:rss|feed)(?=[\s>])")


def is_dressed(format_name: str) -> bool:
    """Whether elements can be put into the frame of what is written under that name."""
    return formats.format_of(format_name) in _DRESSED


def frame(profile: Profile, envelope: Envelope) -> tuple[bytes, bytes]:
    """What stands before and after the items; what stands before ends with a line break.

    An element whose text or attribute names something empty is left out.
    """
    head, tail = formats.renderer(profile.format).frame(envelope)
    head = head if head.endswith(b"\n") else head + b"\n"
    return (_dressed(profile, envelope, head, tail), tail) if is_dressed(profile.format) else (head, tail)


def _dressed(profile: Profile, envelope: Envelope, head: bytes, tail: bytes) -> bytes:
    known = _values(profile, envelope)
    written = "".join(_element(path, text, known) for path, text in profile.write)
    prefixes = {**PREFIXES, **dict(profile.namespaces)}
    used = {*re.findall(r"</?([A-Za-z_][\w.-]*):", written), *(prefix for prefix, _ in profile.namespaces)}
    document = parse_places(head + tail)
    declared = document.root.namespaces if document.root is not None else {}
    fresh = "".join(
        f' xmlns:{prefix}="{attribute(prefixes[prefix])}"'
        for prefix in sorted(used)
        if prefix not in declared and prefixes[prefix] not in declared.values()
    )
    at = _ROOT.search(head)
    if at is None:
        return head
    opened = head[: at.end()] + fresh.encode() + head[at.end() :]
    return opened[:-1] + written.encode() + b"\n"


def _values(profile: Profile, envelope: Envelope) -> Mapping[str, str]:
    feed, is_atom = envelope.feed, profile.format == "atom"
    return {
        "updated": rfc3339(envelope.updated) if is_atom else rfc822(envelope.updated),
        "title": feed.title,
        "link": feed.link,
        "description": feed.description,
        "language": feed.language,
        "publisher": envelope.publisher.name,
        "self": envelope.self_url,
        **dict(profile.values),
    }


def _element(path: str, text: str, known: Mapping[str, str]) -> str:
    if any(not known.get(name) for name in NAMED.findall(text)):
        return ""
    elements, _, name = path.partition("@")
    *outer, last = elements.split("/")
    filled = clean(NAMED.sub(lambda found: known[found[1]], text))
    made = f'<{last} {name}="{attribute(filled)}"/>' if name else f"<{last}>{escape(filled)}</{last}>"
    for step in reversed(outer):
        made = f"<{step}>{made}</{step}>"
    return made
