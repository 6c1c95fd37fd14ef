"""A news item as our renderer writes it, proved good in one pass (see `markup/proof.py`)."""

import re
from functools import cache, partial

from syndicate.formats.base import Proof
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.payload_proof import PAYLOAD, words_of
from syndicate.markup.proof import (
    LANGUAGE,
    MEDIA_TYPE,
    PLAIN,
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
    many,
    maybe,
    named,
)
from syndicate.markup.xml import XML_NAMESPACE, Node

_OURS = f"{{{n.NAMESPACE}}}"
_LANG = f"{{{XML_NAMESPACE}}}lang"
# Whatever the text, it says something. Headlines are looked at more closely: no markup may stand in them.
_TEXT = "[^<]++"
_LINE = r"[^<\t\n\r]++"
_VALUE = r"[\x00-!#-;=-\xff]*+"
_FULL = r"[\x00-!#-;=-\xff]++"
CODE = "[!#-%'-;=?-~]++"
"""What stands behind the colon of a qcode."""
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot);)")
_is_time = re.compile(TIME).fullmatch


def proof(owner: Node) -> Proof | None:
    """What proves items good that stand alone in that element: the itemSet of a message that says when it was sent.

    The element holds nothing yet but the place for an item.
    """
    message = owner.parent
    if owner.name != f"{_OURS}{n.ITEM_SET}" or message is None or message.name != f"{_OURS}{n.NEWS_MESSAGE}":
        return None
    header = message.find(f"{_OURS}{n.HEADER}")
    sent = header.find(f"{_OURS}{n.SENT}") if header is not None else None
    is_alone = message.parent is None and len(list(owner.children)) == 1
    if sent is None or not _is_time(sent.text) or not is_alone:
        return None
    return partial(is_good, sent=sent.text)


def is_good(data: bytes, today: str, *, sent: str | None = None) -> bool:
    """Whether the rules certainly find nothing in the item, on that day (`2026-03-04`), in a message sent then."""
    found = _item().fullmatch(data)
    if found is None or not is_short(data) or not is_sound(data) or _ENTITY.search(data):
        return False
    stated, language, made = found["words"], found["language"], found["made"].decode()
    if stated is not None and int(stated) != words_of(found["text"]):
        return False
    if language is not None and not is_language(language):
        return False
    return found["first"].decode() <= made < today and (sent is None or made <= sent)


@cache
def _item() -> re.Pattern[bytes]:
    attributes = (
        attribute("xmlns", constant(n.NAMESPACE)),
        attribute("standard", n.STANDARD),
        attribute("standardversion", either(*map(constant, (n.STANDARD_VERSION, *n.OLDER_VERSIONS)))),
        attribute("conformance", n.CONFORMANCE),
        attribute("guid", either(TAG, r"urn:newsml:[A-Za-z0-9.-]++:[0-9]{8}:[A-Za-z0-9:._-]++", WEB)),
        attribute("version", "[1-9][0-9]*+"),
        maybe(attribute("xml:lang", named("language", LANGUAGE))),
    )
    parts = (_catalogs(), maybe(_rights()), _item_meta(), _content_meta(), _content_set())
    return compiled(element(n.NEWS_ITEM, r"\n" + "".join(parts), "".join(attributes)), r"\n*+")


def _line(*pieces: str) -> str:
    return "".join(pieces) + r"\n"


def _lines(name: str, *lines: str, attributes: str = "") -> str:
    """An element with children on lines of their own, or without any."""
    return _line(either(element(name, r"\n" + "".join(lines), attributes), empty(name, attributes)))


def _text(name: str, text: str = _TEXT, attributes: str = "") -> str:
    return _line(element(name, text, attributes))


def _value(name: str) -> str:
    return attribute(name, _VALUE)


_ALIASES = tuple(f"alias{number}" for number in range(7))
_NAMED = _text(n.NAME, _LINE)


def _qcode(name: str = "qcode") -> str:
    """A code of IPTC's topics, or of a scheme that the item declares."""
    known = ("medtop:", "subj:", *(f"(?P={alias}):" for alias in _ALIASES))
    return attribute(name, either(*known) + CODE)


def _catalogs() -> str:
    schemes = (
        maybe(_line(empty(n.SCHEME, attribute("alias", _new(number)) + attribute("uri", WEB))))
        for number in range(len(_ALIASES))
    )
    iptc = _line(empty(n.CATALOG_REF, attribute("href", constant(n.IPTC_CATALOG))))
    return iptc + maybe(_line(element(n.CATALOG, r"\n" + "(?=<)" + "".join(schemes))))


def _new(number: int) -> str:
    """An alias that is none of those before it, and no retired one."""
    taken = "".join(f'|(?P={before})"' for before in _ALIASES[:number])
    return rf'(?!ctrol"|isrol"{taken}){named(_ALIASES[number], "[A-Za-z_][A-Za-z0-9._-]*+")}'


def _rights() -> str:
    identity = either(_value("uri"), _value("literal"))
    return _lines(
        n.RIGHTS_INFO,
        maybe(_lines(n.COPYRIGHT_HOLDER, _NAMED, attributes=identity)),
        maybe(_text(n.COPYRIGHT_NOTICE)),
        maybe(_text(n.USAGE_TERMS)),
    )


def _item_meta() -> str:
    status = attribute("qcode", "stat:" + either(*sorted(n.STATUSES)))
    return _line(
        element(
            n.ITEM_META,
            "".join(
                (
                    r"\n",
                    _line(empty(n.ITEM_CLASS, attribute("qcode", "ninat:text"))),
                    _lines(n.PROVIDER, _NAMED, attributes=_value("uri")),
                    _text(n.VERSION_CREATED, named("made", TIME)),
                    _text(n.FIRST_CREATED, named("first", TIME)),
                    _line(empty(n.PUB_STATUS, status)),
                    _text(n.GENERATOR, _LINE, attributes=_value("versioninfo")),
                    many(_lines(n.SERVICE, _NAMED, attributes=_qcode())),
                    maybe(_text(n.ITEM_TITLE)),
                    many(_text(n.ED_NOTE, attributes=maybe(_qcode("role")))),
                    maybe(_line(empty(n.SIGNAL, attribute("qcode", f"sig:{CODE}")))),
                    maybe(_text(n.ALT_REP, attributes=attribute("contenttype", MEDIA_TYPE))),
                    maybe(_text(n.EXPIRES, TIME)),
                    many(_link()),
                )
            ),
        )
    )


_FILE = "".join(
    (
        either(attribute("href", _FULL), attribute("hascontent", "false")),
        attribute("contenttype", MEDIA_TYPE),
        maybe(attribute("rendition", f"rnd:{CODE}")),
        *(maybe(attribute(name, "[0-9]++")) for name in ("size", "width", "height", "duration")),
    )
)


def _link() -> str:
    attributes = (
        attribute("rel", f"irel:{CODE}"),
        maybe(_value("href")),
        maybe(_value("residref")),
        maybe(_value("version")),
        maybe(attribute("contenttype", MEDIA_TYPE)),
    )
    classes = either(*sorted(n.ITEM_CLASSES["ninat"]))
    return _lines(
        n.LINK,
        maybe(_line(empty(n.ITEM_CLASS, attribute("qcode", f"ninat:{classes}")))),
        maybe(_text(n.ITEM_TITLE)),
        maybe(_text(n.HEADLINE, PLAIN)),
        maybe(_lines(n.INFO_SOURCE, _NAMED, attributes=_value("literal"))),
        maybe(_text(n.CREDITLINE, _LINE)),
        maybe(_text(n.DESCRIPTION, attributes=attribute("role", f"drol:{CODE}"))),
        many(_line(empty(n.REMOTE_CONTENT, _FILE))),
        attributes="".join(attributes),
    )


def _content_meta() -> str:
    return _lines(n.CONTENT_META, _administrative(), _descriptive())


def _administrative() -> str:
    concept = attribute("type", f"cpnat:{CODE}") + maybe(_qcode("role")) + _value("literal")
    contact = _lines(n.PERSON_DETAILS, _lines(n.CONTACT_INFO, _text(n.EMAIL)))
    return "".join(
        (
            maybe(_text(n.URGENCY, "[1-9]")),
            maybe(_text(n.CONTENT_CREATED, TIME)),
            maybe(_text(n.CONTENT_MODIFIED, TIME)),
            *(
                many(_lines(name, _NAMED, maybe(contact), attributes=concept))
                for name in (n.LOCATED, n.INFO_SOURCE, n.CREATOR, n.CONTRIBUTOR)
            ),
        )
    )


def _descriptive() -> str:
    language = "(?P=language)"
    in_language = _text(n.NAME, _LINE, attributes=maybe(attribute("xml:lang", language)))
    genre = either(attribute("qcode", f"genre:{CODE}"), _value("literal"))
    subject = attribute("type", f"cpnat:{CODE}") + either(_qcode(), _value("literal"))
    return "".join(
        (
            maybe(_line(empty(n.LANGUAGE, attribute("tag", language)))),
            maybe(_lines(n.GENRE, in_language, attributes=genre)),
            many(_text(n.KEYWORD, _LINE)),
            many(_lines(n.SUBJECT, _NAMED, attributes=subject)),
            maybe(_text(n.SLUGLINE, _LINE)),
            maybe(_text(n.HEADLINE, PLAIN)),
            maybe(_text(n.DATELINE)),
            maybe(_text(n.BY)),
            maybe(_text(n.CREDITLINE, _LINE)),
            many(_text(n.DESCRIPTION, attributes=maybe(attribute("role", f"drol:{CODE}")))),
        )
    )


def _content_set() -> str:
    inline = attribute("contenttype", constant(n.NITF_TYPE)) + attribute("wordcount", named("words", "[0-9]{1,9}+"))
    return _lines(n.CONTENT_SET, _line(element(n.INLINE_XML, r"\n" + _line(PAYLOAD), inline)))
