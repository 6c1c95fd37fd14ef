"""OpenSearch 1.1: its elements in feeds, and the kinds of values that descriptions have too."""

import codecs
import re
from collections.abc import Iterator

from syndicate.markup.namespaces.tables import leaf
from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import Attribute, Child, Element, Flaw, Value, Vocabulary, shown
from syndicate.markup.value_addresses import full_uri
from syndicate.markup.value_html import plain
from syndicate.markup.values import anything, at_most, both, integer, language, non_negative, one_of

NS = "http://a9.com/-/spec/opensearch/1.1/"
SPEC = "OpenSearch 1.1, draft 6"
rules = RuleSet("rss", "atom", "opensearch")

ROLE = rules.state(
    "opensearch.role.unknown", severity=ERROR, spec=SPEC, summary="the role of a query is one of those defined",
    why="Programs do not know what the query is for.", reference="InvalidLocalRole")  # fmt: skip
PREFIX = rules.state(
    "opensearch.prefix.undeclared", severity=ERROR, spec=SPEC, summary="prefixes in parameters and roles are declared",
    why="Nobody knows what the parameter means.", reference="UndeclaredPrefix")  # fmt: skip
PARAMETER = rules.state(
    "opensearch.parameter.unknown", severity=ERROR, spec=SPEC, summary="parameters without a prefix are those defined",
    why="Browsers cannot fill it in.", reference="InvalidLocalParameter")  # fmt: skip
ENCODING = rules.state(
    "opensearch.encoding.unknown", severity=ERROR, spec=SPEC, summary="encodings exist",
    why="The search terms arrive garbled.", reference="InvalidEncoding")  # fmt: skip
TERMS = rules.state(
    "opensearch.searchTerms.not-encoded", severity=ERROR, spec=SPEC, summary="search terms are percent-encoded",
    why="The address that is made of them is broken.", reference="NotURLEncoded")  # fmt: skip
RIGHT = rules.state(
    "opensearch.syndicationRight.unknown", severity=ERROR, spec=SPEC,
    summary="the right is open, limited, private or closed", why="Others show what they may not show.",
    reference="InvalidSyndicationRight")  # fmt: skip
ADULT = rules.state(
    "opensearch.adultContent.unknown", severity=WARNING, spec=SPEC, summary="adult content is true or false",
    why="Every other word counts as true.", reference="InvalidAdultContent")  # fmt: skip

_ROLES = frozenset({"request", "example", "related", "correction", "subset", "superset"})
_PARAMETERS = frozenset({"searchTerms", "count", "startIndex", "startPage", "language", "inputEncoding",
                         "outputEncoding"})  # fmt: skip
_PARAMETER = re.compile(r"\{(?:([A-Za-z][\w.-]{0,64}):)?([^{}:?]{1,64})\??\}", re.ASCII)
_ENCODED = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/? -]|%[0-9A-Fa-f]{2})*\Z")

syndication_right = one_of(("open", "limited", "private", "closed"), RIGHT, any_case=True)
adult_content = one_of(("true", "TRUE", "false", "FALSE", "0", "1", "yes", "YES", "no", "NO"), ADULT)


def role(value: Value, run: Run) -> Iterator[Flaw]:
    """The role of a query: one of those defined, or one with a declared prefix."""
    prefix, colon, _ = value.text.partition(":")
    if colon and prefix not in value.node.namespaces:
        yield PREFIX, f"the prefix {shown(prefix)} is not declared"
    elif not colon and value.text not in _ROLES:
        yield ROLE, f"{shown(value.text)} is no role of a query"


def template(value: Value, run: Run) -> Iterator[Flaw]:
    """An address with parameters in braces."""
    for prefix, local in _PARAMETER.findall(value.text):
        if prefix and prefix not in value.node.namespaces:
            yield PREFIX, f"the prefix {shown(prefix)} is not declared"
        elif not prefix and local not in _PARAMETERS:
            yield PARAMETER, f"{shown(local)} is no parameter of OpenSearch"
    yield from full_uri(Value(_PARAMETER.sub("x", value.text), value.node, value.attribute), run)


def any_language(value: Value, run: Run) -> Iterator[Flaw]:
    """A language tag, or `*`."""
    if value.text.strip() != "*":
        yield from language(value, run)


def encoding(value: Value, run: Run) -> Iterator[Flaw]:
    """The name of a character encoding."""
    name = value.text.strip()
    try:
        codecs.lookup(name if name.isascii() and name.isprintable() else "?")
    except (LookupError, ValueError):
        yield ENCODING, f"nobody knows the encoding {shown(name)}"


def search_terms(value: Value, run: Run) -> Iterator[Flaw]:
    """Search terms, percent-encoded."""
    if not _ENCODED.match(value.text):
        yield TERMS, f"{shown(value.text)} must be percent-encoded"


QUERY = Element(
    name=f"{{{NS}}}Query",
    text=anything,
    attributes={
        "role": Attribute(kind=role, required=True),
        "title": Attribute(kind=both(plain, at_most(256))),
        "totalResults": Attribute(kind=non_negative),
        "count": Attribute(kind=non_negative),
        "searchTerms": Attribute(kind=search_terms),
        "startIndex": Attribute(kind=integer),
        "startPage": Attribute(kind=integer),
        "language": Attribute(kind=any_language),
        "inputEncoding": Attribute(kind=encoding),
        "outputEncoding": Attribute(kind=encoding),
    },
)


def _counts(namespace: str) -> tuple[Child, ...]:
    """What a page of results says about all of them."""
    return (
        leaf(namespace, "totalResults", non_negative),
        leaf(namespace, "startIndex", integer),
        leaf(namespace, "itemsPerPage", non_negative),
    )


VOCABULARY = Vocabulary(namespace=NS, prefix="opensearch", feed=(*_counts(NS), Child(QUERY, most=None)))
NS_1_0 = "http://a9.com/-/spec/opensearchrss/1.0/"
VOCABULARY_1_0 = Vocabulary(namespace=NS_1_0, prefix="opensearch", feed=_counts(NS_1_0))
