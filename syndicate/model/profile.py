"""What one partner takes: fields, limits, markup, namespaces, and what people have to know about sending to him."""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Literal

from syndicate.model.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of an article and where it stands: paths below the item (or the channel), any of them is enough."""

    name: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds; None, False and empty say nothing. Lengths of texts are in characters, of files in bytes.

    `image_side` is the shorter side of a picture, `images_min` the number of pictures of an item, `plain` names fields
    that hold no markup, `canonical` forbids campaign parameters in the item's link.
    """

    title_min: int | None = None
    title_max: int | None = None
    description_min: int | None = None
    description_max: int | None = None
    body_min: int | None = None
    body_max: int | None = None
    body_words: int | None = None
    body_depth: int | None = None
    items_min: int | None = None
    items_max: int | None = None
    document_max: int | None = None
    channel_description_max: int | None = None
    image_width: int | None = None
    image_height: int | None = None
    image_side: int | None = None
    image_max: int | None = None
    image_types: tuple[str, ...] = ()
    images_min: int | None = None
    enclosures_max: int | None = None
    age: timedelta | None = None
    past: bool = False
    https: bool = False
    utf8: bool = False
    canonical: bool = False
    plain: tuple[str, ...] = ()

    def stated(self) -> tuple[str, ...]:
        """The names of the bounds that say something."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) not in (None, False, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What the text may hold. `elements` None takes any but `banned`; `attributes` are by element, `*` for all.

    `frame_hosts` are those whose players may stand in a frame; without any, no frame may stand there at all. `hosts`
    are our own; without any, that of the article's address.
    """

    elements: tuple[str, ...] | None = None
    attributes: tuple[tuple[str, tuple[str, ...]], ...] | None = None
    banned: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    frame_hosts: tuple[str, ...] = ()
    embeds: Literal["keep", "link", "drop"] = "link"
    related: Literal["keep", "drop"] = "keep"
    other_hosts: Literal["keep", "unlink"] = "keep"
    hosts: tuple[str, ...] = ()

    def takes(self, element: str) -> bool:
        """Whether that element may stand in the text."""
        if element == "iframe":
            return bool(self.frame_hosts)
        return element not in self.banned and (self.elements is None or element in self.elements)

    def takes_attribute(self, element: str, attribute: str) -> bool:
        """Whether that attribute may stand there; handlers of events never may."""
        if attribute.startswith("on"):
            return False
        if self.attributes is None:
            return True
        return any(attribute in names for name, names in self.attributes if name in ("*", element))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What people have to know; each a text, empty when there is nothing to say."""

    contact: str = ""
    submit: str = ""
    polled: str = ""
    updates: str = ""
    takedown: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page that bounds were taken from, the month in which it said so, and the names of these bounds."""

    title: str
    url: str
    checked: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A partner's profile. `limits` he insists on, `advice` he gives; `mark` changes whenever anything here does.

    `write` are elements to put into the channel, with their texts, in which `values` may stand; `campaign` are
    parameters of visible links to our own pages.
    """

    name: str
    title: str
    purpose: str
    format: str
    mark: str
    content: Content = Content.FULL
    required: tuple[Field, ...] = ()
    wanted: tuple[Field, ...] = ()
    channel_required: tuple[Field, ...] = ()
    channel_wanted: tuple[Field, ...] = ()
    write: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    limits: Limits = Limits()
    advice: Limits = Limits()
    markup: Markup = Markup()
    namespaces: tuple[tuple[str, str], ...] = ()
    campaign: tuple[tuple[str, str], ...] = ()
    sheet: Sheet = Sheet()
    sources: tuple[Source, ...] = ()

    def places(self, field: str) -> tuple[str, ...]:
        """Where the field stands in an item, as far as the profile says."""
        return next((one.places for one in (*self.required, *self.wanted) if one.name == field), ())

    def bounds(self) -> tuple[str, ...]:
        """The name of everything here that a document can break, as `sources` and tests name it."""
        return (
            "format",
            "addresses",
            *(f"fields.required.{one.name}" for one in self.required),
            *(f"fields.wanted.{one.name}" for one in self.wanted),
            *(f"channel.required.{one.name}" for one in self.channel_required),
            *(f"channel.wanted.{one.name}" for one in self.channel_wanted),
            *(f"limits.{name}" for name in self.limits.stated()),
            *(f"advice.{name}" for name in self.advice.stated()),
            *(f"namespaces.{prefix}" for prefix, _ in self.namespaces),
            *self._of_markup(),
            *(("campaign",) if self.campaign else ()),
        )

    def _of_markup(self) -> tuple[str, ...]:
        markup = self.markup
        stated = {
            "elements": markup.elements is not None,
            "attributes": markup.attributes is not None,
            "banned": bool(markup.banned),
            "schemes": bool(markup.schemes),
            "frame_hosts": bool(markup.frame_hosts),
            "related": markup.related == "drop",
            "other_hosts": markup.other_hosts == "unlink",
        }
        return tuple(f"markup.{name}" for name, is_stated in stated.items() if is_stated)
