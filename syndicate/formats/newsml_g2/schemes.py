"""Controlled vocabularies: what IPTC's catalog declares, what an item declares itself, how a concept is named."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from syndicate.formats.newsml_g2.aliases import IPTC_ALIASES
from syndicate.formats.newsml_g2.write import line
from syndicate.markup.g2_subject_codes import subject_code
from syndicate.model.article import Article
from syndicate.model.subject import Subject

# Genres of the IPTC NewsCodes whose code is their name; other genres are written as literals.
_GENRE_CODES = """
    Actuality Advice Almanac Analysis Archive_material Background Biography Current Curtain_Raiser Daybook Exclusive
    Feature Fixture Forecast From_the_Scene History Horoscope Interview Music Obituary Opinion Press-Digest
    Press_Release Profile Program Quote Raw_Sound Response_to_a_Question Retrospective Review Scener Special_Report
    Summary Synopsis Text_only Update Voicer Wrap Wrapup
"""
_GENRES = {code.casefold(): code for code in _GENRE_CODES.split()}

SECTION = "psection"
ROLE = "prole"
NOTE = "pnote"
GROUP = "pgroup"
# The alias of Reuters that Superdesk knows a place by.
PLACE = "cptType"
# Of subjects that have no code: their words stand as a literal.
LITERAL = "literal"
# Schemes of IPTC that reading must know, whatever alias an item gives them.
IPTC_URIS = {
    alias: f"http://cv.iptc.org/newscodes/{name}/"
    for alias, name in {
        "cpnat": "cpnature", "drol": "descriptionrole", "genre": "genre", "irel": "itemrelation",
        "medtop": "mediatopic", "ninat": "ninature", "pgrmod": "pkggroupmode", "rnd": "rendition", "sig": "signal",
        "stat": "pubstatusg2", "subj": "subjectcode", "timeunit": "timeunit",
    }.items()
} | {"wikidata": "http://www.wikidata.org/entity/"}  # fmt: skip

_ALIAS = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*\Z")
_CODE = re.compile(r"\S+\Z")


def own_aliases(article: Article, *others: str) -> tuple[str, ...]:
    """The aliases of the schemes that the item uses (`others` too) and IPTC's catalog does not know, sorted."""
    used = {one.scheme for one in article.subjects if one.scheme not in IPTC_ALIASES and qcode(one.scheme, one.code)}
    if any(map(line, article.sections)):
        used.add(SECTION)
    if any(line(person.role) for person in (*article.authors, *article.contributors)):
        used.add(ROLE)
    if line(article.note) or line(article.correction):
        used.add(NOTE)
    return tuple(sorted({*used, *others}))


def scheme_uri(alias: str, publisher_url: str) -> str:
    """The address of such a scheme."""
    return f"{publisher_url.rstrip('/')}/cv/{alias}/"


def own_code(alias: str, word: str) -> str | None:
    """The word as a code of a scheme of ours; what a code cannot hold is percent-encoded. None for no word."""
    cleaned = line(word)
    return f"{alias}:{quote(cleaned, safe='')}" if cleaned else None


@lru_cache(maxsize=4096)
def qcode(scheme: str, code: str) -> str | None:
    """The concept as a qcode; None where that is not possible (NewsML-G2, QCode)."""
    word = line(code)
    if scheme == LITERAL:
        return None
    return f"{scheme}:{word}" if word and _ALIAS.match(scheme) and _CODE.match(word) else None


def with_subject_codes(subjects: tuple[Subject, ...]) -> Iterator[Subject]:
    """The subjects, each media topic followed by the old subject code that means the same.

    Superdesk and other older receivers read the alias `subj` only.
    """
    stated = {one.qcode for one in subjects} if subjects else set()
    for subject in subjects:
        yield subject
        code = subject_code(subject.code) if subject.scheme == "medtop" else None
        if code is not None and f"subj:{code}" not in stated:
            yield Subject(scheme="subj", code=code, name=subject.name)


def genre_name(code: str) -> str:
    """The English name of a genre of IPTC, given as a qcode."""
    return code.partition(":")[2].replace("_", " ")


def genre_code(word: str) -> str | None:
    """A genre by its IPTC code; None where it has none, since a name is not a code."""
    code = _GENRES.get(word.casefold().replace(" ", "_"))
    return f"genre:{code}" if code else None
