"""Concepts of vocabularies as addresses, and back: `medtop:20000337` is `http://cv.iptc.org/newscodes/mediatopic/...`."""

import re

from syndicate.model.subject import Subject

_IPTC = "http://cv.iptc.org/newscodes/"
_SCHEMES = {"medtop": f"{_IPTC}mediatopic/", "subj": f"{_IPTC}subjectcode/"}
_ALIASES = {uri: alias for alias, uri in _SCHEMES.items()} | {
    uri.replace("http:", "https:"): alias for alias, uri in _SCHEMES.items()
}
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]*[/#:]\Z")
_CODE = re.compile(r"[A-Za-z0-9._~-]+\Z")
_SUBJECT_CODE = re.compile(r"(?:0[1-9]|1[0-7])\d{6}\Z", re.ASCII)
_MEDIA_TOPIC = re.compile(r"2000\d{4}\Z", re.ASCII)
_FULL = ("http:", "https:", "urn:", "tag:")


def uri_of(subject: Subject) -> str | None:
    """The address of the concept; None where its vocabulary has none that is known."""
    scheme = _SCHEMES.get(subject.scheme, subject.scheme)
    return scheme + subject.code if _URI.match(scheme) and _CODE.match(subject.code) else None


def split_uri(uri: str) -> tuple[str, str]:
    """The address of a concept as that of its vocabulary and a code; the code is empty when it has none."""
    at = max(uri.rfind("/"), uri.rfind("#"), uri.rfind(":")) + 1
    return uri[:at], uri[at:]


def subject_of(uri: str, scheme: str, code: str, name: str | None) -> Subject | None:
    """The concept that an item names by its address, or by scheme and code (1.x); None where it has only a name."""
    if uri:
        scheme, own = split_uri(uri)
        code = own or code
    elif not scheme:
        scheme, code = _split_literal(code)
    if not code or not scheme or (not uri and code == name and scheme == _NO_SCHEME):
        return None
    return Subject(scheme=_ALIASES.get(scheme, scheme), code=code, name=name)


_NO_SCHEME = "literal"


def _split_literal(literal: str) -> tuple[str, str]:
    """A code that names its vocabulary (`own:42`), or shows by its digits that it is one of IPTC's."""
    if _SUBJECT_CODE.match(literal):
        return "subj", literal
    if _MEDIA_TOPIC.match(literal):
        return "medtop", literal
    is_full = literal.startswith(_FULL)
    scheme, colon, code = literal.rpartition(":") if is_full else literal.partition(":")
    return (scheme, code) if colon and scheme and code else (_NO_SCHEME, literal)
