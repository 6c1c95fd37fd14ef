"""Subjects for NITF and NewsML 1.2: both know the old subject codes of IPTC only."""

import re
from collections.abc import Iterator

from syndicate.markup.g2_subject_codes import subject_code
from syndicate.model.subject import Subject

CODES = "subj"
_TOPICS = "medtop"
_CODE = re.compile(r"[0-9]{8}\Z", re.ASCII)
_TOP_TOPIC = re.compile(r"(?:0[1-9]|1[0-7])000000\Z", re.ASCII)


def is_code(code: str) -> bool:
    """Whether it has the form of a subject code: eight digits."""
    return _CODE.match(code) is not None


def subject_codes(subjects: tuple[Subject, ...]) -> Iterator[Subject]:
    """The subject codes among the subjects, and those that mean the same as a media topic, each once.

    What a subject says itself stands before what follows from a topic.
    """
    stated = {one.code for one in subjects if one.scheme == CODES and is_code(one.code)}
    seen: set[str] = set()
    for subject in subjects:
        code = subject.code if subject.scheme == CODES else None
        if subject.scheme == _TOPICS and (code := subject_code(subject.code)) in stated:
            continue
        if code is not None and is_code(code) and code not in seen:
            seen.add(code)
            yield Subject(scheme=CODES, code=code, name=subject.name)


def with_codes(subjects: tuple[Subject, ...]) -> Iterator[Subject]:
    """The subject codes among the subjects, and those that top media topics stand for, which kept their codes."""
    seen = set()
    for subject in subjects:
        is_known = subject.scheme == CODES and is_code(subject.code)
        is_top = subject.scheme == _TOPICS and _TOP_TOPIC.match(subject.code)
        if (is_known or is_top) and subject.code not in seen:
            seen.add(subject.code)
            yield Subject(scheme=CODES, code=subject.code, name=subject.name)
