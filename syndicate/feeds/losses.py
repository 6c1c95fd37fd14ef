"""What of an article does not fit into a format: found by leaving it out and seeing that no byte changes."""

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from typing import Any

from syndicate.formats import base as formats
from syndicate.model.article import Article, Status
from syndicate.model.feed import Cut, Publisher
from syndicate.model.lifecycle import as_sent
from syndicate.profiles.shape import shape

# Without these it is no article; whatever is not text, or is about the import, is none of a format's business.
_ALWAYS = frozenset({
    "guid", "headline", "published", "updated", "version", "status", "derived", "signal", "significant", "id", "type",
    "role",
})  # fmt: skip
_TEXTS = frozenset({"html", "items", "media"})
# Of entries that are alike, so many at each end are left out one by one: a format writes all of them, none of them, or
# cuts somewhere. Trying each of some hundred paragraphs takes half a minute.
_AT_EACH_END = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One thing of an article that a format does not carry.

    `field` is its path (`media[].credit`), empty for the whole article; `how` is `left out`, `not as it was` (it is
    written, but does not come back the same when the format is read), or a clause from the partner's profile.
    """

    field: str
    how: str


def losses(article: Article, name: str, publisher: Publisher, cut: Cut) -> tuple[Loss, ...]:
    """What the document of that format does not carry of the article, in the order of its fields.

    Nothing is lost where every field with something in it changes the bytes and, if the format is read too, comes back.
    """
    sent = as_sent(article)
    notes: tuple[str, ...] = ()
    if cut.profile is not None and sent.status is Status.USABLE:
        shaped = shape(sent, cut.profile)
        sent, notes = shaped.article, shaped.notes
    omits = formats.omits(name)
    if omits is not None and (why := omits(sent)):
        return (Loss(field="", how=f"not in it: {why}"),)
    render = formats.renderer(name).fragment
    whole = render(sent, publisher, cut.content)
    left_out = [path for path, lesser in _lessened(sent) if render(lesser, publisher, cut.content) == whole]
    found = [Loss(field=path, how="left out") for path in _outermost(left_out)]
    found += [Loss(field=one, how="not as it was") for one in _changed(sent, name, left_out)]
    return (*found, *(Loss(field="", how=note) for note in notes))


def _outermost(paths: Iterable[str]) -> list[str]:
    """Each path once, without those of what is inside another one of them."""
    found = dict.fromkeys(paths)
    return [path for path in found if not any(path.startswith((f"{one}.", f"{one}[")) for one in found)]


def _changed(article: Article, name: str, left_out: list[str]) -> Iterator[str]:
    """The fields that are written, and that the format does not promise to give back as they were."""
    keeps = formats.keeps(name)
    if not keeps:
        return
    for field in fields(article):
        is_kept = field.name in keeps or (field.name == "body" and "text" in keeps)
        is_filled = getattr(article, field.name) not in (None, (), field.default)
        if is_filled and not is_kept and field.name not in _ALWAYS and field.name not in left_out:
            yield field.name


def _lessened(article: Article) -> Iterator[tuple[str, Article]]:
    """The article without one thing that it has: each field, each part of each of its entries."""
    for field in fields(article):
        value = getattr(article, field.name)
        if field.name not in _ALWAYS and value not in (None, (), field.default):
            nothing: Any = None if field.default is MISSING else field.default
            for path, lesser in _less(field.name, value):
                changed: Any = {field.name: nothing if lesser is None else lesser}
                yield path, replace(article, **changed)


def _less(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The value with less in it, each time with the path of what is gone."""
    if isinstance(value, tuple):
        for number, one in _telling(value):
            kind = f"{path}[{type(one).__name__.lower()}]" if path == "body" else path
            yield kind, (*value[:number], *value[number + 1 :])
            if is_dataclass(one):
                yield from (
                    (where, (*value[:number], lesser, *value[number + 1 :]))
                    for where, lesser in _less_of(f"{kind}[]" if kind == path else kind, one)
                )
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _less_of(path, value)
    else:
        yield path, None


def _telling(entries: tuple[Any, ...]) -> list[tuple[int, Any]]:
    """The entries with their numbers; of many that are alike, only the first and the last."""
    alike: dict[tuple[Any, ...], list[int]] = {}
    for number, one in enumerate(entries):
        filled = tuple(field.name for field in fields(one) if getattr(one, field.name)) if is_dataclass(one) else ()
        alike.setdefault((type(one), *filled), []).append(number)
    ends = {number for some in alike.values() for number in (*some[:_AT_EACH_END], *some[-_AT_EACH_END:])}
    return [(number, entries[number]) for number in sorted(ends)]


def _less_of(path: str, record: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(record):
        value = getattr(record, field.name)
        is_needed = field.default is not None and field.default != ()
        if field.name in _ALWAYS | _TEXTS or value in (None, ()) or is_needed:
            continue
        yield from (
            (where, replace(record, **{field.name: lesser})) for where, lesser in _less(f"{path}.{field.name}", value)
        )
