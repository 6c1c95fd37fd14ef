"""What a line of a page is, judged from the line alone."""

import re
from dataclasses import dataclass

from syndicate.model.article import Dateline, Person

ENDS = " \t\xa0\u2007\u202f\u200b\ufeff"
_SHORT = 120
_CLOSERS = "”’\"')]»"
_BULLET = re.compile(r"[•●▪◦*–—-]\s|\d{1,2}[.)]\s")
_DURATION = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\s*[-–—]\s*Source:\s*(\S.*)\Z")
_LABEL = re.compile(r"(?:story\s+)?highlights\s*:?\Z", re.IGNORECASE)
_RELATED = re.compile(
    r"(?:read|read more|read also|see also|watch|related|related article)\s*:\s*(\S.*)\Z", re.IGNORECASE
)
_NOTE = re.compile(r"\(?editor(?:[’'`]?s[’'`]?)?\s+note\s*[:—–-]\s*|\(?editor[’'`]s\s+note\Z", re.IGNORECASE)
_CORRECTION = re.compile(r"\(?correction\s*:\s*", re.IGNORECASE)
_GALLERY = re.compile(r"(?:photos?|gallery|photo gallery|in pictures)\s*:\s*(.*)\Z", re.IGNORECASE)
_COUNTER = re.compile(
    r"(?:(?:hide|show)\s+caption\s*)?(?<!\d)\d{1,3} of \d{1,3}\Z|(?:hide|show)\s+caption\Z", re.IGNORECASE
)
_TAIL = 60
_FURNITURE = re.compile(
    r"(?:read more|continue reading|advertisement|share this(?: story| article)?|hide caption|show caption|"
    r"(?:sign up|subscribe|click here|tap here)\b.{0,160}\bnewsletters?\b.{0,80}|"
    r"(?:get|want|receive)\b.{0,80}\b(?:our|your|free|daily|weekly)\b.{0,80}\b(?:newsletters?|inbox)\b.{0,80})[\s.…!»>→]*\Z",
    re.IGNORECASE,
)

# Agencies and stations whose name may stand bare before the dash; others need a line of their own or brackets.
_WIRES = r"CNN|AP|AFP|UPI|Reuters|BBC|NPR|dpa|DPA|EFE|ANSA|TASS"
_SOURCE = r"[A-Z][\w&.]*(?:\s[A-Z][\w&.]*){0,2}"
_CAPITALS = r"[A-Z][A-Z0-9&.]+(?:\s[A-Z][\w&.]*){0,2}"
_PLACE = r"[^\W\d_][^()—–:;!?“”\"]{0,59}?"
_OWN_LINE = re.compile(
    rf"(?:(?P<place>{_PLACE})[\s\xa0,]+)?(?:\((?P<source>{_SOURCE})\)|(?P<bare>{_CAPITALS}))\s*(?:[—–]|--?)\Z"
)
_GLUED = re.compile(
    rf"(?:(?P<place>{_PLACE})[\s\xa0]+)?\((?P<source>{_SOURCE})\)(?P<gap>\s*)(?P<dash>[—–]|--?(?=\s))?\s*(?=\S)"
)
_BARE = re.compile(rf"(?:(?P<place>{_PLACE})[\s\xa0]+)?(?P<source>(?:{_WIRES})(?:\s[A-Z]\w+)?)\s*[—–]\s*(?=\S)")
_PLACE_WORD = re.compile(r"[^\W\d_][\w.’'-]*,?\Z")
_SMALL_WORDS = frozenset(
    {"of", "de", "del", "la", "le", "les", "du", "des", "and", "the", "on", "in", "sur", "am", "an", "der", "den",
     "near", "off", "y", "el", "al", "upon", "under", "aboard"}
)  # fmt: skip

_BYLINE = re.compile(r"(?:By|BY)\s+(\S.{1,200})\Z")
_NAME_PARTICLES = frozenset(
    {"de", "van", "von", "der", "den", "di", "da", "del", "la", "le", "al", "bin", "el", "y", "ter", "du", "dos"}
)
_AFFILIATION = re.compile(
    r"[A-Z][A-Z0-9&]+\b.*|(?i:special to|for)\b.*|.*\b(?i:editor|correspondent|reporter|writer|analyst|producer|"
    r"contributor|columnist|staff|news|wire|bureau)\b.*"
)
_JOINERS = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|AND|&)\s+")
_CONTRIBUTED = re.compile(r"(?P<names>.{2,600}?)\s+(?:also\s+)?contributed\s+(?:to\s+this\s+\w+|reporting)\b.{0,120}\Z")
_ORGANISATION = re.compile(r"(?:[A-Z][\w&.]*\s){0,2}[A-Z][\w&.]*[’']s?\s+")


@dataclass(frozen=True, slots=True)
class VideoEnd:
    """The last line of a video block: length in seconds, and whom the video is from."""

    duration: int
    source: str


def read_video_end(line: str) -> VideoEnd | None:
    """The length and source of `01:35 - Source: KLDN` or `1:01:35 - Source: KLDN`."""
    found = _DURATION.match(line)
    if found is None:
        return None
    hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
    return VideoEnd(3600 * hours + 60 * minutes + seconds, found[4].strip(ENDS))


def is_highlights_label(line: str) -> bool:
    """Whether the line is the label over the highlights."""
    return _LABEL.match(line) is not None


def read_related(line: str) -> str | None:
    """The title of a line that names another story by `Read: ...`."""
    found = _RELATED.match(line)
    return found[1] if found else None


def read_note(line: str) -> str | None:
    """The text of an editor's note; empty when it stands on the next line."""
    return _after(_NOTE.match(line), line)


def read_correction(line: str) -> str | None:
    """The text of a correction notice; empty when it stands on the next line."""
    return _after(_CORRECTION.match(line), line)


def _after(label: re.Match[str] | None, line: str) -> str | None:
    if label is None:
        return None
    is_bracketed = line.startswith("(") and line.endswith(")")
    return line[label.end() : -1 if is_bracketed else None].strip(ENDS)


def read_gallery(line: str) -> str | None:
    """The title of a picture gallery whose captions follow."""
    found = _GALLERY.match(line) if len(line) <= 2 * _SHORT else None
    return found[1] if found else None


def read_counted_caption(line: str) -> tuple[str, str] | None:
    """A caption (may be empty) and the furniture after it: `Hide Caption`, `3 of 12`."""
    found = _COUNTER.search(line, max(0, len(line) - _TAIL))
    if found is None:
        return None
    return line[: found.start()].strip(ENDS), found[0]


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the web site, not to the story."""
    return _FURNITURE.match(line) is not None


def is_short(line: str) -> bool:
    """Whether the line can be a heading or a link: short, no sentence, no item of a list."""
    if len(line) > _SHORT or is_sentence(line):
        return False
    return not (line[0].islower() or _BULLET.match(line))


def is_sentence(line: str) -> bool:
    """Whether the line ends as sentences do, or is a quotation that ends as one."""
    core = line.rstrip(_CLOSERS)
    if core.endswith((".", ",", ";", ":", "…", "。", "।", "۔")):
        return True
    return core != line and line[0] in '“"«' and core.endswith(("!", "?"))


def read_dateline(line: str) -> Dateline | None:
    """The dateline when the line is nothing else: `Linden, Ohio (KLDN) —`."""
    found = _OWN_LINE.match(line) if len(line) <= _SHORT else None
    place = found["place"] if found else None
    if found is None or (place is not None and not _is_place(place)):
        return None
    return Dateline(text=line, place=place, source=found["source"] or found["bare"])


def split_dateline(line: str) -> tuple[Dateline, str] | None:
    """The dateline that opens a paragraph, and the text after it: `(CNN)Storm ...`, `Linden (KLDN) — Storm ...`."""
    head = line[: 2 * _SHORT]
    found = _GLUED.match(head)
    if found is None or not _is_opening(found):
        found = _BARE.match(head)
    if found is None or not _is_place(found["place"] or "Place"):
        return None
    text = line[: found.end()].strip(ENDS)
    return Dateline(text=text, place=found["place"], source=found["source"]), line[found.end() :]


def _is_opening(found: re.Match[str]) -> bool:
    """Brackets open a story when a dash or no space follows; bare initials in brackets do so at the very beginning."""
    is_joined = bool(found["dash"]) or not found["gap"]
    return (
        is_joined
        or re.fullmatch(_WIRES, found["source"]) is not None
        or (found["place"] is None and re.fullmatch(_CAPITALS, found["source"]) is not None)
    )


def _is_place(text: str) -> bool:
    words = text.rstrip(",").split()
    return (
        0 < len(words) <= 6
        and all(_PLACE_WORD.match(word) and (word[0].isupper() or word in _SMALL_WORDS) for word in words)
        and words[0][0].isupper()
    )


def read_byline(line: str) -> tuple[Person, ...]:
    """The authors of `By Jonas Feld and Ada Holm, KLDN`, their affiliation as role; empty when it is no by-line."""
    found = _BYLINE.match(line)
    if found is None or line.endswith((".", "?", "!", ":")):
        return ()
    names: list[str] = []
    people: list[Person] = []
    for part in _JOINERS.split(found[1].strip(ENDS)):
        is_role = bool(names) and _AFFILIATION.fullmatch(part) is not None and not (line.isupper() and " " in part)
        if is_role:
            people += [Person(name=name, role=part) for name in names]
            names = []
        elif is_name(part) and (" " in part or part.isupper()):
            names.append(part)
        else:
            return ()
    return tuple(people + [Person(name=name) for name in names])


def is_name(text: str) -> bool:
    """Whether the text reads like a person's name: capitalised words, at most six."""
    words = text.split()
    return (
        0 < len(words) <= 6
        and all(word[0].isupper() or word.lower() in _NAME_PARTICLES for word in words)
        and words[0][0].isalpha()
        and not any(character.isdigit() for character in text)
    )


def read_contributors(line: str) -> tuple[Person, ...] | None:
    """The people of `KLDN’s Priya Raman and Jo Ek contributed to this report.`; None when it is no such line.

    Empty when the line is one but its names cannot be told apart.
    """
    found = _CONTRIBUTED.match(line) if len(line) <= 6 * _SHORT else None
    if found is None:
        return None
    parts = [_ORGANISATION.sub("", part, count=1) for part in _JOINERS.split(found["names"])]
    return tuple(Person(name=part) for part in parts) if all(map(is_name, parts)) else ()
