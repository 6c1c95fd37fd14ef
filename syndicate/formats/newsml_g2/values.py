"""What values look like in NewsML-G2 2.35 (power): one table of attributes and of elements that hold a single value.

Only what may be said by the form of a value stands here. Values that have a rule of their own (times of an item, its
version, language tags, counts of words, sizes of files) do not; addresses are not judged by their form.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from syndicate.formats.newsml_g2 import names as n

_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_DATE = f"{_YEAR}-{_MONTH}-{_DAY}"
_MOMENT = rf"{_DATE}T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_NAME = r"[^\W\d][\w.\-·]*"
_QCODE = r"[^\s:]+:\S+"


class Kind:
    """A type of the schema: the form of its values, blanks around them aside, and the words that say what is meant.

    `is_strict` is for values in which blanks around count.
    """

    def __init__(self, pattern: str, expected: str, *, is_strict: bool = False) -> None:
        self.pattern = pattern
        self.expected = expected
        self.is_strict = is_strict

    def takes(self, value: str) -> bool:
        """Whether the value is of that type."""
        return self._form.fullmatch(value if self.is_strict else value.strip(" \t\r\n")) is not None

    @cached_property
    def _form(self) -> re.Pattern[str]:
        # Made ready when the first value is there: few documents hold values of every type.
        return re.compile(self.pattern, re.ASCII if r"\w" not in self.pattern else 0)


def _list_of(pattern: str) -> str:
    return rf"(?:{pattern}(?:\s+{pattern})*)?"


def _words(*words: str) -> Kind:
    return Kind("|".join(words), f"one of {', '.join(words)}", is_strict=True)


def _numbers(pattern: str, expected: str) -> Kind:
    return Kind(_list_of(pattern), expected)


QCODE = Kind(_QCODE, "alias:code", is_strict=True)
QCODES = Kind(_list_of(_QCODE), "alias:code, or several with blanks between")
_LINE = Kind(r"[\S ]*", "one line of text, without tabs and line breaks", is_strict=True)
_NATURAL = Kind(r"\+?\d+|-0+", "a whole number from 0")
_POSITIVE = Kind(r"\+?0*[1-9]\d*", "a whole number from 1")
_INTEGER = Kind(r"[+-]?\d+", "a whole number")
_DECIMAL = Kind(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", "a decimal number like 52.37")
_DOUBLE = Kind(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN", "a number")
_PERCENT = Kind(r"\+?0*(?:\d{1,2}|100)|-0+", "a whole number from 0 to 100")
_TO_NINE = Kind(r"\+?0*[1-9]", "a whole number from 1 to 9")
_BOOLEAN = Kind("true|false|1|0", "true or false")
_ID = Kind(_NAME, "a name that begins with a letter and holds no blank and no colon")
_IDS = Kind(_list_of(_NAME), "names of elements, with blanks between")
_TOKENS = Kind(r"[\w.\-·:]+(?:\s+[\w.\-·:]+)*", "words without blanks")
_DURATION = Kind(
    r"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "a duration like PT90S",
)
_DATE_OR_TIME = Kind(f"(?:{_DATE}|{_MOMENT}){_ZONE}", "a day or a time like 2026-03-04T12:00:00Z")
_PART_OF_TIME = Kind(
    f"(?:{_MOMENT}|{_DATE}|{_YEAR}-{_MONTH}|{_YEAR}){_ZONE}",
    "a year, a month, a day or a time like 2026-03-04T12:00:00Z",
)
_ANY_TIME = Kind(
    f"(?:{_MOMENT}|{_DATE}|{_YEAR}-{_MONTH}|{_YEAR}|--{_MONTH}-{_DAY}|--{_MONTH}|---{_DAY}){_ZONE}",
    "a day, a time or a part of a day",
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_BY_KIND: Mapping[Kind, str] = {
    QCODE: """
        accesstype audiochannels audiocodec authoritystatus colourindicator colourspace confirmationstatus creator
        durationunit encoding format hashtype heightunit how idformat interactiontype jobtitle layoutorientation market
        marketlabelsrc mode part qcode radunit ratertype rel rendition renditionref reposrole representation
        residrefformat scaleunit severity symbolsrc target tech timeunit valcalctype valueunit videocodec
        videodefinition videoscaling why widthunit
    """,
    # `scope`, `role` and `type` take one or several, by the element.
    QCODES: "aspect concepttype derivedfrom environment pubconstraint role scope type",
    _LINE: "literal videoaspectratio videosampling",
    _NATURAL: "charcount colourdepth interactions linecount orientation pagecount rangefrom rank raters seq",
    _POSITIVE: "audiobitrate audiosamplerate audiosamplesize chnlid count interval rangeto resolution videoavgbitrate",
    _INTEGER: "altitude x y",
    _DECIMAL: "latitude longitude scalemax scalemin videoframerate",
    _DOUBLE: "radius",
    _PERCENT: "confidence relevance",
    _BOOLEAN: "audiovbr custom hascontent videovbr",
    _ID: "alias id idref original partid root sourceidref",
    _IDS: "contentrefs idrefs",
    _TOKENS: "media",
    _DATE_OR_TIME: """
        coversfrom coversto created generated modified retired schemecreated schememodified schemeretired timestamp
        until validfrom validto
    """,
    _PART_OF_TIME: "approxend approxstart",
    _words("ltr", "rtl"): "dir",
    _words("progressive", "interlaced"): "videoscan",
    _words("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"): "freq",
    _words(*_WEEKDAYS): "wkst",
    _numbers("[0-5]?[0-9]", "numbers from 0 to 59"): "byminute bysecond",
    _numbers("(?:1?[0-9]|2[0-3])", "numbers from 0 to 23"): "byhour",
    _numbers("(?:0?[1-9]|1[0-2])", "numbers from 1 to 12"): "bymonth",
}

ATTRIBUTES: Mapping[str, Kind] = {name: kind for kind, names in _BY_KIND.items() for name in names.split()}
"""The type of each attribute, whatever element it stands on."""

ELSEWHERE: Mapping[tuple[str, str], Kind | None] = {
    ("a", "rel"): None,
    ("timestamp", "role"): None,
    ("bit", "significance"): _PERCENT,
    ("audience", "significance"): _TO_NINE,
    ("exclAudience", "significance"): _TO_NINE,
    ("rating", "value"): _DECIMAL,
    **dict.fromkeys(((one, "type") for one in ("itemClass", n.SUBJECT, n.CREATOR, n.CONTRIBUTOR)), QCODE),
}
"""Elements on which an attribute is of another type; None where any text may stand."""

TEXTS: Mapping[str, Kind] = {
    name: kind
    for kind, names in {
        _LINE: ("creditline", "fileName", "generator", "keyword", "name", "postalCode", "profile", "slugline"),
        _TO_NINE: ("priority", "urgency"),
        _DATE_OR_TIME: ("exDate", "expires", "rDate"),
        _PART_OF_TIME: ("born", "ceasedToExist", "contentCreated", "contentModified", "created", "died", "dissolved",
                        "founded", "timestamp"),
        _ANY_TIME: ("end", "scheduled", "start"),
        _DURATION: ("duration",),
        _TOKENS: ("hierarchyInfo",),
    }.items()
    for name in names
}  # fmt: skip
"""The type of the text of each element that holds a single value."""
