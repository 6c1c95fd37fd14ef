"""The elements of RSS 0.9x and 2.0: what stands in what, how often, and of which kind (rssboard.org, RSS 2.0.11)."""

from syndicate.formats.rss import names as n
from syndicate.formats.rss import value_rules as v
from syndicate.markup.structure import Attribute, Child, Element, Role
from syndicate.markup.value_addresses import full_uri
from syndicate.markup.value_dates import rfc822
from syndicate.markup.value_html import html_without_base, plain
from syndicate.markup.values import anything, both, filled, language, one_of, positive

_text = Attribute()
_needed = Attribute(required=True)
_filled_plain = both(filled, plain)

CATEGORY = Element(name=n.CATEGORY, text=_filled_plain, attributes={n.DOMAIN: _text})
TITLE = Element(name=n.TITLE_ELEMENT, text=_filled_plain)
LINK = Element(name=n.LINK, text=full_uri)
DESCRIPTION = Element(name=n.DESCRIPTION, text=html_without_base)
PLAIN_DESCRIPTION = Element(name=n.DESCRIPTION, text=plain)
PUB_DATE = Element(name=n.PUB_DATE, text=rfc822)

IMAGE = Element(
    name=n.IMAGE,
    children=(
        Child(Element(name=n.URL, text=full_uri), least=1),
        Child(TITLE, least=1, missing=v.TITLE_MISSING),
        Child(LINK, least=1, missing=v.LINK_MISSING),
        Child(Element(name=n.WIDTH, text=v.width)),
        Child(Element(name=n.HEIGHT, text=v.height)),
        Child(PLAIN_DESCRIPTION),
    ),
)
TEXT_INPUT = Element(
    name=n.TEXT_INPUT,
    children=(
        Child(TITLE, least=1, missing=v.TITLE_MISSING),
        Child(PLAIN_DESCRIPTION, least=1, missing=v.DESCRIPTION_MISSING),
        Child(Element(name=n.NAME, text=v.form_name), least=1),
        Child(LINK, least=1, missing=v.LINK_MISSING),
    ),
)
CLOUD = Element(
    name=n.CLOUD,
    attributes={
        n.DOMAIN: _needed,
        "port": Attribute(kind=v.positive_attribute, required=True),
        "path": _needed,
        "registerProcedure": _needed,
        "protocol": Attribute(kind=one_of(("xml-rpc", "soap", "http-post"), v.CLOUD_PROTOCOL), required=True),
    },
    text=anything,
)
# Never part of RSS: it has a rule of its own.
BLINK = Element(name="blink", text=anything, open=True)
SKIP_HOURS = Element(name=n.SKIP_HOURS, children=(Child(Element(name=n.HOUR, text=v.hour), least=1, most=None),))
SKIP_DAYS = Element(name=n.SKIP_DAYS, children=(Child(Element(name=n.DAY, text=v.day), least=1, most=None),))

ITEM = Element(
    name=n.ITEM,
    role=Role.ITEM,
    children=(
        Child(TITLE),
        Child(LINK),
        Child(DESCRIPTION),
        Child(Element(name=n.AUTHOR, text=both(v.contact, plain))),
        Child(CATEGORY, most=None),
        Child(Element(name=n.COMMENTS, text=full_uri)),
        Child(
            Element(
                name=n.ENCLOSURE,
                attributes={
                    n.URL: Attribute(kind=v.web_attribute, required=True),
                    n.LENGTH: Attribute(kind=v.length, required=True),
                    n.TYPE: Attribute(kind=v.media_type, required=True),
                },
                text=anything,
            ),
            most=None,
        ),
        Child(Element(name=n.GUID, text=v.guid, attributes={n.IS_PERMA_LINK: Attribute(kind=v.true_false_attribute)})),
        Child(PUB_DATE),
        Child(Element(name=n.SOURCE, text=plain, attributes={n.URL: Attribute(kind=full_uri, required=True)})),
        Child(BLINK, most=None),
        # RSS 0.93 only.
        Child(Element(name="expirationDate", text=rfc822)),
    ),
)
CHANNEL = Element(
    name=n.CHANNEL,
    role=Role.FEED,
    children=(
        Child(TITLE, least=1, missing=v.TITLE_MISSING),
        Child(LINK, least=1, missing=v.LINK_MISSING),
        Child(PLAIN_DESCRIPTION, least=1, missing=v.DESCRIPTION_MISSING),
        Child(Element(name=n.LANGUAGE, text=language)),
        Child(Element(name=n.COPYRIGHT, text=plain)),
        Child(Element(name=n.MANAGING_EDITOR, text=both(v.contact, plain))),
        Child(Element(name=n.WEB_MASTER, text=both(v.contact, plain))),
        Child(PUB_DATE),
        Child(Element(name=n.LAST_BUILD_DATE, text=rfc822)),
        Child(CATEGORY, most=None),
        Child(Element(name=n.GENERATOR, text=plain)),
        Child(Element(name=n.DOCS, text=full_uri)),
        Child(CLOUD),
        Child(Element(name=n.TTL, text=both(filled, positive))),
        Child(IMAGE),
        Child(Element(name=n.RATING, text=anything)),
        Child(TEXT_INPUT),
        Child(SKIP_HOURS),
        Child(SKIP_DAYS),
        Child(ITEM, most=None),
        Child(BLINK, most=None),
    ),
)
RSS = Element(
    name=n.RSS,
    role=Role.ROOT,
    children=(Child(CHANNEL, least=1),),
    attributes={n.VERSION: Attribute(kind=v.version, required=True)},
)
