"""Archive pages as a partition of what a feed takes, and what fits into a byte budget."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds.archive import fitting, page_path, pages_of
from syndicate.model.article import Status
from syndicate.store.selection import Chosen

START = datetime(2026, 3, 1, tzinfo=UTC)


def chosen(number: int, published: int, updated: int = 0) -> Chosen:
    """An article out at that minute."""
    moment = START + timedelta(minutes=published)
    return Chosen(number, f"s{number:03}", 1, Status.USABLE, moment, moment + timedelta(minutes=updated), None, None)


# Few minutes, so that many articles are published at the same time.
WHOLE = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), max_size=30).map(
    lambda times: [chosen(number, *both) for number, both in enumerate(times)]
)
SIZES = st.integers(1, 7)


@st.composite
def feeds(draw: st.DrawFn) -> tuple[list[Chosen], set[str], int]:
    """What a feed takes, what its current document holds of it, and the size of its pages."""
    whole = draw(WHOLE)
    order = draw(st.sampled_from([lambda one: (one.published, one.guid), lambda one: (one.updated, one.guid)]))
    newest = sorted(whole, key=order, reverse=True)[: draw(st.integers(0, 12))]
    return whole, {one.guid for one in newest}, draw(SIZES)


@given(feeds())
def test_nothing_is_lost_and_nothing_is_there_twice(made: tuple[list[Chosen], set[str], int]) -> None:
    whole, held, size = made
    pages = pages_of(whole, held, size)
    archived = [one.guid for page in pages for one in page]
    assert len(archived) == len(set(archived))
    assert set(archived) | held == {one.guid for one in whole}
    assert all(len(page) == size for page in pages[:-1])
    assert all(0 < len(page) <= size for page in pages)
    flat = [one for page in pages for one in page]
    assert flat == sorted(flat, key=lambda one: (one.published, one.guid))
    assert not flat or flat[-1].guid not in held, "the last page ends with what only it holds"


@given(feeds(), st.integers(0, 12))
def test_a_new_article_leaves_all_pages_but_the_last_alone(
    made: tuple[list[Chosen], set[str], int], limit: int
) -> None:
    whole, _, size = made

    def pages(some: list[Chosen]) -> tuple[tuple[Chosen, ...], ...]:
        newest = sorted(some, key=lambda one: (one.updated, one.guid), reverse=True)[:limit]
        return pages_of(some, {one.guid for one in newest}, size)

    before = pages(whole)
    after = pages([*whole, chosen(999, 50)])
    assert after[: max(0, len(before) - 1)] == before[:-1]
    assert not before or after[len(before) - 1][: len(before[-1])] == before[-1]


@given(feeds(), st.data())
def test_a_correction_does_not_move_an_article_to_another_page(
    made: tuple[list[Chosen], set[str], int], data: st.DataObject
) -> None:
    whole, _, size = made
    if not whole:
        return
    place = data.draw(st.integers(0, len(whole) - 1))
    corrected = list(whole)
    corrected[place] = whole[place]._replace(revision=1000, version=2, updated=START + timedelta(days=9))
    before, after = ([[one.guid for one in page] for page in pages_of(some, (), size)] for some in (whole, corrected))
    assert before == after


def test_a_page_lies_beside_its_document_under_the_name_of_its_hash() -> None:
    assert page_path("town/rss.xml", "0123456789abcdef" * 4) == "town/archive/rss-0123456789abcdef.xml"


@given(st.lists(st.integers(1, 50), max_size=20), st.integers(1, 600), st.integers(0, 60), st.integers(0, 5))
def test_as_many_articles_as_fit_and_one_at_the_least(sizes: list[int], most: int, frame: int, each: int) -> None:
    def size_with(count: int) -> int:
        return frame + sum(sizes[:count]) + each * count

    count = fitting(sizes, most, size_with)
    assert count >= 1
    assert count == 1 or size_with(count) <= most
    assert count >= len(sizes) or size_with(count + 1) > most
