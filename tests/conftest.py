"""What every test may use: sample articles, the shared corpus where it is at hand, the options."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from syndicate.model.article import Article, Dateline, Person
from syndicate.model.body import Heading, Paragraph, Tagline
from syndicate.model.feed import Feed, Publisher
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject
from tests.newsroom import Newsroom, make_newsroom

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


# Machines differ in speed, so no property has a deadline. Each run tries the same examples, the long one new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("searching", deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="run the long tests too")
    parser.addoption("--screenshots", action="store_true", help="write the pictures of docs/images anew")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("searching" if config.getoption("--nightly") else "steady")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--nightly"):
        skip = pytest.mark.skip(reason="long run: use --nightly")
        for item in items:
            if "nightly" in item.keywords:
                item.add_marker(skip)


def require(condition: object, reason: str) -> None:
    """Skip with the reason where something outside the project is absent; on CI that is a failure."""
    if condition:
        return
    if os.environ.get("SYNDICATE_TEST_REQUIRE"):
        pytest.fail(f"needed here, but {reason}")
    pytest.skip(reason)


@pytest.fixture
def shared() -> Path:
    """The folder of official schemas and sample documents, where there is one."""
    require(SHARED.is_dir(), "the folder of official schemas and samples is not beside the checkout")
    return SHARED


@pytest.fixture
def publisher() -> Publisher:
    """A made-up publisher."""
    return Publisher(
        name="Harbour Post",
        url="https://harbour.example/",
        language="en-GB",
        tag_authority="harbour.example,2019",
        rights="© Harbour Post",
    )


@pytest.fixture
def feed() -> Feed:
    """A feed of that publisher."""
    return Feed(
        id="town",
        title="Harbour Post: Town",
        link="https://harbour.example/town",
        description="What happens in town",
        language="en-GB",
        formats=("rss", "atom", "newsml-g2"),
    )


@pytest.fixture
def article() -> Article:
    """A made-up story with most fields filled."""
    return Article(
        guid="tag:harbour.example,2019:story:17",
        version=2,
        headline="Ferry & crane: two weeks of repairs",
        slugline="ferry-crane",
        abstract="The ferry stops for two weeks while the crane on pier 4 is mended.",
        highlights=("Ferry stops for two weeks", "Buses run in its place"),
        authors=(Person(name="Ada Holm", email="ada@harbour.example", role="reporter"),),
        contributors=(Person(name="Tove Lind"),),
        dateline=Dateline(text="Port Ellis (HP) —", place="Port Ellis", source="HP"),
        body=(
            Paragraph(html="The ferry to <em>Long Island</em> stops on Monday, said the harbour’s “master”."),
            Heading(html="Buses instead"),
            Paragraph(html='Buses leave <a href="https://harbour.example/pier4">pier 4</a> each hour &amp; half.'),
            Tagline(html="Tove Lind contributed to this report."),
        ),
        sections=("town",),
        subjects=(Subject(scheme="medtop", code="20000337", name="public transport"),),
        keywords=("ferry", "harbour"),
        urgency=4,
        language="en-GB",
        published=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
        updated=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
        url="https://harbour.example/2026/03/02/ferry",
        rights=Rights(holder="Harbour Post", notice="© 2026 Harbour Post", usage="No archive use"),
    )


@pytest.fixture
def newsroom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Newsroom:
    """A newsroom with two feeds, `all` and `town`."""
    return make_newsroom(tmp_path, capsys)


@pytest.fixture
def another_newsroom(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> Callable[[], Newsroom]:
    """A maker of more newsrooms."""
    return lambda: make_newsroom(tmp_path_factory.mktemp("newsroom"), capsys)
