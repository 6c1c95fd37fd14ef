"""An export: each feed in turn (`feed_export.py`), then what concerns the whole tree, then what is remembered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from syndicate.app import App
from syndicate.errors import UnknownName
from syndicate.feed_export import FeedRun, Kept, Working, nothing_kept, one_by_one
from syndicate.feeds.archive import page_path
from syndicate.formats import base as formats
from syndicate.markup import uris
from syndicate.markup.namespaces.names import HISTORY
from syndicate.outcome import HELD, REMOVED, UNCHANGED, WRITTEN, Order, Outcome, messages_of, values_of
from syndicate.publish import index, manifest, prune
from syndicate.store import changes, outputs, stamp
from syndicate.store.engine import Connection, count_changes
from syndicate.store.stamp import Stamp


def export(app: App, order: Order, kept: Kept | None = None, working: Working = one_by_one) -> Iterator[Outcome]:
    """Bring the published tree up to date; one outcome per document, as each feed is done.

    A process that exports again and again hands over what it has `kept`.
    """
    feeds = app.chosen(tuple(dict.fromkeys(order.feeds)))
    for name in order.formats:
        formats.written_facts(name)
        if not any(name in feed.formats for feed in feeds):
            wanted = ", ".join(feed.id for feed in feeds)
            raise UnknownName(f"document of {wanted or 'any feed'} in the format", name)
    if kept is None or order.force:
        kept = nothing_kept(app, force=order.force, dry_run=order.dry_run)
    with app.tree.lock() as found:
        run = _Run(change=_last_change(app), started=app.clock.now())
        kept.front.is_out = kept.front.is_out and found.is_as_left
        # Whoever fails half-way does not know any more.
        is_known, kept.carried.is_known = kept.carried.is_known and found.is_as_left, False
        if not order.dry_run:
            _keep_stamp(app, None)
        for feed_run in working(app, feeds, order, kept):
            yield from run.note(feed_run)
        if order.dry_run:
            return
        order.guard()
        carried = _carried(kept, run, is_known=is_known, is_whole=not order.feeds)
        if not order.feeds:
            yield from _remove_undefined(app, run)
        prune.remove_singles(app.tree, carried.by_none(app.tree, run.orphans))
        if found.was_interrupted:
            prune.sweep(app.tree, known_files())
        touched = [feed for feed in (app.chosen(tuple(run.seen)) if run.seen else ()) if not feed.is_hidden]
        shown = [feed for feed in app.feeds if not feed.is_hidden]
        index.publish(app.tree, app.publisher, shown, app.options.output_url, app.codings, kept.front, touched)
        app.tree.settle()
        _remember(app, run, order)
        app.tree.complete()
        app.keep_configuration()
        if not order.feeds and not order.formats:
            _keep_stamp(app, _stamp(app, run))


@dataclass(slots=True, kw_only=True)
class _Run:
    """What one export gathers: outcomes, until when they hold, and the last change that each feed has `seen`.

    `orphans` are documents of single articles that may have lost their last feed.
    """

    change: int
    started: datetime
    until: datetime | None = None
    seen: dict[str, int] = field(default_factory=dict)
    orphans: set[str] = field(default_factory=set)
    carried: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def note(self, found: FeedRun) -> tuple[Outcome, ...]:
        """Its outcomes, remembered."""
        self.outcomes.extend(found.outcomes)
        self.seen[found.feed] = found.seen
        before, after = found.carried
        self.carried.append(found.carried)
        self.orphans |= before - after
        self.holds_until(found.until)
        return found.outcomes

    def holds_until(self, moment: datetime | None) -> None:
        """What was built is no longer true from that moment on."""
        if moment is not None and (self.until is None or moment < self.until):
            self.until = moment


def _carried(kept: Kept, run: _Run, *, is_known: bool, is_whole: bool) -> prune.Carried:
    """Which articles' own documents are carried now; a whole export knows of all of them."""
    if is_whole:
        kept.carried.feeds.clear()
    kept.carried.is_known = is_known or is_whole
    for before, after in run.carried:
        kept.carried.note(frozenset() if is_whole else before, after)
    return kept.carried


def known_files() -> dict[str, bytes | None]:
    """The file names that documents of any format have, with what stands in ours where others may be called so too."""
    found: dict[str, bytes | None] = {}
    for name in formats.written():
        file = formats.written_facts(name).FILE_NAME
        found[file] = formats.mark_of(name)
        if end := formats.each(name):
            found[f"{file.rpartition('/')[0]}/*{end}"] = None
        if formats.has_archives(name):
            found[page_path(file, "*")] = HISTORY.encode()
    return found


def _last_change(app: App) -> int:
    with app.store.read() as connection:
        return count_changes(connection)


def _stamp(app: App, run: _Run) -> Stamp | None:
    """The stamp of a whole export after which there is nothing to mend, else None."""
    if not all(outcome.is_good for outcome in run.outcomes):
        return None
    with app.store.read() as connection:
        run.holds_until(changes.next_change_of_view(connection, run.started))
    files = [one for folder in (*(feed.id for feed in app.feeds), "articles") for one in app.tree.sizes(folder)]
    files += [
        (path, size) for path in index.paths(len(app.feeds), app.codings) if (size := app.tree.size(path)) is not None
    ]
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
            outcome = Outcome(feed=feed_id, format=entry["format"], path=path, state=REMOVED)
            run.outcomes.append(outcome)
            yield outcome


def _remember(app: App, run: _Run, order: Order) -> None:
    """Keep what became of each document, and up to which change each feed has come; nothing new, nothing written."""
    with app.store.read() as connection:
        if order.feeds:
            known = [one for feed in run.seen for one in outputs.of_feed(connection, feed)]
            cursors = {feed: outputs.cursor(connection, feed) for feed in run.seen}
        else:
            known = list(outputs.all_of(connection))
            cursors = outputs.cursors(connection, run.seen)
        tells = bool(app.options.pinged_hubs) or outputs.has_pings(connection)
    before = {(one.feed, one.format): one for one in known}
    moved = {} if order.formats else {feed: seen for feed, seen in run.seen.items() if cursors[feed] != seen}
    states = [
        state
        for outcome in run.outcomes
        if outcome.feed in run.seen
        and (state := _output(outcome, before.get((outcome.feed, outcome.format)), run.started, order.fence))
    ]
    if moved or states:
        with app.store.write() as connection:
            order.hold(connection)
            outputs.keep_all(connection, states)
            outputs.move_cursors(connection, moved)
            if tells:
                _put_pings(app, run, connection, before)


def _put_pings(app: App, run: _Run, connection: Connection, before: Mapping[tuple[str, str], outputs.Output]) -> None:
    """Have other people's hubs told of each document that is another one than was remembered, whoever wrote it when."""
    from syndicate.store import pings

    unsaid = {feed.id for feed in app.feeds if feed.is_hidden}
    changed = [
        uris.join(app.options.output_url, outcome.path)
        for outcome in run.outcomes
        if outcome.sha256 is not None
        and outcome.feed not in unsaid
        and formats.is_topic(outcome.format)
        and _is_other(outcome, before.get((outcome.feed, outcome.format)))
    ]
    pings.keep_only(connection, app.options.pinged_hubs)
    if changed:
        pings.put(connection, app.options.pinged_hubs, changed, run.started)


def _is_other(outcome: Outcome, before: outputs.Output | None) -> bool:
    return before is None or before.sha256 != outcome.sha256


def _output(outcome: Outcome, before: outputs.Output | None, now: datetime, fence: int) -> outputs.Output | None:
    left_out = tuple(guid for guid, _ in outcome.left_out)
    # Not written now and yet another one: an export was killed before it could remember what it had written.
    was_forgotten = outcome.state == UNCHANGED and _is_other(outcome, before) and outcome.sha256 is not None
    is_known = before is not None and not before.held_since and left_out == before.left_out
    if outcome.state == UNCHANGED and is_known and not was_forgotten:
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
        published_at=now if outcome.state == WRITTEN or was_forgotten else was_published,
        checked_at=now,
        held_since=held_since if outcome.state == HELD else None,
        left_out=left_out,
        findings=tuple(messages_of(outcome)),
        fence=fence,
    )
