"""The status pages as HTML: all feeds, one feed, the runs, one rule. Pure: values in, bytes out.

What is not out yet is shown by its time alone, unless `sees_all`.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from syndicate.condition.detail import InDepth, Newest, Overview, Release
from syndicate.condition.freshness import State, errors_of
from syndicate.condition.look import Condition, FeedCondition
from syndicate.model.finding import Rule
from syndicate.store.outputs import Output
from syndicate.store.pings import DUE, REFUSED
from syndicate.store.runs import FAILED, FIRST_SEEN, SUPERSEDED, RunRecord
from syndicate.web.status_parts import (
    ROOT,
    Cell,
    Frame,
    cell,
    feed_address,
    feed_link,
    figures,
    lasting,
    many,
    mark,
    moment,
    none,
    number,
    page,
    relative,
    section,
    span,
    table,
    text,
)

# Rows of a list on one page; who needs somebody comes first.
_MOST_FEEDS = 500
_MOST_FINDINGS = 200
_TONES = {State.FRESH: "good", State.NEW: "calm", State.HELD: "warn", State.STALE: "bad"}
_ORDER = (State.STALE, State.HELD, State.NEW, State.FRESH)
_NONE_WAITS = "Nothing waits for an embargo, a time of publication or an expiry."
_KINDS = {"embargo": "embargo ends", "publication": "publication", "expiry": "expires"}


def overview_page(frame: Frame, found: Overview, *, sees_all: bool) -> bytes:
    """All feeds at a glance."""
    condition = found.condition
    feeds = sorted(condition.feeds, key=lambda one: (_ORDER.index(one.freshness.state), not _left_out(one)))
    return page(
        frame,
        ROOT,
        "Status",
        text(frame.publisher),
        [
            _verdict(condition),
            _figures(condition),
            _needs(frame, condition, feeds),
            section("feeds", "Feeds", _feeds(frame, condition, feeds)),
            section("coming", "To come by the clock", _coming(frame, found, sees_all)),
            *([section("hubs", "Hubs", _hubs(condition))] if condition.hubs.are_used else ()),
            section("runs", "Last runs", _runs(frame, found.runs), _more(frame, "runs", "All runs")),
        ],
    )


def feed_page(frame: Frame, found: InDepth, *, sees_all: bool) -> bytes:
    """One feed in depth."""
    one = found.found
    return page(
        frame,
        feed_address(one.feed.id),
        one.feed.title,
        f'<a href="{ROOT}{frame.still}">Status</a> of the feed <code>{text(one.feed.id)}</code>',
        [
            _verdict_of_feed(frame, one),
            section("documents", "Documents", _documents(frame, one)),
            section("findings", "Findings", _findings(frame, one, found.visible, sees_all)),
            section("newest", "Newest articles", _newest(frame, found.newest)),
            section("coming", "To come by the clock", _releases_of(frame, found, sees_all)),
            section("runs", "Last runs", _runs(frame, found.runs)),
            section("slots", "Next runs", _slots(frame, found)),
        ],
    )


def runs_page(frame: Frame, found: Sequence[RunRecord]) -> bytes:
    """What ran, when, and how it ended."""
    return page(frame, f"{ROOT}/runs", "Runs", _home(frame), [_runs(frame, found)])


def rule_page(frame: Frame, rule: Rule) -> bytes:
    """What a rule asks for, and why."""
    tone = {"error": "bad", "warning": "warn", "info": "calm"}[rule.severity.value]
    rows = [
        ("Severity", mark(tone, rule.severity.value)),
        ("Formats", text(", ".join(rule.formats))),
        ("Written in", text(rule.spec)),
    ]
    facts = "".join(f"<div><dt>{name}</dt><dd><small>{value}</small></dd></div>" for name, value in rows)
    words = f"<p>{text(_sentence(rule.summary))}</p><p>{text(' '.join(rule.why.split()))}</p>"
    return page(frame, f"{ROOT}/rules/{rule.id}", rule.id, _home(frame), [words, f'<dl class="figures">{facts}</dl>'])


def away_page(frame: Frame, here: str, problem: str) -> bytes:
    """What is said while the store cannot be asked."""
    said = (
        '<div class="verdict bad"><p class="what">The store cannot be asked</p>'
        f"<p>{text(problem)}</p>"
        "<p>The feeds are served all the same; nothing new is exported until it is back.</p></div>"
    )
    return page(frame, here, "Status", text(frame.publisher), [said])


def missing_page(frame: Frame, what: str) -> bytes:
    """What is said where nothing of that name is."""
    return page(frame, ROOT, "Not here", _home(frame), [none(f"There is no {text(what)}.")])


# All feeds


def _verdict(found: Condition) -> str:
    total = len(found.feeds)
    stale, held, new = (len(found.are(state)) for state in (State.STALE, State.HELD, State.NEW))
    short = sum(one.freshness.state is State.FRESH and _left_out(one) > 0 for one in found.feeds)
    said = [f"{count} {word}" for count, word in ((stale, "stale"), (held, "held"), (short, "incomplete")) if count]
    troubled = len(found.hubs.problems)
    tone = "bad" if stale else "warn" if said or troubled else "good"
    if said:
        what = f"{many(total, 'feed')}: {', '.join(said)}"
    elif new:
        what = f"{many(new, 'feed')} of {total} never exported yet"
    else:
        what = f"All {many(total, 'feed')} are fresh" if total != 1 else "The feed is fresh"
    if troubled:
        what += f"; {many(troubled, 'hub problem')}"
    release = found.next_change_of_view
    rest = f"Next embargo or expiry {relative(release, found.now)}." if release else "No embargo or expiry is to come."
    return f'<div class="verdict {tone}"><p class="what">{what}</p><p>{rest}</p></div>'


def _figures(found: Condition) -> str:
    documents = [document for one in found.feeds for document in one.documents]
    held = sum(one.held_since is not None for one in documents)
    left_out = len({guid for one in documents for guid in one.left_out})
    coming = sum(found.coming.values())
    return figures(
        [
            ("Feeds", _to("feeds", len(found.feeds)), f"{many(len(documents), 'document')}"),
            ("Articles", f"{found.articles:,}", "in the store"),
            ("Changes", _to("feeds", found.waiting), "not exported yet"),
            ("Held documents", _to("needs" if held else "feeds", held), "the last good one stays"),
            ("Left out", _to("needs" if left_out else "feeds", left_out), "articles with errors"),
            ("To come", _to("coming", coming), "by embargo, time or expiry"),
        ]
    )


def _coming(frame: Frame, found: Overview, sees_all: bool) -> str:
    if not found.releases:
        return none(_NONE_WAITS)
    rest = sum(found.condition.coming.values()) - len(found.releases)
    return _releases(frame, found.releases, f"{rest:,} more later." if rest > 0 else "", sees_all)


def _hubs(found: Condition) -> str:
    """Who is told of changes at once, and what about that needs a person."""
    hubs = found.hubs
    pushes = hubs.subscriptions
    told = figures(
        [
            ("Pings waiting", f"{hubs.pings[DUE]:,}", "for other people's hubs"),
            ("Pings refused", f"{hubs.pings[REFUSED]:,}", "until they are mended"),
            ("Subscriptions", f"{pushes.count:,}", "at the own hub"),
            ("Failing", f"{pushes.failing:,}", "subscriptions that no push reaches"),
        ]
    )
    problems = _hub_problems(found) if hubs.problems else ""
    return f'{told}{problems}<p class="do">Each of them: <code>syndicate websub list</code></p>'


def _to(name: str, value: int) -> str:
    return f'<a href="#{name}">{value:,}</a>'


def _needs(frame: Frame, found: Condition, feeds: Sequence[FeedCondition]) -> str:
    late = (_card(frame, found, one) for one in feeds if one.freshness.state in (State.STALE, State.HELD))
    short = (_short_card(frame, one) for one in feeds if _left_out(one))
    cards = "".join(islice(chain(late, _hub_cards(found), short), _MOST_FEEDS))
    return section("needs", "Needs attention", f'<ul class="needs">{cards}</ul>') if cards else ""


def _hub_cards(found: Condition) -> Iterator[str]:
    """One for all that is the matter with hubs; the same lines as `syndicate status` has."""
    if found.hubs.problems:
        title = f'<h3><a href="#hubs">Hubs</a> {mark("warn", many(len(found.hubs.problems), "problem"))}</h3>'
        yield f'<li class="warn">{title}{_hub_problems(found)}</li>'


def _hub_problems(found: Condition) -> str:
    return f"<ul>{''.join(f'<li>{text(_sentence(one))}</li>' for one in found.hubs.problems)}</ul>"


def _card(frame: Frame, found: Condition, one: FeedCondition) -> str:
    fresh = one.freshness
    since = f' <span class="quiet">{lasting(fresh.since, found.now)}</span>' if fresh.since else ""
    verb, command = ("Look with", "diff") if fresh.state is State.HELD else ("Export it with", "export")
    cure = f"{verb} <code>syndicate {command} {text(one.feed.id)}</code>"
    return (
        f'<li class="{_TONES[fresh.state]}"><h3>{feed_link(frame, one.feed.id)}'
        f" {mark(_TONES[fresh.state], fresh.state.value)}{since}</h3>"
        f'<p>{_reason(frame, one)}</p><p class="do">{cure}</p></li>'
    )


def _reason(frame: Frame, one: FeedCondition) -> str:
    """Why; the rules that hold a document lead to what they say."""
    if one.freshness.state is not State.HELD:
        return text(_sentence(one.freshness.reason or ""))
    held = [document for document in one.documents if document.held_since is not None]
    names = ", ".join(document.format for document in held)
    codes = sorted({error["code"] for document in held for error in errors_of(document)})
    links = ", ".join(_rule_link(frame, code) for code in codes)
    return f"Held as {text(names)}: {links}" if links else f"Held as {text(names)}"


def _short_card(frame: Frame, one: FeedCondition) -> str:
    codes = sorted({error["code"] for document in one.documents for error in errors_of(document) if error.get("guid")})
    links = ", ".join(_rule_link(frame, code) for code in codes)
    return (
        f'<li class="warn"><h3>{feed_link(frame, one.feed.id)} {mark("warn", "incomplete")}</h3>'
        f"<p>{many(_left_out(one), 'article')} left out{f': {links}' if links else ''}</p>"
        f'<p><a href="{feed_address(one.feed.id)}{frame.still}#findings">Which ones, and why</a></p></li>'
    )


def _left_out(one: FeedCondition) -> int:
    return len({guid for document in one.documents for guid in document.left_out})


def _feeds(frame: Frame, found: Condition, feeds: Sequence[FeedCondition]) -> str:
    if not feeds:
        return none("No feed is defined. A feed is a file in <code>config/feeds/</code>.")
    titles = ("Feed", "State", "Items", "Published", "Last run", "Next run")
    rest = len(feeds) - _MOST_FEEDS
    more = none(f"{many(rest, 'more feed')}, all of them no worse than these.") if rest > 0 else ""
    return table("Feeds", titles, (_feed_row(frame, found, one) for one in feeds[:_MOST_FEEDS])) + more


def _feed_row(frame: Frame, found: Condition, one: FeedCondition) -> Sequence[Cell]:
    published = max((document.published_at for document in one.documents if document.published_at), default=None)
    items = max((document.items for document in one.documents), default=0)
    title = f"{feed_link(frame, one.feed.id)} <small>{text(one.feed.title)}</small>"
    short = f" <small>{many(_left_out(one), 'article')} left out</small>" if _left_out(one) else ""
    next_run = relative(one.next_slot, found.now) if one.next_slot else '<span class="quiet">on change</span>'
    return (
        cell(title),
        cell(mark(_TONES[one.freshness.state], one.freshness.state.value) + short),
        number(items),
        cell(relative(published, found.now) if published else '<span class="quiet">never</span>'),
        cell(_last_run(one.last_run, found)),
        cell(next_run),
    )


def _last_run(run: RunRecord | None, found: Condition) -> str:
    if run is None:
        return '<span class="quiet">none yet</span>'
    return f"{relative(run.done or run.slot, found.now)} <small>{text(_words(run))}</small>"


# One feed


def _verdict_of_feed(frame: Frame, one: FeedCondition) -> str:
    fresh, missing = one.freshness, _left_out(one)
    since = f" {lasting(fresh.since, frame.now)}" if fresh.since else ""
    lack = f", but {many(missing, 'article')} left out" if missing else ""
    tone = "warn" if missing and fresh.state is State.FRESH else _TONES[fresh.state]
    waiting = f"{many(one.waiting, 'change')} in the store not looked at yet." if one.waiting else "No change waits."
    words = {
        State.FRESH: "The rest is as it should be." if missing else "Readers see what they should.",
        State.NEW: "It has not been exported yet, and nothing was due.",
    }
    return (
        f'<div class="verdict {tone}"><p class="what">{fresh.state.value.capitalize()}{since}{lack}</p>'
        f"<p>{words.get(fresh.state) or _reason(frame, one)}</p><p>{waiting}</p></div>"
    )


def _documents(frame: Frame, one: FeedCondition) -> str:
    known = {document.format: document for document in one.documents}
    titles = ("Format", "State", "Items", "Size", "Published", "Left out")
    return table("Documents", titles, (_document_row(frame, name, known.get(name)) for name in one.feed.formats))


def _document_row(frame: Frame, name: str, found: Output | None) -> Sequence[Cell]:
    if found is None:
        return (cell(text(name)), cell(mark("calm", "never exported")), *[cell("")] * 4)
    title = f'<a href="/{text(found.path)}">{text(name)}</a>' if found.sha256 else text(name)
    state = mark("good", "good") if found.sha256 else mark("calm", "empty")
    if found.held_since:
        state = f"{mark('warn', 'held')} <small>{lasting(found.held_since, frame.now)}</small>"
    published = (
        f"{relative(found.published_at, frame.now)}" if found.published_at else '<span class="quiet">never</span>'
    )
    left_out = number(len(found.left_out)) if found.left_out else Cell(html="0", is_number=True)
    return (cell(title), cell(state), number(found.items), _size(found.bytes), cell(published), left_out)


def _size(count: int) -> Cell:
    if count < 1000:
        return number(count, " B")
    return Cell(html=f"{count / 1000:,.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB", is_number=True)


def _findings(frame: Frame, one: FeedCondition, visible: frozenset[str], sees_all: bool) -> str:
    found = [(document.format, finding) for document in one.documents for finding in document.findings]
    found.sort(key=lambda pair: pair[1]["severity"] != "error")
    if not found:
        return none("Nothing was found in what is published.")
    rest = len(found) - _MOST_FINDINGS
    rows = [
        _finding_row(frame, name, finding, sees_all or finding.get("guid") in (None, *visible))
        for name, finding in found[:_MOST_FINDINGS]
    ]
    more = none(f"{many(rest, 'more finding')}; syndicate status --json has them all.") if rest > 0 else ""
    return table("Findings", ("Rule", "Severity", "Document", "What is wrong"), rows) + more


def _finding_row(frame: Frame, name: str, found: dict[str, object], is_shown: bool) -> Sequence[Cell]:
    severity = str(found["severity"])
    line = f", line {found['line']}" if found.get("line") else ""
    words = text(str(found["message"])) if is_shown else "(in an article that is not out any more)"
    if found.get("guid") and is_shown:
        words += f" <small>Left out: <code>{text(str(found['guid']))}</code></small>"
    return (
        cell(_rule_link(frame, str(found["code"]))),
        cell(mark("bad" if severity == "error" else "warn", severity)),
        cell(text(f"{name}{line}")),
        cell(words),
    )


def _newest(frame: Frame, found: Sequence[Newest]) -> str:
    """What readers should find first in it; nothing that is not out."""
    if not found:
        return none("No article is in it now.")
    rows = [
        (cell(f"{text(one.headline)} <small>{text(one.guid)}</small>"), cell(relative(one.updated, frame.now)))
        for one in found
    ]
    return table("Newest articles", ("Headline", "Changed"), rows)


def _releases_of(frame: Frame, found: InDepth, sees_all: bool) -> str:
    if not found.releases:
        return none("Nothing of what is to come soonest is in it." if found.has_later else _NONE_WAITS)
    more = "More may come later: not everything was looked at." if found.has_later else ""
    return _releases(frame, found.releases, more, sees_all)


def _slots(frame: Frame, found: InDepth) -> str:
    feed = found.found.feed
    if feed.schedule is None:
        return none("It is built on every change, and looked over every hour.")
    rows = [(cell(moment(slot)), cell(relative(slot, frame.now))) for slot in found.slots]
    return table("Next runs", ("Slot", "When"), rows) if rows else none("The calendar holds no more of its slots.")


# What both show


def _releases(frame: Frame, found: Sequence[Release], more: str, sees_all: bool) -> str:
    titles = ("When", "What", "Feeds", *(["Article"] if sees_all else []))
    rows = [_release_row(frame, one, sees_all) for one in found]
    why = "" if sees_all else '<p class="facts">Headlines are shown to those who have the password.</p>'
    return table("To come", titles, rows) + (none(more) if more else "") + why


def _release_row(frame: Frame, one: Release, sees_all: bool) -> Sequence[Cell]:
    feeds = ", ".join(feed_link(frame, feed) for feed in one.feeds) or '<span class="quiet">none</span>'
    when = f'{moment(one.at)} <small class="quiet">{relative(one.at, frame.now)}</small>'
    shown = [cell(f"{text(one.headline)} <small>{text(one.guid)}</small>")] if sees_all else []
    return (cell(when), cell(_KINDS[one.kind]), cell(feeds), *shown)


def _runs(frame: Frame, found: Sequence[RunRecord]) -> str:
    if not found:
        return none("No scheduler has run here yet: <code>syndicate schedule run</code>")
    return table("Runs", ("Run", "End", "Slot", "Took", "Outcome"), (_run_row(frame, one) for one in found))


def _run_row(frame: Frame, run: RunRecord) -> Sequence[Cell]:
    tone, word = _ended(run)
    took = span((run.done - run.started).total_seconds()) if run.done and run.started else ""
    return (cell(_job(frame, run.job)), cell(mark(tone, word)), cell(relative(run.slot, frame.now)), cell(took),
            cell(text(_words(run))))  # fmt: skip


def _job(frame: Frame, job: str) -> str:
    """A job by its feed, or by its own name where it stands for several."""
    return text(job) if job.startswith("@") else feed_link(frame, job)


def _ended(run: RunRecord) -> tuple[str, str]:
    """The tone and the word for how a run ended, or where it is."""
    if run.done is None:
        return ("calm", "running" if run.owner else "waiting")
    if run.outcome in (FAILED, SUPERSEDED, FIRST_SEEN):
        return ("bad" if run.outcome == FAILED else "calm"), run.outcome
    is_whole = run.outcome is None or not any(word in run.outcome for word in ("held", "left out"))
    return ("good" if is_whole else "warn"), "done"


def _words(run: RunRecord) -> str:
    """What came of the run, and why it was there."""
    outcome = run.outcome if _ended(run)[1] == "done" else None
    return "; ".join(one for one in (outcome, run.detail) if one) or _ended(run)[1]


def _rule_link(frame: Frame, code: str) -> str:
    return f'<a href="{ROOT}/rules/{text(code)}{frame.still}"><code>{text(code)}</code></a>'


def _more(frame: Frame, path: str, words: str) -> str:
    return f'<p><a href="{ROOT}/{path}{frame.still}">{words}</a></p>'


def _home(frame: Frame) -> str:
    return f'<a href="{ROOT}{frame.still}">Status</a> of {text(frame.publisher)}'


def _sentence(words: str) -> str:
    said = words[:1].upper() + words[1:]
    return said if said.endswith((".", "!", "?")) or not said else f"{said}."
