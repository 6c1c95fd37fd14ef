"""The text of an item against a profile: its length, its elements and attributes, and where its links lead."""

from collections.abc import Iterator

from syndicate.model.finding import Finding
from syndicate.model.profile import Markup
from syndicate.profiles import rules
from syndicate.profiles.check_texts import insecure, shown
from syndicate.profiles.hosts import host_of, is_full, is_within, parameters, scheme_of
from syndicate.profiles.html import Look, Tag, addresses
from syndicate.profiles.places import Found, values_at
from syndicate.profiles.seen import Item

_MEDIA = frozenset({"img", "source", "video", "audio"})


def body(item: Item) -> Iterator[Finding]:
    """What is wrong with the item's text."""
    for found, look in item.looks:
        yield from _lengths(item, found, look)
        yield from _once(_of_tags(item, found, look))
    for found in values_at(item.node, item.view.family.related, item.view.prefixes):
        if item.view.profile.markup.related == "drop":
            yield item.view.finding(rules.RELATED, f"the item leads to another story: {shown(found.value)}", found.node)


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """A hundred equal elements are one thing to mend."""
    seen: set[tuple[str, str]] = set()
    for one in findings:
        if (key := (one.rule.id, one.message)) not in seen:
            seen.add(key)
            yield one


def _lengths(item: Item, found: Found, look: Look) -> Iterator[Finding]:
    length, words = len(look.text), len(look.text.split())
    for level in item.view.levels:
        short, long, deep = (level.rule(one) for one in (rules.BODY_SHORT, rules.BODY_LONG, rules.BODY_DEEP))
        least, most, least_words, deepest = (
            level.bound(name) for name in ("body_min", "body_max", "body_words", "body_depth")
        )
        if least and length < least:
            message = f"the text has {length} characters, at least {least} are {level.needed}"
            yield item.view.finding(short, message, found.node)
        if least_words and words < least_words:
            message = f"the text has {words} words, at least {least_words} are {level.needed}"
            yield item.view.finding(short, message, found.node)
        if most and length > most:
            message = f"the text has {length} characters, at most {most} are {level.taken}"
            yield item.view.finding(long, message, found.node)
        if deepest and look.depth > deepest:
            message = f"elements stand {look.depth} deep in each other, at most {deepest} are {level.taken}"
            yield item.view.finding(deep, message, found.node)


def _of_tags(item: Item, found: Found, look: Look) -> Iterator[Finding]:
    markup = item.view.profile.markup
    for tag in look.tags:
        if not markup.takes(tag.name):
            yield item.view.finding(rules.ELEMENT, f"<{tag.name}> is not taken", found.node)
            continue
        for name, _ in tag.attributes:
            if not markup.takes_attribute(tag.name, name):
                message = f"the attribute {name} of <{tag.name}> is not taken"
                yield item.view.finding(rules.ATTRIBUTE, message, found.node, attribute=name)
        yield from _addresses(item, found, tag)
        yield from _special(item, found, tag, markup)


def _addresses(item: Item, found: Found, tag: Tag) -> Iterator[Finding]:
    for name, address in addresses(tag):
        if not is_full(address):
            message = f"{name} of <{tag.name}> is no full address: {shown(address)}"
            yield item.view.finding(rules.RELATIVE, message, found.node, attribute=name)
        if tag.name in _MEDIA and (names := _of_campaign(item, address)):
            message = f"{name} of <{tag.name}> has {' and '.join(names)}, which belongs to visible links alone"
            yield item.view.finding(rules.MISPLACED, message, found.node, attribute=name)
        if tag.name in _MEDIA and scheme_of(address) == "http":
            for level in item.view.levels:
                if level.limits.https:
                    yield insecure(item, level, Found(found.node, name, address), f"{name} of <{tag.name}>")


def _of_campaign(item: Item, address: str) -> list[str]:
    present = parameters(address)
    return [name for name, value in item.view.profile.campaign if present.get(name) == value]


def _special(item: Item, found: Found, tag: Tag, markup: Markup) -> Iterator[Finding]:
    if tag.name == "a":
        yield from _link(item, found, tag.get("href") or "", markup)
    elif tag.name == "iframe":
        source = tag.get("src") or ""
        if scheme_of(source) != "https" or not is_within(host_of(source), markup.frame_hosts):
            message = f"a frame of {shown(source)} is not taken; known: {', '.join(markup.frame_hosts)}"
            yield item.view.finding(rules.FRAME, message, found.node, attribute="src")
    if markup.related == "drop" and "related" in (tag.get("class") or "").split():
        yield item.view.finding(rules.RELATED, "the text has a line to another story", found.node)


def _link(item: Item, found: Found, href: str, markup: Markup) -> Iterator[Finding]:
    scheme = scheme_of(href)
    if markup.schemes and scheme and scheme not in markup.schemes:
        message = f"{scheme}: links are not taken, but {', '.join(markup.schemes)}: {shown(href)}"
        yield item.view.finding(rules.LINK_SCHEME, message, found.node, attribute="href")
    host = host_of(href)
    if not host or is_within(host, item.hosts):
        return
    if markup.other_hosts == "unlink":
        message = f"the text links to {host}; links to {', '.join(item.hosts) or 'no host'} alone are taken"
        yield item.view.finding(rules.LINK_HOST, message, found.node, attribute="href")
    if names := _of_campaign(item, href):
        message = f"a link to {host} has {' and '.join(names)}, which belongs to links to our own pages: {shown(href)}"
        yield item.view.finding(rules.MISPLACED, message, found.node, attribute="href")
