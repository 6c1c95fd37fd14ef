"""One feed's part of an export: select, build, check, judge, publish."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from syndicate.app import App
from syndicate.feeds.build import Build, build, document_path, frame, single, single_path
from syndicate.feeds.fragments import BRIEFLY, PENDING, CheckFragment, Fragments, Rendered, shifted, shifted_behind
from syndicate.feeds.frames import Frames
from syndicate.feeds.select import ages_at, is_explained, query_of
from syndicate.feeds.shapes import Shapes
from syndicate.formats import base as formats
from syndicate.formats.base import Envelope, Quoted
from syndicate.machine import processors
from syndicate.markup.dates import parse_rfc3339, rfc3339
from syndicate.model.feed import Feed
from syndicate.model.finding import Finding, Severity
from syndicate.model.visibility import Audience, may_see
from syndicate.outcome import HELD, REMOVED, UNCHANGED, WRITTEN, Order, Outcome
from syndicate.publish import index, manifest, prune
from syndicate.publish.changes import compare, doubts, is_suspicious
from syndicate.publish.gates import judge
from syndicate.publish.manifest import Document, Manifest
from syndicate.store import outputs, selection
from syndicate.store.engine import count_changes
from syndicate.store.selection import Chosen
from syndicate.validate.report.json import message_of

_CHECK = Feed(id="check", title="Check", link="https://check.example/", description="Check", language="en", formats=())
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)
# How many headlines of a feed the front page names.
_QUOTED = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """What may be kept from one export to the next.

    Fragments, what was found around the articles, which feeds carry articles as documents of their own, the front page.
    """

    fragments: Fragments
    frames: Frames
    shapes: Shapes
    carried: prune.Carried = field(default_factory=prune.Carried)
    front: index.Front = field(default_factory=index.Front)

    def keep(self) -> None:
        """Write to the store what is new."""
        self.fragments.keep()
        self.frames.keep()
        self.shapes.keep()


def nothing_kept(
    app: App, *, force: bool = False, dry_run: bool = False, memory: int = BRIEFLY, pending: int = PENDING
) -> Kept:
    """To begin with; with `force` every fragment is rendered and checked anew, with `dry_run` none is stored.

    `memory` is how many bytes of fragments may be held, `pending` how many may wait to be written to the store.
    """
    salt = f"{app.schemas}"
    made = Fragments(
        app.store,
        app.publisher,
        _checker(app),
        deflate="gzip" in app.codings,
        salt=salt,
        force=force,
        dry_run=dry_run,
        memory=memory,
        most_pending=pending,
    )
    frames = Frames(app.store, salt=salt, force=force, dry_run=dry_run)
    return Kept(made, frames, Shapes(app.store, dry_run=dry_run))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRun:
    """What became of one feed: its documents' outcomes, and the last change that they take account of.

    `until` is when an article in it becomes too old; `carried` are documents of single articles: before and now.
    """

    feed: str
    seen: int
    until: datetime | None
    outcomes: tuple[Outcome, ...]
    carried: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class _Made:
    """A document's outcome; with it what may be published, if anything may."""

    outcome: Outcome
    built: Build | None = None
    document: Document | None = None


# A second process takes a while to get going; fewer feeds than this are done before it has.
FEWEST = 16


def size_for(feeds: int, asked: int | None) -> int:
    """How many processes are worth it for so many feeds; `asked` is what somebody wants."""
    if asked is not None:
        return min(asked, feeds)
    return processors() if feeds >= FEWEST else 1


# How a list of feeds is worked on: one after the other here, or by several processes.
Working = Callable[[App, Sequence[Feed], Order, Kept], Iterable[FeedRun]]


def one_by_one(app: App, feeds: Sequence[Feed], order: Order, kept: Kept) -> Iterator[FeedRun]:
    """Each feed in this process."""
    for feed in feeds:
        yield export_feed(app, feed, order, kept)
    kept.keep()


def export_feed(app: App, feed: Feed, order: Order, kept: Kept) -> FeedRun:
    """Bring the feed's documents up to date; the caller holds the tree's lock."""
    now = app.clock.now()
    with app.store.read() as connection:
        seen = count_changes(connection)
        chosen = selection.choose(connection, query_of(feed, now), Audience.PUBLIC, now)
    before = manifest.load(app.tree, feed.id)
    wanted = [name for name in feed.formats if not order.formats or name in order.formats]
    rendered = kept.fragments.of(chosen, wanted, feed.content)
    made = [
        _make(app, feed, name, list(zip(chosen, rendered[name], strict=True)), kept, before, order) for name in wanted
    ]
    if order.dry_run:
        after = _rehearsed(made, before)
    else:
        order.guard()
        after = _publish(app, feed, made, before, force=order.force)
        _keep_word(app, [one.outcome for one in made], now, order.accept)
    until = ages_at(feed, chosen)
    return FeedRun(
        feed=feed.id,
        seen=seen,
        until=until,
        outcomes=tuple([_finished(one.outcome, after, until) for one in made]),
        carried=(frozenset(before.get("articles", {})), frozenset(after.get("articles", {}))),
    )


def _rehearsed(made: Iterable[_Made], before: Manifest) -> Manifest:
    """As much of the manifest as `_finished` asks for, without anything being written."""
    new = {
        one.document.path: {"sha256": one.document.sha256}
        for one in made
        if one.document is not None and one.outcome.state in (WRITTEN, HELD)
    }
    return {**before, "documents": before.get("documents", {}) | new}


def _finished(outcome: Outcome, after: Manifest, until: datetime | None) -> Outcome:
    """The outcome with the hash of the document that is there now, or would be."""
    entry = after.get("documents", {}).get(outcome.path)
    sha256 = outcome.sha256 if entry is None or outcome.state == REMOVED else entry["sha256"]
    return replace(outcome, sha256=sha256, until=until)


_Pairs = Sequence[tuple[Chosen, Rendered]]


def _make(app: App, feed: Feed, name: str, rendered: _Pairs, kept: Kept, before: Manifest, order: Order) -> _Made:
    """The document of one format, judged: its outcome, and what may be published.

    Articles were checked when they were rendered; of the document only what lies around them is checked here.
    """
    if not rendered and not formats.written_facts(name).ALLOWS_EMPTY:
        outcome = _empty(app, feed, name, before, order)
        entry = before.get("documents", {}).get(outcome.path)
        return _reduced(app, feed, name, outcome, kept, entry) if outcome.state == HELD else _Made(outcome)
    left_out = {one.guid: fragment.errors for one, fragment in rendered if fragment.findings and fragment.errors}
    good = [pair for pair in rendered if pair[0].guid not in left_out] if left_out else rendered
    built = _built(app, feed, name, good, kept)
    document = _document(built)
    is_unchanged = not order.force and manifest.is_published(app.tree, before, document, app.codings)
    if is_unchanged and formats.written_facts(name).STANDALONE:
        is_unchanged = manifest.has_singles(app.tree, before, app.codings)
    around = () if is_unchanged else _frame_findings(app, built, kept)
    verdict = judge([(one.guid, fragment.findings) for one, fragment in rendered], around)
    outcome = _outcome(built, around, left_out)
    if is_unchanged and not verdict.is_held:
        return _Made(replace(outcome, state=UNCHANGED), built, document)
    entry = before.get("documents", {}).get(outcome.path)
    found = () if entry is None else _doubts(app, feed, entry, document, [one for one, _ in rendered])
    outcome = replace(outcome, doubts=found, changes=compare(entry, document))
    if not verdict.is_held and (not found or order.accept is not None):
        return _Made(outcome, built, document)
    return _reduced(app, feed, name, _held(outcome, before), kept, entry)


def _reduced(app: App, feed: Feed, name: str, held: Outcome, kept: Kept, entry: dict[str, Any] | None) -> _Made:
    """A document is held, but never what was withdrawn since: the published one goes on without these articles.

    When there is nothing to take out, the published document stays as it is.
    """
    if entry is None:
        return _Made(held)
    now = app.clock.now()
    with app.store.read() as connection:
        standing = selection.standing_of(connection, entry["guids"], now)
    visible = [one for guid in entry["guids"] if (one := standing.get(guid)) and may_see(one, Audience.PUBLIC, now)]
    if len(visible) == len(entry["guids"]) or not any(guid in standing for guid in entry["guids"]):
        return _Made(held)
    rendered = zip(visible, kept.fragments.of(visible, [name], feed.content)[name], strict=True)
    good = [(one, fragment) for one, fragment in rendered if not fragment.errors]
    if not good or _has_errors(_frame_findings(app, built := _built(app, feed, name, good, kept), kept)):
        return _Made(replace(held, state=REMOVED, items=0, bytes=0, sha256=None, is_reduced=True))
    outcome = replace(held, is_reduced=True, items=len(built.articles), bytes=built.size)
    return _Made(outcome, built, _document(built))


def _built(app: App, feed: Feed, name: str, good: _Pairs, kept: Kept) -> Build:
    articles, fragments = [one for one, _ in good], [fragment for _, fragment in good]
    options = app.options
    return build(feed, name, articles, fragments, kept.fragments, app.publisher, options.output_url, options.all_hubs)


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(one.severity is Severity.ERROR for one in findings)


def _doubts(
    app: App, feed: Feed, entry: dict[str, Any], document: Document | None, chosen: Sequence[Chosen]
) -> tuple[Finding, ...]:
    """Why the changes against the published document look wrong; the store is asked only when they might."""
    if not is_suspicious(entry, document):
        return ()
    now, was, before = app.clock.now(), parse_rfc3339(entry["updated"]), set(entry["guids"])
    came = [one.updated for one in chosen if one.guid not in before]
    with app.store.read() as connection:
        standing = selection.standing_of(connection, before - {one.guid for one in chosen}, now)
    explained = sum(is_explained(one, feed, was, now) for one in standing.values())
    return tuple(doubts(entry, document, explained, are_newer=bool(came) and min(came) > was))


def _checker(app: App) -> CheckFragment:
    """A function that checks one fragment as the only article of a document that is otherwise good.

    Its findings are kept, so they must not depend on the moment; no article is published before its time anyway.
    """
    # Dated after everything: no article may seem newer than the document it is in.
    envelope = Envelope(feed=_CHECK, publisher=app.publisher, self_url=_CHECK.link, updated=_LATEST, digest="")

    @cache
    def looking_in(name: str) -> Callable[[bytes], tuple[Finding, ...]]:
        # Rules are needed for what is rendered anew, not for what is joined.
        from syndicate.validate.part import check_item, frame_of

        return partial(check_item, frame_of(name, *frame(name, envelope)), now=_LATEST, schemas=app.schemas)

    return lambda name, fragment: looking_in(name)(fragment)


def _frame_findings(app: App, built: Build, kept: Kept) -> tuple[Finding, ...]:
    """What was found around the articles of this feed's document; asked once, since only its date changes."""
    found = kept.frames.around(built.format, built.envelope, bool(built.fragments), lambda: _check_frame(app, built))
    return tuple(shifted_behind(found, built.head.count(b"\n"), sum(one.lines for one in built.fragments)))


def _check_frame(app: App, built: Build) -> tuple[Finding, ...]:
    """What the rules find around the articles; the lines count as if there were none in between.

    A document that may be empty is checked so, another with its first article only. Its own date is a date like any
    other, so it is dated before all of them.
    """
    from syndicate.validate.run import check

    envelope = replace(built.envelope, updated=app.publisher.since, digest="")
    head, tail = frame(built.format, envelope)
    needed = 0 if formats.written_facts(built.format).ALLOWS_EMPTY else 1
    sample = next(built.bodies.data_of(built.fragments[:needed]), b"")
    before, lines = head.count(b"\n"), sample.count(b"\n")
    report = check(head + sample + tail, now=_LATEST, as_format=built.format, schemas=app.schemas)
    outside = (one for one in report.findings if not _is_inside(one, before, lines))
    return tuple(shifted_behind(outside, before + lines, -lines))


def _is_inside(finding: Finding, before: int, lines: int) -> bool:
    return finding.place.line is not None and before < finding.place.line <= before + lines


def _publish(app: App, feed: Feed, made: Iterable[_Made], before: Manifest, *, force: bool) -> Manifest:
    """Write what differs: the articles' own documents first, then the feed's, the manifest last. The new manifest."""
    after: Manifest = {"feed": feed.id, **{key: dict(before.get(key, {})) for key in ("documents", "articles")}}
    for one in made:
        is_standalone = formats.written_facts(one.outcome.format).STANDALONE
        if one.outcome.state == REMOVED:
            prune.remove_document(app.tree, one.outcome.path, after["documents"].pop(one.outcome.path))
            if is_standalone:
                after["articles"] = {}
        elif one.built is not None and one.document is not None and one.outcome.state in (WRITTEN, HELD):
            if is_standalone:
                known = {} if force else before.get("articles", {})
                after["articles"] = dict(_publish_singles(app, one.built, known))
            after["documents"][one.document.path] = manifest.publish(app.tree, one.document, app.codings)
    _drop_formats(app, feed, after)
    manifest.save(app.tree, feed.id, after)
    app.tree.settle()
    return after


def _drop_formats(app: App, feed: Feed, after: Manifest) -> None:
    """Take away the documents in formats that the feed's definition does not name any more."""
    wanted = {document_path(feed, name) for name in feed.formats}
    for path in sorted(set(after["documents"]) - wanted):
        prune.remove_document(app.tree, path, after["documents"].pop(path))
    if not any(formats.written_facts(name).STANDALONE for name in feed.formats):
        after["articles"] = {}


def _keep_word(app: App, outcomes: Iterable[Outcome], now: datetime, reason: str | None) -> None:
    """Keep the reason why documents went out whose changes looked wrong."""
    accepted = [one for one in outcomes if one.doubts and one.state != HELD and reason is not None]
    if accepted:
        with app.store.write() as connection:
            for one in accepted:
                findings = tuple(message_of(finding) for finding in one.doubts)
                word = outputs.Acceptance(
                    feed=one.feed, format=one.format, reason=reason or "", findings=findings, at=now
                )
                outputs.accept(connection, word)


def _document(built: Build) -> Document:
    return Document(
        format=built.format,
        path=document_path(built.envelope.feed, built.format),
        media_type=formats.written_facts(built.format).MEDIA_TYPE,
        size=built.size,
        parts=built.parts,
        guids=built.guids,
        fragments=tuple([one.sha256 for one in built.fragments]),
        updated=built.envelope.updated,
        chunks=built.chunks,
        pack=built.pack,
        newest=partial(_newest, built, quoted) if (quoted := formats.quoted(built.format)) else None,
    )


def _newest(built: Build, quoted: Quoted) -> list[dict[str, str]]:
    """The first headlines of the document, with both dates of each."""
    bodies = built.bodies.data_of(built.fragments[:_QUOTED])
    return [
        {
            "headline": headline.text,
            "href": headline.href,
            "language": headline.language,
            "published": rfc3339(article.published),
            "updated": rfc3339(article.updated),
        }
        for article, headline in zip(built.articles, map(quoted, bodies), strict=False)
    ]


def _publish_singles(app: App, built: Build, before: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write the articles' own documents where they are not there yet; the manifest's entry of each by its path."""
    missing = []
    for article, fragment in zip(built.articles, built.fragments, strict=True):
        path = single_path(article.guid, built.format)
        entry = before.get(path)
        if entry and manifest.is_single_published(app.tree, path, entry, fragment.sha256, app.codings):
            yield path, entry
        else:
            missing.append((path, fragment))
    bodies = built.bodies.data_of([fragment for _, fragment in missing])
    for (path, fragment), data in zip(missing, bodies, strict=True):
        made = single(data)
        yield path, manifest.publish_single(app.tree, path, built.format, fragment.sha256, made, app.codings)


def _outcome(built: Build, around: tuple[Finding, ...], left_out: dict[str, tuple[Finding, ...]]) -> Outcome:
    return Outcome(
        feed=built.envelope.feed.id,
        format=built.format,
        path=document_path(built.envelope.feed, built.format),
        state=WRITTEN,
        items=len(built.articles),
        bytes=built.size,
        findings=(*around, *_in_place(built)),
        left_out=tuple(left_out.items()),
    )


def _in_place(built: Build) -> Iterator[Finding]:
    """What was found in the articles that are in, at their places in the document."""
    line = built.head.count(b"\n")
    for number, fragment in enumerate(built.fragments):
        if fragment.findings:
            yield from shifted(fragment.findings, line, len(built.separator) if number else 0)
        line += fragment.lines


def _empty(app: App, feed: Feed, name: str, before: Manifest, order: Order) -> Outcome:
    """The outcome of a document that cannot be empty and would be: it is taken away, if that does not look wrong."""
    path = document_path(feed, name)
    outcome = Outcome(feed=feed.id, format=name, path=path, state=UNCHANGED)
    entry = before.get("documents", {}).get(path)
    if entry is None:
        return outcome
    found = _doubts(app, feed, entry, None, ())
    outcome = replace(outcome, state=REMOVED, doubts=found, changes=compare(entry, None))
    return _held(outcome, before) if found and order.accept is None else outcome


def _held(outcome: Outcome, before: Manifest) -> Outcome:
    """The outcome with the figures of the document that stays published, if there is one."""
    kept = before.get("documents", {}).get(outcome.path, {})
    return replace(
        outcome,
        state=HELD,
        items=len(kept.get("guids", ())),
        bytes=kept.get("bytes", 0),
        sha256=kept.get("sha256"),
    )
