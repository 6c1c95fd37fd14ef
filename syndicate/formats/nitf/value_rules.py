"""Rules about what a NITF document says: identity, times, status, codes, counts. No schema sees these."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from syndicate.formats.nitf import names as n
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.nitf_names import INLINE
from syndicate.markup.nitf_read_times import moment_of
from syndicate.markup.nitf_subjects import is_code
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import shown
from syndicate.markup.xml import XML_NAMESPACE, Node

rules = RuleSet("nitf")

_LANG = f"{{{XML_NAMESPACE}}}lang"
_NORM = re.compile(
    r"[0-9]{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:T[0-9]{6}(?P<zone>Z|[+-][0-9]{4})?)?\Z", re.ASCII
)
_COUNT = re.compile(r"[0-9]{1,9}\Z", re.ASCII)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_WORDS = frozenset({"word", "words"})
_SLACK = timedelta(days=1)
_SPEC = "NITF 3.6"


def _each(*names: str) -> tuple[str, ...]:
    """The names without a namespace, and in each that NITF has had."""
    return tuple(prefix + name for name in names for prefix in ("", *(f"{{{one}}}" for one in n.NAMESPACES)))


_TIMES = _each(n.ISSUE, n.RELEASE, n.EXPIRE)


def _find(node: Node, *names: str) -> Node | None:
    """The element at the end of that path of local names."""
    found: Node | None = node
    for name in names:
        found = next((one for one in found.children if one.local == name), None) if found is not None else None
    return found


def _moment(docdata: Node, name: str) -> datetime | None:
    found = _find(docdata, name)
    return moment_of(found.get(n.NORM))[0] if found is not None else None


@rules.rule("nitf.docdata.missing", on=_each(n.NITF), severity=WARNING, spec=_SPEC + ", docdata",
            summary="every document has docdata")  # fmt: skip
def docdata_missing(nitf: Node, run: Run) -> Iterator[Fault]:
    """Id, time and status stand in it: without them nothing can be updated, corrected or killed."""
    if nitf.closed and _find(nitf, n.HEAD, n.DOCDATA) is None:
        yield at(nitf, "the document has no head/docdata", element=n.DOCDATA)


@rules.rule("nitf.doc-id.missing", on=_each(n.DOCDATA), severity=WARNING, spec=_SPEC + ", doc-id",
            summary="every document has an id")  # fmt: skip
def doc_id_missing(docdata: Node, run: Run) -> Iterator[Fault]:
    """Superdesk refuses a document without it; others cannot tell an update from a new story."""
    found = _find(docdata, n.DOC_ID)
    if docdata.closed and (found is None or not (found.get("id-string") or "").strip()):
        yield at(found or docdata, "there is no doc-id with an id-string", element=n.DOC_ID)


@rules.rule("nitf.date-issue.missing", on=_each(n.DOCDATA), severity=WARNING, spec=_SPEC + ", date.issue",
            summary="every document says when it was issued")  # fmt: skip
def issue_missing(docdata: Node, run: Run) -> Iterator[Fault]:
    """Receivers order versions by it; Superdesk refuses a document without it."""
    found = _find(docdata, n.ISSUE)
    if docdata.closed and (found is None or not (found.get(n.NORM) or "").strip()):
        yield at(found or docdata, "there is no date.issue with a norm", element=n.ISSUE)


@rules.rule("nitf.date.invalid", on=_TIMES, severity=ERROR, spec=_SPEC + ", norm; ISO 8601",
            summary="times are times")  # fmt: skip
def date_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers refuse the document, or release it at another time."""
    norm = node.get(n.NORM)
    if norm is not None and norm.strip() and moment_of(norm)[0] is None:
        yield at(node, f"{node.qname} must be a time like 20260304T120000Z, not {shown(norm)}", attribute=n.NORM)


@rules.rule("nitf.date.form", on=_TIMES, severity=WARNING, spec=_SPEC + ", norm; ISO 8601",
            summary="times have the basic form of ISO 8601")  # fmt: skip
def date_form(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers that take it apart by place read hyphens and colons as digits."""
    norm = node.get(n.NORM) or ""
    if moment_of(norm)[0] is not None and not _NORM.match(norm):
        yield at(node, f"write {node.qname} like 20260304T120000Z, not {shown(norm)}", attribute=n.NORM)


@rules.rule("nitf.date.no-zone", on=_TIMES, severity=WARNING, spec=_SPEC + ", norm",
            summary="times have a zone")  # fmt: skip
def date_no_zone(node: Node, run: Run) -> Iterator[Fault]:
    """Each receiver takes it for a time in a zone of his own."""
    moment, assumed = moment_of(node.get(n.NORM))
    if moment is not None and assumed:
        yield at(node, f"{node.qname} has no zone: end it with Z or an offset", attribute=n.NORM)


@rules.rule("nitf.date.order", on=_each(n.DOCDATA), severity=WARNING, spec=_SPEC + ", date.expire",
            summary="nothing expires before it is issued or released")  # fmt: skip
def date_order(docdata: Node, run: Run) -> Iterator[Fault]:
    """Receivers drop it before anybody has seen it; mostly an embargo was written as expiry."""
    expire = _moment(docdata, n.EXPIRE)
    first = max(filter(None, (_moment(docdata, n.ISSUE), _moment(docdata, n.RELEASE))), default=None)
    if expire is not None and first is not None and expire < first:
        yield at(_find(docdata, n.EXPIRE) or docdata, "date.expire lies before the document is issued or released")


@rules.rule("nitf.date-issue.future", on=_each(n.ISSUE), severity=WARNING, spec=_SPEC + ", date.issue",
            summary="nothing is issued in the future")  # fmt: skip
def issue_future(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers keep it on top until that day, above every newer version."""
    moment = moment_of(node.get(n.NORM))[0]
    if moment is not None and moment - _SLACK > run.now:
        yield at(node, f"date.issue lies in the future: {shown(node.get(n.NORM) or '')}", attribute=n.NORM)


@rules.rule("nitf.urgency.range", on=_each(n.URGENCY), severity=WARNING, spec=_SPEC + ", urgency",
            summary="the urgency is 1 to 8")  # fmt: skip
def urgency_range(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers sort by it; Superdesk refuses what is no number."""
    stated = (node.get("ed-urg") or "").strip()
    if stated and not (_COUNT.match(stated) and int(stated) in n.URGENCIES):
        yield at(node, f"ed-urg must be 1 to 8, not {shown(stated)}", attribute="ed-urg")


@rules.rule("nitf.management-status.unknown", on=_each(n.DOCDATA), severity=WARNING, spec=_SPEC + ", docdata",
            summary="the status is usable, embargoed, withheld or canceled")  # fmt: skip
def status_unknown(docdata: Node, run: Run) -> Iterator[Fault]:
    """A status nobody knows is taken for usable: a story that is held or killed goes out."""
    stated = (docdata.get(n.STATUS) or "").strip()
    if stated and stated not in n.STATUSES:
        known = ", ".join(sorted(n.STATUSES))
        yield at(docdata, f"{n.STATUS} is {shown(stated)}; known are {known}", attribute=n.STATUS)


@rules.rule("nitf.embargo.no-release", on=_each(n.DOCDATA), severity=ERROR, spec=_SPEC + ", date.release",
            summary="an embargo says when it ends")  # fmt: skip
def embargo_no_release(docdata: Node, run: Run) -> Iterator[Fault]:
    """Nobody knows when it may be published: some do at once, some never."""
    if docdata.get(n.STATUS) == n.EMBARGOED and docdata.closed and _moment(docdata, n.RELEASE) is None:
        yield at(docdata, "the document is embargoed, but has no date.release", element=n.RELEASE)


@rules.rule("nitf.embargo.over", on=_each(n.DOCDATA), severity=INFO, spec=_SPEC + ", date.release",
            summary="an embargo lies in the future")  # fmt: skip
def embargo_over(docdata: Node, run: Run) -> Iterator[Fault]:
    """A new version with the status usable says so clearly."""
    release = _moment(docdata, n.RELEASE)
    if docdata.get(n.STATUS) == n.EMBARGOED and release is not None and release <= run.now:
        yield at(_find(docdata, n.RELEASE) or docdata, "the embargo is over")


@rules.rule("nitf.subject.refnum", on=_each(n.SUBJECT), severity=WARNING, spec="IPTC subject codes",
            summary="subject codes have eight digits")  # fmt: skip
def subject_refnum(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers look the number up, and find nothing."""
    stated = node.get(n.REFNUM)
    if stated is not None and not is_code(stated.strip()):
        yield at(node, f"{n.REFNUM} must be a subject code of eight digits, not {shown(stated)}", attribute=n.REFNUM)


@rules.rule("nitf.version.invalid", on=_each(n.DU_KEY), severity=WARNING, spec=_SPEC + ", du-key",
            summary="the version of a story is a whole number from 1")  # fmt: skip
def version_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers cannot tell which version is newer."""
    stated = node.get("version")
    if stated is not None and not (_COUNT.match(stated.strip()) and int(stated)):
        yield at(node, f"version must be a whole number from 1, not {shown(stated)}", attribute="version")


@rules.rule("nitf.language.invalid", on=None, severity=WARNING, spec="BCP 47",
            summary="language tags are well-formed and known")  # fmt: skip
def language_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers sort documents by language; one they do not know lands nowhere."""
    for name, attribute in ((_LANG, "xml:lang"), (n.LANGUAGE, n.LANGUAGE)):
        stated = node.get(name)
        if stated is not None and (flaw := flaw_of_tag(stated.strip())):
            yield at(node, f"{shown(stated)} {flaw}", attribute=attribute)


@rules.rule("nitf.id.duplicate", on=None, severity=ERROR, spec="XML, ID",
            summary="an id stands in a document once")  # fmt: skip
def id_duplicate(node: Node, run: Run) -> Iterator[Fault]:
    """A document with two is invalid, and a reference finds the wrong one."""
    stated = node.get("id")
    if stated is not None:
        seen: set[str] = run.memory("ids", set)
        if stated.strip() in seen:
            yield at(node, f"the id {shown(stated)} stands in this document before", attribute="id")
        seen.add(stated.strip())


@rules.rule("nitf.id.form", on=None, severity=ERROR, spec="XML, ID", summary="an id begins with a letter")
def id_form(node: Node, run: Run) -> Iterator[Fault]:
    """A document with another one is invalid."""
    stated = node.get("id")
    if stated is not None and not re.fullmatch(r"[^\W\d][\w.-]*", stated.strip()):
        yield at(node, f"the id {shown(stated)} must be a name: begin it with a letter", attribute="id")


@rules.rule("nitf.headline.missing", on=_each(n.BODY), severity=WARNING, spec=_SPEC + ", hedline",
            summary="every document has a headline")  # fmt: skip
def headline_missing(body: Node, run: Run) -> Iterator[Fault]:
    """Editors see a story without a name, or none at all."""
    hedline = _find(body, n.BODY_HEAD, n.HEDLINE)
    if body.closed and (hedline is None or not hedline.all_text().strip()):
        yield at(hedline or body, "there is no headline in body.head/hedline/hl1", element=n.HEDLINE)


@rules.rule("nitf.headline.markup", on=_each("hl1", "hl2"), severity=WARNING, spec=_SPEC + ", hl1",
            summary="headlines hold no escaped markup")  # fmt: skip
def headline_markup(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers print it as it is, with `&amp;` and all."""
    found = _MARKUP.search(node.text)
    if found:
        yield at(node, f"the headline holds {shown(found[0])} as text: it was escaped twice")


@rules.rule("nitf.item-length.wrong", on=_each(n.NITF), severity=WARNING, spec=_SPEC + ", pubdata",
            summary="a length in words is that of the text")  # fmt: skip
def item_length_wrong(nitf: Node, run: Run) -> Iterator[Fault]:
    """Editors plan pages by it: leave it out rather than guess."""
    head, content = _find(nitf, n.HEAD), _find(nitf, n.BODY, n.BODY_CONTENT)
    if head is None or content is None:
        return
    for pubdata in head.children:
        stated = (pubdata.get("item-length") or "").strip()
        if pubdata.local != n.PUBDATA or (pubdata.get("unit-of-measure") or "").strip() not in _WORDS:
            continue
        counted = run.memory("words", _counter(content))
        if _COUNT.match(stated) and int(stated) != counted:
            yield at(pubdata, f"item-length says {stated}; the text has {counted} words", attribute="item-length")


def _counter(content: Node) -> Callable[[], int]:
    def count() -> int:
        pieces: list[str] = []
        _gather(content, pieces)
        return len("".join(pieces).split())

    return count


def _gather(node: Node, pieces: list[str]) -> None:
    """The text, with a space around each element that parts words."""
    for part in [node.content] if isinstance(node.content, str) else node.content:
        if isinstance(part, str):
            pieces.append(part)
        else:
            edge = "" if part.local in INLINE else " "
            pieces.append(edge)
            _gather(part, pieces)
            pieces.append(edge)
