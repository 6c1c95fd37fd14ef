"""Subjects for NITF and NewsML 1.2: both know the old subject codes of IPTC only."""

import re
from collections.abc import Iterator

from syndicate.model.subject import Subject

CODES = "subj"
_TOPICS = "medtop"
_CODE = re.compile(r"[0-9]{8}\Z", re.ASCII)
_TOP_TOPIC = re.compile(r"(?:0[1-9]|1[0-7])000000\Z", re.ASCII)


def is_code(code: str) -> bool:
    """Whether it has the form of a subject code: eight digits."""
    return _CODE.match(code) is not None


def with_codes(subjects: tuple[Subject, ...]) -> Iterator[Subject]:
    """The subject codes among the subjects, and those that top media topics stand for, which kept their codes."""
    seen = set()
    for subject in subjects:
        is_known = subject.scheme == CODES and is_code(subject.code)
        is_top = subject.scheme == _TOPICS and _TOP_TOPIC.match(subject.code)
        if (is_known or is_top) and subject.code not in seen:
            seen.add(subject.code)
            yield Subject(scheme=CODES, code=subject.code, name=subject.name)
