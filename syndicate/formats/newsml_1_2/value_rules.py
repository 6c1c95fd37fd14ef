"""Rules about what NewsML 1.2 documents say: identifiers, times, status, codes, and what a component may hold."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from syndicate.formats.newsml_1_2 import names as n
from syndicate.formats.newsml_1_2.identity import is_public
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.nitf_read_times import moment_of
from syndicate.markup.nitf_subjects import is_code
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.sequences import every
from syndicate.markup.structure import shown
from syndicate.markup.xml import XML_NAMESPACE, Node

rules = RuleSet("newsml-1-2")

_SPEC = "NewsML 1.2"
_LANG = f"{{{XML_NAMESPACE}}}lang"
_DATE = re.compile("(?:19|20|21)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])", re.ASCII)
_CLOCK = re.compile(r"T(?:(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]|240000)", re.ASCII)
_ZONE = re.compile(r"(?:Z|[+-](?:0[0-9][0-5][0-9]|1[01][0-5][0-9]|1200))?\Z", re.ASCII)
_POSITIVE = re.compile(r"\+?0*[1-9][0-9]*\Z", re.ASCII)
_WHOLE = re.compile(r"\+?[0-9]+\Z", re.ASCII)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_SLACK = timedelta(days=1)


def _both(*names: str) -> tuple[str, ...]:
    """The names with and without the namespace."""
    return tuple(prefix + name for name in names for prefix in ("", f"{{{n.NAMESPACE}}}"))


_TIMES = _both(n.FIRST_CREATED, n.REVISION_CREATED, n.DATE_AND_TIME)


def _find(node: Node | None, *names: str) -> Node | None:
    """The element at the end of that path of local names."""
    for name in names:
        node = next((one for one in node.children if one.local == name), None) if node is not None else None
    return node


def _text(node: Node | None, *names: str) -> str:
    found = _find(node, *names)
    return "" if found is None else found.all_text().strip()


def _moment(node: Node | None, *names: str) -> datetime | None:
    return moment_of(_text(node, *names))[0]


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None


def _is_time(text: str) -> bool:
    """Whether it has the form of the schema: a date, or one with a time that may have a zone."""
    date = _DATE.match(text)
    if date is None or len(text) == date.end():
        return date is not None
    clock = _CLOCK.match(text, date.end())
    return clock is not None and _ZONE.match(text, clock.end()) is not None


@rules.rule("newsml-1-2.version.missing", on=_both(n.NEWSML), severity=WARNING, spec=_SPEC + ", Version",
            summary="the document states its version")  # fmt: skip
def version_missing(root: Node, run: Run) -> Iterator[Fault]:
    """Superdesk takes no document without it."""
    if root.get("Version") is None:
        yield at(root, 'the document states no version: add Version="1.2"', attribute="Version")


@rules.rule("newsml-1-2.version.unknown", on=_both(n.NEWSML), severity=ERROR, spec=_SPEC + ", Version",
            summary="the version is 1.1 or 1.2")  # fmt: skip
def version_unknown(root: Node, run: Run) -> Iterator[Fault]:
    """Receivers choose the parser by it."""
    stated = root.get("Version")
    if stated is not None and stated.strip() not in ("1.1", n.VERSION):
        yield at(root, f"Version must be 1.2, not {shown(stated)}", attribute="Version")


@rules.rule("newsml-1-2.date.invalid", on=(*_TIMES, *_both(n.DATE_ID, "DateLineDate")), severity=ERROR,
            spec=_SPEC + " schema", summary="dates and times have the form of the standard")  # fmt: skip
def date_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers refuse the document, or take it apart by place and show another time."""
    text = node.all_text()
    if node.local in (n.DATE_ID, "DateLineDate"):
        if not _is_date(text):
            yield at(node, f"{node.local} must be a date like 20260304, not {shown(text)}")
    elif not _is_time(text):
        yield at(node, f"{node.local} must be a time like 20260304T120000Z, not {shown(text)}")


@rules.rule("newsml-1-2.date.no-zone", on=_TIMES, severity=WARNING, spec=_SPEC + ", DateAndTime",
            summary="times have a zone")  # fmt: skip
def date_no_zone(node: Node, run: Run) -> Iterator[Fault]:
    """Each receiver takes it for a time in a zone of his own."""
    moment, assumed = moment_of(node.all_text())
    if moment is not None and assumed:
        yield at(node, f"{node.local} has no zone: end it with Z or an offset")


@rules.rule("newsml-1-2.first-created.after-revision", on=_both(n.MANAGEMENT), severity=ERROR,
            spec=_SPEC + ", FirstCreated", summary="no revision is older than its item")  # fmt: skip
def first_created_after(management: Node, run: Run) -> Iterator[Fault]:
    """Receivers sort by both; one of the two is wrong."""
    first, last = _moment(management, n.FIRST_CREATED), _moment(management, n.REVISION_CREATED)
    if first and last and first > last:
        yield at(_find(management, n.FIRST_CREATED) or management, "FirstCreated lies after ThisRevisionCreated")


@rules.rule("newsml-1-2.revision-created.future", on=_both(n.REVISION_CREATED), severity=WARNING,
            spec=_SPEC + ", ThisRevisionCreated", summary="no revision is made in the future")  # fmt: skip
def revision_future(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers keep it on top until that day, above every newer revision."""
    moment = moment_of(node.all_text())[0]
    if moment is not None and moment - _SLACK > run.now:
        yield at(node, f"ThisRevisionCreated lies in the future: {shown(node.all_text())}")


@rules.rule("newsml-1-2.revision-id.invalid", on=_both(n.REVISION_ID), severity=ERROR, spec=_SPEC + ", RevisionId",
            summary="revisions are whole numbers from 1, each above the one before")  # fmt: skip
def revision_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers cannot tell which revision is newer."""
    text, previous = node.all_text().strip(), (node.get(n.PREVIOUS) or "0").strip()
    if not _POSITIVE.match(text):
        yield at(node, f"RevisionId must be a whole number from 1, not {shown(text)}")
    elif not _WHOLE.match(previous):
        yield at(node, f"PreviousRevision must be a whole number, not {shown(previous)}", attribute=n.PREVIOUS)
    elif int(previous) >= int(text):
        yield at(node, f"PreviousRevision is {previous}, but this revision is {text}", attribute=n.PREVIOUS)


@rules.rule("newsml-1-2.public-identifier.form", on=_both(n.PUBLIC_ID), severity=ERROR, spec="RFC 3085 §2",
            summary="the public identifier is a urn:newsml:")  # fmt: skip
def public_form(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers that store by it refuse the item, or mix it up with others."""
    text = node.all_text()
    if not is_public(text):
        form = "urn:newsml:ProviderId:YYYYMMDD:NewsItemId:RevisionId, without a digit in the provider"
        yield at(node, f"the public identifier {shown(text)} is not {form}")


@rules.rule("newsml-1-2.public-identifier.parts", on=_both(n.IDENTIFIER), severity=WARNING, spec="RFC 3085 §2",
            summary="the public identifier is made of the other parts")  # fmt: skip
def public_parts(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers that put it together themselves take an update for a new item."""
    public = _text(node, n.PUBLIC_ID)
    parts = [_text(node, name) for name in (n.PROVIDER_ID, n.DATE_ID, n.ITEM_ID, n.REVISION_ID)]
    revision = _find(node, n.REVISION_ID)
    update = (revision.get(n.UPDATE) if revision is not None else None) or "N"
    made = "urn:newsml:" + ":".join(parts)
    allowed = (made, f"{made}N") if update == "N" else (f"{made}{update}",)
    if public and all(parts) and public not in allowed:
        yield at(
            _find(node, n.PUBLIC_ID) or node,
            f"the public identifier is {shown(public)}, its parts make {shown(allowed[0])}",
        )


@rules.rule("newsml-1-2.item.duplicate", on=_both(n.NEWSML), severity=ERROR, spec=_SPEC + ", NewsIdentifier",
            summary="a revision of an item stands in a document once")  # fmt: skip
def item_duplicate(root: Node, run: Run) -> Iterator[Fault]:
    """Nobody knows which of the two is meant to stay."""
    seen: set[str] = set()
    for item in root.children:
        public = _text(item, n.IDENTIFICATION, n.IDENTIFIER, n.PUBLIC_ID) if item.local == n.ITEM else ""
        if public and public in seen:
            yield at(item, f"{shown(public)} stands in this document before")
        seen.add(public)


@rules.rule("newsml-1-2.status.unknown", on=_both(n.STATUS, n.FUTURE_STATUS), severity=WARNING,
            spec="IPTC NewsML vocabulary, Status",
            summary="the status is Usable, Embargoed, Withheld or Canceled")  # fmt: skip
def status_unknown(node: Node, run: Run) -> Iterator[Fault]:
    """A status nobody knows is taken for usable: a story that is held or killed goes out."""
    stated = (node.get(n.FORMAL_NAME) or "").strip()
    if stated not in n.STATUSES and node.get(n.SCHEME) is None and node.get("Vocabulary") is None:
        yield at(
            node, f"{node.local} is {shown(stated)}; known are {', '.join(sorted(n.STATUSES))}", attribute=n.FORMAL_NAME
        )


@rules.rule("newsml-1-2.embargo.no-end", on=_both(n.MANAGEMENT), severity=ERROR, spec=_SPEC + ", StatusWillChange",
            summary="an embargo says when it ends")  # fmt: skip
def embargo_no_end(management: Node, run: Run) -> Iterator[Fault]:
    """Nobody knows when it may be published: some do at once, some never."""
    status = _find(management, n.STATUS)
    changes = [_moment(one, n.DATE_AND_TIME) for one in management.children if one.local == n.WILL_CHANGE]
    if status is not None and status.get(n.FORMAL_NAME) == n.EMBARGOED and management.closed and not any(changes):
        yield at(status, "the item is embargoed, but has no StatusWillChange with a time")


@rules.rule("newsml-1-2.embargo.over", on=_both(n.MANAGEMENT), severity=INFO, spec=_SPEC + ", StatusWillChange",
            summary="an embargo lies in the future")  # fmt: skip
def embargo_over(management: Node, run: Run) -> Iterator[Fault]:
    """A new revision with the status Usable says so clearly."""
    status = _find(management, n.STATUS)
    moment = _moment(management, n.WILL_CHANGE, n.DATE_AND_TIME)
    if status is not None and status.get(n.FORMAL_NAME) == n.EMBARGOED and moment is not None and moment <= run.now:
        yield at(status, "the embargo is over")


@rules.rule("newsml-1-2.urgency.range", on=_both(n.URGENCY, n.PRIORITY), severity=WARNING,
            spec="IPTC NewsML vocabulary, Urgency", summary="urgency and priority are 1 to 8")  # fmt: skip
def urgency_range(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers sort by it."""
    stated = (node.get(n.FORMAL_NAME) or "").strip()
    if stated and not (stated.isascii() and stated.isdigit() and len(stated) < 3 and int(stated) in range(1, 10)):
        yield at(node, f"{node.local} must be 1 to 8, not {shown(stated)}", attribute=n.FORMAL_NAME)


@rules.rule("newsml-1-2.subject-code.form", on=_both(n.SUBJECT, n.SUBJECT_MATTER, n.SUBJECT_DETAIL), severity=WARNING,
            spec="IPTC subject codes", summary="subject codes have eight digits")  # fmt: skip
def subject_form(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers look the number up, and find nothing; codes of others name their scheme."""
    stated = (node.get(n.FORMAL_NAME) or "").strip()
    if not is_code(stated) and node.get(n.SCHEME) is None and node.get("Vocabulary") is None:
        yield at(node, f"{shown(stated)} is no subject code of eight digits", attribute=n.FORMAL_NAME)


@rules.rule("newsml-1-2.language.invalid", on=None, severity=WARNING, spec="BCP 47",
            summary="language tags are well-formed and known")  # fmt: skip
def language_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers sort items by language; one they do not know lands nowhere."""
    stated = [("xml:lang", node.get(_LANG))]
    if node.local == n.LANGUAGE:
        stated.append((n.FORMAL_NAME, node.get(n.FORMAL_NAME)))
    for attribute, tag in stated:
        if tag is not None and tag != "x-default" and (flaw := flaw_of_tag(tag.strip())):
            yield at(node, f"{shown(tag)} {flaw}", attribute=attribute)


@rules.rule(
    "newsml-1-2.id.duplicate", on=None, severity=ERROR, spec="XML, ID", summary="an id stands in a document once"
)
def id_duplicate(node: Node, run: Run) -> Iterator[Fault]:
    """A document with two is invalid, and a reference finds the wrong one."""
    stated = node.get("Duid")
    if stated is not None:
        seen: set[str] = run.memory("ids", set)
        if stated.strip() in seen:
            yield at(node, f"the id {shown(stated)} stands in this document before", attribute="Duid")
        seen.add(stated.strip())


@rules.rule("newsml-1-2.id.form", on=None, severity=ERROR, spec="XML, ID", summary="an id begins with a letter")
def id_form(node: Node, run: Run) -> Iterator[Fault]:
    """A document with another one is invalid."""
    stated = node.get("Duid")
    if stated is not None and not re.fullmatch(r"[^\W\d][\w.-]*", stated.strip()):
        yield at(node, f"the id {shown(stated)} must be a name: begin it with a letter", attribute="Duid")


@rules.rule("newsml-1-2.component.mixed", on=_both(n.COMPONENT), severity=ERROR, spec=_SPEC + ", NewsComponent",
            summary="a component holds items, components or contents, one kind of them")  # fmt: skip
def component_mixed(component: Node, run: Run) -> Iterator[Fault]:
    """The schema refuses it; receivers show one kind and drop the other."""
    kinds = {one.local.removesuffix("Ref"): one for one in component.children
             if one.local in (n.ITEM, "NewsItemRef", n.COMPONENT, n.CONTENT_ITEM)}  # fmt: skip
    if len(kinds) > 1:
        yield at(component, f"the component holds {' and '.join(sorted(kinds))} side by side")


@rules.rule("newsml-1-2.item.mixed", on=_both(n.ITEM), severity=ERROR, spec=_SPEC + ", NewsItem",
            summary="an item holds one component, or updates, or one set of topics")  # fmt: skip
def item_mixed(item: Node, run: Run) -> Iterator[Fault]:
    """Receivers take the first and drop the other."""
    found = [one.local for one in item.children if one.local in (n.COMPONENT, "Update", "TopicSet")]
    if len(found) > 1 and set(found) != {"Update"}:
        yield at(item, f"the item holds {', '.join(found[:4])} side by side")


@rules.rule("newsml-1-2.lines.title-alone", on=_both(n.LINES), severity=ERROR, spec=_SPEC + ", NewsLines",
            summary="sub-headlines follow a headline, titles a byline")  # fmt: skip
def lines_title_alone(lines: Node, run: Run) -> Iterator[Fault]:
    """The schema refuses it; receivers do not know what it belongs to."""
    before = ""
    for one in lines.children:
        wanted = {n.SUBHEADLINE: n.HEADLINE, n.BYLINE_TITLE: n.BYLINE}.get(one.local)
        if wanted is not None and before not in (wanted, one.local):
            yield at(one, f"{one.local} must follow {wanted}")
        before = one.local


@rules.rule("newsml-1-2.headline.missing", on=_both(n.ITEM), severity=WARNING, spec=_SPEC + ", HeadLine",
            summary="every story has a headline")  # fmt: skip
def headline_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Editors see a story without a name, or none at all."""
    component = _find(item, n.COMPONENT)
    if component is not None and item.closed:
        lines = (one for one in every(component) if one.local in (n.HEADLINE, "hl1"))
        if not any(one.all_text().strip() for one in lines):
            yield at(component, "there is no HeadLine in the item", element=n.HEADLINE)


@rules.rule("newsml-1-2.headline.markup", on=_both(n.HEADLINE, n.SUBHEADLINE), severity=WARNING,
            spec=_SPEC + ", HeadLine", summary="headlines hold no escaped markup")  # fmt: skip
def headline_markup(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers print it as it is, with `&amp;` and all."""
    found = _MARKUP.search(node.text)
    if found:
        yield at(node, f"the headline holds {shown(found[0])} as text: it was escaped twice")


@rules.rule("newsml-1-2.number.invalid", on=_both("SizeInBytes", "BasisForChoice"), severity=ERROR,
            spec=_SPEC + " schema", summary="sizes and ranks are whole numbers from 1")  # fmt: skip
def number_invalid(node: Node, run: Run) -> Iterator[Fault]:
    """Receivers refuse the document."""
    stated = node.all_text() if node.local == n.SIZE else node.get("Rank")
    if stated is not None and not _POSITIVE.match(stated.strip()):
        yield at(node, f"{node.local} must be a whole number from 1, not {shown(stated)}")
