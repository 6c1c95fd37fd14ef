"""The fields before a text: YAML between `---`, TOML between `+++`, or one JSON object (as Hugo, Jekyll and others do).

Every value is a text, a list or a table: YAML guesses no types (`no` stays `no`), and what TOML and JSON type is
written as text again.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MAX_FRONT = 64 * 1024
_YAML = re.compile(r"---[ \t]*\n(?P<front>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<front>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*[\"']?[A-Za-z_][\w .-]{0,60}[\"']?[ \t]*:(?:[ \t\n]|\Z)")
_DEEPEST = 16


class FrontMatterError(ValueError):
    """Fields that cannot be read; `line` is 1-based in the file."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields by their names as written, and the text behind them, which begins in that line."""

    values: Mapping[str, Value] = field(default_factory=dict)
    text: str = ""
    line: int = 1


def is_front_matter(text: str) -> bool:
    """Whether the text begins with fields in YAML or TOML."""
    return text.startswith("+++\n") or _KEY.match(text) is not None


def split(text: str) -> FrontMatter:
    """The fields and the text; no fields where it begins with none. FrontMatterError when they cannot be read.

    Lines end with `\\n` alone.
    """
    for pattern, read in ((_YAML, _read_yaml), (_TOML, _read_toml)):
        found = pattern.match(text, 0, MAX_FRONT)
        if found is not None and (pattern is _TOML or not found["front"].strip() or _KEY.match(text)):
            return _made(read(found["front"]), text, found.end())
    if text.startswith("+++\n") or _KEY.match(text):
        raise FrontMatterError(f"the fields at its beginning do not end: {text[:3]} is missing behind them", 1)
    if text.startswith("{") and not text.startswith("{{") and not text.startswith("{%"):
        values, end = _read_json(text)
        return _made(values, text, end)
    return FrontMatter({}, text, 1)


def _made(values: Any, text: str, end: int) -> FrontMatter:
    if values is None or values == "":
        values = {}
    if not isinstance(values, dict):
        raise FrontMatterError("the fields at its beginning are no fields: name: value is wanted", 1)
    told = {str(name): _plain(value, 0) for name, value in values.items() if value is not None}
    return FrontMatter(told, text[end:], text.count("\n", 0, end) + 1)


def _plain(value: Any, depth: int) -> Value:
    if depth > _DEEPEST:
        raise FrontMatterError("the fields at its beginning are nested too deep", 1)
    if isinstance(value, dict):
        return {str(name): _plain(one, depth + 1) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one, depth + 1) for one in value if one is not None]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _read_yaml(text: str) -> Any:
    # Most imports read no YAML.
    from syndicate.markup.front_matter_yaml import YamlError, load

    try:
        return load(text)
    except YamlError as error:
        # The first line of the file is the mark before the fields.
        raise FrontMatterError(f"the YAML at its beginning: {error}", error.line + 1) from None


def _read_toml(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) + 1 if found else 1
        raise FrontMatterError(f"the TOML at its beginning: {_first_line(error)}", line) from None


def _read_json(text: str) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text[:MAX_FRONT])
    except json.JSONDecodeError as error:
        raise FrontMatterError(f"the JSON at its beginning: {error.msg}", error.lineno) from None
    except (RecursionError, ValueError) as error:
        raise FrontMatterError(f"the JSON at its beginning cannot be read: {_first_line(error)}", 1) from None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def texts(value: "Value | None") -> Iterator[str]:
    """The texts of a value: of a list one by one, of a text with commas those between them."""
    if isinstance(value, str):
        yield from (one.strip() for one in value.split(",") if one.strip())
    elif isinstance(value, list):
        yield from (one.strip() for one in value if isinstance(one, str) and one.strip())
