"""The keys of a profile file, as pydantic models: what each takes, and in which words it is refused."""

import re
from typing import Any, Literal

from pydantic import Field, field_validator

from syndicate.settings import _Model

_AGE = re.compile(r"\d{1,5}\s*[mhdw]\Z")
_PLACE = re.compile(r"[A-Za-z_][\w.-]*(?::[\w.-]+)?(?:\[[^\]/]*\])?(?:/[A-Za-z_][\w.-]*(?::[\w.-]+)?(?:\[[^\]/]*\])?)*"
                    r"(?:/|@[\w:.-]+)?\Z|@[\w:.-]+\Z")  # fmt: skip
_WRITTEN = re.compile(r"[A-Za-z_][\w.-]*(?::[\w.-]+)?(?:/[A-Za-z_][\w.-]*(?::[\w.-]+)?)*"
                      r"(?:@[A-Za-z_][\w.-]*)?\Z")  # fmt: skip
_PREFIX = re.compile(r"[A-Za-z_][\w.-]*\Z")
_PARAMETER = re.compile(r"[A-Za-z0-9_.~-]+\Z")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+\Z")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\Z")

Places = dict[str, str | list[str]]


class LimitsTable(_Model):
    """`[limits]` (an error when broken) and `[advice]` (a warning)."""

    title_min: int | None = Field(default=None, ge=1, le=10**9, description="Fewest characters of a title")
    title_max: int | None = Field(default=None, ge=1, le=10**9, description="Most characters of a title")
    description_min: int | None = Field(default=None, ge=1, le=10**9, description="Fewest characters of a summary")
    description_max: int | None = Field(default=None, ge=1, le=10**9, description="Most characters of a summary")
    body_min: int | None = Field(default=None, ge=1, le=10**9, description="Fewest characters of the text")
    body_max: int | None = Field(default=None, ge=1, le=10**9, description="Most characters of the text")
    body_words: int | None = Field(default=None, ge=1, le=10**9, description="Fewest words of the text")
    body_depth: int | None = Field(default=None, ge=1, le=100, description="Most elements inside each other")
    items_min: int | None = Field(default=None, ge=1, le=10**9, description="Fewest items of a document")
    items_max: int | None = Field(default=None, ge=1, le=10**9, description="Most items of a document")
    document_max: int | None = Field(default=None, ge=1, le=10**12, description="Most bytes of a document")
    channel_description_max: int | None = Field(
        default=None, ge=1, le=10**9, description="Most characters of the channel's description"
    )
    image_width: int | None = Field(default=None, ge=1, le=10**6, description="Least width of a picture in pixels")
    image_height: int | None = Field(default=None, ge=1, le=10**6, description="Least height of a picture in pixels")
    image_side: int | None = Field(default=None, ge=1, le=10**6, description="Least shorter side of a picture")
    image_max: int | None = Field(default=None, ge=1, le=10**12, description="Most bytes of a picture")
    image_types: list[str] = Field(default=[], description="Media types of pictures, such as `image/jpeg`")
    images_min: int | None = Field(default=None, ge=1, le=100, description="Fewest pictures of an item")
    enclosures_max: int | None = Field(default=None, ge=1, le=100, description="Most enclosures of an item")
    age: str | None = Field(default=None, description="Oldest item: `90m`, `36h`, `7d`, `4w`")
    past: bool = Field(default=False, description="Items are not dated in the future")
    https: bool = Field(default=False, description="Links and media are reached by https")
    utf8: bool = Field(default=False, description="The document is in UTF-8")
    canonical: bool = Field(default=False, description="The item's link has no campaign parameters")
    plain: list[Literal["headline", "abstract", "authors"]] = Field(
        default=[], description="Fields that hold no markup"
    )

    @field_validator("age")
    @classmethod
    def _is_age(cls, value: str | None) -> str | None:
        return _like(_AGE, value, "a number and a unit: '90m', '36h', '7d' or '4w'")

    @field_validator("image_types")
    @classmethod
    def _are_types(cls, value: list[str]) -> list[str]:
        for one in value:
            _like(_TYPE, one, "media types such as 'image/jpeg'")
        return value


class FieldsTable(_Model):
    """`[fields]` and `[channel]`: what has to be there, and what is welcome."""

    required: Places = Field(default={}, description="A field's name, and where it stands; without one it is an error")
    wanted: Places = Field(default={}, description="The same; without one it is a warning")

    @field_validator("required", "wanted")
    @classmethod
    def _are_places(cls, value: Places) -> Places:
        for places in value.values():
            for one in [places] if isinstance(places, str) else places:
                _like(_PLACE, one, "paths such as 'media:group/media:content@url'")
        return value


class ChannelTable(FieldsTable):
    """`[channel]`: the same for what stands around the items, and what to write there."""

    write: dict[str, str] = Field(default={}, description="Elements or attributes to put in, with their texts")

    @field_validator("write")
    @classmethod
    def _are_paths(cls, value: dict[str, str]) -> dict[str, str]:
        for path in value:
            _like(_WRITTEN, path, "paths such as 'snf:logo/url' or 'itunes:image@href'")
        return value


class MarkupTable(_Model):
    """`[markup]`: what the text of an item may hold."""

    elements: list[str] | None = Field(default=None, description="The only elements of HTML that may stand there")
    attributes: dict[str, list[str]] | None = Field(
        default=None, description="The only attributes, by element; `*` for all elements"
    )
    banned: list[str] = Field(default=[], description="Elements that may not stand there")
    schemes: list[str] = Field(default=[], description="The only kinds of links: `https`, `mailto`")
    frame_hosts: list[str] = Field(default=[], description="Whose players may stand in an `iframe`; nobody's without")
    embeds: Literal["keep", "link", "drop"] = Field(
        default="link", description="Whether embeds stay, become links or go"
    )
    related: Literal["keep", "drop"] = Field(default="keep", description="Whether lines to other stories may stand")
    other_hosts: Literal["keep", "unlink"] = Field(default="keep", description="Whether links may lead elsewhere")
    hosts: list[str] = Field(default=[], description="Our own hosts; that of the article's address without any")

    @field_validator("elements")
    @classmethod
    def _have_paragraphs(cls, value: list[str] | None) -> list[str] | None:
        if value is not None and "p" not in value:
            raise ValueError("must have 'p': every text has paragraphs")
        return value


class SheetTable(_Model):
    """`[sheet]`: what people have to know."""

    contact: str = Field(default="", description="Whom to ask")
    submit: str = Field(default="", description="How to submit the feed")
    polled: str = Field(default="", description="How often it is fetched")
    updates: str = Field(default="", description="How a changed story is told")
    takedown: str = Field(default="", description="How a story is taken down")
    notes: list[str] = Field(default=[], description="What else there is to know")


class SourceTable(_Model):
    """`[sources.NAME]`: a page that bounds were taken from."""

    title: str = Field(min_length=1, description="The page's title")
    url: str = Field(pattern=r"^https?://\S+$", description="Its address")
    checked: str = Field(description="The month in which it said so, `2026-03`")
    covers: list[str] = Field(default=[], description="The bounds that it states, as in `limits.title_max`")

    @field_validator("checked")
    @classmethod
    def _is_month(cls, value: str) -> str:
        return _like(_MONTH, value, "a month such as '2026-03'") or ""


class ProfileFile(_Model):
    """One file of `config/profiles/`."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", description="The profile's name, that of its file")
    title: str = Field(min_length=1, description="The partner's name")
    purpose: str = Field(min_length=1, description="What the profile is for, one sentence")
    format: str = Field(min_length=1, description="The format that he gets")
    content: Literal["full", "summary", "headline"] = Field(default="full", description="How much of each article")
    fields: FieldsTable = FieldsTable()
    channel: ChannelTable = ChannelTable()
    limits: LimitsTable = LimitsTable()
    advice: LimitsTable = LimitsTable()
    markup: MarkupTable = MarkupTable()
    values: dict[str, str] = Field(default={}, description="Texts of yours that `[channel.write]` names as `{logo}`")
    namespaces: dict[str, str] = Field(default={}, description="Prefixes and namespaces that have to be declared")
    campaign: dict[str, str] = Field(
        default={}, description="Parameters of visible links to our own pages, such as `utm_source`"
    )
    sheet: SheetTable = SheetTable()
    sources: dict[str, SourceTable] = Field(default={}, description="Where all this is written")

    @field_validator("values", mode="before")
    @classmethod
    def _are_texts(cls, value: Any) -> Any:
        """`explicit = false` means the text."""
        if not isinstance(value, dict):
            return value
        return {name: str(one).lower() if isinstance(one, bool) else one for name, one in value.items()}

    @field_validator("namespaces")
    @classmethod
    def _are_prefixes(cls, value: dict[str, str]) -> dict[str, str]:
        for prefix in value:
            _like(_PREFIX, prefix, "prefixes such as 'media'")
        return value

    @field_validator("campaign")
    @classmethod
    def _are_parameters(cls, value: dict[str, str]) -> dict[str, str]:
        for one in (*value, *value.values()):
            _like(_PARAMETER, one, "letters, digits, '_', '-', '.' and '~'")
        return value


# What `[channel.write]` may name in its texts besides `[values]`.
WRITABLE = ("updated", "title", "link", "description", "language", "publisher", "self")


def _like(pattern: re.Pattern[str], value: str | None, what: str) -> str | None:
    if value is not None and not pattern.match(value):
        raise ValueError(f"{value!r}: must be {what}" if what.startswith("a ") else f"{value!r}: takes {what}")
    return value
