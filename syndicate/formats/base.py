"""What a format is made of, and where to find it: a folder beside this file *is* a format.

    names.py   facts and the table of names: TITLE and, for a format that is written, FILE_NAME, MEDIA_TYPE,
               CONTENTS (content levels), ALLOWS_EMPTY, STANDALONE; IS_TOPIC where one can subscribe to the document,
               MARK where others may have files of that name too: what stands in ours; SEPARATOR where something
               stands between two articles; EACH where a document holds one article only: how its file name ends;
               TELLS_WITHDRAWALS where withdrawn articles are sent too; IS_SITEMAP; VARIANTS; KEEPS, where it is read
               too: what of an article comes back; IS_GENERIC where its reader takes much, so that others are asked
               first; STATES, where it is only read: whether it states embargo and status
    render.py  `Renderer`: fragment() and frame(); variant() where there are VARIANTS; HAS_ARCHIVES where a frame says
               where its document stands in an archive; where a front page may quote it, `Quoted`: headline(); where
               not every article has a place in it, `Omits`: omits(); where the frame names the articles, `Listed`:
               listed(); where an article alone needs more than a declaration, `Alone`: alone()
    read.py    `Reader`: detect() and read()
    rules.py   `Checker`: dialect() and check(), RULES; ONLY_ASKED where a document does not show its format; where
               they can look at items one by one, `Begin`: begin(); where they know documents of our own to be good,
               `Proved`: proved(), and with official schemas `Agreed`: agreed()
    proof.py   `Prover`: proof()
    roots.py   ROOTS: the local names of its root elements, or `{` and `[` for JSON. A format with rules that has none
               is asked about every document

Parts that a format lacks are simply not there. A folder `newsml_g2` is the format `newsml-g2`; its variant `xhtml` is
`newsml-g2-xhtml`, a name like any other wherever something is written, and the same format wherever it is read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from syndicate.errors import UnknownName
from syndicate.markup.xml import DECLARATION, Document, Items, Node
from syndicate.model.finding import Finding, Rule

# Checking needs none of these, and they take longer to load than the rules.
if TYPE_CHECKING:
    from syndicate.markup.entry import History
    from syndicate.model.article import Article
    from syndicate.model.content import Content
    from syndicate.model.draft import Draft, Piece, Reading, Rejected, Written
from syndicate.model.feed import Feed, Publisher

_HERE = Path(__file__).parent
# What reading apps subscribe to, the one to offer first in front.
READERS = ("atom", "rss", "jsonfeed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a document says about itself besides its articles.

    `updated` is the newest change among the articles (never the time of the build), `digest` a hash over them, in hex,
    `hubs` the addresses where one is told of its changes (WebSub). `listed` is what `Listed` says of each article, in
    order; `has_withdrawals` tells that one of them is withheld or canceled. `history` is its place in an archive, for
    formats that have archives.
    """

    feed: "Feed"
    publisher: "Publisher"
    self_url: str
    updated: datetime
    digest: str
    hubs: tuple[str, ...] = ()
    listed: tuple[bytes, ...] = ()
    has_withdrawals: bool = False
    history: "History | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a front page says of an article: its headline as plain text, and where it can be read.

    `href` is the article's page, or `#…` for its place in the document.
    """

    text: str
    href: str
    language: str


class Facts(Protocol):
    """`names.py`: the format's fixed facts."""

    TITLE: str


class WrittenFacts(Facts, Protocol):
    """`names.py` of a format that is written."""

    FILE_NAME: str
    MEDIA_TYPE: str
    CONTENTS: "tuple[Content, ...]"
    ALLOWS_EMPTY: bool
    STANDALONE: bool
    """Whether each article is a document of its own too, beside the feed's."""


class Renderer(Protocol):
    """`render.py`: articles to bytes. Pure: no clock, no locale, no store."""

    RENDERER_VERSION: str
    """Changes whenever the same article would give other bytes."""

    def fragment(self, article: "Article", publisher: "Publisher", content: "Content") -> bytes:
        """One article in this format, ready to be joined with others. The feed has no say in it."""
        ...

    def frame(self, envelope: Envelope) -> tuple[bytes, bytes]:
        """What stands before the first and after the last fragment of a document."""
        ...


Quoted = Callable[[bytes], Headline]
"""What a front page says of the article that a fragment is of."""

Omits = Callable[["Article"], str | None]
"""Why an article has no place in a document of the format (`has no address`), or None when it has one."""

Listed = Callable[[bytes], bytes]
"""What the frame needs to know of the article that a fragment is of."""

Alone = Callable[[bytes], bytes]
"""The document of one article alone, from its fragment."""


class Reader(Protocol):
    """`read.py`: a file to drafts."""

    def detect(self, head: bytes, name: str) -> bool:
        """Whether a file of that name that begins with `head` (up to 64 KiB) is of this format."""
        ...

    def read(self, stream: BinaryIO, file: str, reading: "Reading") -> "Iterator[Draft | Rejected]":
        """The articles of one file, one by one; raises InputError when the file as a whole is unreadable."""
        ...


class PieceReader(Reader, Protocol):
    """`read.py` of a format whose files hold articles that can be read apart: `read` is `cut`, then `read_piece`."""

    def cut(self, stream: BinaryIO, file: str) -> "Iterator[Piece | Rejected]":
        """The file's articles, not yet read, in order; Rejected for a stretch of it that holds none."""
        ...

    def read_piece(self, piece: "Piece", file: str, reading: "Reading") -> "Draft | Rejected":
        """The article of one piece; the same whatever was read before it."""
        ...

    def write_piece(self, piece: "Piece", file: str, reading: "Reading") -> "Written | Draft | Rejected":
        """The same article in the form in which it is kept, where that takes less time."""
        ...


class Checker(Protocol):
    """`rules.py`: a document to findings."""

    RULES: Sequence[Rule]

    def dialect(self, document: Document) -> str | None:
        """The name and version (`rss-2.0`) when the document is of this format, else None."""
        ...

    def check(
        self, document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
    ) -> Iterable[Finding]:
        """What is wrong with the document; `schemas` is a folder of official schemas, where there is one."""
        ...


Begin = Callable[[Document, str, datetime], Items | None]
"""Starts to look at the items of a document of that dialect while it is read, as soon as its root is; None where the
document must be read as a whole. Only formats without an official schema have it: their items are checked alone."""

Proved = Callable[[bytes, datetime], str | None]
"""The dialect of a document in which the rules certainly find nothing at that moment; None where that is not sure."""

Agreed = Callable[[bytes, Path], bool]
"""Whether the official schemas in that folder certainly find nothing in a document that was proved good."""

Proof = Callable[[bytes, str], bool]
"""Whether the rules certainly find nothing in an item, on that day (`2026-03-04`, in UTC)."""


class Prover(Protocol):
    """`proof.py`: a short way past the rules for what our own renderer has written."""

    def proof(self, owner: Node) -> Proof | None:
        """What proves items good that stand alone in that element; None where nothing is proved of them."""
        ...


@cache
def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return tuple(sorted(path.parent.name.replace("_", "-") for path in _HERE.glob("*/names.py")))


@cache
def written() -> tuple[str, ...]:
    """The names under which documents are written, sorted: formats with a renderer, and their variants."""
    found = having("render")
    return tuple(sorted((*found, *(f"{name}-{variant}" for name in found for variant in variants(name)))))


def variants(name: str) -> tuple[str, ...]:
    """What comes after the format's name in those of its variants."""
    return tuple(_variants(name))


@cache
def format_of(name: str) -> str:
    """The format that a written name belongs to: `ninjs` for `ninjs-2.2`; an unknown name is its own."""
    return _split(name)[0]


def for_readers(chosen: Sequence[str]) -> tuple[str, ...]:
    """Those of the formats that reading apps subscribe to, in order."""
    return tuple(name for name in chosen if name in READERS)


def has_part(name: str, part: str) -> bool:
    """Whether the format can be rendered (`render`), read (`read`) or checked (`rules`)."""
    return find_spec(f"{_package(format_of(name))}.{part}") is not None


def facts(name: str) -> Facts:
    """The format's facts."""
    return cast("Facts", _part(name, "names"))


@cache
def written_facts(name: str) -> WrittenFacts:
    """The facts of what can be rendered under that name; UnknownName otherwise."""
    _require_written(name)
    base, variant = _split(name)
    module = _part(base, "names")
    if not variant:
        return cast("WrittenFacts", module)
    return cast("WrittenFacts", SimpleNamespace(**{**vars(module), **_variants(base)[variant]}))


def separator(name: str) -> bytes:
    """What stands between two fragments of a document: nothing in most formats, never a line break."""
    found: str = getattr(written_facts(name), "SEPARATOR", "")
    return found.encode()


def mark_of(name: str) -> bytes | None:
    """What stands in every document of the format, where its file name is not enough to know it as ours."""
    mark: str | None = getattr(written_facts(name), "MARK", None)
    return None if mark is None else mark.encode()


def each(name: str) -> str | None:
    """How the names of the files end where each article is one: the feed's document is then a list of them."""
    return getattr(written_facts(name), "EACH", None)


def tells_withdrawals(name: str) -> bool:
    """Whether a withdrawn article is sent too, for those who have it already; without its content (`as_sent`)."""
    return getattr(written_facts(name), "TELLS_WITHDRAWALS", False)


def is_sitemap(name: str) -> bool:
    """Whether its documents belong into the tree's index of sitemaps."""
    return getattr(written_facts(name), "IS_SITEMAP", False)


def keeps(name: str) -> frozenset[str]:
    """The names of an article's fields that come back when what was written is read; none where nothing is read."""
    return frozenset(getattr(written_facts(name), "KEEPS", ()))


def states(name: str) -> frozenset[str]:
    """Which of embargo and status a document of the format states: where it names none, there is none."""
    stated: frozenset[str] = getattr(facts(name), "STATES", None) or frozenset(getattr(facts(name), "KEEPS", ()))
    return stated & {"embargo", "status"}


@cache
def renderer(name: str) -> Renderer:
    """What renders under that name; UnknownName when nothing does."""
    _require_written(name)
    base, variant = _split(name)
    module = _part(base, "render")
    return cast("Renderer", module.variant(variant) if variant else module)


def quoted(name: str) -> Quoted | None:
    """What tells headlines from the format's fragments, where it may be quoted; UnknownName when it has no renderer."""
    return cast("Quoted | None", getattr(renderer(name), "headline", None))


def omits(name: str) -> Omits | None:
    """What tells which articles have no place in the format, where some have none."""
    return cast("Omits | None", getattr(renderer(name), "omits", None))


def listed(name: str) -> Listed | None:
    """What tells from a fragment what the frame says of the article, where it names them."""
    return cast("Listed | None", getattr(renderer(name), "listed", None))


def has_archives(name: str) -> bool:
    """Whether a feed's older articles can be on archive pages in the format."""
    return getattr(renderer(name), "HAS_ARCHIVES", False)


def alone(name: str) -> Alone:
    """What makes a document of one article's fragment."""
    return cast("Alone", getattr(renderer(name), "alone", DECLARATION.__add__))


@cache
def reader(name: str) -> Reader:
    """The format's reader; UnknownName when it has none."""
    _require(name, "read")
    return cast("Reader", _part(format_of(name), "read"))


def piece_reader(name: str) -> PieceReader | None:
    """The format's reader when it reads articles apart, else None; UnknownName when it has none at all."""
    found = reader(name)
    return cast("PieceReader", found) if hasattr(found, "read_piece") else None


@cache
def checker(name: str) -> Checker:
    """The format's rules; UnknownName when it has none."""
    _require(name, "rules")
    return cast("Checker", _part(format_of(name), "rules"))


@cache
def roots(name: str) -> frozenset[str] | None:
    """The local names of the format's root elements, `{` and `[` for JSON; None where it is not told by its root."""
    return cast("frozenset[str]", _part(name, "roots").ROOTS) if has_part(name, "roots") else None


def is_only_asked(name: str) -> bool:
    """Whether a document is of the format for whoever says so, since nothing in it can tell: `ONLY_ASKED`."""
    return getattr(checker(name), "ONLY_ASKED", False)


def newest(name: str) -> str | None:
    """The dialect of a document of which nothing but its format is known: `NEWEST`; None where it needs more."""
    return cast("str | None", getattr(checker(name), "NEWEST", None))


def begin(name: str) -> Begin | None:
    """What looks at the format's items one by one, where that can be done; UnknownName when it has no rules."""
    return cast("Begin | None", getattr(checker(name), "begin", None))


def proved(name: str) -> Proved | None:
    """What proves whole documents of the format good, where there is such; UnknownName when it has no rules."""
    return cast("Proved | None", getattr(checker(name), "proved", None))


def agreed(name: str) -> Agreed | None:
    """What asks the official schema about documents that are proved good; None where that needs a careful look."""
    return cast("Agreed | None", getattr(checker(name), "agreed", None))


def prover(name: str) -> Prover | None:
    """The format's proof, where there is one."""
    return cast("Prover", _part(format_of(name), "proof")) if has_part(name, "proof") else None


@cache
def having(part: str) -> tuple[str, ...]:
    """The names of the formats with that part."""
    return tuple(name for name in names() if has_part(name, part))


def topics() -> frozenset[str]:
    """The file names of documents that one can subscribe to (WebSub): their format states `IS_TOPIC`."""
    return frozenset(written_facts(name).FILE_NAME for name in written() if is_topic(name))


def is_topic(name: str) -> bool:
    """Whether one can subscribe to documents of that format."""
    return getattr(written_facts(name), "IS_TOPIC", False)


def detect_reader(head: bytes, name: str) -> str | None:
    """The name of the format whose reader takes the file, or None; one that takes much is asked last."""
    asked = sorted(having("read"), key=lambda one: getattr(facts(one), "IS_GENERIC", False))
    return next((format_name for format_name in asked if reader(format_name).detect(head, name)), None)


@cache
def _variants(name: str) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = getattr(_part(name, "names"), "VARIANTS", {})
    return found


def _split(name: str) -> tuple[str, str]:
    """The format and its variant, empty for the format itself."""
    if name not in names():
        for base in names():
            variant = name.removeprefix(f"{base}-")
            if variant != name and variant in _variants(base):
                return base, variant
    return name, ""


def _package(name: str) -> str:
    return f"syndicate.formats.{name.replace('-', '_')}"


def _require(name: str, part: str) -> None:
    if format_of(name) not in names() or not has_part(name, part):
        raise UnknownName("format", name, having(part))


def _require_written(name: str) -> None:
    if format_of(name) not in names() or not has_part(name, "render"):
        raise UnknownName("format", name, written())


@cache
def _part(name: str, part: str) -> Any:
    return import_module(f"{_package(name)}.{part}")
