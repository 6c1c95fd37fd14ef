"""How much of agencies' documents comes through reading: words, headlines, people, subjects and files, by agency.

    python bench/survival.py FOLDER [FORMAT ...]

FOLDER holds documents, one folder of them per agency. Each goes to the reader that takes it, whatever its format; what
it says is counted beside that, by simpler means that know nothing of our readers. Prints JSON, then a Markdown table.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree, html

from syndicate.errors import SyndicateError
from syndicate.formats import base as formats
from syndicate.model.draft import Draft, Reading

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ("words", "headlines", "people", "subjects", "files")
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")
_INLINE = re.compile(r"</?(?:a|em|strong|sub|sup|code|span)(?: [^>]*)?>")
_BLANKS = re.compile(r"\s+")
_NOT_TEXT = ("script", "style", "head", "noscript")
# What Reuters writes where it knows nothing.
_NOTHING = "No-Data-Available"
Element = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a document says, or an article: each kind counted by its values."""

    words: Counter[str] = field(default_factory=Counter)
    headlines: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    subjects: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Said") -> None:
        """Count what the other says too."""
        for kind in KINDS:
            getattr(self, kind).update(getattr(other, kind))


@dataclass(slots=True)
class Family:
    """The documents of one agency in one format: counts of what was said, and of what came through."""

    files: int = 0
    read: int = 0
    failed: int = 0
    said: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    def add(self, said: Said, kept: Said) -> None:
        """Count one document."""
        for kind in KINDS:
            source, found = getattr(said, kind), getattr(kept, kind)
            self.said[kind] += sum(source.values())
            self.kept[kind] += sum((source & found).values())


def main(arguments: list[str]) -> int:
    """Measure the folder; the formats named, or all that have a reader."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    folder, wanted = Path(arguments[0]), arguments[1:]
    found = {
        name: family
        for name, family in sorted(measured(folder).items())
        if not wanted or name.rpartition(" ")[2] in wanted
    }
    print(json.dumps({name: figures(family) for name, family in found.items()}, indent=2))
    print()
    print("\n".join(table(found)))
    return 0


def measured(folder: Path) -> dict[str, Family]:
    """The counts by agency and format, of all documents in the folder that a reader takes."""
    families: dict[str, Family] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == ".tsv":
            continue
        data = path.read_bytes()
        name = formats.detect_reader(data[:65536], path.name)
        if name not in SOURCES:
            continue
        agency = path.relative_to(folder).parts[0]
        _measure(families.setdefault(f"{agency} {name}", Family()), name, data, path.name)
    return families


def _measure(family: Family, name: str, data: bytes, file: str) -> None:
    said = source_of(name, data)
    if said is None or not (said.words or said.headlines or said.files):
        return
    family.files += 1
    kept = Said()
    try:
        drafts = [
            one for one in formats.reader(name).read(BytesIO(data), file, Reading(now=NOW)) if isinstance(one, Draft)
        ]
    except SyndicateError:
        drafts = []
        family.failed += 1
    for draft in drafts:
        kept.add(article_says(draft.article))
    family.read += bool(drafts)
    family.add(said, kept)


def figures(family: Family) -> dict[str, object]:
    """What is printed of one family: shares in percent, None where nothing was said."""
    shares = {
        kind: round(100 * family.kept[kind] / family.said[kind], 1) if family.said[kind] else None for kind in KINDS
    }
    return {"documents": family.files, "read": family.read, "unreadable": family.failed, **shares,
            "said": {kind: family.said[kind] for kind in KINDS}}  # fmt: skip


def table(found: dict[str, Family]) -> Iterator[str]:
    """The lines of the table."""
    yield "| agency, format | documents | read | " + " | ".join(f"{kind} %" for kind in KINDS) + " |"
    yield "|---|--:|--:|" + "--:|" * len(KINDS)
    for name, family in found.items():
        values = figures(family)
        shares = (_share(values[kind], family.said[kind]) for kind in KINDS)
        yield f"| {name} | {family.files} | {family.read} | {' | '.join(shares)} |"


def _share(value: object, count: int) -> str:
    return "–" if value is None else f"{value:g} ({count})"


def article_says(article: Any) -> Said:
    """What the article says, wherever it says it."""
    texts = list(_texts(article))
    renditions = [one.href for media in article.media for one in media.renditions]
    return Said(
        words=words(" ".join(unescape(_TAG.sub(" ", _INLINE.sub("", text))) for text in texts)),
        headlines=Counter([line(article.headline)]),
        people=Counter(person.name.casefold() for person in (*article.authors, *article.contributors)),
        subjects=Counter(
            code for one in article.subjects for code in (f"{one.scheme}:{one.code}", line(one.name or ""))
        ),
        files=Counter(renditions),
    )


def _texts(value: Any) -> Iterator[str]:
    """All texts in the fields of a record and below."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))


def words(text: str) -> Counter[str]:
    """The words of the text, whatever parts them."""
    return Counter(word.casefold() for word in _WORD.findall(text))


def line(text: str) -> str:
    """The text on one line."""
    return _BLANKS.sub(" ", text).strip()


def source_of(name: str, data: bytes) -> Said | None:
    """What the document says by simple means; None when it cannot be parsed so."""
    try:
        return SOURCES[name](data)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _tree(data: bytes) -> Element:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    if root is None:
        raise ValueError("no element")
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False)
    for one in root.iter():
        one.tag = etree.QName(one).localname
    return root


def _all(root: Element, *names: str) -> list[str]:
    found = (line(" ".join(one.itertext())) for one in root.iter(*names))
    return [text for text in found if text and text != _NOTHING]


def _spoken(element: Element) -> str:
    """The text of a body, words of neighbouring elements parted, without what is no text."""
    pieces: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if any(outer.tag in _NOT_TEXT for outer in (one, *one.iterancestors())):
            if event == "end" and one.tag in _NOT_TEXT:
                pieces.append(one.tail or "")
            continue
        if one.tag in _PARTING:
            pieces.append(" ")
        pieces.append((one.text if event == "start" else one.tail if one is not element else "") or "")
    return "".join(pieces)


_BLOCKS = """
    p div section header footer li ul ol td th tr table h1 h2 h3 h4 h5 h6 br time hedline hl1 hl2 block bq media
    media-caption media-producer body.head body.content body.end byline byttl person dateline location city tagline
    abstract distributor
"""
_PARTING = frozenset(_BLOCKS.split())


def _unescaped(text: str) -> str:
    """The text as it is meant where it was escaped twice."""
    return unescape(text) if re.search(r"&#?\w+;", text) else text


def _nitf(root: Element) -> Said:
    body = next(root.iter("body"), root)
    hrefs = [one.get("source") for one in root.iter("media-reference")]
    return Said(
        words=words(_spoken(body)),
        headlines=Counter(_all(root, "hl1")[:1] or _all(root, "hedline")[:1]),
        people=Counter(name.casefold() for one in root.iter("byline") for name in _all(one, "person")),
        subjects=Counter(f"subj:{one.get('tobject.subject.refnum')}" for one in root.iter("tobject.subject")
                         if one.get("tobject.subject.refnum")),
        files=Counter(set(_web(hrefs))),
    )  # fmt: skip


def _web(hrefs: Iterable[str | None]) -> list[str]:
    return [one for one in hrefs if one and re.match("https?://", one)]


def _g2(data: bytes) -> Said:
    total = Said()
    for item in _tree(data).iter("newsItem"):
        total.add(_g2_item(item))
    return total


def _g2_item(item: Element) -> Said:
    """Text items count with all they say, others with their files alone: the rest of them repeats the story's."""
    files = Counter(
        set(_web(one.get("href") for one in item.iter("remoteContent") if one.getparent().tag == "contentSet"))
    )
    kind = next((one.get("qcode", "").rpartition(":")[2] for one in item.iter("itemClass")), "text")
    if kind != "text":
        return Said(files=files)
    payloads = [one for one in item.iter("inlineXML", "inlineData") if _is_text(one)]
    # Of the same text in XML and in plain characters the first is what is meant.
    payload = max(payloads, key=lambda one: (one.tag == "inlineXML", len("".join(one.itertext()))), default=None)
    meta = next(item.iter("contentMeta"), None)
    body = None if payload is None else next(payload.iter("body"), payload)
    return Said(
        words=Counter() if body is None else words(_unescaped(_spoken(body))),
        headlines=Counter(() if meta is None else _all(meta, "headline")[:1]),
        people=Counter(() if meta is None else _g2_people(meta)),
        subjects=Counter(set() if meta is None else set(_g2_subjects(meta))),
        files=files,
    )


def _g2_subjects(meta: Element) -> Iterator[str]:
    codes = (one.get("qcode") for one in meta.findall("subject"))
    return (code for code in codes if code and _NOTHING not in code)


def _is_text(element: Element) -> bool:
    kind = element.get("contenttype", "text/plain")
    first = element[0].tag if len(element) else ""
    return (element.tag == "inlineXML" and first in ("html", "nitf", "body", "div", "p", "section")) or (
        element.tag == "inlineData" and (kind.startswith("text/") or "html" in kind)
    )


def _g2_people(meta: Element) -> Iterator[str]:
    """Those who are called persons or contribute."""
    for one in meta.findall("creator") + meta.findall("contributor"):
        if one.tag == "creator" and "person" not in one.get("type", ""):
            continue
        name = next((line(" ".join(found.itertext())) for found in one.findall("name")), "") or line(
            one.get("literal", "")
        )
        if name:
            yield name.casefold()


def _newsml1(data: bytes) -> Said:
    root = _tree(data)
    content = [one for one in root.iter("DataContent") if "".join(one.itertext()).strip()]
    text = max((_spoken(next(one.iter("body"), one)) for one in content), key=len, default="")
    # HTML may stand in it as text.
    text = unescape(_TAG.sub(" ", _INLINE.sub("", text))) if "</p>" in text else text
    subjects = [
        one.get("FormalName") for name in ("Subject", "SubjectMatter", "SubjectDetail") for one in root.iter(name)
    ]
    return Said(
        words=words(text),
        headlines=Counter(_all(root, "HeadLine")[:1]),
        subjects=Counter({f"subj:{one}" for one in subjects if one and one.isdigit()}),
        files=Counter(set(_web(one.get("Href") for one in root.iter("ContentItem")))),
    )


def _ninjs(data: bytes) -> Said:
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("no object")
    bodies = [found.get("body_html") or found.get("body_xhtml") or found.get("body_text") or ""]
    bodies += [one.get("value") or "" for one in found.get("bodies") or () if isinstance(one, dict)]
    headlines = [found.get("headline") or ""]
    headlines += [one.get("value") or "" for one in found.get("headlines") or () if isinstance(one, dict)]
    text = max(bodies, key=len, default="")
    return Said(
        words=words(html.fromstring(f"<div>{text.replace('<', ' <')}</div>").text_content()) if text else Counter(),
        headlines=Counter([line(one) for one in headlines if one][:1]),
        files=Counter(set(_web(_hrefs(found)))),
    )


def _hrefs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            if name == "renditions":
                several = one.values() if isinstance(one, dict) else one or ()
                yield from (str(part.get("href")) for part in several if isinstance(part, dict))
            else:
                yield from _hrefs(one)
    elif isinstance(value, list):
        for one in value:
            yield from _hrefs(one)


SOURCES: dict[str, Callable[[bytes], Said]] = {
    "newsml-g2": _g2,
    "nitf": lambda data: _nitf(_tree(data)),
    "newsml-1-2": _newsml1,
    "newsml1": _newsml1,
    "newsml-1": _newsml1,
    "ninjs": _ninjs,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
