"""What proofs are made of: patterns of XML in which no rule finds anything.

Nearly all that is checked has just been written by our own renderers, and is good. A proof takes such an item in one
pass of a regular expression instead of a parse and a walk. It answers "good" or "not proved", never "bad": whatever it
does not take is looked at by the rules. What it takes must be well-formed and without findings, so each piece below
stands for less than XML and the rules allow: no comment, no CDATA, no reference by number, attributes in one order.

Patterns are of bytes in UTF-8, and of XML as written: `&amp;` where the text has an ampersand. `is_sound` says what no
pattern has to look at.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import count

from syndicate.markup.encoding import has_odd
from syndicate.markup.languages import doubt_of_tag, flaw_of_tag
from syndicate.markup.rules import LONGEST_HTML
from syndicate.markup.value_balance import is_surely_balanced

_GROUPS = count()
_CONTROLS = bytes(set(range(32)) - set(b"\t\n"))
_NO_CHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")


def is_short(item: bytes) -> bool:
    """Whether no text in the item can be so long that the rules cut it, perhaps in the middle of a tag."""
    return len(item) <= LONGEST_HTML


def is_sound(data: bytes) -> bool:
    """Whether these are characters of XML in UTF-8 without `]]>`, and none that shows a broken encoding."""
    if len(data.translate(None, _CONTROLS)) != len(data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    # Single bytes first: they are looked for much faster than several.
    if has_odd(data) or (b"\xef" in data and _NO_CHARACTERS.search(data)):
        return False
    return not (b"]" in data and b"]]>" in data)


def compiled(*pieces: str) -> re.Pattern[bytes]:
    """The pieces as one pattern."""
    return re.compile("".join(pieces).encode("ascii"))


def maybe(*pieces: str) -> str:
    """The pieces once, or not at all."""
    return f"(?:{''.join(pieces)})?"


def many(*pieces: str) -> str:
    """The pieces any number of times."""
    return f"(?:{''.join(pieces)})*"


def some(*pieces: str) -> str:
    """The pieces once or more often."""
    return f"(?:{''.join(pieces)})+"


def either(*pieces: str) -> str:
    """One of the pieces."""
    return f"(?:{'|'.join(pieces)})"


def named(name: str, piece: str) -> str:
    """The piece, to be asked for by name."""
    return f"(?P<{name}>{piece})"


def element(name: str, inside: str = "", attributes: str = "") -> str:
    """An element with start and end tag. The name is the one as written, or a Clark name for one without prefix."""
    name = constant(name.rpartition("}")[2])
    return f"<{name}{attributes}>{inside}</{name}>"


def any_element(names: Iterable[str], inside: str = "", attributes: str = "") -> str:
    """An element of one of these names, which hold nothing to escape; a shorter pattern than that of `either`."""
    group = f"name{next(_GROUPS)}"
    return f"<(?P<{group}>{'|'.join(names)}){attributes}>{inside}</(?P={group})>"


def empty(name: str, attributes: str = "") -> str:
    """An element without content."""
    return f"<{constant(name.rpartition('}')[2])}{attributes}/>"


def attribute(name: str, value: str) -> str:
    """An attribute in double quotes."""
    return f' {name}="{value}"'


def constant(text: str) -> str:
    """That very text; it holds nothing to escape in XML."""
    return re.escape(text)


# Written as ranges, since a set of ranges is a table to the matcher: twice as fast as "neither < nor &".
ANY = "[^<]*+"
_IN_TEXT, _IN_VALUE = r"[\x00-%'-;=-\xff]", r"[\x00-!#-%'-;=-\xff]"
# Where neither a word nor a number follows, they begin neither an entity nor a tag; nor does `&` before one letter.
_MARKS = r"&(?:amp;(?:(?![#0-9A-Z_a-z;\x80-\xff])|(?=[A-Za-z](?![0-9A-Z_a-z;\x80-\xff])))|lt;(?![/A-Za-z])|gt;|quot;)"
# A byte of a character that is no white space. White space beyond ASCII begins with C2, E1, E2 or E3 80.
_VISIBLE = r"(?:[!#-%'-;=-~\xc3-\xdf\xe4-\xf4]|\xe3[\x81-\xbf])"

PLAIN = f"{_IN_TEXT}*+(?:{_MARKS}{_IN_TEXT}*+)*"
FILLED = f"(?={_IN_TEXT}*?{_VISIBLE}){PLAIN}"
PLAIN_VALUE = f"{_IN_VALUE}*+(?:{_MARKS}{_IN_VALUE}*+)*"
FILLED_VALUE = f"(?={_IN_VALUE}*?{_VISIBLE}){PLAIN_VALUE}"

NUMBER = "[1-9][0-9]{0,8}+"
_PLAIN_REST = "[A-Za-z0-9/?#:@!$'()*+,;=._~-]*+"
_REST = f"{_PLAIN_REST}(?>(?:%[0-9A-Fa-f]{{2}}{_PLAIN_REST})*)"
WEB = f"https?://[A-Za-z0-9.-]++(?::[0-9]++)?(?:[/?#]{_REST}(?:&amp;{_REST})*)?"
MEDIA_TYPE = "[A-Za-z0-9.+-]++/[A-Za-z0-9.+-]++"
LANGUAGE = "[A-Za-z0-9-]++"
_LABEL = "[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*"
MAIL = rf"(?![^<]{{255}})[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)*@{_LABEL}(?:\.{_LABEL})*"
# Of all days only the 29th of February is left to the rules.
_DAY = "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_HOUR = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
DATE = f"(?!0000)[0-9]{{4}}-{_DAY}"
TIME = f"{DATE}T{_HOUR}Z"
TAG = (
    r"tag:[a-z0-9]++(?:-++[a-z0-9]++)*(?:\.[a-z0-9]++(?:-++[a-z0-9]++)*)*"
    r",[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?:"
    r"[A-Za-z0-9;/?:@=+$._!~*'(),-]{0,1000}+"
)
NEWSML_NAME = "urn:newsml:[A-Za-z0-9:._-]++"

# HTML, escaped once more: `&lt;p&gt;`. In a text of an article, an ampersand is written `&amp;amp;` then.
_HTML_NAMES = (
    "(?:p|li|a|strong|em|span|ul|ol|h[1-6]|figure|figcaption|img|blockquote|br|cite|su[bp]|code|t[drh]|table|caption|"
    "thead|tbody|tfoot|video|audio|source)"
)
_HTML_VALUE = f"{_IN_VALUE}*+(?:&amp;(?!#){_IN_VALUE}*+)*"
_HTML_ATTRIBUTES = (
    f' (?:(?:class|alt|title|width|height|lang|dir|rel|hreflang|type|controls|colspan|rowspan|id)="{_HTML_VALUE}"'
    f'|(?:href|src|poster|cite)="(?:https?:|mailto:|tel:){_HTML_VALUE}")'
)
HTML_TAG = f"lt;(?:/[a-z][a-z0-9]*+|{_HTML_NAMES}(?:{_HTML_ATTRIBUTES})*/?)&gt;"

_is_doubtful_html = compiled(rf"&(?!{HTML_TAG}|amp;(?!#)|gt;|quot;)").search
# The tags of escaped HTML, and nothing for each tag around it.
_NAMES = re.compile("<|&lt;(/?[a-z][a-z0-9]*)")


def is_html(data: bytes) -> bool:
    """Whether the rules find nothing in that part of an item, where it is escaped HTML."""
    return not _is_doubtful_html(data) and is_surely_balanced(_NAMES.findall(data.decode("latin-1")))


# The text of an article is the same in RSS and in Atom, which are checked one after the other.
@lru_cache(maxsize=4)
def is_sound_html(data: bytes) -> bool:
    """Whether the part is sound and the rules find nothing in it, where it is escaped HTML."""
    return is_sound(data) and is_html(data)


@lru_cache(maxsize=256)
def is_language(tag: bytes) -> bool:
    """Whether the rules find nothing in the language tag."""
    text = tag.decode()
    return flaw_of_tag(text) is None and doubt_of_tag(text) is None
