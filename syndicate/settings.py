"""The configuration files as pydantic models, read once and then frozen.

`config/syndicate.toml` is a `Settings`, each `config/feeds/*.toml` a `FeedDefinition`. An environment variable
`SYNDICATE_STORE__URL` overrides `[store] url`. Every fault is reported with file, line and the nearest right key.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from syndicate.errors import ConfigError, ConfigErrors

PREFIX = "SYNDICATE_"
_IGNORED = frozenset({"SYNDICATE_TEST_REQUIRE"})
# Keys whose values are never shown.
_SECRET = frozenset({"password"})
_NOT_SETTINGS_WORDS = {"missing": "is missing", "extra_forbidden": "is not a known key"}
_TAG_AUTHORITY = re.compile(r"(?:[^@,\s]+@)?[A-Za-z0-9.-]+,\d{4}(?:-(?:0\d|1[0-2])(?:-(?:[0-2]\d|3[01]))?)?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_HUB = re.compile(
    r"https?://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?(\?[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?\Z"
)
_AGE = re.compile(r"(\d{1,5})\s*([mhdw])\Z")
_BYTES = re.compile(r"^[1-9][0-9]{0,5}[kM]\Z")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PublisherSettings(_Model):
    """`[publisher]`: who publishes."""

    name: str = Field(min_length=1, description="Name of the publisher, as readers know it")
    url: str = Field(pattern=r"^https?://\S+$", description="Address of the publisher's site")
    language: str = Field(default="en", description="Language of articles and feeds that state none (BCP 47)")
    tag_authority: str = Field(
        description="What guids are minted from: a domain you owned on a date, `example.com,2017`"
    )
    rights: str | None = Field(default=None, description="Copyright notice of feeds and of articles that have none")

    @field_validator("language")
    @classmethod
    def _language(cls, value: str) -> str:
        return _language_tag(value)

    @field_validator("tag_authority")
    @classmethod
    def _authority(cls, value: str) -> str:
        if not _TAG_AUTHORITY.match(value) or not _is_day(value.partition(",")[2]):
            raise ValueError("must be a domain and a date on which you owned it, e.g. 'example.com,2017' (RFC 4151)")
        return value


class StoreSettings(_Model):
    """`[store]`: where articles are kept."""

    url: str = Field(
        default="sqlite:///var/syndicate.db",
        pattern=r"^(sqlite|postgresql)",
        description="Address of the store; a relative path starts at the working directory",
    )


class OutputSettings(_Model):
    """`[output]`: where the published tree lies and how it is reached."""

    path: str = Field(default="feeds", min_length=1, description="Folder of the published tree")
    url: str = Field(pattern=r"^https?://\S+$", description="Address at which that folder is reachable")
    compress: list[Literal["gzip", "br"]] = Field(
        default=["gzip", "br"], description="Compressed twins to write beside each document; `[]` for none"
    )


class ScheduleSettings(_Model):
    """`[schedule]`: how the scheduler works."""

    debounce: float = Field(
        default=0.2, ge=0, le=3600, description="Seconds of quiet after a change before feeds are built"
    )
    lease: float = Field(
        default=60.0, ge=1, le=3600, description="Seconds after which a silent scheduler's run is taken over"
    )
    missed: Literal["last", "all"] = Field(
        default="last", description="Which missed runs are made up for after downtime"
    )


class ServeSettings(_Model):
    """`[serve]`: the feeds over HTTP."""

    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on; `0.0.0.0` for all")
    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on")
    max_age: int = Field(
        default=60, ge=0, le=86400, description="Seconds for which readers and caches may keep a document"
    )
    rate: float = Field(
        default=10.0, ge=0, description="Documents a second that one address may fetch in the long run; `0` for any"
    )
    burst: float = Field(default=1000.0, ge=1, description="Documents that one address may fetch at once")
    proxies: list[str] = Field(
        default=[], description="Addresses and networks of proxies whose `X-Forwarded-For` is believed"
    )
    status_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port of the status page, for this machine only; the one after `port` unless given",
    )
    password: str | None = Field(
        default=None,
        description="Opens the status page and metrics to others (HTTP Basic, any user name); see operating.md",
    )
    stale_after: float = Field(
        default=300.0,
        ge=1,
        le=86400,
        description="Seconds by which an export may be late before its feed counts as stale",
    )

    @field_validator("proxies")
    @classmethod
    def _networks(cls, value: list[str]) -> list[str]:
        return _networks(value)


class WebsubSettings(_Model):
    """`[websub]`: who is told of changes at once."""

    hubs: list[str] = Field(
        default=[], description="Addresses of other people's hubs; documents name them, and they are told of changes"
    )
    own: str | None = Field(
        default=None, description="Address at which `serve --hub` is reachable from outside; documents name it first"
    )
    allow: list[str] = Field(
        default=[],
        description="Addresses and networks inside the house where hubs and subscribers may be although not public",
    )
    longest_pause: float = Field(
        default=300.0, ge=0.1, le=3600, description="Longest pause in seconds between attempts to reach one that fails"
    )

    @field_validator("hubs")
    @classmethod
    def _hubs(cls, value: list[str]) -> list[str]:
        for one in value:
            _web_address(one)
        return value

    @field_validator("own")
    @classmethod
    def _own(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = _web_address(value)
        if not parts.path.strip("/") or parts.path.endswith("/") or parts.query or "%" in parts.path:
            raise ValueError("must have a plain path that does not end with a slash, such as 'https://host/hub'")
        return value

    @field_validator("allow")
    @classmethod
    def _networks(cls, value: list[str]) -> list[str]:
        return _networks(value)


class ValidateSettings(_Model):
    """`[validate]`: how documents are checked."""

    schemas: str | None = Field(
        default=None, description="Folder with IPTC's schema files; checked with them too when set"
    )


class Settings(_Model):
    """The whole of `config/syndicate.toml`."""

    publisher: PublisherSettings
    store: StoreSettings = StoreSettings()
    output: OutputSettings
    schedule: ScheduleSettings = ScheduleSettings()
    serve: ServeSettings = ServeSettings()
    websub: WebsubSettings = WebsubSettings()
    validation: ValidateSettings = Field(default=ValidateSettings(), alias="validate")


class Conditions(_Model):
    """`[select]` and `[exclude]`: each key takes a list; any of its values is enough."""

    sections: list[str] = Field(default=[], description="Section codes")
    subjects: list[str] = Field(default=[], description="Subjects, as `scheme:code` or by code alone")
    keywords: list[str] = Field(default=[], description="Keywords")
    genres: list[str] = Field(default=[], description="Genres")
    languages: list[str] = Field(default=[], description="Languages of articles")
    authors: list[str] = Field(default=[], description="Names of authors")


class FeedDefinition(_Model):
    """One file of `config/feeds/`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$", description="Folder of the feed below the published tree")
    title: str = Field(min_length=1, description="Title that readers see")
    link: str = Field(pattern=r"^https?://\S+$", description="Address of the page that the feed is about")
    description: str = Field(min_length=1, description="One sentence about the feed")
    language: str | None = Field(default=None, description="Language of the feed; the publisher's unless given")
    formats: list[str] = Field(min_length=1, description="Formats to publish")
    limit: int = Field(default=50, ge=1, le=10000, description="How many articles, newest first")
    max_age: str | None = Field(default=None, description="Oldest article to carry: `90m`, `36h`, `7d`, `4w`")
    max_bytes: str | None = Field(
        default=None, description="How large a document may be: `500k`, `2M`; older articles that do not fit stay out"
    )
    archive: bool = Field(
        default=False,
        description="Whether what the document does not hold, however old, is on archive pages (RFC 5005)",
    )
    archive_page: int = Field(default=100, ge=1, le=1000, description="How many articles are on an archive page")
    content: Literal["full", "summary", "headline"] = Field(default="full", description="How much of each article")
    order: Literal["updated", "published"] = Field(default="updated", description="Time to order (and age) articles by")
    schedule: str = Field(default="on-change", description="Five cron fields, a word such as `@hourly`, or `on-change`")
    timezone: str = Field(default="UTC", description="IANA zone in which the cron fields are meant")
    cache: str | None = Field(
        default=None, description="How long readers may keep its documents: `5m`, `1h`; `[serve] max_age` unless given"
    )
    withdrawn: str = Field(
        default="7d",
        description="How long a story that was withdrawn is told of, in formats that can; `0d` for not at all",
    )
    profile: str | None = Field(
        default=None,
        description="The partner whom the feed is for: one of `syndicate profiles`, or of `config/profiles/`",
    )
    destination: str | None = Field(
        default=None, min_length=1, description="For whom its messages are, as the header of NewsML-G2 says"
    )
    public: bool = Field(
        default=True,
        description="Whether it is listed on the front page and served; a partner's need not be",
    )
    early: bool = Field(
        default=False,
        description="Whether it holds what is under embargo too, for a partner whose contract says so; never served",
    )
    select: Conditions = Field(
        default=Conditions(), description="All conditions must hold; no condition takes every article"
    )
    exclude: Conditions = Field(default=Conditions(), description="An article that meets any of these stays out")

    @field_validator("language")
    @classmethod
    def _language(cls, value: str | None) -> str | None:
        return None if value is None else _language_tag(value)

    @field_validator("max_bytes")
    @classmethod
    def _bytes(cls, value: str | None) -> str | None:
        if value is not None and not _BYTES.match(value):
            raise ValueError("must be a number and a unit: '500k' for 500,000 bytes, '2M' for 2,000,000")
        return value

    @field_validator("max_age", "cache", "withdrawn")
    @classmethod
    def _age(cls, value: str | None) -> str | None:
        if value is not None and not _AGE.match(value):
            raise ValueError("must be a number and a unit: '90m', '36h', '7d' or '4w'")
        return value


_Read = TypeVar("_Read", bound=_Model)


def load_settings(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the file with the environment's overrides; raises ConfigError or ConfigErrors."""
    if not path.is_file():
        raise ConfigError(str(path), None, "there is no such file", "make one with: syndicate init DIR")
    values, lines = read_toml(path)
    for names, value, variable in _overrides(environment):
        section = values.setdefault(names[0], {})
        if not isinstance(section, dict):
            raise ConfigError(str(path), None, f"{names[0]} is no table, so {variable} cannot override it")
        section[names[1]] = value
        lines[names] = 0
    return read_model(Settings, values, lines, str(path))


def read_toml(path: Path) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """The values of a TOML file, and the 1-based line of each key by its path; raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), None, f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(str(path), None, f"cannot be read: {error.strerror}") from error
    try:
        return tomllib.loads(text), _key_lines(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        problem = "is not TOML: " + re.sub(r" \(at .*\)", "", str(error)).lower()
        raise ConfigError(str(path), int(found[1]) if found else None, problem) from error


def read_model(model: type[_Read], values: Mapping[str, Any], lines: Mapping[tuple[str, ...], int], file: str) -> _Read:
    """The values as a model; raises ConfigErrors with one entry per fault, in the order of the file."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found = [_config_error(model, fault, lines, file) for fault in error.errors(include_url=False)]
        raise ConfigErrors(tuple(sorted(found, key=lambda one: one.line or 0))) from error


def json_schema() -> dict[str, Any]:
    """JSON Schema of both kinds of files, for editors: `{"settings": ..., "feed": ...}`."""
    return {"settings": Settings.model_json_schema(), "feed": FeedDefinition.model_json_schema()}


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None."""
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), None)


def _config_error(model: type[_Model], fault: Any, lines: Mapping[tuple[str, ...], int], file: str) -> ConfigError:
    path = tuple(str(part) for part in fault["loc"] if not isinstance(part, int))
    line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
    where, name = " ".join(f"[{part}]" for part in path[:-1]), path[-1] if path else ""
    key = f"{where} {name}".strip()
    variable = PREFIX + "__".join(path).upper() if line == 0 else None
    if fault["type"] in _NOT_SETTINGS_WORDS:
        known = _known_keys(model, path[:-1])
        guess = nearest(name, known) if fault["type"] == "extra_forbidden" else None
        cure = f"did you mean {guess!r}?" if guess else f"known: {', '.join(known)}"
        cure = cure if fault["type"] == "extra_forbidden" else "add it"
        return ConfigError(variable or file, line or None, f"{key} {_NOT_SETTINGS_WORDS[fault['type']]}", cure)
    said = str(fault["msg"]).removeprefix("Value error, ")
    said = said[:1].lower() + said[1:]
    shown = "***" if name in _SECRET else repr(fault["input"])
    return ConfigError(variable or file, line or None, f"{key} = {shown}: {said}")


def _known_keys(model: type[BaseModel], path: tuple[str, ...]) -> list[str]:
    for name in path:
        field = next((one for key, one in model.model_fields.items() if name in (key, one.alias)), None)
        if field is None or not isinstance(field.annotation, type) or not issubclass(field.annotation, BaseModel):
            return []
        model = field.annotation
    return [field.alias or name for name, field in model.model_fields.items()]


def _overrides(environment: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], Any, str]]:
    known = _variables()
    for variable in sorted(environment):
        if not variable.startswith(PREFIX) or variable in _IGNORED:
            continue
        if variable not in known:
            guess = nearest(variable, list(known))
            cure = f"did you mean {guess}?" if guess else f"known: {', '.join(known)}"
            raise ConfigError(variable, None, "this environment variable is not a setting", cure)
        names, kind = known[variable]
        yield names, _as(kind, environment[variable], variable), variable


@cache
def _variables() -> dict[str, tuple[tuple[str, str], Any]]:
    found: dict[str, tuple[tuple[str, str], Any]] = {}
    for section, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for key, inner in kind.model_fields.items():
                name = field.alias or section
                found[f"{PREFIX}{name}__{key}".upper()] = ((name, key), inner.annotation)
    return found


def _as(kind: Any, value: str, variable: str) -> Any:
    if kind not in (float, int):
        return value
    try:
        return kind(value)
    except ValueError:
        what = "a number" if kind is float else "a whole number"
        raise ConfigError(variable, None, f"{value!r} is not {what}") from None


def _key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Lines of tables and of keys at the beginning of a line; keys inside inline tables get their table's line."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$", line):
            table = tuple(part.strip().strip("\"'") for part in found[1].split("."))
            lines.setdefault(table, number)
        elif found := re.match(r"\s*([A-Za-z0-9_\-.\"']+)\s*=", line):
            key = tuple(part.strip().strip("\"'") for part in found[1].split("."))
            lines.setdefault(table + key, number)
    return lines


def _networks(value: list[str]) -> list[str]:
    for one in value:
        try:
            ip_network(one, strict=False)
        except ValueError:
            raise ValueError(f"{one!r} is no address or network such as '10.0.0.0/8'") from None
    return value


def _web_address(value: str) -> SplitResult:
    """The parts of an address that can stand in a document and a header as it is."""
    if not _HUB.match(value):
        raise ValueError(f"{value!r} is no address such as 'https://hub.example/'")
    return urlsplit(value)


def _is_day(text: str) -> bool:
    """Whether a year, a month or a day of RFC 4151 exists."""
    try:
        return date.fromisoformat(text + "-01-01"[len(text) - 4 :]).year >= 1900
    except ValueError:
        return False


def _language_tag(value: str) -> str:
    if not _LANGUAGE.match(value):
        raise ValueError("must be a language tag such as 'en' or 'en-US' (BCP 47)")
    return value
