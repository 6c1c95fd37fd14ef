"""The road as one readable module: select, build, check, gate, publish."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from syndicate.app import App
from syndicate.feeds.build import Build, FragmentOf, build, document_path, fragments, single, single_path
from syndicate.feeds.select import query_of
from syndicate.formats import base as formats
from syndicate.model.article import Article
from syndicate.model.feed import Feed
from syndicate.model.finding import Finding
from syndicate.model.visibility import Audience
from syndicate.publish import index, manifest, prune
from syndicate.publish.gates import Verdict, judge, spans_of
from syndicate.publish.manifest import Document, Manifest
from syndicate.store import articles as store_articles
from syndicate.store import outputs
from syndicate.store.engine import count_changes
from syndicate.validate.report.json import message_of
from syndicate.validate.run import check

WRITTEN, UNCHANGED, HELD, REMOVED = "written", "unchanged", "held", "removed"
Guard = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document. `left_out` are articles with errors of their own, `findings` what was found."""

    feed: str
    format: str
    path: str
    state: str
    items: int = 0
    bytes: int = 0
    sha256: str | None = None
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether everything that belongs into the document is out."""
        return self.state != HELD and not self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an export is asked for. `guard` raises LostLease when somebody else has taken the work over."""

    feeds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    force: bool = False
    dry_run: bool = False
    fence: int = 0
    guard: Guard = field(default=lambda: None)


def export(app: App, order: Order) -> Iterator[Outcome]:
    """Bring the published tree up to date; one outcome per document, as each feed is done."""
    feeds = app.chosen(order.feeds)
    for name in order.formats:
        formats.written_facts(name)
    with app.tree.lock():
        fragment_of = fragments(app.publisher)
        orphans: set[str] = set()
        for feed in feeds:
            yield from _run_feed(app, feed, order, fragment_of, orphans)
        if order.dry_run:
            return
        order.guard()
        if not order.feeds:
            yield from _remove_undefined(app, orphans)
        prune.remove_singles(app.tree, orphans)
        index.publish(app.tree, app.publisher, app.feeds, app.settings.output.url)
        app.tree.settle()


def _run_feed(app: App, feed: Feed, order: Order, fragment_of: FragmentOf, orphans: set[str]) -> Iterator[Outcome]:
    now = app.clock.now()
    with app.store.read() as connection:
        seen = count_changes(connection)
        chosen = store_articles.choose(connection, query_of(feed, now), Audience.PUBLIC, now)
    before = manifest.load(app.tree, feed.id)
    wanted = [name for name in feed.formats if not order.formats or name in order.formats]
    made = [_make(app, feed, name, chosen, fragment_of, before, force=order.force) for name in wanted]
    if not order.dry_run:
        order.guard()
        after = _publish(app, feed, made, before)
        orphans |= set(before.get("articles", {})) - set(after["articles"])
        _remember(app, feed, [outcome for outcome, _ in made], now, order.fence, None if order.formats else seen)
    yield from (outcome for outcome, _ in made)


def _make(
    app: App,
    feed: Feed,
    name: str,
    chosen: Sequence[Article],
    fragment_of: FragmentOf,
    before: Manifest,
    *,
    force: bool,
) -> tuple[Outcome, Build | None]:
    """The document of one format, judged: its outcome, and the build when it may be published.

    Each round leaves out the articles that the last one found faulty, so there are at most as many as articles.
    """
    left_out: dict[str, tuple[Finding, ...]] = {}
    while True:
        kept = [article for article in chosen if article.guid not in left_out]
        if not chosen and not formats.written_facts(name).ALLOWS_EMPTY:
            return _empty(feed, name, before), None
        built = build(feed, name, kept, app.publisher, app.settings.output.url, fragment_of)
        outcome = _outcome(built, left_out)
        if not force and manifest.is_published(app.tree, before, _document(built)):
            return replace(outcome, state=UNCHANGED), built
        findings, verdict = _judge(app, built)
        outcome = replace(outcome, findings=(*outcome.findings, *findings))
        if verdict.is_good and (kept or not chosen):
            return outcome, built
        left_out |= verdict.left_out
        if verdict.held or len(left_out) == len(chosen):
            return _held(outcome, before, left_out), None


def _judge(app: App, built: Build) -> tuple[tuple[Finding, ...], Verdict]:
    report = check(built.data, now=app.clock.now(), as_format=built.format, schemas=app.schemas)
    return tuple(report.findings), judge(report.findings, spans_of(built.guids, built.head, built.fragments))


def _publish(app: App, feed: Feed, made: Iterable[tuple[Outcome, Build | None]], before: Manifest) -> Manifest:
    """Write what differs: the articles' own documents first, then the feed's, the manifest last. The new manifest."""
    after: Manifest = {"feed": feed.id, **{key: dict(before.get(key, {})) for key in ("documents", "articles")}}
    for outcome, built in made:
        if outcome.state == REMOVED:
            prune.remove_document(app.tree, outcome.path, after["documents"].pop(outcome.path))
            after["articles"] = {}
        elif built is not None and outcome.state == WRITTEN:
            if formats.written_facts(built.format).STANDALONE:
                after["articles"] = {one.path: manifest.publish_single(app.tree, one) for one in _singles(built)}
            document = _document(built)
            after["documents"][document.path] = manifest.publish(app.tree, document)
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


def _remove_undefined(app: App, orphans: set[str]) -> Iterator[Outcome]:
    """Take away the feeds that are not defined any more: nobody would correct or kill anything in them."""
    defined = {feed.id for feed in app.feeds}
    for feed_id in app.tree.folders():
        if feed_id in defined:
            continue
        before = manifest.load(app.tree, feed_id)
        orphans |= set(before.get("articles", {}))
        prune.remove_feed(app.tree, feed_id, before)
        with app.store.write() as connection:
            outputs.forget_feed(connection, feed_id)
        for path, entry in sorted(before.get("documents", {}).items()):
            yield Outcome(feed=feed_id, format=entry["format"], path=path, state=REMOVED)


def _document(built: Build) -> Document:
    return Document(
        format=built.format,
        path=document_path(built.envelope.feed, built.format),
        media_type=formats.written_facts(built.format).MEDIA_TYPE,
        data=built.data,
        guids=built.guids,
        updated=built.envelope.updated,
    )


def _singles(built: Build) -> Iterator[Document]:
    for article, fragment in zip(built.articles, built.fragments, strict=True):
        yield Document(
            format=built.format,
            path=single_path(article, built.format),
            media_type=formats.written_facts(built.format).MEDIA_TYPE,
            data=single(fragment),
            guids=(article.guid,),
            updated=article.updated,
        )


def _outcome(built: Build, left_out: dict[str, tuple[Finding, ...]]) -> Outcome:
    document = _document(built)
    return Outcome(
        feed=built.envelope.feed.id,
        format=built.format,
        path=document.path,
        state=WRITTEN,
        items=len(built.articles),
        bytes=len(document.data),
        sha256=document.sha256,
        findings=tuple(finding for found in left_out.values() for finding in found),
        left_out=tuple(left_out),
    )


def _empty(feed: Feed, name: str, before: Manifest) -> Outcome:
    path = document_path(feed, name)
    was_there = path in before.get("documents", {})
    return Outcome(feed=feed.id, format=name, path=path, state=REMOVED if was_there else UNCHANGED)


def _held(outcome: Outcome, before: Manifest, left_out: dict[str, tuple[Finding, ...]]) -> Outcome:
    """The outcome with the figures of the document that stays published, if there is one."""
    kept = before.get("documents", {}).get(outcome.path, {})
    return replace(
        outcome,
        state=HELD,
        items=len(kept.get("guids", ())),
        bytes=kept.get("bytes", 0),
        sha256=kept.get("sha256"),
        left_out=tuple(left_out),
    )


def _remember(app: App, feed: Feed, outcomes: Iterable[Outcome], now: datetime, fence: int, seen: int | None) -> None:
    """Keep the state of each document, and up to which change the feed has come; nothing new, nothing written."""
    with app.store.read() as connection:
        known = {one.format: one for one in outputs.of_feed(connection, feed.id)}
        has_moved = seen is not None and outputs.cursor(connection, feed.id) != seen
    changed = [_output(outcome, known.get(outcome.format), now, fence) for outcome in outcomes]
    if has_moved or any(changed):
        with app.store.write() as connection:
            for output in filter(None, changed):
                outputs.keep(connection, output)
            if seen is not None:
                outputs.move_cursor(connection, feed.id, seen)


def _output(outcome: Outcome, before: outputs.Output | None, now: datetime, fence: int) -> outputs.Output | None:
    findings = tuple(message_of(finding) for finding in outcome.findings)
    if outcome.state == UNCHANGED and before is not None and before.held_since is None and not outcome.findings:
        return None
    was_published = before.published_at if before else None
    held_since = (before.held_since if before else None) or now
    return outputs.Output(
        feed=outcome.feed,
        format=outcome.format,
        path=outcome.path,
        sha256=outcome.sha256,
        items=outcome.items,
        bytes=outcome.bytes,
        published_at=now if outcome.state == WRITTEN else was_published,
        checked_at=now,
        held_since=held_since if outcome.state == HELD else None,
        left_out=outcome.left_out,
        findings=findings,
        fence=fence,
    )
