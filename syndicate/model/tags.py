"""The words an article is found by."""

from collections.abc import Iterator

from syndicate.model.article import Article
from syndicate.model.feed import Selection


def tags_of(article: Article) -> tuple[str, ...]:
    """The article's tags, `field:value` in lower case, sorted and without repeats.

    A subject gives two: `subject:scheme:code` and `subject:code`, since a selection may name either.
    """
    return tuple(sorted({tag.casefold() for tag in _tags(article)}))


def _tags(article: Article) -> Iterator[str]:
    yield from (f"section:{section}" for section in article.sections)
    yield from (f"subject:{subject.qcode}" for subject in article.subjects)
    yield from (f"subject:{subject.code}" for subject in article.subjects)
    yield from (f"keyword:{keyword}" for keyword in article.keywords)
    yield from (f"author:{person.name}" for person in article.authors)
    yield f"language:{article.language}"
    if article.genre:
        yield f"genre:{article.genre}"


def conditions_of(selection: Selection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The selection's conditions as (field, tags): an article meets one when it has any of its tags."""
    fields = (
        ("sections", "section", selection.sections),
        ("subjects", "subject", selection.subjects),
        ("keywords", "keyword", selection.keywords),
        ("genres", "genre", selection.genres),
        ("languages", "language", selection.languages),
        ("authors", "author", selection.authors),
    )
    return tuple(
        (field, tuple(f"{kind}:{value}".casefold() for value in values)) for field, kind, values in fields if values
    )
