"""An entry, or a feed without entries, as our renderer writes it, proved good in one pass (see `markup/proof.py`)."""

from functools import cache
from re import Pattern

from syndicate.formats.atom import names as n
from syndicate.formats.base import Proof
from syndicate.markup.namespaces import media
from syndicate.markup.namespaces.media_proof import PREFIX as MEDIA_PREFIX
from syndicate.markup.namespaces.media_proof import is_sound_media
from syndicate.markup.proof import (
    FILLED,
    FILLED_VALUE,
    LANGUAGE,
    MAIL,
    MEDIA_TYPE,
    NEWSML_NAME,
    NUMBER,
    PLAIN_VALUE,
    TAG,
    TIME,
    WEB,
    attribute,
    compiled,
    constant,
    either,
    element,
    empty,
    is_language,
    is_short,
    is_sound,
    is_sound_html,
    many,
    maybe,
    named,
)
from syndicate.markup.value_dates import is_past
from syndicate.markup.xml import DECLARATION, Node

_PREFIXES = {"": n.NAMESPACE, MEDIA_PREFIX: media.NS}
_END_OF_CONTENT = b"</content>"
_END = b"</entry>"


def proof(owner: Node) -> Proof | None:
    """What proves entries good that stand alone in that element: a feed with an author and the usual prefixes."""
    bound = all(owner.namespaces.get(prefix) == uri for prefix, uri in _PREFIXES.items())
    is_feed = owner.name == n.FEED and owner.parent is None
    return is_good if is_feed and bound and owner.find(n.AUTHOR) is not None and owner.find(n.ENTRY) is None else None


def is_good(data: bytes, today: str) -> bool:
    """Whether the rules certainly find nothing in the entry, on that day (`2026-03-04`)."""
    head, entry = _before().match(data), data.rstrip(b"\n")
    if head is None or not is_short(data) or not entry.endswith(_END):
        return False
    start = at = head.end()
    if head["html"]:
        at = data.find(b"<", start)
        if not data.startswith(_END_OF_CONTENT, at):
            return False
    after = _after(bool(head["html"] or head["text"]))
    tail = after.match(data, at + len(_END_OF_CONTENT) if head["html"] else at)
    if tail is None or not is_sound(data[:start] + data[at : tail.end()]) or not is_language(head["language"]):
        return False
    if not is_sound_html(data[start:at]) or not is_sound_media(entry[tail.end() : -len(_END)]):
        return False
    return is_past(head["updated"].decode(), today) and is_past(tail["published"].decode(), today)


def is_good_feed(data: bytes, today: str) -> bool:
    """Whether the document is a feed of ours without entries in which the rules certainly find nothing, on that day."""
    found = _feed().fullmatch(data)
    if found is None or not is_short(data) or not is_sound(data):
        return False
    return is_past(found["updated"].decode(), today) and is_language(found["language"])


@cache
def _feed() -> Pattern[bytes]:
    prefixes = attribute(f"xmlns:{MEDIA_PREFIX}", constant(media.NS)) + attribute("xmlns", constant(n.NAMESPACE))
    return compiled(
        constant(DECLARATION.decode()),
        f"<feed{prefixes}{attribute('xml:lang', named('language', LANGUAGE))}>",
        element(n.ID, either(NEWSML_NAME, TAG)),
        element(n.TITLE_ELEMENT, FILLED),
        element(n.UPDATED, named("updated", TIME)),
        element(n.AUTHOR, element(n.NAME, f"(?![^<@]*+@){FILLED}")),
        _link("self", attribute("type", constant(n.MEDIA_TYPE))),
        many(_link("hub")),
        _link("alternate"),
        element(n.GENERATOR, FILLED),
        maybe(element(n.RIGHTS, FILLED)),
        element(n.SUBTITLE, FILLED),
        r"\n</feed>\n",
    )


def _person(name: str) -> str:
    without_mail = f"(?![^<@]*+@){FILLED}"
    return many(element(name, element(n.NAME, without_mail) + maybe(element(n.EMAIL, MAIL))))


@cache
def _before() -> Pattern[bytes]:
    """What stands before the content."""
    language = named("language", LANGUAGE)
    return compiled(
        f'<entry xml:lang="{language}">',
        element(n.ID, either(NEWSML_NAME, TAG)),
        element(n.TITLE_ELEMENT, FILLED),
        element(n.UPDATED, named("updated", TIME)),
        _person(n.AUTHOR),
        maybe(named("html", '<content type="html">(?=&lt;)')),
        maybe(named("text", element(n.CONTENT, FILLED, attribute("type", "text")))),
    )


@cache
def _after(has_content: bool) -> Pattern[bytes]:
    """What stands between content and media. Without content, an entry needs link and summary (RFC 4287 §4.1.2)."""
    alternate = _link("alternate")
    enclosure = _link(
        "enclosure",
        attribute("type", MEDIA_TYPE) + maybe(attribute("title", FILLED_VALUE)) + maybe(attribute("length", NUMBER)),
    )
    summary = element(n.SUMMARY, FILLED)
    scheme = attribute("scheme", either(NEWSML_NAME, TAG, WEB))
    label = attribute("label", PLAIN_VALUE)
    return compiled(
        maybe(alternate) if has_content else alternate,
        many(_link("related")),
        maybe(enclosure),
        maybe(summary) if has_content else summary,
        many(empty(n.CATEGORY, attribute("term", FILLED_VALUE) + maybe(scheme) + maybe(label))),
        _person(n.CONTRIBUTOR),
        element(n.PUBLISHED, named("published", TIME)),
        maybe(element(n.RIGHTS, FILLED)),
    )


def _link(relation: str, rest: str = "") -> str:
    return empty(n.LINK, attribute("href", WEB) + attribute("rel", constant(relation)) + rest)
