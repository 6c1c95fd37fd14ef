"""Plain text that every format can carry: XML 1.0 characters in composed form, nothing that turns lines around."""

import re
import unicodedata
from collections.abc import Iterator

# XML 1.0 §2.2 Char leaves these out; the last two groups are legal there but never meant:
# C1 controls (Windows-1252 read as Latin-1) and the overrides that print text in another order than it is stored.
_NOT_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_C1 = "\x80-\x9f"
_BIDI = "\u202a-\u202e\u2066-\u2069"

_SUSPECT = re.compile(f"[\r{_NOT_XML}{_C1}{_BIDI}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_NONCHARACTER = re.compile("[\ufffe\uffff]")
_BIDI_OVERRIDE = re.compile(f"[{_BIDI}]")
_C1_CONTROL = re.compile(f"[{_C1}]")
_SHOWN = 4
_ASCII = bytes(range(0x80))
# Characters that are sound, combine with nothing before them and are composed already, whatever stands around them:
# Latin, Greek, Cyrillic, Hebrew, Arabic, kana, Han and Hangul letters, punctuation, signs and pictographs.
_SETTLED = re.compile(
    "[\xa0-\u02ff\u0391-\u0482\u05d0-\u05ea\u0621-\u064a\u2002-\u2029\u202f-\u205f\u20a0-\u20bf\u2190-\u2328\u2500-\u27bf"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufe0f\uff01-\uff60\U0001f300-\U0001faff]*"
)


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as every format can carry it, and a clause for each kind of thing that was changed. Never raises.

    Line ends become `\\n`, which is not worth a word.
    """
    if is_sound(text):
        return text, ()
    changes = tuple(_changes(text))
    fixed = _without(text)
    composed = unicodedata.normalize("NFC", fixed)
    if composed != fixed:
        changes += ("letters and accents joined (NFC)",)
    return composed, changes


def is_sound(text: str) -> bool:
    """Whether `repair` would give the text back as it is."""
    if not text.isprintable() and _SUSPECT.search(text):
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def is_sound_json(data: bytes) -> bool:
    """Whether `is_sound` holds for all texts of the JSON, which is valid and escapes no character that may be unsound.

    Most texts hold few characters beyond ASCII, so these are looked at alone: a third of the cost.
    """
    others = data.translate(None, _ASCII).decode()
    return _SETTLED.fullmatch(others) is not None or is_sound(data.decode().rstrip())


def one_line(text: str) -> str:
    """The text without outer white space, its inner runs of spaces, tabs and line ends made one space."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _LINE_SPACE.sub(" ", text)
    return text.strip()


_LINE_SPACE = re.compile("[ \t\n\r]+")


def _without(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE_PAIR.sub(_joined, text)
    text = _C1_CONTROL.sub(_of_windows, text)
    text = re.sub("[\x0b\x0c]", " ", text)
    return re.sub(f"[{_NOT_XML}{_BIDI}]", "", text)


def _joined(pair: re.Match[str]) -> str:
    """The character of two surrogates that stand together (a JSON text cut and glued by UTF-16 units)."""
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _of_windows(control: re.Match[str]) -> str:
    """What Windows-1252 means by that byte, as HTML reads `&#146;`; nothing where it means nothing."""
    return control[0].encode("latin-1").decode("cp1252", "ignore")


def _changes(text: str) -> Iterator[str]:
    unpaired = _SURROGATE_PAIR.sub("", text)
    kinds = (
        (_CONTROL, text, "control character", "removed"),
        (re.compile("[\x0b\x0c]"), text, "page or column break", "made a space"),
        (_SURROGATE, unpaired, "lone surrogate", "removed"),
        (_NONCHARACTER, text, "non-character", "removed"),
        (_BIDI_OVERRIDE, text, "bidi override", "removed"),
        (_C1_CONTROL, text, "C1 control character", "read as Windows-1252"),
    )
    for pattern, searched, name, done in kinds:
        if found := pattern.findall(searched):
            yield _clause(found, name, done)


def _clause(found: list[str], name: str, done: str) -> str:
    codes = list(dict.fromkeys(f"U+{ord(character):04X}" for character in found))
    shown = ", ".join(codes[:_SHOWN]) + (" ..." if len(codes) > _SHOWN else "")
    return f"{name} {shown} {done}" if len(found) == 1 else f"{len(found)} {name}s ({shown}) {done}"
