"""Categories and people of feeds, in the order in which `article_entry` lays them out."""

import re
from collections.abc import Sequence

from syndicate.markup.feed_read import Story, person
from syndicate.model.article import Person
from syndicate.model.subject import Subject

# What `article_entry.scheme_uri` makes of a vocabulary's short name, backwards.
_IPTC = {
    "mediatopic": "medtop", "medtop": "medtop", "subjectcode": "subj",
}  # fmt: skip
_NEWSCODES = re.compile(r"https?://cv\.iptc\.org/newscodes/([a-z]+)/?\Z")
_OWN = re.compile(r"tag:[^:/]+:scheme:(\S+)\Z")
_DIGITS = re.compile(r"\d{8}\Z")
_LONGEST = 500
_MAIL_FIRST = re.compile(r"(?P<email>[^\s@()<>]+@[^\s@()<>]+)\s*\(\s*(?P<name>[^()]+?)\s*\)\Z")
_NAME_FIRST = re.compile(r"\"?(?P<name>[^<>\"]+?)\"?\s*[<(](?:mailto:)?(?P<email>[^\s@()<>]+@[^\s@()<>]+)[>)]\Z")
_MAIL = re.compile(r"(?P<email>[^\s@()<>]+@[^\s@()<>]+)\Z")

# term, scheme, label
Stated = tuple[str, str | None, str | None]


def scheme_of(uri: str) -> str:
    """The short name of a vocabulary that has one, else its address."""
    if found := _NEWSCODES.match(uri):
        return _IPTC.get(found[1], uri)
    found = _OWN.match(uri)
    return found[1] if found else uri


def subject_of(term: str, scheme: str, label: str | None) -> Subject | None:
    """The concept; None where the term is words, no code."""
    name = scheme_of(scheme)
    is_code = bool(_DIGITS.match(term)) if name in _IPTC.values() else not any(map(str.isspace, term))
    if not is_code or not term or max(len(term), len(name), len(label or "")) > _LONGEST:
        return None
    return Subject(scheme=name, code=term, name=label or None)


def add_categories(story: Story, stated: Sequence[Stated], name: str) -> None:
    """What has a scheme is a subject; words before the first of them are sections, all others keywords.

    That is how we write them. A word with a scheme whose code nobody knows is a keyword.
    """
    first = next((index for index, (_, scheme, _) in enumerate(stated) if scheme), 0)
    for index, (term, scheme, label) in enumerate(stated):
        subject = subject_of(term, scheme, label) if scheme else None
        if subject is not None:
            story.subjects.append(subject)
        elif scheme:
            story.keywords.append(label or term)
            story.lose(name)
        else:
            (story.sections if index < first else story.keywords).append(label or term)


def person_from(text: str, story: Story) -> Person | None:
    """The person of `ada@harbour.example (Ada Holm)` and what else is written there."""
    text = story.line_of(text, "authors")
    for form in (_MAIL_FIRST, _NAME_FIRST, _MAIL):
        if found := form.match(text[:_LONGEST]):
            parts = found.groupdict()
            return person(parts.get("name") or "", parts["email"], story)
    return person(text, None, story)
