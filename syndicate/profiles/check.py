"""Documents against a profile: whole ones, or frame, items and numbers apart. Any document of the profile's format."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from syndicate.markup.places import parse_places
from syndicate.markup.xml import Document, Items, Node
from syndicate.model.finding import Finding, Place
from syndicate.model.profile import Field, Profile
from syndicate.profiles import rules
from syndicate.profiles.channel import NAMED
from syndicate.profiles.check_body import body
from syndicate.profiles.check_media import media
from syndicate.profiles.check_texts import dates, lengths, links, markup_in_plain, missing_fields
from syndicate.profiles.load import shipped
from syndicate.profiles.places import around, family_of, handed_over, is_of, items_of
from syndicate.profiles.seen import Item, View

# ASCII is the same bytes in UTF-8.
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


def check_document(data: bytes, profile: Profile, *, now: datetime) -> tuple[Finding, ...]:
    """What the partner would not take of the document, in the order of its lines. Never raises for what it holds."""
    view = _view(profile)
    found: list[Finding] = []
    taken: list[bool] = []

    def take(node: Node) -> None:
        taken.append(True)
        found.extend(_of_item(Item(view, node), now))

    def opened(document: Document) -> Items | None:
        # Asked again where the document has to be read anew.
        found.clear()
        taken.clear()
        return None if document.root is None else handed_over(document.root, view.family, take)

    document = parse_places(data, opened)
    root = document.root
    if root is not None and is_of(root, view.family):
        if not taken:
            for node in items_of(root, view.family):
                take(node)
        found += _of_numbers(view, len(taken), len(data), root)
    found += _of_frame(view, document)
    document.dismantle()
    return tuple(sorted(found, key=_order))


def check_frame(head: bytes, tail: bytes, profile: Profile) -> tuple[Finding, ...]:
    """What the partner would not take of what stands around the items."""
    document = parse_places(head + tail)
    found = sorted(_of_frame(_view(profile), document), key=_order)
    document.dismantle()
    return tuple(found)


def check_item(
    fragment: bytes, profile: Profile, *, head: bytes = b"", tail: bytes = b"", now: datetime | None = None
) -> tuple[Finding, ...]:
    """What the partner would not take of the item (whole lines) between head and tail; its first line is 1.

    Without `now` nothing is said of how old it is: what is found then holds for good.
    """
    view = _view(profile)
    document = parse_places(head + fragment + tail)
    found: list[Finding] = []
    if document.root is not None and is_of(document.root, view.family):
        for node in items_of(document.root, view.family):
            if len(head) <= node.at < len(head) + len(fragment):
                found += _of_item(Item(view, node), now)
    document.dismantle()
    lines = head.count(b"\n")
    return tuple(replace(one, place=_up(one.place, lines)) for one in sorted(found, key=_order))


def check_numbers(profile: Profile, *, items: int, size: int) -> tuple[Finding, ...]:
    """What the partner would not take of a document with so many items and bytes."""
    return tuple(_of_numbers(_view(profile), items, size, None))


def _view(profile: Profile) -> View:
    return View(profile, family_of(profile.format))


def _of_frame(view: View, document: Document) -> Iterator[Finding]:
    root, profile = document.root, view.profile
    if root is None or not is_of(root, view.family):
        what = "nothing that can be read" if root is None else f"a document that begins with {root.qname}"
        yield view.finding(rules.FORMAT, f"documents of {profile.format} are taken; this is {what}", root)
        return
    for level in view.levels:
        encoding = (document.encoding or "utf-8").lower()
        if level.limits.utf8 and encoding not in _UTF8:
            yield view.finding(level.rule(rules.ENCODING), f"UTF-8 is {level.needed}, not {encoding}", root)
    yield from _namespaces(view, root)
    yield from _of_channel(view, root)


def _namespaces(view: View, root: Node) -> Iterator[Finding]:
    declared = set(root.namespaces.values())
    for prefix, uri in view.profile.namespaces:
        if uri not in declared:
            near = next((one for one in sorted(declared) if _is_near(one, uri)), None)
            instead = f", not {near}" if near else ""
            message = f'xmlns:{prefix}="{uri}" is to be declared on {root.qname}{instead}'
            yield view.finding(rules.NAMESPACE, message, root, attribute=f"xmlns:{prefix}")


def _is_near(one: str, other: str) -> bool:
    """Whether somebody would take them for the same address."""
    return _bare(one) == _bare(other)


def _bare(uri: str) -> str:
    return uri.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/#")


def _of_channel(view: View, root: Node) -> Iterator[Finding]:
    node, profile = around(root, view.family), view.profile
    channel = Item(replace(view, profile=_channel_profile(profile)), node if node is not None else root)
    for fields, rule, word in (
        (profile.channel_required, rules.CHANNEL_FIELD.error, "needs"),
        (profile.channel_wanted, rules.CHANNEL_FIELD.advice, "should have"),
    ):
        for one in fields:
            if not channel.values(one.name):
                where = " or ".join(one.places)
                message = f"{channel.node.qname} {word} {where} ({one.name}){_unfilled(profile, one)}"
                yield view.finding(rule, message, channel.node, element=one.places[0].partition("@")[0] or None)
    found = channel.first("description")
    for level in view.levels:
        most = level.limits.channel_description_max
        if most and found is not None and len(found.value) > most:
            message = f"the description has {len(found.value)} characters, at most {most} are {level.taken}"
            yield view.finding(level.rule(rules.CHANNEL_LONG), message, found.node)


def _unfilled(profile: Profile, field: Field) -> str:
    """What the newsroom has to fill in so that an export writes the field; nothing where that is not why it lacks."""
    known = dict(profile.values)
    names = {
        name
        for path, text in profile.write
        if path in field.places
        for name in NAMED.findall(text)
        if known.get(name) == ""
    }
    if not names:
        return ""
    name = profile.name
    new = f'; a new file begins with base = "{name}" and name = "{name}"' if name in shipped() else ""
    file = f"config/profiles/{name}.toml"
    return f"; an export writes it once [values] of {file} has {' and '.join(sorted(names))}{new}"


def _channel_profile(profile: Profile) -> Profile:
    """The profile with the channel's fields as an item's: they are looked up in the same way."""
    return replace(profile, required=profile.channel_required, wanted=profile.channel_wanted)


def _of_numbers(view: View, items: int, size: int, root: Node | None) -> Iterator[Finding]:
    for level in view.levels:
        limits = level.limits
        if limits.items_min and items < limits.items_min:
            message = f"there are {items} items, at least {limits.items_min} are {level.needed}"
            yield view.finding(level.rule(rules.ITEMS_FEW), message, root)
        if limits.items_max and items > limits.items_max:
            message = f"there are {items} items, at most {limits.items_max} are {level.taken}"
            yield view.finding(level.rule(rules.ITEMS_MANY), message, root)
        if limits.document_max and size > limits.document_max:
            message = f"the document has {size} bytes, at most {limits.document_max} are {level.taken}"
            yield view.finding(level.rule(rules.DOCUMENT_LARGE), message, root)


def _of_item(item: Item, now: datetime | None) -> Iterator[Finding]:
    yield from missing_fields(item)
    yield from lengths(item)
    yield from markup_in_plain(item)
    yield from links(item)
    yield from body(item)
    yield from media(item)
    if now is not None:
        yield from dates(item, now)


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return (finding.place.line or 0, finding.place.column or 0, finding.rule.id, finding.message)


def _up(place: Place, lines: int) -> Place:
    return place if place.line is None else replace(place, line=place.line - lines)
