"""Kinds of values that only RSS has, with their rules."""

import re
from collections.abc import Iterable, Iterator

from syndicate.formats.rss import names as n
from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, by_text_alone, proved_by, shown
from syndicate.markup.value_addresses import CHARACTER, FULL, SCHEME, full_uri, is_good_web, scheme_of, web
from syndicate.markup.values import EMPTY, empty, is_mail, is_media_type, matches, whole
from syndicate.model.finding import Rule

rules = RuleSet("rss")
SPEC = "RSS 2.0"

TITLE_MISSING = rules.state(
    "rss.title.missing", severity=ERROR, spec=f"{SPEC}, channel", summary="channel, image and text input have a title",
    why="Readers have nothing to list the feed under.", reference="MissingTitle")  # fmt: skip
LINK_MISSING = rules.state(
    "rss.link.missing", severity=ERROR, spec=f"{SPEC}, channel", summary="channel, image and text input have a link",
    why="People cannot get from the feed to the site.", reference="MissingLink")  # fmt: skip
DESCRIPTION_MISSING = rules.state(
    "rss.description.missing", severity=ERROR, spec=f"{SPEC}, channel",
    summary="channel and text input have a description", why="Strict readers refuse the feed.",
    reference="MissingDescription")  # fmt: skip
VERSION = rules.state(
    "rss.version.unknown", severity=ERROR, spec=SPEC, summary="the version is one that was published",
    why="Readers choose their rules by it.", reference="InvalidRSSVersion")  # fmt: skip
WIDTH = rules.state(
    "rss.width.range", severity=ERROR, spec=f"{SPEC}, image", summary="the width of the image is from 1 to 144",
    why="Readers that keep to the specification scale the picture or drop it.", reference="InvalidWidth")  # fmt: skip
HEIGHT = rules.state(
    "rss.height.range", severity=ERROR, spec=f"{SPEC}, image", summary="the height of the image is from 1 to 400",
    why="Readers that keep to the specification scale the picture or drop it.", reference="InvalidHeight")  # fmt: skip
HOUR = rules.state(
    "rss.hour.invalid", severity=ERROR, spec=f"{SPEC}, skipHours", summary="hours are numbers from 0 to 23",
    why="Readers poll at the wrong time.", reference="InvalidHour")  # fmt: skip
MIDNIGHT = rules.state(
    "rss.hour.midnight", severity=WARNING, spec=f"{SPEC}, skipHours", summary="midnight is hour 0",
    why="RSS 2.0 counts from 0; 24 comes from version 0.91.", reference="UseZeroForMidnight")  # fmt: skip
DAY = rules.state(
    "rss.day.invalid", severity=ERROR, spec=f"{SPEC}, skipDays", summary="days are English names of weekdays",
    why="Readers poll on the wrong day.", reference="InvalidDay")  # fmt: skip
REPEATED = rules.state(
    "rss.skip.repeated", severity=ERROR, spec=f"{SPEC}, skipHours, skipDays", summary="no hour or day is skipped twice",
    why="One of the two was meant to be another one.", reference="DuplicateValue")  # fmt: skip
FORM_NAME = rules.state(
    "rss.name.invalid", severity=ERROR, spec=f"{SPEC}, textInput", summary="the name can name a form field",
    why="The form sends nothing the site understands.", reference="InvalidFormComponentName")  # fmt: skip
CLOUD_PROTOCOL = rules.state(
    "rss.cloud.protocol", severity=ERROR, spec=f"{SPEC}, cloud", summary="the protocol is xml-rpc, soap or http-post",
    why="Nobody can register.", reference="InvalidValue")  # fmt: skip
INTEGER_ATTRIBUTE = rules.state(
    "rss.attribute.integer", severity=ERROR, spec=f"{SPEC}, enclosure, cloud",
    summary="length and port are whole numbers", why="Players cannot tell how much they will load.",
    reference="InvalidIntegerAttribute")  # fmt: skip
UNKNOWN_LENGTH = rules.state(
    "rss.enclosure.unknown-length", severity=ERROR, spec="RSS Advisory Board profile, enclosure",
    summary="a length that is not known is written 0", why="Players take a negative number for a fault.",
    reference="UseZeroForUnknown")  # fmt: skip
BOOLEAN = rules.state(
    "rss.attribute.true-false", severity=ERROR, spec=f"{SPEC}, guid", summary="isPermaLink is true or false",
    why="Readers take every other word for true and open the guid as a link.",
    reference="InvalidBooleanAttribute")  # fmt: skip
MEDIA_TYPE = rules.state(
    "rss.enclosure.media-type", severity=ERROR, spec=f"{SPEC}, enclosure", summary="the type is a media type",
    why="Players decide by it whether they can play the file.", reference="InvalidMIMEAttribute")  # fmt: skip
CONTACT = rules.state(
    "rss.contact.invalid", severity=ERROR, spec=f"{SPEC}, author, managingEditor, webMaster",
    summary="people are named by a mail address", why="Strict readers drop the author; names belong into dc:creator.",
    reference="InvalidContact")  # fmt: skip
CONTACT_FORM = rules.state(
    "rss.contact.form", severity=INFO, spec="RSS Advisory Board profile, data types",
    summary="people are written as `address (Name)`", why="Readers show the whole text where they cannot split it.",
    reference="EmailFormat")  # fmt: skip
CONTACT_NAME = rules.state(
    "rss.contact.no-name", severity=INFO, spec="RSS Advisory Board profile, data types",
    summary="a mail address comes with a name", why="Readers show the bare address as the byline.",
    reference="MissingRealName")  # fmt: skip
GUID_NOT_URL = rules.state(
    "rss.guid.not-url", severity=ERROR, spec=f"{SPEC}, guid", summary="a guid that is a permalink is a full address",
    why="Readers open it in a browser; say isPermaLink=\"false\" for any other name.",
    reference="InvalidHttpGUID")  # fmt: skip
GUID_PERMALINK = rules.state(
    "rss.guid.permalink", severity=ERROR, spec=f"{SPEC}, guid", summary="tag: and urn: guids say isPermaLink=\"false\"",
    why="Readers open the guid in a browser, which cannot open such names.", reference="InvalidPermalink")  # fmt: skip
GUID_SHORT = rules.state(
    "rss.guid.short-number", severity=INFO, spec=f"{SPEC}, guid", summary="guids are more than a short number",
    why="Aggregators mix feeds, and small numbers are in many of them.",
    reference="NotSufficientlyUnique")  # fmt: skip
GUID_DUPLICATE = rules.state(
    "rss.guid.duplicate", severity=ERROR, spec=f"{SPEC}, guid", summary="no two items have the same guid",
    why="Readers show only one of them.", reference="DuplicateValue")  # fmt: skip

_VERSIONS = r"0\.90|0\.91|0\.92|0\.93|0\.94|2\.0(\.\d+)?"
_DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
_WITH_NAME = re.compile(r"(\S+@\S+?)\s*(?:\(([^()]*)\))?\Z")
_COMMENT = re.compile(r"\([^()]*\)")
_ADDRESS_INSIDE = re.compile(r"[^\s<>()\[\],;:\"]{1,64}@[^\s<>()\[\],;:\"]{1,255}")

_is_long_name = re.compile(r"[A-Za-z][\x21-\x7e]{9,}\Z").match

version = matches(VERSION, _VERSIONS, "0.91, 0.92 or 2.0")
form_name = matches(FORM_NAME, r"[A-Za-z][A-Za-z0-9:._-]*", "a name like q")
positive_attribute = whole(INTEGER_ATTRIBUTE, 1)
non_negative_attribute = whole(INTEGER_ATTRIBUTE, 0)
true_false_attribute = matches(BOOLEAN, "true|false", "true or false")


@by_text_alone
def width(value: Value, run: Run) -> Iterator[Flaw]:
    """The width of the channel's image."""
    yield from _pixels(value, 144, WIDTH, run)


@by_text_alone
def height(value: Value, run: Run) -> Iterator[Flaw]:
    """The height of the channel's image."""
    yield from _pixels(value, 400, HEIGHT, run)


def _pixels(value: Value, most: int, rule: Rule, run: Run) -> Iterator[Flaw]:
    text = value.text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        yield rule, f"{value.where} must be from 1 to {most}, not {shown(text)}"


def hour(value: Value, run: Run) -> Iterator[Flaw]:
    """An hour to skip."""
    text = value.text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= 24):
        yield HOUR, f"{value.where} must be from 0 to 23, not {shown(text)}"
    elif int(text) == 24:
        yield MIDNIGHT, "midnight is hour 0, not 24"
    yield from _skipped_once(value, "0" if text == "24" else text.lstrip("0") or "0", run)


def day(value: Value, run: Run) -> Iterator[Flaw]:
    """A day to skip."""
    text = value.text.strip()
    if text not in _DAYS:
        yield DAY, f"{value.where} must be a day like Monday, not {shown(text)}"
    yield from _skipped_once(value, text, run)


def _skipped_once(value: Value, text: str, run: Run) -> Iterator[Flaw]:
    seen = run.memory(f"skipped {value.node.local}", lambda: set[str]())
    if text in seen:
        yield REPEATED, f"{value.where} {shown(text)} stands twice"
    seen.add(text)


@by_text_alone
def length(value: Value, run: Run) -> Iterator[Flaw]:
    """The size of an enclosure in bytes, 0 when it is not known."""
    if value.text.strip() == "-1":
        yield UNKNOWN_LENGTH, "a length that is not known is written 0, not -1"
    else:
        yield from non_negative_attribute(value, run)


@by_text_alone
def media_type(value: Value, run: Run) -> Iterator[Flaw]:
    """The media type of an enclosure."""
    if not is_media_type(value.text):
        yield MEDIA_TYPE, f"{value.where} must be a media type like audio/mpeg, not {shown(value.text)}"


@by_text_alone
@proved_by(is_good_web)
def web_attribute(value: Value, run: Run) -> Iterator[Flaw]:
    """The address of an enclosure."""
    yield from web(value, run)


@by_text_alone
def contact(value: Value, run: Run) -> Iterator[Flaw]:
    """A person as RSS has it: `address (Name)`."""
    text = " ".join(value.text.split())
    if not text:
        yield EMPTY, f"{value.where} is empty"
        return
    found = _WITH_NAME.match(text)
    if found and is_mail(found[1]):
        if not found[2]:
            yield CONTACT_NAME, f"{value.where}: write the name behind the address: {found[1]} (Name)"
    elif "mailto:" not in text and any(map(is_mail, _ADDRESS_INSIDE.findall(_COMMENT.sub("", text[:1024])))):
        yield CONTACT_FORM, f"{value.where} should be written `address (Name)`, not {shown(text)}"
    else:
        yield CONTACT, f"{value.where} must be a mail address, not {shown(text)}: use dc:creator for a mere name"


def guid(value: Value, run: Run) -> Iterable[Flaw]:
    """The permanent name of an item."""
    text = value.text
    seen = run.memory("guids", lambda: dict[str, int]())
    is_other = value.node.attributes.get(n.IS_PERMA_LINK) == "false"
    if text not in seen and (_is_long_name(text) if is_other else is_good_web(text)):
        seen[text] = value.node.at
        return ()
    return _guid(value, run)


def _guid(value: Value, run: Run) -> Iterator[Flaw]:
    text = value.text.strip()
    if not text:
        yield empty(value)
        if value.node.get(n.IS_PERMA_LINK) != "false":
            yield GUID_NOT_URL, "the guid is empty"
        return
    if value.node.get(n.IS_PERMA_LINK) != "false":
        yield from _permalink(value, text, run)
    elif len(text) < 9 and text.isdigit():
        yield GUID_SHORT, f"the guid {text} is only a short number"
    seen = run.memory("guids", lambda: dict[str, int]())
    if text in seen:
        yield (
            GUID_DUPLICATE,
            f"the guid {shown(text)} is also that of the item in line {value.node.place(seen[text])[0]}",
        )
    seen.setdefault(text, value.node.at)


def _permalink(value: Value, text: str, run: Run) -> Iterator[Flaw]:
    scheme = scheme_of(text)
    if scheme in ("tag", "urn"):
        yield GUID_PERMALINK, f'the guid {shown(text)} is no address: say isPermaLink="false"'
        return
    for rule, message in full_uri(value, run):
        if rule in (FULL, CHARACTER):
            yield GUID_NOT_URL, f'the guid {shown(text)} is no full address: say isPermaLink="false"'
        elif rule is not SCHEME:
            yield rule, message
