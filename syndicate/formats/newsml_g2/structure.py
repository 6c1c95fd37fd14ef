"""Which children an element of NewsML-G2 2.35 (power) has, how many, and in which order: one table.

Rendering writes children in that order, the rules compare documents with it. Elements that are not in the table are not
judged; those of other namespaces may stand at the end of most elements and are not judged either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from syndicate.formats.newsml_g2 import names as n


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a sequence: children of these names, in any order among themselves, `least` to `most` of them."""

    names: tuple[str, ...]
    least: int = 0
    most: int | None = None


def one(name: str) -> Slot:
    """Exactly one."""
    return Slot((name,), 1, 1)


def maybe(name: str) -> Slot:
    """None or one."""
    return Slot((name,), 0, 1)


def some(name: str) -> Slot:
    """One or more."""
    return Slot((name,), 1)


def any_of(*names: str) -> Slot:
    """Any number of these, in any order."""
    return Slot(names)


_ITEM = (
    any_of(n.CATALOG_REF, n.CATALOG),
    maybe(n.HOP_HISTORY),
    maybe(n.PUB_HISTORY),
    any_of(n.RIGHTS_INFO),
    one(n.ITEM_META),
    maybe(n.CONTENT_META),
)
_DETAILS = (any_of(n.ASSERT), any_of("inlineRef"), any_of("derivedFrom", "derivedFromValue"))
_PARTED = (*_ITEM, any_of(n.PART_META), *_DETAILS)
_ADMINISTRATIVE = (
    maybe(n.URGENCY),
    maybe(n.CONTENT_CREATED),
    maybe(n.CONTENT_MODIFIED),
    maybe("digitalSourceType"),
    any_of(
        n.LOCATED, n.INFO_SOURCE, n.CREATOR, n.CONTRIBUTOR, "audience", "exclAudience", "altId", "rating",
        "userInteraction",
    ),
)  # fmt: skip
_DESCRIPTIVE = (
    n.LANGUAGE, n.GENRE, n.KEYWORD, n.SUBJECT, n.SLUGLINE, n.HEADLINE, n.DATELINE, n.BY, n.CREDITLINE, n.DESCRIPTION,
)  # fmt: skip

# Rows for elements that may hold less where they stand.
_META_OF_CONCEPTS, _META_OF_CATALOGS = "contentMeta of a concept", "contentMeta of a catalog"
_RELATED, _RELATED_INSIDE, _RELATED_INNERMOST = "related", "related inside related", "innermost related"

# In the order of the standard: NewsML-G2 2.35 specification, All Power schema.
CHILDREN: Mapping[str, tuple[Slot, ...]] = {
    n.NEWS_MESSAGE: (one(n.HEADER), one(n.ITEM_SET)),
    n.HEADER: (
        one(n.SENT),
        any_of(n.CATALOG_REF, n.CATALOG),
        maybe(n.SENDER),
        maybe(n.TRANSMIT_ID),
        maybe(n.PRIORITY),
        maybe(n.ORIGIN),
        any_of(n.TIMESTAMP, n.DESTINATION, n.CHANNEL, n.SIGNAL, "headerExtProperty"),
    ),
    n.NEWS_ITEM: (*_PARTED, maybe(n.CONTENT_SET)),
    n.PACKAGE_ITEM: (*_PARTED, maybe(n.GROUP_SET)),
    n.CONCEPT_ITEM: (*_ITEM, *_DETAILS, maybe("concept")),
    n.KNOWLEDGE_ITEM: (*_PARTED, maybe("conceptSet"), maybe("schemeMeta")),
    n.PLANNING_ITEM: (*_ITEM, *_DETAILS, maybe("newsCoverageSet")),
    n.CATALOG_ITEM: (*_ITEM, one("catalogContainer")),
    n.CATALOG: (any_of(n.ITEM_TITLE), some(n.SCHEME)),
    n.HOP_HISTORY: (some(n.HOP),),
    n.HOP: (maybe("party"), any_of("action")),
    n.PUB_HISTORY: (some(n.PUBLISHED),),
    n.RIGHTS_INFO: (
        maybe("accountable"),
        maybe(n.COPYRIGHT_HOLDER),
        any_of(
            n.COPYRIGHT_NOTICE, n.USAGE_TERMS, n.LINK, "rightsInfoExtProperty", "rightsExpressionXML",
            "rightsExpressionData",
        ),
        maybe("dataMining"),
    ),
    n.ITEM_META: (
        one(n.ITEM_CLASS),
        one(n.PROVIDER),
        one(n.VERSION_CREATED),
        maybe(n.FIRST_CREATED),
        maybe(n.EMBARGOED),
        maybe(n.PUB_STATUS),
        maybe("role"),
        maybe("fileName"),
        any_of(n.GENERATOR),
        maybe("profile"),
        any_of(n.SERVICE),
        any_of(n.ITEM_TITLE),
        any_of(n.ED_NOTE),
        any_of("memberOf"),
        any_of("instanceOf"),
        any_of(n.SIGNAL),
        any_of(n.ALT_REP),
        any_of("deliverableOf"),
        any_of("hash"),
        any_of(n.EXPIRES),
        any_of("origRep"),
        any_of("incomingFeedId"),
        maybe("metadataCreator"),
        any_of(n.LINK),
        any_of("itemMetaExtProperty"),
    ),
    n.CONTENT_META: (any_of("icon"), *_ADMINISTRATIVE, any_of(*_DESCRIPTIVE), any_of("contentMetaExtProperty")),
    _META_OF_CONCEPTS: (
        any_of("icon"),
        *_ADMINISTRATIVE,
        any_of(n.LANGUAGE, n.KEYWORD, n.SUBJECT, n.SLUGLINE, n.HEADLINE, n.DESCRIPTION),
        any_of("contentMetaExtProperty"),
    ),
    _META_OF_CATALOGS: (
        maybe(n.CONTENT_CREATED), maybe(n.CONTENT_MODIFIED), any_of(n.CREATOR, n.CONTRIBUTOR, "altId"),
    ),
    n.PART_META: (
        any_of("icon"),
        any_of("timeDelim"),
        maybe("regionDelim"),
        maybe("role"),
        *_ADMINISTRATIVE,
        any_of(*_DESCRIPTIVE),
        any_of("partMetaExtProperty"),
        any_of(n.SIGNAL),
        any_of(n.ED_NOTE),
        any_of(n.LINK),
    ),
    n.CONTENT_SET: (any_of(n.INLINE_XML, n.INLINE_DATA, n.REMOTE_CONTENT),),
    n.REMOTE_CONTENT: (
        any_of(n.CHANNEL), any_of("altId"), any_of("altLoc"), any_of("hash"), any_of(n.SIGNAL),
        any_of("remoteContentExtProperty"),
    ),
    n.GROUP_SET: (some(n.GROUP),),
    n.GROUP: (
        any_of(n.GROUP_REF, n.ITEM_REF, "conceptRef", n.ITEM_TITLE, n.SIGNAL, n.ED_NOTE, "groupExtProperty"),
    ),
    n.PERSON_DETAILS: (maybe("born"), maybe("died"), any_of("affiliation", n.CONTACT_INFO)),
    "organisationDetails": (
        maybe("founded"), maybe("dissolved"), any_of("location", "affiliation", n.CONTACT_INFO, "hasInstrument"),
    ),
    "geoAreaDetails": (
        maybe("position"), maybe("founded"), maybe("dissolved"), any_of("line", "circle", "polygon"),
    ),
    "POIDetails": (
        maybe("position"),
        maybe("address"),
        maybe("openHours"),
        maybe("capacity"),
        any_of(n.CONTACT_INFO, "access", "details"),
        maybe("created"),
        maybe("ceasedToExist"),
    ),
    "objectDetails": (
        maybe("created"), any_of(n.COPYRIGHT_NOTICE, n.CREATOR), maybe("ceasedToExist"),
    ),
    "eventDetails": (
        one("dates"),
        maybe("eventStatus"),
        maybe("occurStatus"),
        maybe("newsCoverageStatus"),
        any_of(
            "registration", n.KEYWORD, "accessStatus", "participationRequirement", n.SUBJECT, "location", "participant",
            "organiser", n.CONTACT_INFO, n.LANGUAGE, "newsCoverage",
        ),
    ),
    _RELATED: (any_of(n.NAME, "hierarchyInfo"), any_of("facet", _RELATED, "sameAs")),
    _RELATED_INSIDE: (any_of(n.NAME, "hierarchyInfo"), any_of(_RELATED)),
    _RELATED_INNERMOST: (any_of(n.NAME, "hierarchyInfo"),),
}  # fmt: skip

# Attributes without which an element says nothing.
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(n.ITEMS, ("standard", "standardversion", "guid")),
    n.CATALOG_REF: ("href",),
    n.SCHEME: ("alias", "uri"),
    n.LANGUAGE: ("tag",),
    n.GROUP_SET: ("root",),
    n.GROUP_REF: ("idref",),
}

# Which row it is: by the row of the element around it, and its own name.
_NARROWER: Mapping[tuple[str, str], str] = {
    **dict.fromkeys(
        ((item, n.CONTENT_META) for item in (n.CONCEPT_ITEM, n.KNOWLEDGE_ITEM, n.PLANNING_ITEM)), _META_OF_CONCEPTS
    ),
    (n.CATALOG_ITEM, n.CONTENT_META): _META_OF_CATALOGS,
    (_RELATED, _RELATED): _RELATED_INSIDE,
    (_RELATED_INSIDE, _RELATED): _RELATED_INNERMOST,
    (_RELATED_INNERMOST, _RELATED): _RELATED_INNERMOST,
}


def row(around: str, local: str) -> str:
    """The row of the table for an element of that name, in an element of that row."""
    return _NARROWER.get((around, local), local)


@cache
def places(parent: str) -> Mapping[str, int]:
    """The index of each child's slot in the parent's sequence."""
    return {name: index for index, slot in enumerate(CHILDREN[parent]) for name in slot.names}
