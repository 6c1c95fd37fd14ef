"""Kinds of values that several formats share: texts, numbers, words, languages, media types, addresses."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from syndicate.markup.encoding import ODD
from syndicate.markup.languages import doubt_of_tag, flaw_of_tag
from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import (
    Flaw,
    Kind,
    Test,
    Value,
    by_text_alone,
    finding,
    is_by_text_alone,
    proved_by,
    shown,
    test_of,
)
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("rss", "atom")

EMPTY = rules.state(
    "value.text.empty", severity=WARNING, spec="RSS 2.0; RFC 4287", summary="elements that are there are not empty",
    why="An empty element is mostly a template whose value is lost.", reference="NotBlank")  # fmt: skip
EMPTY_ATTRIBUTE = rules.state(
    "value.attribute.empty", severity=WARNING, spec="RFC 4287", summary="attributes that are there are not empty",
    why="An empty attribute is mostly a template whose value is lost.", reference="AttrNotBlank")  # fmt: skip
TOO_LONG = rules.state(
    "value.text.too-long", severity=ERROR, spec="the extension's own specification",
    summary="texts keep to the limit of their element", why="Directories cut longer texts or refuse the feed.",
    reference="TooLong")  # fmt: skip
BAD_CHARACTER = rules.state(
    "value.text.bad-character", severity=WARNING, spec="XML 1.0 §2.2",
    summary="texts hold no replacement characters and no C1 controls",
    why="They show that a text went through a wrong encoding on its way.", reference="BadCharacters")  # fmt: skip
INTEGER = rules.state(
    "value.number.integer", severity=ERROR, spec="XML Schema integer", summary="whole numbers are whole numbers",
    why="Readers ignore or misread the value.", reference="InvalidInteger")  # fmt: skip
NON_NEGATIVE = rules.state(
    "value.number.non-negative", severity=ERROR, spec="XML Schema nonNegativeInteger",
    summary="counts are whole numbers from 0", why="Readers ignore or misread the value.",
    reference="InvalidNonNegativeInteger")  # fmt: skip
POSITIVE = rules.state(
    "value.number.positive", severity=ERROR, spec="XML Schema positiveInteger",
    summary="sizes are whole numbers from 1", why="Readers ignore or misread the value.",
    reference="InvalidPositiveInteger")  # fmt: skip
OVERFLOW = rules.state(
    "value.number.too-large", severity=ERROR, spec="common practice", summary="whole numbers are below 2^31",
    why="Many readers keep them in 32 bits.", reference="IntegerOverflow")  # fmt: skip
DECIMAL = rules.state(
    "value.number.decimal", severity=ERROR, spec="XML Schema decimal", summary="decimal numbers are decimal numbers",
    why="Readers ignore or misread the value.", reference="InvalidFloat")  # fmt: skip
TRUE_FALSE = rules.state(
    "value.word.true-false", severity=ERROR, spec="the element's own specification",
    summary="yes-or-no values are `true` or `false`", why="Readers take every other word for false.",
    reference="InvalidTrueFalse")  # fmt: skip
LANGUAGE = rules.state(
    "value.language.invalid", severity=ERROR, spec="BCP 47", summary="language tags are well-formed and known",
    why="Readers and screen readers choose voice, font and hyphenation by it.",
    reference="InvalidLanguage")  # fmt: skip
REGION = rules.state(
    "value.language.region", severity=WARNING, spec="BCP 47 §2.2.4; IANA registry of language subtags",
    summary="regions in language tags are registered",
    why="Readers and screen readers fall back to another accent, spelling and date format.")  # fmt: skip
MEDIA_TYPE = rules.state(
    "value.media-type.invalid", severity=ERROR, spec="RFC 6838 §4.2",
    summary="media types have the form type/subtype", why="Players decide by it whether they can play the file.",
    reference="InvalidMIMEType")  # fmt: skip
MEDIA_TYPE_ATTRIBUTE = rules.state(
    "value.media-type.attribute", severity=ERROR, spec="RFC 6838 §4.2",
    summary="media types in attributes have the form type/subtype",
    why="Players decide by it whether they can play the file.", reference="InvalidMIMEAttribute")  # fmt: skip
MAIL = rules.state(
    "value.mail.address", severity=ERROR, spec="RFC 5322 §3.4.1", summary="mail addresses are mail addresses",
    why="Nobody can write there.", reference="InvalidAddrSpec")  # fmt: skip

_INTEGER = re.compile(r"[+-]?\d+\Z", re.ASCII)
_is_small_number = re.compile(r"[1-9]\d{0,8}\Z", re.ASCII).match
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z", re.ASCII)
_TOKEN = r"[A-Za-z0-9!#$&^_.+-]+"  # noqa: S105 (a syntax, not a secret)
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}(\s*;\s*{_TOKEN}=({_TOKEN}|\"[^\"]*\"))*\s*\Z")
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_QUOTED = r'"(?:[^"\\\x00-\x1f\x7f-\U0010ffff]|\\[\x20-\x7e])*"'
_MAIL = re.compile(
    rf"(?:{_LOCAL}+(?:\.{_LOCAL}+)*|{_QUOTED})@(?:{_LABEL}(?:\.{_LABEL})*|\[(?:IPv6:)?[0-9A-Fa-f:.]+\])\Z"
)
_LONGEST_MAIL = 254
_LONGEST_NUMBER = 18
_BIGGEST = 2**31 - 1


@rules.look_at_odd
def bad_characters(node: Node, run: Run) -> Iterator[Finding]:
    """Texts and attributes with characters that show a broken encoding."""
    for attribute, text in (*node.attributes.items(), (None, node.text)):
        found = None if text.isascii() else ODD.search(text)
        if found:
            where = f"{node.qname}@{attribute}" if attribute else node.qname
            message = f"{where} holds U+{ord(found[0]):04X}: the text went through a wrong encoding"
            yield finding(BAD_CHARACTER, node, message, attribute=attribute)


@by_text_alone
@proved_by(lambda text: True)
def anything(value: Value, run: Run) -> Iterable[Flaw]:
    """Any text, even none."""
    return ()


@by_text_alone
@proved_by(str.strip)
def filled(value: Value, run: Run) -> Iterator[Flaw]:
    """Any text but none."""
    if not value.text.strip():
        yield empty(value)


def empty(value: Value) -> Flaw:
    """The flaw of an empty value."""
    return (EMPTY_ATTRIBUTE if value.attribute else EMPTY), f"{value.where} is empty"


def both(*kinds: Kind) -> Kind:
    """A kind that asks several."""

    def check(value: Value, run: Run) -> Iterator[Flaw]:
        for kind in kinds:
            yield from kind(value, run)

    tests = [test for kind in kinds if (test := test_of(kind)) is not None]
    made = proved_by(_all(*tests))(check) if len(tests) == len(kinds) else check
    return by_text_alone(made) if all(map(is_by_text_alone, kinds)) else made


def _all(first: Test, second: Test, *others: Test) -> Test:
    """A test for texts that pass all of the tests."""
    if others:
        return _all(first, _all(second, *others))
    return lambda text: first(text) and second(text)


def unless_empty(kind: Kind) -> Kind:
    """The kind, with its own warning for nothing at all."""

    def check(value: Value, run: Run) -> Iterator[Flaw]:
        if value.text.strip():
            yield from kind(value, run)
        else:
            yield empty(value)

    return by_text_alone(check) if is_by_text_alone(kind) else check


def matches(rule: Rule, pattern: str, expected: str) -> Kind:
    """A kind: the trimmed text is wholly of that pattern, else the rule is broken."""
    compiled = re.compile(rf"(?:{pattern})\Z", re.ASCII)

    def check(value: Value, run: Run) -> Iterator[Flaw]:
        if not compiled.match(value.text.strip()):
            yield rule, f"{value.where} must be {expected}, not {shown(value.text)}"

    return by_text_alone(check)


def one_of(words: Iterable[str], rule: Rule, *, any_case: bool = False) -> Kind:
    """A kind: the trimmed text is one of the words."""
    known = tuple(words)
    folded = frozenset(word.lower() for word in known) if any_case else frozenset(known)

    def check(value: Value, run: Run) -> Iterator[Flaw]:
        text = value.text.strip()
        if (text.lower() if any_case else text) not in folded:
            listed = ", ".join(known[:8]) + (", ..." if len(known) > 8 else "")
            yield rule, f"{value.where} must be one of {listed}, not {shown(text)}"

    return by_text_alone(check)


def at_most(length: int, rule: Rule = TOO_LONG) -> Kind:
    """A kind: no more characters than that."""

    def check(value: Value, run: Run) -> Iterator[Flaw]:
        if len(value.text) > length:
            yield rule, f"{value.where} has {len(value.text)} characters; at most {length} are kept"

    return by_text_alone(check)


def whole(rule: Rule, least: Literal[0, 1] | None, most: int | None = _BIGGEST) -> Kind:
    """A kind: a whole number from `least` on; above `most`, readers may not be able to keep it."""

    def check(value: Value, run: Run) -> Iterator[Flaw]:
        text = value.text.strip()
        number = int(text) if len(text) <= _LONGEST_NUMBER and _INTEGER.match(text) else None
        if not _INTEGER.match(text) or (number is not None and least is not None and number < least):
            lower = "" if least is None else f" from {least} on"
            yield rule, f"{value.where} must be a whole number{lower}, not {shown(text)}"
        elif most is not None and (number is None or number > most):
            yield OVERFLOW, f"{value.where} is larger than readers can keep: {shown(text)}"

    return by_text_alone(proved_by(_is_small_number)(check))


integer = whole(INTEGER, None)
non_negative = whole(NON_NEGATIVE, 0)
# Films and records of long sessions have more than 2^31 bytes.
byte_count = whole(NON_NEGATIVE, 0, most=None)
positive = whole(POSITIVE, 1)
decimal = matches(DECIMAL, r"[+-]?(\d+(\.\d*)?|\.\d+)", "a decimal number")
true_false = one_of(("true", "false"), TRUE_FALSE)


def within(rule: Rule, least: float, most: float, not_a_number: Rule | None = None) -> Kind:
    """A kind: a decimal number in that range."""

    def check(value: Value, run: Run) -> Iterator[Flaw]:
        text = value.text.strip()
        if not _DECIMAL.match(text):
            yield not_a_number or rule, f"{value.where} must be a number, not {shown(text)}"
        elif not least <= float(text) <= most:
            yield rule, f"{value.where} must be from {least:g} to {most:g}, not {shown(text)}"

    return by_text_alone(check)


@by_text_alone
def language(value: Value, run: Run) -> Iterator[Flaw]:
    """A language tag."""
    flaw = flaw_of_tag(value.text.strip())
    if flaw:
        yield LANGUAGE, f"{value.where}: {shown(value.text)} {flaw}"
    elif doubt := doubt_of_tag(value.text.strip()):
        yield REGION, f"{value.where}: {shown(value.text)} {doubt}"


@by_text_alone
def xml_language(value: Value, run: Run) -> Iterator[Flaw]:
    """A language tag, or nothing to undo one that is inherited (XML 1.0 §2.12)."""
    if value.text:
        yield from language(value, run)


@by_text_alone
def media_type(value: Value, run: Run) -> Iterator[Flaw]:
    """A media type."""
    if not is_media_type(value.text):
        yield MEDIA_TYPE, f"{value.where} must be a media type like text/html, not {shown(value.text)}"


@by_text_alone
def media_type_attribute(value: Value, run: Run) -> Iterator[Flaw]:
    """A media type, reported as that of an attribute."""
    if not is_media_type(value.text):
        yield MEDIA_TYPE_ATTRIBUTE, f"{value.where} must be a media type like audio/mpeg, not {shown(value.text)}"


def is_media_type(text: str) -> bool:
    """Whether the text has the form of a media type."""
    return bool(_MEDIA_TYPE.match(text.strip()))


@by_text_alone
def mail(value: Value, run: Run) -> Iterator[Flaw]:
    """A mail address alone."""
    if not is_mail(value.text.strip()):
        yield MAIL, f"{value.where} must be a mail address, not {shown(value.text)}"


def is_mail(text: str) -> bool:
    """Whether the text is a mail address, and short enough to be one."""
    return len(text) <= _LONGEST_MAIL and bool(_MAIL.match(text))
