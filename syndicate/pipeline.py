"""The road as one readable module: select, build, check, gate, publish."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from syndicate.app import CONFIGURATION, App
from syndicate.errors import UnknownName
from syndicate.feeds.build import Build, build, document_path, frame, single, single_path
from syndicate.feeds.fragments import BRIEFLY, CheckFragment, Fragments, Rendered, shifted, shifted_behind
from syndicate.feeds.frames import Frames
from syndicate.feeds.select import ages_at, is_explained, query_of
from syndicate.formats import base as formats
from syndicate.formats.base import Envelope
from syndicate.markup.dates import parse_rfc3339
from syndicate.model.feed import Feed
from syndicate.model.finding import Finding, Rule, Severity
from syndicate.model.visibility import Audience, may_see
from syndicate.publish import index, manifest, prune
from syndicate.publish.changes import Changes, compare, doubts, is_suspicious
from syndicate.publish.gates import judge
from syndicate.publish.manifest import Document, Manifest
from syndicate.store import articles as store_articles
from syndicate.store import memos, outputs, stamp
from syndicate.store.articles import Chosen
from syndicate.store.engine import count_changes
from syndicate.store.stamp import Stamp
from syndicate.validate.report.json import message_of

WRITTEN, UNCHANGED, HELD, REMOVED = "written", "unchanged", "held", "removed"
Guard = Callable[[], None]
_CHECK = Feed(id="check", title="Check", link="https://check.example/", description="Check", language="en", formats=())
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document: `findings` lie in it, `left_out` are articles that stay out, with theirs.

    `doubts` say why its changes looked wrong, `changes` what it changes against the document before;
    from `until` on an article in it is too old. `is_reduced`: it is held, only what was withdrawn was taken out.
    """

    feed: str
    format: str
    path: str
    state: str
    items: int = 0
    bytes: int = 0
    sha256: str | None = None
    findings: tuple[Finding, ...] = ()
    left_out: tuple[tuple[str, tuple[Finding, ...]], ...] = ()
    doubts: tuple[Finding, ...] = ()
    until: datetime | None = None
    is_reduced: bool = False
    changes: Changes = Changes()

    @property
    def is_good(self) -> bool:
        """Whether everything that belongs into the document is out."""
        return self.state != HELD and not self.left_out and not self.is_reduced


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an export is asked for. `accept` is a person's reason to let out changes that look wrong.

    `guard` raises LostLease when somebody else has taken the work over.
    """

    feeds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    force: bool = False
    dry_run: bool = False
    accept: str | None = None
    fence: int = 0
    guard: Guard = field(default=lambda: None)


@dataclass(frozen=True, slots=True)
class Kept:
    """What may be kept from one export to the next: fragments, what was found around the articles, the front page."""

    fragments: Fragments
    frames: Frames
    front: index.Front = field(default_factory=index.Front)

    def keep(self) -> None:
        """Write to the store what is new."""
        self.fragments.keep()
        self.frames.keep()


def nothing_kept(app: App, *, force: bool = False, dry_run: bool = False, memory: int = BRIEFLY) -> Kept:
    """To begin with; with `force` every fragment is rendered and checked anew, with `dry_run` none is stored.

    `memory` is how many bytes of fragments may be held.
    """
    salt = f"{app.schemas}"
    made = Fragments(
        app.store,
        app.publisher,
        _checker(app),
        _rules,
        deflate="gzip" in app.codings,
        salt=salt,
        force=force,
        dry_run=dry_run,
        memory=memory,
    )
    return Kept(made, Frames(app.store, _rules, salt=salt, force=force, dry_run=dry_run))


@cache
def _rules() -> dict[str, Rule]:
    from syndicate.validate.run import all_rules

    return {rule.id: rule for rule in all_rules()}


def export(app: App, order: Order, kept: Kept | None = None) -> Iterator[Outcome]:
    """Bring the published tree up to date; one outcome per document, as each feed is done.

    A process that exports again and again hands over what it has `kept`.
    """
    feeds = app.chosen(tuple(dict.fromkeys(order.feeds)))
    for name in order.formats:
        formats.written_facts(name)
        if not any(name in feed.formats for feed in feeds):
            wanted = ", ".join(feed.id for feed in feeds)
            raise UnknownName(f"document of {wanted or 'any feed'} in the format", name)
    with app.tree.lock() as was_interrupted:
        kept = (
            kept
            if kept is not None and not order.force
            else nothing_kept(app, force=order.force, dry_run=order.dry_run)
        )
        run = _Run(kept=kept, change=_last_change(app), started=app.clock.now())
        if not order.dry_run:
            _keep_stamp(app, None)
        for feed in feeds:
            yield from run.note(_run_feed(app, feed, order, run))
        kept.keep()
        if order.dry_run:
            return
        order.guard()
        if not order.feeds:
            yield from run.note(_remove_undefined(app, run))
        prune.remove_singles(app.tree, run.orphans)
        if was_interrupted:
            prune.sweep(app.tree, known_files())
        touched = app.chosen(tuple(run.seen)) if run.seen else ()
        index.publish(app.tree, app.publisher, app.feeds, app.options.output_url, app.codings, kept.front, touched)
        app.tree.settle()
        _remember(app, run, order)
        app.tree.complete()
        _keep_configuration(app)
        if not order.feeds and not order.formats:
            _keep_stamp(app, _stamp(app, run))


@dataclass(slots=True, kw_only=True)
class _Run:
    """What one export gathers: outcomes, until when they hold, and the last change that each feed has `seen`.

    `orphans` are documents of single articles that may have lost their last feed.
    """

    kept: Kept
    change: int
    started: datetime
    until: datetime | None = None
    seen: dict[str, int] = field(default_factory=dict)
    orphans: set[str] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)

    def note(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, remembered."""
        for outcome in outcomes:
            self.outcomes.append(outcome)
            yield outcome

    def holds_until(self, moment: datetime | None) -> None:
        """What was built is no longer true from that moment on."""
        if moment is not None and (self.until is None or moment < self.until):
            self.until = moment


def known_files() -> frozenset[str]:
    """The file names that documents of any format have."""
    return frozenset(formats.written_facts(name).FILE_NAME for name in formats.having("render"))


def _run_feed(app: App, feed: Feed, order: Order, run: _Run) -> Iterator[Outcome]:
    now = app.clock.now()
    with app.store.read() as connection:
        seen = count_changes(connection)
        chosen = store_articles.choose(connection, query_of(feed, now), Audience.PUBLIC, now)
    until = ages_at(feed, chosen)
    run.holds_until(until)
    before = manifest.load(app.tree, feed.id)
    wanted = [name for name in feed.formats if not order.formats or name in order.formats]
    rendered = run.kept.fragments.of(chosen, wanted, feed.content)
    made = [_make(app, feed, name, chosen, rendered[name], run.kept, before, order) for name in wanted]
    if order.dry_run:
        after = _rehearsed(made, before)
    else:
        order.guard()
        after = _publish(app, feed, made, before, force=order.force)
        run.orphans |= set(before.get("articles", {})) - set(after["articles"])
        run.seen[feed.id] = seen
        _keep_word(app, [outcome for outcome, _ in made], now, order.accept)
    yield from (replace(_hashed(outcome, after), until=until) for outcome, _ in made)


def _rehearsed(made: Iterable[tuple[Outcome, Build | None]], before: Manifest) -> Manifest:
    """As much of the manifest as `_hashed` asks for, without anything being written."""
    new = {
        outcome.path: {"sha256": _document(built).sha256}
        for outcome, built in made
        if built is not None and outcome.state in (WRITTEN, HELD)
    }
    return {"documents": before.get("documents", {}) | new}


def _make(
    app: App,
    feed: Feed,
    name: str,
    chosen: Sequence[Chosen],
    fragments: Sequence[Rendered],
    kept: Kept,
    before: Manifest,
    order: Order,
) -> tuple[Outcome, Build | None]:
    """The document of one format, judged: its outcome, and the build when it may be published.

    Articles were checked when they were rendered; of the document only what lies around them is checked here.
    """
    if not chosen and not formats.written_facts(name).ALLOWS_EMPTY:
        outcome = _empty(app, feed, name, before, order)
        entry = before.get("documents", {}).get(outcome.path)
        return _reduced(app, feed, name, outcome, kept, entry) if outcome.state == HELD else (outcome, None)
    rendered = dict(zip(chosen, fragments, strict=True))
    good = {one: fragment for one, fragment in rendered.items() if not fragment.errors}
    built = _built(app, feed, name, good, kept)
    is_unchanged = not order.force and manifest.is_published(app.tree, before, _document(built), app.codings)
    if is_unchanged and formats.written_facts(name).STANDALONE:
        is_unchanged = manifest.has_singles(app.tree, before, app.codings)
    around = () if is_unchanged else _frame_findings(app, built, kept)
    verdict = judge([(one.guid, fragment.findings) for one, fragment in rendered.items()], around)
    outcome = _outcome(built, around, {one.guid: rendered[one].errors for one in rendered if one not in good})
    if is_unchanged and not verdict.is_held:
        return replace(outcome, state=UNCHANGED), built
    entry = before.get("documents", {}).get(outcome.path)
    document = _document(built)
    found = () if entry is None else _doubts(app, feed, entry, document, chosen)
    outcome = replace(outcome, doubts=found, changes=compare(entry, document))
    if not verdict.is_held and (not found or order.accept is not None):
        return outcome, built
    return _reduced(app, feed, name, _held(outcome, before), kept, entry)


def _reduced(
    app: App, feed: Feed, name: str, held: Outcome, kept: Kept, entry: dict[str, Any] | None
) -> tuple[Outcome, Build | None]:
    """A document is held, but never what was withdrawn since: the published one goes on without these articles.

    When there is nothing to take out, the published document stays as it is.
    """
    if entry is None:
        return held, None
    now = app.clock.now()
    with app.store.read() as connection:
        standing = store_articles.standing_of(connection, entry["guids"], now)
    visible = [one for guid in entry["guids"] if (one := standing.get(guid)) and may_see(one, Audience.PUBLIC, now)]
    if len(visible) == len(entry["guids"]) or not any(guid in standing for guid in entry["guids"]):
        return held, None
    rendered = zip(visible, kept.fragments.of(visible, [name], feed.content)[name], strict=True)
    good = {one: fragment for one, fragment in rendered if not fragment.errors}
    if not good or _has_errors(_frame_findings(app, built := _built(app, feed, name, good, kept), kept)):
        return replace(held, state=REMOVED, items=0, bytes=0, sha256=None, is_reduced=True), None
    return replace(held, is_reduced=True, items=len(built.articles), bytes=built.size), built


def _built(app: App, feed: Feed, name: str, good: dict[Chosen, Rendered], kept: Kept) -> Build:
    articles, fragments = tuple(good), tuple(good.values())
    return build(feed, name, articles, fragments, kept.fragments, app.publisher, app.options.output_url)


def _hashed(outcome: Outcome, after: Manifest) -> Outcome:
    """The outcome with the hash of the document that is there now, or would be."""
    entry = after.get("documents", {}).get(outcome.path)
    return outcome if entry is None or outcome.state == REMOVED else replace(outcome, sha256=entry["sha256"])


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
        standing = store_articles.standing_of(connection, before - {one.guid for one in chosen}, now)
    explained = sum(is_explained(one, feed, was, now) for one in standing.values())
    return tuple(doubts(entry, document, explained, are_newer=bool(came) and min(came) > was))


def _last_change(app: App) -> int:
    with app.store.read() as connection:
        return count_changes(connection)


def _stamp(app: App, run: _Run) -> Stamp | None:
    """The stamp of a whole export after which there is nothing to mend, else None."""
    if not all(outcome.is_good for outcome in run.outcomes):
        return None
    with app.store.read() as connection:
        run.holds_until(store_articles.next_change_of_view(connection, run.started))
    files = [one for folder in (*(feed.id for feed in app.feeds), "articles") for one in app.tree.sizes(folder)]
    files += [(path, size) for path in index.paths(app.codings) if (size := app.tree.size(path)) is not None]
    return Stamp(
        basis=app.basis,
        change=run.change,
        made=run.started,
        until=run.until,
        files=tuple(files),
        outcomes=tuple(
            {**values_of(outcome), "state": UNCHANGED} for outcome in run.outcomes if outcome.state != REMOVED
        ),
    )


def _keep_stamp(app: App, found: Stamp | None) -> None:
    with app.store.read() as connection:
        if found is None and not outputs.has_stamp(connection):
            return
    with app.store.write() as connection:
        outputs.keep_stamp(connection, None if found is None else stamp.dumps(found))


def _keep_configuration(app: App) -> None:
    """Keep the configuration, so that the next commands need not look for faults in it."""
    if app.unkept is not None:
        with app.store.write() as connection:
            memos.keep(connection, {CONFIGURATION: (app.basis, app.unkept)})


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

    The document is checked with its first article only, and dated before it: its own date is a date like any other.
    """
    from syndicate.validate.run import check

    envelope = replace(built.envelope, updated=app.publisher.since, digest="")
    head, tail = frame(built.format, envelope)
    sample = next(built.bodies.data_of(built.fragments[:1]), b"")
    before, lines = head.count(b"\n"), sample.count(b"\n")
    report = check(head + sample + tail, now=_LATEST, as_format=built.format, schemas=app.schemas)
    outside = (one for one in report.findings if not _is_inside(one, before, lines))
    return tuple(shifted_behind(outside, before + lines, -lines))


def _is_inside(finding: Finding, before: int, lines: int) -> bool:
    return finding.place.line is not None and before < finding.place.line <= before + lines


def _publish(
    app: App, feed: Feed, made: Iterable[tuple[Outcome, Build | None]], before: Manifest, *, force: bool
) -> Manifest:
    """Write what differs: the articles' own documents first, then the feed's, the manifest last. The new manifest."""
    after: Manifest = {"feed": feed.id, **{key: dict(before.get(key, {})) for key in ("documents", "articles")}}
    for outcome, built in made:
        if outcome.state == REMOVED:
            prune.remove_document(app.tree, outcome.path, after["documents"].pop(outcome.path))
            if formats.written_facts(outcome.format).STANDALONE:
                after["articles"] = {}
        elif built is not None and outcome.state in (WRITTEN, HELD):
            if formats.written_facts(built.format).STANDALONE:
                after["articles"] = dict(_publish_singles(app, built, {} if force else before.get("articles", {})))
            document = _document(built)
            after["documents"][document.path] = manifest.publish(app.tree, document, app.codings)
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


def _remove_undefined(app: App, run: _Run) -> Iterator[Outcome]:
    """Take away the feeds that are not defined any more: nobody would correct or kill anything in them."""
    defined = {feed.id for feed in app.feeds}
    for feed_id in app.tree.folders():
        if feed_id in defined:
            continue
        before = manifest.load(app.tree, feed_id)
        run.orphans |= set(before.get("articles", {}))
        prune.remove_feed(app.tree, feed_id, before)
        with app.store.write() as connection:
            outputs.forget_feed(connection, feed_id)
        for path, entry in sorted(before.get("documents", {}).items()):
            yield Outcome(feed=feed_id, format=entry["format"], path=path, state=REMOVED)


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
    )


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
    bodies = built.bodies.data_of(fragment for _, fragment in missing)
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
    for fragment in built.fragments:
        if fragment.findings:
            yield from shifted(fragment.findings, line)
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


def values_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome with the names of `export --json`."""
    return {
        "feed": outcome.feed,
        "format": outcome.format,
        "path": outcome.path,
        "items": outcome.items,
        "bytes": outcome.bytes,
        "sha256": outcome.sha256,
        "state": outcome.state,
        "findings": list(messages_of(outcome)),
        "left_out": [guid for guid, _ in outcome.left_out],
    }


def messages_of(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The findings of a document and of the articles left out of it (these with their guid), as the reports name them.

    Notes without consequence (severity info) are not among them: there may be one for every article.
    """
    for finding in outcome.findings:
        if finding.severity is not Severity.INFO:
            yield message_of(finding)
    if outcome.state == HELD:
        yield from (message_of(finding) for finding in outcome.doubts)
    for guid, findings in outcome.left_out:
        for finding in findings:
            yield {**message_of(finding), "guid": guid}


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


def _remember(app: App, run: _Run, order: Order) -> None:
    """Keep what became of each document, and up to which change each feed has come; nothing new, nothing written."""
    with app.store.read() as connection:
        known = {(one.feed, one.format): one for feed in run.seen for one in outputs.of_feed(connection, feed)}
        cursors = {feed: outputs.cursor(connection, feed) for feed in run.seen}
    moved = {} if order.formats else {feed: seen for feed, seen in run.seen.items() if cursors[feed] != seen}
    states = [
        _output(outcome, known.get((outcome.feed, outcome.format)), run.started, order.fence)
        for outcome in run.outcomes
        if outcome.feed in run.seen
    ]
    if moved or any(states):
        with app.store.write() as connection:
            for output in filter(None, states):
                outputs.keep(connection, output)
            for feed, seen in moved.items():
                outputs.move_cursor(connection, feed, seen)


def _output(outcome: Outcome, before: outputs.Output | None, now: datetime, fence: int) -> outputs.Output | None:
    left_out = tuple(guid for guid, _ in outcome.left_out)
    if outcome.state == UNCHANGED and before is not None and not before.held_since and left_out == before.left_out:
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
        left_out=left_out,
        findings=tuple(messages_of(outcome)),
        fence=fence,
    )
