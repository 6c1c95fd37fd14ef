"""Controlled vocabularies: what IPTC's catalog declares, what an item declares itself, how a concept is named."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from syndicate.formats.newsml_g2.write import Attributes, line
from syndicate.model.article import Article
from syndicate.model.feed import Publisher
from syndicate.model.subject import Subject

# Every alias of the IPTC catalogs 34 to 41, retired ones included.
_ALIASES = """
    a1312cat a1312prio a1312svc a1312vers acdc altidrole aoprop app aspfacet aspfacetvalue authoritystatus bcp47
    catinat chprop cinat ciprol colin colsp conf cpnat cpprole cptdefrole cptnoterole crel ctech ctrol cusip cwarn
    dbpedia digsrctype dimensionunit drol dummy ecirol edconf ednoterole encd entityprop eocstat eorol eprol eregrol
    erol figi fisymtype freebase frmt gen genre geonames geonameshttps gics googletopicsv1 googletopicsv2 hashscope
    hashtype hatarget hopaction howextr howpr iabadproduct10 iabadproduct20 iabaudience10 iabcontent20 iabcontent21
    iabcontent22 iabcontent30 ikos imgregrole imgregtype impt irel irep isin iso3166-1a2 iso3166-1a3 iso3166-2
    iso4217a iso4217n isrol ivqu lbtyp loctyp loutorient lrol mb-artist mb-label mb-recording mb-release
    mb-releasegroup mb-work medtop medtype mic mtyp ncostat ninat nityp nmsig not nprod nprov nprt nrol oito
    parasport pgrmod plinat plus prio prodgenre prop prov pst1 rcalctype rel riaspect rightsprop riscope rnd role1
    rscaleunit rtype scn secst sedol sev sig skos sov squ stat subj ticker tidm timeunit tone tpctyp trustindicator
    urgy useracttype valfmt vcdc videodef why wikidata wldreg
"""
IPTC_ALIASES = frozenset(_ALIASES.split())
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

_ALIAS = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*\Z")
_TOP_TOPIC = re.compile(r"(?:0[1-9]|1[0-7])000000\Z")
_CODE = re.compile(r"\S+\Z")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary that an item declares in its own catalog."""

    alias: str
    uri: str


def own_schemes(article: Article, publisher: Publisher) -> tuple[Scheme, ...]:
    """The schemes that the item uses and IPTC's catalog does not know, sorted."""
    used = set(_own_aliases(article))
    return tuple(Scheme(alias, f"{publisher.url.rstrip('/')}/cv/{alias}/") for alias in sorted(used))


def own_code(alias: str, word: str) -> str | None:
    """The word as a code of a scheme of ours; what a code cannot hold is percent-encoded. None for no word."""
    cleaned = line(word)
    return f"{alias}:{quote(cleaned, safe='')}" if cleaned else None


def of_subject(subject: Subject) -> Attributes:
    """How to name the concept: as a qcode where that is possible, else as a literal."""
    code = line(subject.code)
    if code and _ALIAS.match(subject.scheme) and _CODE.match(code):
        return {"qcode": f"{subject.scheme}:{code}"}
    return {"literal": code or line(subject.name)}


def with_subject_codes(subjects: tuple[Subject, ...]) -> Iterator[Subject]:
    """The subjects, each top media topic followed by the old subject code that means the same.

    The 17 top topics kept their codes; Superdesk and other older receivers read the alias `subj` only.
    """
    known = {subject.qcode for subject in subjects}
    for subject in subjects:
        yield subject
        old = Subject(scheme="subj", code=subject.code, name=subject.name)
        if subject.scheme == "medtop" and _TOP_TOPIC.match(subject.code) and old.qcode not in known:
            yield old


def of_genre(genre: str) -> Attributes:
    """A genre by its IPTC code, else as a literal: a name is not a code."""
    word = line(genre)
    code = _GENRES.get((word or "").casefold().replace(" ", "_"))
    return {"qcode": f"genre:{code}"} if code else {"literal": word}


def _own_aliases(article: Article) -> Iterator[str]:
    if any(map(line, article.sections)):
        yield SECTION
    if any(line(person.role) for person in (*article.authors, *article.contributors)):
        yield ROLE
    yield from _foreign(of_subject(subject).get("qcode") for subject in article.subjects)


def _foreign(qcodes: Iterable[str | None]) -> Iterator[str]:
    aliases = (qcode.partition(":")[0] for qcode in qcodes if qcode)
    return (alias for alias in aliases if alias not in IPTC_ALIASES)
