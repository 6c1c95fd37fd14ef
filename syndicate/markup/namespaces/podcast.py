"""Podcasts: Apple's itunes elements (podcasters.apple.com, "A podcaster's guide to RSS") and podcast 2.0."""

from collections.abc import Iterable, Iterator

from syndicate.markup.namespaces.podcast_categories import CATEGORIES, FORMER
from syndicate.markup.namespaces.tables import leaf, loose
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Attribute, Child, Element, Flaw, Value, Vocabulary, finding, shown
from syndicate.markup.value_addresses import full_uri, web
from syndicate.markup.value_html import plain
from syndicate.markup.values import TRUE_FALSE, anything, at_most, both, mail, matches, one_of, positive
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding

NS = "http://www.itunes.com/dtds/podcast-1.0.dtd"
SPEC = "Apple, podcaster's guide to RSS"
rules = RuleSet("rss", "atom")


def name(local: str) -> str:
    """The Clark name of an itunes element."""
    return f"{{{NS}}}{local}"


DURATION = rules.state(
    "itunes.duration.invalid", severity=ERROR, spec=SPEC, summary="durations are seconds, mm:ss or h:mm:ss",
    why="Players show no length, or a wrong one.", reference="InvalidDuration")  # fmt: skip
CHANNEL_TYPE = rules.state(
    "itunes.type.unknown", severity=ERROR, spec=SPEC, summary="the type is episodic or serial",
    why="Players list the episodes in the wrong order.", reference="InvalidItunesChannelType")  # fmt: skip
EPISODE_TYPE = rules.state(
    "itunes.episodeType.unknown", severity=ERROR, spec=SPEC, summary="the type is full, trailer or bonus",
    why="Players list a trailer as an episode.", reference="InvalidItunesEpisodeType")  # fmt: skip
BLOCK = rules.state(
    "itunes.block.unknown", severity=WARNING, spec=SPEC, summary="block is Yes, or is not there",
    why="Every other word has no effect: the podcast is listed.", reference="InvalidYesNoClean")  # fmt: skip
OLD_EXPLICIT = rules.state(
    "itunes.explicit.old-word", severity=WARNING, spec=SPEC, summary="explicit is true or false",
    why="yes, no and clean are from before 2019; directories still read them.",
    reference="InvalidTrueFalse")  # fmt: skip
CATEGORY = rules.state(
    "itunes.category.unknown", severity=ERROR, spec=SPEC, summary="categories are those of Apple's list",
    why="Directories list the podcast nowhere.", reference="InvalidItunesCategory")  # fmt: skip
OLD_CATEGORY = rules.state(
    "itunes.category.former", severity=WARNING, spec=SPEC, summary="categories are those of Apple's present list",
    why="Former categories are mapped to some present one.", reference="ObsoleteItunesCategory")  # fmt: skip

_ITS = f"{{{NS}}}"
_PLAYED = frozenset({"audio/mpeg", "audio/mp3", "audio/x-m4a", "audio/mp4", "audio/aac", "video/mp4", "video/x-m4v",
                     "video/quicktime", "application/pdf", "document/x-epub", "application/epub+zip"})  # fmt: skip
_PLAYED_ENDINGS = (".mp3", ".m4a", ".mp4", ".m4v", ".mov", ".pdf", ".epub")


def explicit(value: Value, run: Run) -> Iterator[Flaw]:
    """Whether it is for adults only."""
    text = value.text.strip().lower()
    if text in ("yes", "no", "clean", "explicit"):
        yield OLD_EXPLICIT, f"{value.where}: write true or false instead of {shown(value.text)}"
    elif text not in ("true", "false"):
        yield TRUE_FALSE, f"{value.where} must be true or false, not {shown(value.text)}"


def category(value: Value, run: Run) -> Iterator[Flaw]:
    """A category, or a subcategory of the one around it."""
    outer = value.node.parent
    above = outer.get("text") if outer is not None and outer.name == value.node.name else None
    text = value.text.strip()
    known = CATEGORIES if above is None else CATEGORIES.get(above, ())
    former = FORMER if above is None else FORMER.get(above, ())
    if text in known:
        return
    place = f" in {above}" if above else ""
    if text in former:
        yield OLD_CATEGORY, f"Apple no longer has the category {shown(text)}{place}"
    else:
        yield CATEGORY, f"Apple has no category {shown(text)}{place}"


_address = Attribute(kind=web, required=True)
_subcategory = Element(
    name=name("category"), attributes={"text": Attribute(kind=category, required=True)}, text=anything
)
_category = Element(
    name=name("category"),
    attributes={"text": Attribute(kind=category, required=True)},
    children=(Child(_subcategory, most=None),),
)
_owner = Element(
    name=name("owner"),
    children=(Child(leaf(NS, "email", mail).element, least=1), leaf(NS, "name", plain)),
)
_shared = (
    leaf(NS, "author", plain),
    leaf(NS, "block", one_of(("yes", "no", "clean"), BLOCK, any_case=True)),
    leaf(NS, "explicit", explicit),
    leaf(NS, "image", attributes={"href": _address}),
    leaf(NS, "keywords", plain),
    leaf(NS, "subtitle", both(plain, at_most(255))),
    leaf(NS, "summary", at_most(4000)),
    leaf(NS, "title", plain),
)
ITUNES = Vocabulary(
    namespace=NS,
    prefix="itunes",
    feed=(
        *_shared,
        Child(_category, most=None),
        Child(_owner),
        leaf(NS, "complete"),
        leaf(NS, "new-feed-url", full_uri),
        leaf(NS, "pubDate"),
        leaf(NS, "type", one_of(("episodic", "serial"), CHANNEL_TYPE)),
        leaf(NS, "applepodcastsverify"),
    ),
    item=(
        *_shared,
        Child(_category, most=None),
        leaf(NS, "duration", matches(DURATION, r"\d+|(\d+:)?[0-5]?\d:[0-5]\d", "seconds, mm:ss or h:mm:ss")),
        leaf(NS, "episode", positive),
        leaf(NS, "season", positive),
        leaf(NS, "episodeType", one_of(("full", "trailer", "bonus"), EPISODE_TYPE)),
        leaf(NS, "isClosedCaptioned"),
        leaf(NS, "order"),
        leaf(NS, "pubDate"),
    ),
)

_PODCAST_2 = ("alternateEnclosure", "block", "chapters", "chat", "contentLink", "episode", "funding", "guid", "image",
              "images", "license", "liveItem", "location", "locked", "medium", "person", "podping", "podroll",
              "publisher", "remoteItem", "season", "socialInteract", "soundbite", "source", "integrity", "trailer",
              "transcript", "txt", "updateFrequency", "value", "valueRecipient", "valueTimeSplit")  # fmt: skip
PODCAST_2 = tuple(
    Vocabulary(
        namespace=namespace,
        prefix="podcast",
        anywhere=tuple(loose(namespace, local, most=None) for local in _PODCAST_2),
    )
    for namespace in (
        "https://podcastindex.org/namespace/1.0",
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    )
)
VOCABULARIES = (ITUNES, *PODCAST_2)


NOT_UTF8 = rules.state(
    "itunes.encoding.not-utf8", severity=WARNING, spec=SPEC, summary="a podcast is encoded in UTF-8",
    why="Directories refuse every other encoding.", reference="NotUTF8")  # fmt: skip


def about_encoding(root: Node, encoding: str | None, run: Run) -> Iterator[Finding]:
    """The encoding of the document, when it is a podcast."""
    channel = root.find("channel")
    if channel is not None and _is_podcast(run) and (encoding or "utf-8").lower() not in ("utf-8", "utf8"):
        yield finding(NOT_UTF8, channel, f"the podcast is in {encoding}: write UTF-8")


def is_podcast(channel: Node) -> bool:
    """Whether the channel itself, its items aside, has any element of Apple's."""
    return any(name.startswith(_ITS) for name in channel.groups)


@rules.look_in(NS)
def remember(node: Node, run: Run) -> Iterable[Finding]:
    """Many podcasts have Apple's elements only in their items, which are gone when the channel is looked at."""
    run.memory("podcast", set[str]).add(NS)
    return ()


def _is_podcast(run: Run) -> bool:
    """Whether the document has had any element of Apple's so far."""
    return bool(run.memory("podcast", set[str]))


@rules.rule("itunes.channel.incomplete", on=("channel",), severity=WARNING, spec=SPEC,
            summary="a podcast states its category, its language and whether it is explicit",
            reference="MissingItunesElement")  # fmt: skip
def incomplete(channel: Node, run: Run) -> Iterator[Fault]:
    """Directories refuse podcasts without them."""
    if _is_podcast(run):
        for element, shown_as in (("language", "language"), (name("category"), "itunes:category"),
                                  (name("explicit"), "itunes:explicit")):  # fmt: skip
            if channel.find(element) is None:
                yield at(channel, f"the podcast does not state its {shown_as}", element=shown_as)


@rules.rule("itunes.owner.missing", on=("channel",), severity=INFO, spec=SPEC,
            summary="a podcast names the mail address of its owner", reference="MissingItunesEmail")  # fmt: skip
def owner_missing(channel: Node, run: Run) -> Iterator[Fault]:
    """Some directories ask for it to confirm who owns the podcast; Apple no longer does."""
    if _is_podcast(run) and channel.find(name("owner")) is None:
        yield at(channel, "the podcast does not name its owner's mail address", element="itunes:email")


@rules.rule("itunes.enclosure.format", on=("enclosure",), severity=WARNING, spec=SPEC,
            summary="episodes are of a format that podcast players play",
            reference="UnsupportedItunesFormat")  # fmt: skip
def enclosure_format(enclosure: Node, run: Run) -> Iterator[Fault]:
    """Directories list the episode without a file."""
    stated = enclosure.get("type") or ""
    if stated in _PLAYED:
        return
    kind = stated.partition(";")[0].strip().lower()
    path = (enclosure.get("url") or "").strip().partition("?")[0].lower()
    if kind not in _PLAYED and not path.endswith(_PLAYED_ENDINGS):
        message = f"podcast players do not play {shown(kind)}"
        yield at(enclosure, message, attribute="type", unless=lambda: not _is_podcast(run))


@rules.rule("itunes.keywords.blanks", on=(name("keywords"),), severity=INFO, spec=SPEC,
            summary="keywords are separated by commas", reference="InvalidKeywords")  # fmt: skip
def keywords(node: Node, run: Run) -> Iterator[Fault]:
    """Directories that still read them take the whole for one keyword."""
    text = node.text.strip()
    if " " in text and "," not in text:
        yield at(node, f"separate the keywords by commas: {shown(text)}")
