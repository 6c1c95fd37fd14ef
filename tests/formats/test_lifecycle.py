"""Whatever is done to a story in whatever order, every format says of it what a plain model says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from syndicate.formats import base as formats
from syndicate.ingest.decide import content_of
from syndicate.model.article import Article, Status
from syndicate.model.draft import Draft
from syndicate.model.lifecycle import Act, Refused, Wording, act_on
from syndicate.model.visibility import Audience, may_see
from tests.formats.back import documents, imported, read, said
from tests.lifecycle_model import DAY, Model
from tests.strategies import articles, words

# An example of many articles takes minutes to be made smaller.
PHASES = (Phase.explicit, Phase.generate)
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
READABLE = [name for name in formats.written() if formats.has_part(name, "read")]
# These say when readers should look again, the others when the version was made.
FOR_READERS = {"rss", "atom", "jsonfeed", "rss-1-0", "json-ld", "podcast"}
ACTS = st.tuples(
    st.sampled_from([act.value for act in Act]), st.integers(1, 3 * DAY), words, st.integers(-DAY, 9 * DAY)
)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def story(article: Article, embargo: int | None) -> tuple[Article, Model]:
    """The article as it was new at the start, and its model."""
    article = replace(
        imported(article),
        version=1,
        published=moment(START),
        updated=moment(START),
        embargo=None if embargo is None else moment(START + embargo),
        expires=None,
        correction=None,
        note=None,
    )
    model = Model(published=START, updated=START, headline=article.headline, text=str(said(article, "text")))
    model.embargo = None if embargo is None else START + embargo
    return article, model


def acted(article: Article, usable: Article | None, act: tuple[str, int, str, int], now: int) -> Article | None:
    """The next revision, None when it is refused."""
    name, _, notice, until = act
    moved = {"embargo", "expire"}
    wording = Wording(notice=None if name in moved else notice, until=moment(now + until) if name in moved else None)
    try:
        made = act_on(Act(name), article, usable, wording, moment(now))
    except Refused:
        return None
    return None if content_of(made) == content_of(article) else made


@pytest.mark.parametrize("nightly", [False, pytest.param(True, marks=[pytest.mark.nightly, pytest.mark.timeout(0)])])
def test_every_format_tells_what_the_model_tells(nightly: bool) -> None:
    @settings(max_examples=10_000 if nightly else 25, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(
        article=articles(status=Status.USABLE, url="https://harbour.example/17"),
        embargo=st.none() | st.integers(1, 5 * DAY),
        acts=st.lists(ACTS, min_size=1, max_size=5),
    )
    def compare(article: Article, embargo: int | None, acts: list[tuple[str, int, str, int]]) -> None:
        article, model = story(article, embargo)
        usable, now = article, START
        for act in acts:
            now += act[1]
            model.was_out = model.was_out or model.was_let_out(now)
            notice = " ".join(act[2].split())
            made = acted(article, usable, (act[0], act[1], notice, act[3]), now)
            done = model.act(act[0].replace("-", "_"), now, notice, now + act[3])
            assert done == (made is not None), act
            article = made or article
            usable = article if article.status is Status.USABLE else usable
            check(article, model, now)

    compare()


def check(article: Article, model: Model, now: int) -> None:
    """Article and model agree, and so does every format with the model."""
    assert (article.status.value, article.version) == (model.status, model.version)
    assert (article.updated, article.changed) == (moment(model.updated), moment(model.changed))
    is_out, is_gone = model.is_out(now), model.status != "usable" and model.was_out
    assert may_see(article, Audience.PUBLIC, moment(now)) == is_out
    for name in READABLE:
        if is_out or (is_gone and formats.tells_withdrawals(name)):
            drafts = [draft for data in documents(name, [article]) for draft in read(name, data)]
            (shown if is_out else gone)(name, drafts, model, article)


def shown(name: str, drafts: list[Draft], model: Model, article: Article) -> None:
    """The story, with what the model says of it."""
    keeps = formats.keeps(name)
    for draft in drafts:
        found = draft.article
        assert (found.guid, found.status) == (article.guid, Status.USABLE), name
        assert "version" not in keeps or draft.stated_version == model.version, name
        assert found.published == moment(model.published), name
        wanted = model.changed if formats.format_of(name) in FOR_READERS else model.updated
        assert found.updated == moment(wanted), name
        assert said(found, "headline") == said(article, "headline"), name
    assert drafts or formats.omits(name), name


def gone(name: str, drafts: list[Draft], model: Model, article: Article) -> None:
    """That it was withdrawn, without a word of it."""
    if formats.format_of(name) not in FOR_READERS:
        (draft,) = drafts
        assert (draft.article.status.value, draft.stated_version) == (model.status, model.version), name
        assert draft.article.updated == moment(model.updated), name
        assert (draft.article.body, draft.article.media) == ((), ()), name
    elif name == "atom":
        assert [draft.article.status for draft in drafts if draft.article.guid == article.guid][-1] is Status.CANCELED
    for draft in drafts:
        if formats.format_of(name) in FOR_READERS and draft.article.body:
            assert model.notice, name
            assert " ".join(said(draft.article, "text")) == said(article, "correction"), name
    assert model.notice or name == "atom" or formats.format_of(name) not in FOR_READERS or drafts == []
