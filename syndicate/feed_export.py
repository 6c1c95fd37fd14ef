"""One feed's part of an export: select, build, check, judge, publish."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from syndicate.app import App
from syndicate.feed_archive import Archive, fitted, told_of
from syndicate.feed_check import checker, has_errors, look_around
from syndicate.feed_publish import Made, document_of, publish
from syndicate.feeds.archive import whole_of
from syndicate.feeds.build import Build, build, document_path
from syndicate.feeds.fragments import BRIEFLY, PENDING, Fragments, Rendered, shifted
from syndicate.feeds.frames import Frames
from syndicate.feeds.select import ages_at, in_order, is_explained, query_of, withdrawn_for, withdrawn_from
from syndicate.feeds.shapes import Shapes
from syndicate.formats import base as formats
from syndicate.machine import processors
from syndicate.markup.dates import parse_rfc3339
from syndicate.markup.entry import History
from syndicate.model.feed import Feed
from syndicate.model.finding import Finding
from syndicate.model.visibility import may_see
from syndicate.outcome import HELD, REMOVED, UNCHANGED, WRITTEN, Order, Outcome
from syndicate.publish import index, manifest, prune
from syndicate.publish.changes import compare, doubts, is_suspicious
from syndicate.publish.gates import judge
from syndicate.publish.manifest import Document, Manifest
from syndicate.store import outputs, selection
from syndicate.store.engine import count_changes
from syndicate.store.selection import Chosen
from syndicate.store.withdrawals import Withdrawals
from syndicate.validate.report.json import message_of


@dataclass(frozen=True, slots=True)
class Kept:
    """What may be kept from one export to the next.

    Fragments, what was found around the articles, what is withdrawn, which feeds carry articles as documents of their
    own, the front page.
    """

    fragments: Fragments
    frames: Frames
    shapes: Shapes
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
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
        checker(app),
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
        chosen = selection.choose(connection, query_of(feed, now), feed.audience, now)
        whole = () if feed.archive is None else selection.choose(connection, whole_of(feed, now), feed.audience, now)
        found = kept.withdrawals.of(connection, seen, now - feed.withdrawn)
    recent = withdrawn_from(feed, found, now)
    before = manifest.load(app.tree, feed.id)
    wanted = [name for name in feed.formats if not order.formats or name in order.formats]
    rendered = _rendered(feed, wanted, chosen, [one.chosen for one in recent], kept)
    # Of what stands in a held document, whatever the selection says now: that may be why it is held.
    withdrawn = [one.chosen for one in withdrawn_for(feed, found, now)]
    archive = Archive(
        app=app,
        feed=feed,
        whole=whole,
        newest=chosen,
        before=before.get("archive", {}),
        render=lambda some, name: _rendered(feed, [name], some, (), kept)[name],
        fragments=kept.fragments,
        frames=kept.frames,
        force=order.force,
    )
    made = [_make(app, feed, name, rendered[name], withdrawn, kept, before, order, archive) for name in wanted]
    if order.dry_run:
        after = _rehearsed(made, before)
    else:
        order.guard()
        after = publish(app, feed, made, before, force=order.force)
        _keep_word(app, [one.outcome for one in made], now, order.accept)
    until = ages_at(feed, chosen, recent)
    return FeedRun(
        feed=feed.id,
        seen=seen,
        until=until,
        outcomes=tuple([_finished(one.outcome, after, until) for one in made]),
        carried=(frozenset(before.get("articles", {})), frozenset(after.get("articles", {}))),
    )


def _rehearsed(made: Iterable[Made], before: Manifest) -> Manifest:
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


def _rendered(
    feed: Feed, names: Sequence[str], chosen: Sequence[Chosen], withdrawn: Sequence[Chosen], kept: Kept
) -> dict[str, list[tuple[Chosen, Rendered]]]:
    """By format, what it shows: the articles, what was withdrawn where it tells of that; nothing that it has no place
    for."""
    found = kept.fragments.of(chosen, names, feed.cut)
    pairs = {name: list(zip(chosen, found[name], strict=True)) for name in names}
    telling = [name for name in names if formats.tells_withdrawals(name)]
    if withdrawn and telling:
        whole = in_order(feed, chosen, withdrawn)
        told = kept.fragments.of(whole, telling, feed.cut)
        pairs |= {name: list(zip(whole, told[name], strict=True)) for name in telling}
    return {name: [pair for pair in some if pair[1].size] for name, some in pairs.items()}


def _make(
    app: App,
    feed: Feed,
    name: str,
    rendered: _Pairs,
    withdrawn: Sequence[Chosen],
    kept: Kept,
    before: Manifest,
    order: Order,
    archive: Archive,
) -> Made:
    """The document of one format, judged: its outcome, and what may be published.

    Articles were checked when they were rendered; of the document only what lies around them is checked here.
    """
    if not rendered and not formats.written_facts(name).ALLOWS_EMPTY:
        outcome = _empty(app, feed, name, before, order)
        entry = before.get("documents", {}).get(outcome.path)
        held = outcome.state == HELD
        return _reduced(app, feed, name, outcome, withdrawn, kept, entry, archive) if held else Made(outcome)
    left_out = {one.guid: fragment.errors for one, fragment in rendered if fragment.findings and fragment.errors}
    good = [pair for pair in rendered if pair[0].guid not in left_out] if left_out else rendered
    any_history = archive.any_history(name)
    good, cut_off = fitted(feed, name, good, lambda some: _built(app, feed, name, some, kept, any_history).size)
    chain = archive.beside(name, cut_off)
    built = _built(app, feed, name, good, kept, archive.history(name, chain.newest))
    document = document_of(built)
    is_unchanged = not order.force and manifest.is_published(app.tree, before, document, app.codings)
    is_unchanged = is_unchanged and manifest.has_singles(app.tree, before, name, len(built.singles), app.codings)
    around = (*chain.around, *(() if is_unchanged else look_around(app, built, kept.frames)))
    verdict = judge([(one.guid, fragment.findings) for one, fragment in rendered], around)
    outcome = _outcome(built, around, dict(chain.left_out) | left_out)
    outcome = replace(outcome, archive=chain.changed, cut_off=None if archive.is_kept(name) else told_of(feed, cut_off))
    if is_unchanged and not verdict.is_held:
        return Made(replace(outcome, state=UNCHANGED), built, document, chain)
    entry = before.get("documents", {}).get(outcome.path)
    found = () if entry is None else _doubts(app, feed, entry, document, [one for one, _ in rendered], cut_off)
    outcome = replace(outcome, doubts=found, changes=compare(entry, document))
    if not verdict.is_held and (not found or order.accept is not None):
        return Made(outcome, built, document, chain)
    return _reduced(app, feed, name, _held(outcome, before), withdrawn, kept, entry, archive)


def _reduced(
    app: App,
    feed: Feed,
    name: str,
    held: Outcome,
    withdrawn: Sequence[Chosen],
    kept: Kept,
    entry: dict[str, Any] | None,
    archive: Archive,
) -> Made:
    """A document is held, but never what was withdrawn since: the published one goes on without these articles.

    Where the format tells of withdrawals, it tells of these. When there is nothing to take out, of the document or of
    its archive, the published one stays as it is.
    """
    if entry is None:
        return Made(held)
    chain = archive.frozen(name)
    held = replace(held, archive=chain.changed)
    now = app.clock.now()
    with app.store.read() as connection:
        standing = selection.standing_of(connection, entry["guids"], now, feed.audience)
    visible = [one for guid in entry["guids"] if (one := standing.get(guid)) and may_see(one, feed.audience, now)]
    gone = [one for one in withdrawn if one.guid in entry["guids"] and formats.tells_withdrawals(name)]
    told = {one.guid for one in gone} if _are_told(gone, name, feed, kept, entry) else set()
    is_same = len(visible) + len(told) == len(entry["guids"]) or not any(guid in standing for guid in entry["guids"])
    if is_same and archive.is_linked(name, chain):
        return Made(held, chain=chain)
    good = [pair for pair in _rendered(feed, [name], visible, gone, kept)[name] if not pair[1].errors]
    built = _built(app, feed, name, good, kept, archive.history(name, chain.newest)) if good else None
    if built is None or has_errors((*chain.around, *look_around(app, built, kept.frames))):
        # Rather a link to an archive that is gone than no document.
        return Made(held if is_same else replace(held, state=REMOVED, items=0, bytes=0, sha256=None, is_reduced=True))
    outcome = replace(held, is_reduced=True, items=len(built.articles), bytes=built.size)
    return Made(outcome, built, document_of(built), chain)


def _are_told(gone: Sequence[Chosen], name: str, feed: Feed, kept: Kept, entry: dict[str, Any]) -> bool:
    """Whether the published document says already that these were withdrawn."""
    fragments = kept.fragments.of(gone, [name], feed.cut)[name]
    return {one.sha256[:16] for one in fragments} <= set(entry["fragments"])


def _built(app: App, feed: Feed, name: str, good: _Pairs, kept: Kept, history: History | None) -> Build:
    articles, fragments = [one for one, _ in good], [fragment for _, fragment in good]
    made = (feed, name, articles, fragments, kept.fragments, app.publisher, app.options.output_url)
    return build(*made, app.options.all_hubs, history=history)


def _doubts(
    app: App,
    feed: Feed,
    entry: dict[str, Any],
    document: Document | None,
    chosen: Sequence[Chosen],
    cut_off: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Why the changes against the published document look wrong; the store is asked only when they might.

    Articles that the byte budget has cut off are no loss.
    """
    if not is_suspicious(entry, document):
        return ()
    now, was, before = app.clock.now(), parse_rfc3339(entry["updated"]), set(entry["guids"])
    came = [one.updated for one in chosen if one.guid not in before.union(cut_off)]
    with app.store.read() as connection:
        standing = selection.standing_of(connection, before - {one.guid for one in chosen}, now, feed.audience)
    explained = sum(is_explained(one, feed, was, now) for one in standing.values()) + len(before.intersection(cut_off))
    return tuple(doubts(entry, document, explained, are_newer=bool(came) and min(came) > was))


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
    """What was found in the articles that are in, at their places in the document, or in their own."""
    if not built.fragments:
        for fragment in built.singles:
            yield from fragment.findings
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
