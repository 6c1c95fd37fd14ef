"""What is said along with an act, and what of it stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from syndicate.model.article import Article, Signal, Status
from syndicate.model.lifecycle import Act, Refused, Wording, act_on
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def story(article: Article) -> Article:
    """A story that was corrected once."""
    return replace(article, correction="It is a ferry.", note="Mind the name.", signal=Signal.CORRECTION)


def acts(usable: Article, *steps: tuple[Act, Wording]) -> Article:
    """The revision after these acts, one after the other."""
    latest, moment = usable, max(NOW, usable.updated)
    for act, wording in steps:
        moment += MINUTE
        latest = act_on(act, latest, usable, wording, moment)
    return latest


@pytest.mark.parametrize("act", [Act.WITHHOLD, Act.KILL, Act.TAKE_DOWN])
def test_a_withdrawal_says_nothing_but_what_is_said_with_it(story: Article, act: Act) -> None:
    made = acts(story, (act, Wording()))
    assert (made.correction, made.note) == (None, None)
    made = acts(story, (act, Wording(reason="Invented")))
    assert (made.correction, made.note) == (None, "Invented")


def test_why_it_was_withheld_goes_with_the_release(story: Article) -> None:
    held = (Act.WITHHOLD, Wording(notice="We look into it.", reason="A lawyer called"))
    between = (
        (Act.CORRECT, Wording(headline="Another one")),
        (Act.EMBARGO, Wording(until=NOW + timedelta(days=9))),
        (Act.EXPIRE, Wording(until=NOW + timedelta(days=99))),
    )
    for steps in ((held,), (held, *between)):
        made = acts(story, *steps, (Act.RELEASE, Wording()))
        assert (made.correction, made.note) == (story.correction, story.note)
    told = acts(story, held, (Act.RELEASE, Wording(notice="It was right.", reason="Checked")))
    assert (told.correction, told.note) == ("It was right.", "Checked")


def test_what_was_corrected_while_it_was_withheld_is_told(story: Article) -> None:
    steps = ((Act.WITHHOLD, Wording(notice="We look into it.")), (Act.CORRECT, Wording(notice="It is a tug.")))
    for more in ((), ((Act.EXPIRE, Wording(until=NOW + timedelta(days=9))),)):
        assert acts(story, *steps, *more, (Act.RELEASE, Wording())).correction == "It is a tug."


def test_a_correction_under_embargo_is_one_when_it_comes_out(story: Article) -> None:
    hidden = replace(story, embargo=NOW + timedelta(days=1))
    moved = acts(hidden, (Act.EMBARGO, Wording(until=NOW + timedelta(days=9))))
    assert moved.signal is Signal.CORRECTION
    assert act_on(Act.RELEASE, moved, moved, Wording(), NOW + MINUTE).signal is Signal.CORRECTION
    first = replace(hidden, signal=None)
    assert act_on(Act.RELEASE, first, first, Wording(), NOW).signal is Signal.UPDATE


def test_what_came_in_withheld_says_the_same_when_it_is_released(story: Article) -> None:
    latest = replace(story, status=Status.WITHHELD, signal=None)
    assert act_on(Act.RELEASE, latest, None, Wording(), NOW).correction == story.correction


def test_what_cannot_be(story: Article) -> None:
    dead = replace(story, status=Status.CANCELED)
    later: datetime = NOW + MINUTE
    for act, latest, wording, said in (
        (Act.RELEASE, dead, Wording(), "it is canceled; give the story a new guid"),
        (Act.WITHHOLD, replace(story, status=Status.WITHHELD), Wording(), "it is withheld; release it, or kill it"),
        (Act.RELEASE, story, Wording(), "it is out"),
        (Act.EMBARGO, story, Wording(until=NOW - MINUTE), "give a moment to come"),
        (Act.EMBARGO, story, Wording(until=later), "an embargo takes nothing back"),
    ):
        with pytest.raises(Refused, match=said):
            act_on(act, latest, story, wording, NOW)
