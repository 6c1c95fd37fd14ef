"""Rules about the bytes and the JSON of a document, whatever its format. The checks are those of the parse."""

from syndicate.markup.rules import ERROR, WARNING, RuleSet
from syndicate.model.finding import Rule

rules = RuleSet("json")
_JSON = "RFC 8259"

BY_KIND: dict[str, Rule] = {
    "too-large": rules.state(
        "json.document.too-large", severity=ERROR, spec="our bounds",
        summary="a document stays below the size that is read",
        why="One document must not cost more memory than a machine has.", reference="ValidatorLimit"),
    "too-deep": rules.state(
        "json.document.too-deep", severity=ERROR, spec=f"{_JSON} §9", summary="values are nested as deep as is read",
        why="Deep nesting is a known way to exhaust parsers; no feed needs it."),
    "too-many": rules.state(
        "json.document.too-many-values", severity=ERROR, spec=f"{_JSON} §9",
        summary="a document has no more values than are read",
        why="One document must not cost more memory than a machine has."),
    "not-json": rules.state(
        "json.document.not-well-formed", severity=ERROR, spec=f"{_JSON} §2", summary="the document is JSON",
        why="A parser reads all of it or nothing: one comma too many makes the whole feed unreadable.",
        reference="SAXError"),
    "undecodable": rules.state(
        "json.encoding.undecodable", severity=ERROR, spec=f"{_JSON} §8.1", summary="the document is in UTF-8",
        why="Parsers stop at the first byte that is not.", reference="UnicodeError"),
    "byte-order-mark": rules.state(
        "json.encoding.byte-order-mark", severity=WARNING, spec=f"{_JSON} §8.1",
        summary="no byte order mark stands before the document",
        why="Some parsers refuse it; the standard forbids to write it."),
    "surrogate": rules.state(
        "json.text.surrogate", severity=ERROR, spec=f"{_JSON} §8.2", summary="texts hold whole characters",
        why="Half a character cannot be stored or shown; what becomes of it differs from parser to parser.",
        reference="BadCharacters"),
}  # fmt: skip
