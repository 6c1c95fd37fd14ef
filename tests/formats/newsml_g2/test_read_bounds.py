"""No item costs more than a story: bounds on texts and lists, and work that grows no faster than the file."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from syndicate.formats.newsml_g2.read_bounds import bounded
from syndicate.formats.newsml_g2.read_tree import Notes
from syndicate.markup.html import MAX_BYTES
from syndicate.model.body import MediaBlock
from syndicate.model.media import Media, MediaType
from tests.counting import calls
from tests.formats.newsml_g2.sources import (
    draft,
    found,
    group,
    item,
    message,
    nitf,
    package,
    picture,
    rejected,
    xhtml,
)
from tests.formats.story import STORY

HEADLINE = "<headline>Ferry stops</headline>"
LONG = "x" * 501


@pytest.mark.parametrize(
    ("meta", "content", "field", "lost"),
    [
        ("", f"<keyword>{LONG}</keyword>", "keywords", "contentMeta/keyword"),
        (f'<service qcode="own:{LONG}"/>', "", "sections", "itemMeta/service"),
        ("", f'<subject qcode="own:{LONG}"/>', "subjects", "contentMeta/subject"),
        ("", f'<creator type="cpnat:person" literal="{LONG}"/>', "authors", "contentMeta/creator"),
        ("", f'<contributor literal="{LONG}"/>', "contributors", "contentMeta/contributor"),
        ("", f'<genre literal="{LONG}"/>', "genre", "contentMeta/genre"),
        ("", f"<slugline>{LONG}</slugline>", "slugline", "contentMeta/slugline"),
        (f"<altRep>https://harbour.example/{LONG}</altRep>", "", "url", "itemMeta/altRep"),
    ],
)
def test_words_that_no_index_takes_are_left_out(meta: str, content: str, field: str, lost: str) -> None:
    made = draft(item(meta, HEADLINE + content))
    assert not getattr(made.article, field)
    assert made.lost == (lost,)


def test_lists_have_an_end() -> None:
    made = draft(item(content=HEADLINE + "".join(f"<keyword>k{number}</keyword>" for number in range(600))))
    assert (len(made.article.keywords), made.lost) == (500, ("contentMeta/keyword",))


def test_long_texts_are_cut_and_long_headlines_refused() -> None:
    made = draft(item(f"<edNote>{'x' * 20_001}</edNote>"))
    assert (len(made.article.note or ""), [repair.field for repair in made.repairs]) == (20_000, ["note"])
    assert "headline" in rejected(item(content=f"<headline>{'x' * 2001}</headline>"))


def test_long_bodies_are_refused() -> None:
    assert "blocks" in rejected(item(text=nitf("<p>x</p>" * 5001)))
    assert "KiB" in rejected(item(text=xhtml(f"<p>{'x' * MAX_BYTES}</p>")))


def test_no_block_points_to_media_that_were_left_out() -> None:
    media = tuple(Media(id=f"m{number}", type=MediaType.PICTURE) for number in range(510))
    body = tuple(MediaBlock(media=one.id) for one in media)
    notes = Notes()
    made = bounded(replace(STORY, media=media, body=body), notes)
    assert (len(made.media), len(made.body), notes.lost) == (500, 500, ("contentSet",))


def _links(count: int) -> str:
    return item("".join(f'<link rel="irel:seeAlso" residref="urn:x:{number}"/>' for number in range(count)))


def _pictures(count: int) -> str:
    links = "".join(f'<link residref="urn:x:p:{number}"/>' for number in range(count))
    return message(item(links), *(picture(f"urn:x:p:{number}") for number in range(count)))


def _chain(count: int) -> str:
    groups = [group(number, f"urn:x:{number}", inner=(number + 1,)) for number in range(count)]
    return message(package(*groups), *(item(guid=f"urn:x:{number}") for number in range(count)))


def _packages(count: int) -> str:
    fronts = (package(group(0, "urn:x:1"), guid=f"urn:x:front:{number}") for number in range(count))
    return message(*fronts, *(item(guid=f"urn:x:{number}") for number in range(count)))


def _figures(count: int) -> str:
    figures = '<figure><img src="https://media.example/1.jpg"/></figure>' * count
    hint = '<link residref="urn:x:{0}"><itemClass qcode="ninat:picture"/><remoteContent href="https://media.example/1.jpg"/></link>'
    return item("".join(hint.format(number) for number in range(count)), text=xhtml(figures))


def _addresses(count: int) -> str:
    schemes = "".join(f'<scheme alias="a{number}" uri="https://h.example/{number}/"/>' for number in range(count))
    subjects = "".join(f'<subject uri="https://h.example/{number}/x"/>' for number in range(count))
    return item(content=HEADLINE + subjects, before=f"<catalog>{schemes}</catalog>")


def _people(count: int) -> str:
    names = ", ".join(f"Name {number}" for number in range(count))
    sources = "".join(
        f'<infoSource literal="Source {number}"/><creator literal="Name {number}"/>' for number in range(count)
    )
    return item(content=f"{HEADLINE}<by>{names} and Ada Holm</by>{sources}")


def _headers(count: int) -> str:
    return item(text=xhtml("<header>" * 100 + "<p>x</p>" * count + "</header>" * 100))


@pytest.mark.parametrize("make", [_links, _pictures, _chain, _packages, _figures, _addresses, _people, _headers])
def test_work_grows_with_the_file(make: Callable[[int], str]) -> None:
    small, large = (_work(make(count)) for count in (40, 400))
    # Ten times as much takes ten times as long, not a hundred times; what is bounded takes less.
    assert large < small * 25


def _work(document: str) -> int:
    return calls(lambda: found(document))
