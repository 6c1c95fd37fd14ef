"""A feed's archive: pages that change only with what they are made from; an export leaves most of them alone."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from syndicate.app import App
from syndicate.feed_check import look_around
from syndicate.feeds.archive import fitting, page_path, pages_of
from syndicate.feeds.build import Build, build, document_path
from syndicate.feeds.fragments import Fragments, Rendered, read_findings, written_findings
from syndicate.feeds.frames import Frames
from syndicate.formats import base as formats
from syndicate.markup import uris
from syndicate.markup.dates import rfc3339
from syndicate.markup.entry import History
from syndicate.model.article import Status
from syndicate.model.feed import Feed
from syndicate.model.finding import Finding, Severity
from syndicate.model.visibility import may_see
from syndicate.publish import manifest, pages
from syndicate.publish.changes import OVER_BUDGET
from syndicate.publish.manifest import Document
from syndicate.publish.pages import Chain, Entries, LeftOut, Page
from syndicate.store import selection
from syndicate.store.selection import Chosen
from syndicate.version import version

_Pairs = Sequence[tuple[Chosen, Rendered]]
Render = Callable[[Sequence[Chosen], str], _Pairs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a feed's archive is made from: everything that the feed takes, the `newest` of it, what is out.

    `render` gives what a format shows of articles, `before` is the manifest's section; with `force` every page is
    made and written anew.
    """

    app: App
    feed: Feed
    whole: Sequence[Chosen]
    newest: Sequence[Chosen]
    before: Entries
    render: Render
    fragments: Fragments
    frames: Frames
    force: bool = False

    def is_kept(self, name: str) -> bool:
        """Whether the feed has an archive in that format."""
        return self.feed.archive is not None and formats.has_archives(name)

    def beside(self, name: str, cut_off: Collection[str]) -> Chain:
        """The archive beside a current document of the newest articles, without those that did not fit into it."""
        if self.feed.archive is None or not formats.has_archives(name):
            return self._chain(name, (), (), ())
        held = {one.guid for one in self.newest}.difference(cut_off)
        return self._linked(name, pages_of(self.whole, held, self.feed.archive))

    def frozen(self, name: str) -> Chain:
        """The archive beside a current document that is held: it stays, but for what was withdrawn or has expired."""
        published = pages.of_format(self.before, name)
        guids = [guid for entry in published.values() for guid in entry["guids"]]
        if not guids:
            return Chain()
        now, app = self.app.clock.now(), self.app
        with app.store.read() as connection:
            standing = selection.standing_of(connection, guids, now, self.feed.audience)
        visible = {guid for guid, one in standing.items() if may_see(one, self.feed.audience, now)}
        is_whole = len(visible) == len(set(guids)) and all(
            manifest.is_there(app.tree, path, entry, app.codings) for path, entry in published.items()
        )
        # A store that knows none of them is damaged, or another one.
        if is_whole or not standing:
            found = tuple(Page(path=path, facts=entry) for path, entry in published.items())
            return self._chain(name, found, [one for page in found for one in _left_out(page.facts)], ())
        groups = [[standing[guid] for guid in entry["guids"] if guid in visible] for entry in published.values()]
        return self._linked(name, [group for group in groups if group])

    def is_linked(self, name: str, chain: Chain) -> bool:
        """Whether the document that is out links to that archive."""
        published = list(pages.of_format(self.before, name))
        return chain.newest == (published[-1] if published else None)

    def history(self, name: str, newest: str | None) -> History | None:
        """What the current document says of an archive whose newest page has that path, None for none."""
        if newest is None:
            return None
        base, document = self.app.options.output_url, document_path(self.feed, name)
        return History(current=uris.join(base, document), previous=uris.join(base, newest))

    def any_history(self, name: str) -> History | None:
        """The same before the archive is made, as long as any."""
        return self.history(name, page_path(document_path(self.feed, name), "0" * 64)) if self.is_kept(name) else None

    def _linked(self, name: str, groups: Iterable[Sequence[Chosen]]) -> Chain:
        """The pages of these articles, each with a link to the one before; made are those that are not out already."""
        basis, known = self._basis(name), self._known(name)
        found: list[Page] = []
        left_out: list[LeftOut] = []
        for group in groups:
            previous = found[-1].path if found else None
            facts = {"made": _mark(basis, previous, group), "page": len(found) + 1}
            if facts["made"] in known:
                path, entry = known[facts["made"]]
                found.append(Page(path=path, facts=entry | facts))
                left_out += _left_out(entry)
                continue
            pairs = self.render(group, name)
            faulty = [(one.guid, fragment.errors) for one, fragment in pairs if fragment.errors]
            left_out += faulty
            if len(faulty) < len(pairs):
                path, built = self._built(name, [pair for pair in pairs if not pair[1].errors], previous)
                if around := _errors(look_around(self.app, built, self.frames)):
                    return self._chain(name, (), left_out, around)
                found.append(self._page(path, built, facts | _kept(faulty)))
        return self._chain(name, found, left_out, ())

    def _chain(self, name: str, found: Sequence[Page], left_out: Sequence[LeftOut], around: Sequence[Finding]) -> Chain:
        changed = pages.changes(self.before, name, found)
        return Chain(pages=tuple(found), left_out=tuple(left_out), around=tuple(around), changed=changed)

    def _basis(self, name: str) -> str:
        """What changes with everything that a page is made from, but for its articles; the same on any machine."""
        options, renderer = self.app.options, formats.renderer(name).RENDERER_VERSION
        said = (name, renderer, version(), self.feed, self.app.publisher, options.output_url, options.schemas)
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def _known(self, name: str) -> dict[str, tuple[str, dict[str, Any]]]:
        """The pages that are out and whole, by what they were made from."""
        tree, codings = self.app.tree, self.app.codings
        return {
            entry["made"]: (path, entry)
            for path, entry in ({} if self.force else pages.of_format(self.before, name)).items()
            if manifest.is_there(tree, path, entry, codings)
        }

    def _built(self, name: str, good: _Pairs, previous: str | None) -> tuple[str, Build]:
        """A page and where it lies: its name comes from all that it says but its own address."""
        base, document = self.app.options.output_url, document_path(self.feed, name)
        current = uris.join(base, document)
        history = History(current=current, previous=previous and uris.join(base, previous), is_page=True)
        articles, fragments = [one for one, _ in good], [fragment for _, fragment in good]
        made = (self.feed, name, articles, fragments, self.fragments, self.app.publisher, base)
        path = page_path(document, build(*made, history=history).parts)
        return path, build(*made, history=history, path=path)

    def _page(self, path: str, built: Build, facts: dict[str, Any]) -> Page:
        """The page as it is out, where it was made anew and came out the same, else to be written."""
        entry, app = self.before.get(path), self.app
        is_same = entry is not None and entry["parts"] == built.parts and not self.force
        if entry is not None and is_same and manifest.is_there(app.tree, path, entry, app.codings):
            known = {name: value for name, value in entry.items() if name != "left_out"}
            return Page(path=path, facts=known | facts | {"updated": rfc3339(built.envelope.updated)})
        return Page(path=path, facts=facts, document=_document(path, built))


def fitted(feed: Feed, name: str, good: _Pairs, size_of: Callable[[_Pairs], int]) -> tuple[_Pairs, tuple[str, ...]]:
    """What the byte budget has room for, and the guids of articles that it has none for. Withdrawals are always told.

    A list of files is not cut: there is no document that would be too large.
    """
    if feed.max_bytes is None or formats.each(name) is not None:
        return good, ()
    articles = [pair for pair in good if pair[0].status is Status.USABLE]

    def without(count: int) -> tuple[_Pairs, tuple[str, ...]]:
        gone = {one.guid: None for one, _ in articles[count:]}
        return ([pair for pair in good if pair[0].guid not in gone] if gone else good), tuple(gone)

    sizes = [fragment.size for _, fragment in articles]
    return without(fitting(sizes, feed.max_bytes, lambda count: size_of(without(count)[0])))


def told_of(feed: Feed, cut_off: Sequence[str]) -> tuple[str, Finding] | None:
    """The first of the articles that the byte budget has no room for, with what is said of them all."""
    if not cut_off:
        return None
    many = "1 article is" if len(cut_off) == 1 else f"{len(cut_off)} articles are"
    message = f"{many} over the byte budget of {feed.max_bytes} bytes, from {cut_off[0]} on"
    return cut_off[0], Finding(rule=OVER_BUDGET, message=message)


def _document(path: str, built: Build) -> Document:
    return Document(
        format=built.format,
        path=path,
        media_type=formats.written_facts(built.format).MEDIA_TYPE,
        size=built.size,
        parts=built.parts,
        guids=built.guids,
        fragments=(),
        updated=built.envelope.updated,
        chunks=built.chunks,
        pack=built.pack,
    )


def _mark(basis: str, previous: str | None, group: Sequence[Chosen]) -> str:
    """What changes when a page of these articles would."""
    slots = [f"{one.version} {one.updated.timestamp()} {one.guid}" for one in group]
    return hashlib.sha256("\n".join([basis, previous or "", *slots]).encode()).hexdigest()[:32]


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity is Severity.ERROR]


def _kept(left_out: Sequence[LeftOut]) -> dict[str, Any]:
    """What was left out of a page, as its manifest keeps it."""
    if not left_out:
        return {}
    return {"left_out": {guid: orjson.loads(written_findings(findings)) for guid, findings in left_out}}


def _left_out(entry: dict[str, Any]) -> list[LeftOut]:
    """What was left out of a page, as its manifest tells."""
    return [(guid, read_findings(orjson.dumps(found))) for guid, found in entry.get("left_out", {}).items()]
