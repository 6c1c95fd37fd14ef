"""The words an article is found by."""

from collections.abc import Iterable

from syndicate.model.article import Article, Person
from syndicate.model.feed import Selection
from syndicate.model.subject import Subject


def tags_of(article: Article) -> tuple[str, ...]:
    """The article's tags, `field:value` in lower case, sorted and without repeats.

    A subject gives two: `subject:scheme:code` and `subject:code`, since a selection may name either.
    """
    return tags_from(
        article.sections, article.subjects, article.keywords, article.authors, article.language, article.genre
    )


def tags_from(
    sections: Iterable[str],
    subjects: Iterable[Subject],
    keywords: Iterable[str],
    authors: Iterable[Person],
    language: str,
    genre: str | None,
) -> tuple[str, ...]:
    """The tags of an article with these fields."""
    tags = [f"section:{section}" for section in sections]
    for subject in subjects:
        tags += (f"subject:{subject.scheme}:{subject.code}", f"subject:{subject.code}")
    tags += [f"keyword:{keyword}" for keyword in keywords]
    tags += [f"author:{person.name}" for person in authors]
    tags.append(f"language:{language}")
    if genre:
        tags.append(f"genre:{genre}")
    return tuple(sorted(set(map(str.casefold, tags))))


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
