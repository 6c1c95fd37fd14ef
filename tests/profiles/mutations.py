"""One way to break each bound of a profile: what is done to a good document, and the rule that must see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from syndicate.markup.dates import rfc822, rfc3339
from syndicate.model.profile import Profile
from syndicate.profiles.places import PREFIXES, family_of

Change = Callable[["Broken"], None]


@dataclass
class Broken:
    """A document that is being broken: the tree, its first item, the profile and the moment to judge by."""

    root: etree._Element
    profile: Profile
    now: datetime
    bound: str
    tail: bytes = b""
    data: bytes | None = None

    @property
    def items(self) -> list[etree._Element]:
        return found(self.root, family_of(self.profile.format).items[0], self.root)

    @property
    def item(self) -> etree._Element:
        return self.items[0]

    @property
    def channel(self) -> etree._Element:
        path = family_of(self.profile.format).around
        return found(self.root, path, self.root)[0] if path else self.root

    @property
    def value(self) -> int:
        group, name = self.bound.split(".")
        number: int = getattr(getattr(self.profile, group), name)
        return number

    def places(self, field: str) -> tuple[str, ...]:
        return self.profile.places(field) or family_of(self.profile.format).fields.get(field, ())

    def put(self, field: str, text: str) -> None:
        """The text in all places of the field in the first item that there are."""
        for place in self.places(field):
            for element in found(self.item, place, self.item):
                element.text = text

    def bytes(self) -> bytes:
        return self.data if self.data is not None else etree.tostring(self.root, encoding="utf-8") + self.tail


def found(node: etree._Element, path: str, base: etree._Element) -> list[etree._Element]:
    """The elements at a path as profiles write it."""
    nodes = [node]
    for step in filter(None, path.partition("@")[0].split("/")):
        name, _, test = step.partition("[")
        prefix, colon, local = name.rpartition(":")
        namespace = PREFIXES[prefix] if colon else etree.QName(base).namespace
        clark = f"{{{namespace}}}{local}" if namespace else local
        key, _, value = test.rstrip("]").partition("=")
        nodes = [child for one in nodes for child in one.findall(clark) if not key or child.get(key) == value]
    return nodes


def erase(node: etree._Element, places: tuple[str, ...]) -> None:
    """Take out all that stands at these places."""
    for place in places:
        attribute = place.partition("@")[2]
        for element in found(node, place, node):
            if attribute:
                del element.attrib[attribute]
            else:
                parent = element.getparent()
                assert parent is not None
                parent.remove(element)


def _in_body(html: str) -> Change:
    def change(broken: Broken) -> None:
        for element in found(broken.item, broken.places("body")[0], broken.item):
            element.text = (element.text or "") + html

    return change


def _body(make: Callable[[int], str]) -> Change:
    return lambda broken: broken.put("body", make(broken.value))


def _title(make: Callable[[int], str]) -> Change:
    return lambda broken: broken.put("headline", make(broken.value))


def _format(broken: Broken) -> None:
    broken.data = b'<opml version="2.0"><head/><body/></opml>'


def _field(broken: Broken) -> None:
    erase(broken.item, broken.places(broken.bound.split(".")[2]))


def _channel_field(broken: Broken) -> None:
    profile, name = broken.profile, broken.bound.split(".")[2]
    (places,) = [one.places for one in (*profile.channel_required, *profile.channel_wanted) if one.name == name]
    erase(broken.channel, places)


def _namespace(broken: Broken) -> None:
    uri = dict(broken.profile.namespaces)[broken.bound.split(".")[1]]
    data = broken.bytes()
    assert uri.encode() in data
    other = uri.replace("https:", "http:") if uri.startswith("https:") else uri.replace("http:", "https:")
    broken.data = data.replace(f'"{uri}"'.encode(), f'"{other}"'.encode())


def _link(make: Callable[[str], str]) -> Change:
    def change(broken: Broken) -> None:
        (element,) = found(broken.item, broken.places("url")[0], broken.item)
        element.text = make(element.text or "")

    return change


def _number_of_items(number: Callable[[int], int]) -> Change:
    def change(broken: Broken) -> None:
        wanted, items = number(broken.value), broken.items
        parent = items[0].getparent()
        assert parent is not None
        for one in items[wanted:]:
            parent.remove(one)
        text = etree.tostring(items[0])
        for _ in range(wanted - len(items)):
            parent.append(etree.fromstring(text))

    return change


def _large(broken: Broken) -> None:
    broken.tail = b"\n" * broken.value


def _pictures(broken: Broken) -> Iterator[etree._Element]:
    """One picture is left, of one size, and no enclosure says it again."""
    erase(broken.item, ("enclosure",))
    first, *others = broken.item.iter(f"{{{PREFIXES['media']}}}content")
    for one in others:
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)
    yield first


def _picture(**attributes: Callable[[int], str]) -> Change:
    def change(broken: Broken) -> None:
        for one in _pictures(broken):
            for name, make in attributes.items():
                one.set(name, make(broken.value))

    return change


def _no_pictures(broken: Broken) -> None:
    erase(broken.item, ("enclosure", "media:content", "media:group"))
    broken.put("body", "<p>No picture.</p>")


def _enclosures(broken: Broken) -> None:
    (one,) = found(broken.item, "enclosure", broken.item)
    for number in range(broken.value):
        again = etree.fromstring(etree.tostring(one))
        again.set("url", f"https://media.harbour.example/{number}.jpg")
        broken.item.append(again)


def _dated(make: Callable[[Broken], datetime]) -> Change:
    def change(broken: Broken) -> None:
        spell = rfc822 if broken.profile.format == "rss" else rfc3339
        broken.put("published", spell(make(broken)))

    return change


def _too_old(broken: Broken) -> datetime:
    age = broken.profile.limits.age
    assert age is not None
    return broken.now - age - timedelta(seconds=1)


def _latin(broken: Broken) -> None:
    broken.data = etree.tostring(broken.root, encoding="iso-8859-1", xml_declaration=True)


def _markup_in_plain(broken: Broken) -> None:
    for field in broken.profile.limits.plain:
        broken.put(field, "A <b>bold</b> word in a text that is long enough for everybody")


def _banned(broken: Broken) -> None:
    for name in broken.profile.markup.banned:
        _in_body(f"<{name}>")(broken)


def _channel_description(broken: Broken) -> None:
    for element in found(broken.channel, "description", broken.channel):
        element.text = "x" * (broken.value + 1)


# By the bound, or what its name begins with: the change, and the rule that has to see it (`*`: `-advice` for advice).
MUTATIONS: dict[str, tuple[Change, str]] = {
    "format": (_format, "profile.document.format"),
    "addresses": (_link(lambda _: "/2026/03/04/page"), "profile.address.relative"),
    "fields.required.": (_field, "profile.item.missing-field"),
    "fields.wanted.": (_field, "profile.item.missing-field-advice"),
    "channel.required.": (_channel_field, "profile.channel.missing-field"),
    "channel.wanted.": (_channel_field, "profile.channel.missing-field-advice"),
    "namespaces.": (_namespace, "profile.namespace.missing"),
    "*.title_min": (_title(lambda n: "x" * (n - 1)), "profile.title.short*"),
    "*.title_max": (_title(lambda n: "x" * (n + 1)), "profile.title.long*"),
    "*.description_min": (
        lambda broken: broken.put("abstract", "x" * (broken.value - 1)),
        "profile.description.short*",
    ),
    "*.description_max": (
        lambda broken: broken.put("abstract", "x" * (broken.value + 1)),
        "profile.description.long*",
    ),
    "*.body_min": (_body(lambda n: f"<p>{'x' * (n - 1)}</p>"), "profile.body.short*"),
    "*.body_max": (_body(lambda n: f"<p>{'x' * (n + 1)}</p>"), "profile.body.long*"),
    "*.body_words": (_body(lambda n: f"<p>{'word ' * (n - 1)}</p>"), "profile.body.short*"),
    "*.body_depth": (_body(lambda n: "<div>" * (n + 1) + "x" + "</div>" * (n + 1)), "profile.body.deep*"),
    "*.items_min": (_number_of_items(lambda n: n - 1), "profile.items.few*"),
    "*.items_max": (_number_of_items(lambda n: n + 1), "profile.items.many*"),
    "*.document_max": (_large, "profile.document.large*"),
    "*.channel_description_max": (_channel_description, "profile.channel.description-long*"),
    "*.image_width": (_picture(width=lambda n: str(n - 1)), "profile.image.small*"),
    "*.image_height": (_picture(height=lambda n: str(n - 1)), "profile.image.small*"),
    "*.image_side": (_picture(height=lambda n: str(n - 1), width=lambda n: str(n * 2)), "profile.image.small*"),
    "*.image_max": (_picture(fileSize=lambda n: str(n + 1)), "profile.image.large*"),
    "*.image_types": (_picture(type=lambda _: "image/tiff"), "profile.image.type*"),
    "*.images_min": (_no_pictures, "profile.images.few*"),
    "*.enclosures_max": (_enclosures, "profile.enclosure.many*"),
    "*.age": (_dated(_too_old), "profile.item.old*"),
    "*.past": (_dated(lambda broken: broken.now + timedelta(minutes=6)), "profile.item.future*"),
    "*.https": (_link(lambda link: link.replace("https:", "http:")), "profile.address.insecure*"),
    "*.utf8": (_latin, "profile.document.encoding*"),
    "*.canonical": (_link(lambda link: f"{link}?utm_source=x"), "profile.link.tracked*"),
    "*.plain": (_markup_in_plain, "profile.field.markup*"),
    "markup.elements": (_in_body("<p><marquee>x</marquee></p>"), "profile.element.not-allowed"),
    "markup.attributes": (_in_body('<p style="color: red">x</p>'), "profile.attribute.not-allowed"),
    "markup.banned": (_banned, "profile.element.not-allowed"),
    "markup.schemes": (_in_body('<p><a href="ftp://harbour.example/x">x</a></p>'), "profile.link.scheme"),
    "markup.frame_hosts": (_in_body('<iframe src="https://elsewhere.example/"></iframe>'), "profile.frame.host"),
    "markup.related": (_in_body('<p class="related">x</p>'), "profile.related.not-allowed"),
    "markup.other_hosts": (
        _in_body('<p><a href="https://elsewhere.example/">x</a></p>'),
        "profile.link.other-host",
    ),
    "campaign": (_link(lambda link: link.partition("?")[0]), "profile.link.untracked"),
}


def mutation_of(bound: str) -> tuple[Change, str] | None:
    """How that bound is broken, and by which rule it is seen; None where nobody has said it."""
    group, _, name = bound.partition(".")
    key = f"*.{name}" if group in ("limits", "advice") else bound
    prefix = next((one for one in MUTATIONS if one.endswith(".") and bound.startswith(one)), key)
    entry = MUTATIONS.get(prefix)
    return entry and (entry[0], entry[1].replace("*", "-advice" if group == "advice" else ""))


def broken(data: bytes, profile: Profile, bound: str, now: datetime) -> tuple[bytes, str]:
    """The document with that bound broken, and the rule."""
    entry = mutation_of(bound)
    assert entry is not None, f"nobody has said how {bound} is broken"
    change, rule = entry
    work = Broken(root=etree.fromstring(data), profile=profile, now=now, bound=bound)
    change(work)
    return work.bytes(), rule
