"""What the members of an article in JSON-LD must be: their types, and the kinds of their values."""

from collections.abc import Iterator

from syndicate.formats.json_ld import names as n
from syndicate.markup.json_ld import moment
from syndicate.markup.json_ld_media import seconds
from syndicate.markup.json_nodes import Type
from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Kind, Value, by_text_alone, shown
from syndicate.markup.value_addresses import full_iri
from syndicate.markup.value_html import plain
from syndicate.markup.values import language

rules = RuleSet("json-ld")
SPEC = "Google, structured data of articles; schema.org, Article"

TYPE = rules.state(
    "json-ld.member.type", severity=ERROR, spec=SPEC, summary="members are of the types that schema.org gives them",
    why="Readers in languages with types drop the article.")  # fmt: skip
DATE = rules.state(
    "json-ld.date.invalid", severity=ERROR, spec=f"{SPEC}, datePublished; ISO 8601",
    summary="dates are those of ISO 8601", why="Readers show no date, or another one.")  # fmt: skip
NO_OFFSET = rules.state(
    "json-ld.date.offset", severity=WARNING, spec=f"{SPEC}, datePublished", summary="times have their offset",
    why="Google takes them for those of the place where its crawler stands.")  # fmt: skip
DURATION = rules.state(
    "json-ld.duration.invalid", severity=ERROR, spec="schema.org, duration; ISO 8601",
    summary="durations are those of ISO 8601", why="Readers show no length.")  # fmt: skip


@by_text_alone
def date(value: Value, run: Run) -> Iterator[Flaw]:
    """A day, or a time with its offset."""
    found, is_certain = moment(value.text)
    if found is None:
        yield DATE, f"{value.where} must be a date like 2026-03-04T12:00:00Z, not {shown(value.text)}"
    elif not is_certain and len(value.text.strip()) > 10:
        yield NO_OFFSET, f"{value.where} has no offset: {shown(value.text)} may be any of 27 hours"


@by_text_alone
def duration(value: Value, run: Run) -> Iterator[Flaw]:
    """A length in time."""
    if not value.text.strip().upper().startswith("P") or seconds(value.text) is None:
        yield DURATION, f"{value.where} must be a duration like PT1M35S, not {shown(value.text)}"


def worded(kind: Type) -> str:
    """A type in words."""
    return kind if kind in ("null", "true or false") else f"{'an' if kind == 'object' else 'a'} {kind}"


_TEXT: tuple[Type, ...] = ("text",)
_NAMED: tuple[Type, ...] = ("text", "object")
# Of each value, where there are several.
TYPES: dict[str, tuple[Type, ...]] = {
    **dict.fromkeys((n.HEADLINE, n.DESCRIPTION, n.ARTICLE_BODY, n.DATELINE, n.CREDIT_TEXT, n.COPYRIGHT_NOTICE), _TEXT),
    **dict.fromkeys((n.DATE_PUBLISHED, n.DATE_MODIFIED, n.EXPIRES, n.UPLOAD_DATE, n.DURATION), _TEXT),
    **dict.fromkeys((n.URL, n.CONTENT_URL, n.EMBED_URL), _TEXT),
    **dict.fromkeys((n.AUTHOR, n.CONTRIBUTOR, n.PUBLISHER, n.IMAGE, n.VIDEO, n.AUDIO, n.IN_LANGUAGE), _NAMED),
    n.THUMBNAIL_URL: _NAMED,
    n.MAIN_ENTITY_OF_PAGE: ("text", "object", "true or false"),
    n.IS_ACCESSIBLE_FOR_FREE: ("true or false", "text"),
}
KINDS: dict[str, Kind] = {
    **dict.fromkeys((n.HEADLINE, n.DESCRIPTION), plain),
    **dict.fromkeys((n.DATE_PUBLISHED, n.DATE_MODIFIED, n.EXPIRES, n.UPLOAD_DATE), date),
    **dict.fromkeys((n.URL, n.CONTENT_URL, n.EMBED_URL, n.THUMBNAIL_URL, n.IMAGE, n.MAIN_ENTITY_OF_PAGE), full_iri),
    n.DURATION: duration,
    n.IN_LANGUAGE: language,
}
