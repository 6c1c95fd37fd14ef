"""Kinds of values that Atom's links and people have, in Atom and in RSS, with their rules."""

import re
from collections.abc import Iterator

from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, by_text_alone, proved_by, shown
from syndicate.markup.value_addresses import scheme_of

rules = RuleSet("rss", "atom")

HREF_MISSING = rules.state(
    "atom.link.no-href", severity=ERROR, spec="RFC 4287 §4.2.7.1", summary="links have an address",
    why="A link without one leads nowhere.", reference="MissingHref")  # fmt: skip
LINK_NOT_EMPTY = rules.state(
    "atom.link.not-empty", severity=WARNING, spec="RFC 4287 §4.2.7", summary="links hold no text",
    why="Readers take the address from the attribute and never show the text.",
    reference="AtomLinkNotEmpty")  # fmt: skip
RELATION = rules.state(
    "atom.link.relation", severity=WARNING, spec="RFC 4287 §4.2.7.2; IANA registry of link relations",
    summary="link relations are registered, or addresses", why="Readers skip relations that they do not know.",
    reference="UnregisteredAtomLinkRel")  # fmt: skip
NAME_WITH_MAIL = rules.state(
    "atom.name.mail-address", severity=WARNING, spec="RFC 4287 §3.2", summary="names of people hold no mail address",
    why="The address has an element of its own, and readers show the name to everybody.",
    reference="ContainsEmail")  # fmt: skip
# The IANA registry of link relations (RFC 8288), as far as such links may turn up in feeds.
# fmt: off
RELATIONS = frozenset({
    "about", "acl", "alternate", "amphtml", "api-catalog", "appendix", "apple-touch-icon",
    "apple-touch-startup-image", "archives", "author", "blocked-by", "bookmark", "c2pa-manifest", "canonical",
    "chapter", "cite-as", "collection", "compression-dictionary", "contents", "convertedfrom", "copyright",
    "create-form", "current", "deprecation", "describedby", "describes", "disclosure", "dns-prefetch", "duplicate",
    "edit", "edit-form", "edit-media", "enclosure", "external", "first", "geofeed", "glossary", "help", "hosts",
    "hub", "ice-server", "icon", "index", "intervalafter", "intervalbefore", "intervalcontains", "intervaldisjoint",
    "intervalduring", "intervalequals", "intervalfinishedby", "intervalfinishes", "intervalin", "intervalmeets",
    "intervalmetby", "intervaloverlappedby", "intervaloverlaps", "intervalstartedby", "intervalstarts", "item",
    "last", "latest-version", "license", "linkset", "lrdd", "manifest", "mask-icon", "me", "media-feed", "memento",
    "micropub", "modulepreload", "monitor", "monitor-group", "next", "next-archive", "nofollow", "noopener",
    "noreferrer", "opener", "openid2.local_id", "openid2.provider", "original", "p3pv1", "payment", "pingback",
    "preconnect", "predecessor-version", "prefetch", "preload", "prerender", "prev", "prev-archive", "preview",
    "previous", "privacy-policy", "profile", "publication", "rdap-active", "rdap-bottom", "rdap-down", "rdap-top",
    "rdap-up", "related", "replies", "restconf", "ruleinput", "ruleset", "search", "section", "self", "service",
    "service-desc", "service-doc", "service-meta", "sip-trunking-capability", "sponsored", "start", "status",
    "stylesheet", "subsection", "successor-version", "sunset", "tag", "terms-of-service", "timegate", "timemap",
    "type", "ugc", "up", "version-history", "via", "webmention", "working-copy", "working-copy-of",
})
# fmt: on
_MAIL_INSIDE = re.compile(r"[^\s<>()@]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


@by_text_alone
@proved_by(lambda text: not text.strip())
def nothing_in_link(value: Value, run: Run) -> Iterator[Flaw]:
    """The text of a link: there should be none."""
    if value.text.strip():
        yield LINK_NOT_EMPTY, f"the text of a link is never shown: {shown(value.text)}"


@by_text_alone
def relation(value: Value, run: Run) -> Iterator[Flaw]:
    """A link relation: registered, or an address of one's own."""
    text = value.text
    local = text.lower().removeprefix("http://www.iana.org/assignments/relation/")
    if local not in RELATIONS and scheme_of(text) is None:
        yield RELATION, f"nobody has registered the link relation {shown(text)}: use an address for your own"


@by_text_alone
@proved_by(lambda text: "@" not in text)
def person_name(value: Value, run: Run) -> Iterator[Flaw]:
    """The name of a person, which is no mail address."""
    if "@" in value.text and _MAIL_INSIDE.search(value.text[:1024]):
        yield NAME_WITH_MAIL, f"the name {shown(value.text)} holds a mail address: use <email>"
