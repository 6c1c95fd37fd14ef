"""Subject codes, and media topics that have one."""

from syndicate.markup.nitf_subjects import is_code, subject_codes, with_codes
from syndicate.model.subject import Subject


def test_codes() -> None:
    assert is_code("04015000")
    assert not is_code("4015000")
    assert not is_code("040150001")


def test_top_topics_kept_their_codes() -> None:
    subjects = (
        Subject(scheme="medtop", code="11000000", name="politics"),
        Subject(scheme="subj", code="11000000"),
        Subject(scheme="subj", code="POL"),
        Subject(scheme="medtop", code="20000337"),
        Subject(scheme="subj", code="04015000", name="transport"),
    )
    assert list(with_codes(subjects)) == [
        Subject(scheme="subj", code="11000000", name="politics"),
        Subject(scheme="subj", code="04015000", name="transport"),
    ]


def test_codes_that_mean_the_same_as_topics() -> None:
    subjects = (
        Subject(scheme="medtop", code="20000337", name="public transport"),
        Subject(scheme="medtop", code="11000000", name="politics"),
        Subject(scheme="subj", code="11000000", name="Politics"),
        Subject(scheme="subj", code="POL"),
        Subject(scheme="medtop", code="29999999"),
        Subject(scheme="places", code="04015000"),
        Subject(scheme="medtop", code="20000337"),
    )
    assert list(subject_codes(subjects)) == [
        Subject(scheme="subj", code="04015000", name="public transport"),
        Subject(scheme="subj", code="11000000", name="Politics"),
    ]
