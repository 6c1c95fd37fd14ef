"""Articles rendered once: from memory, from the store, or now, each with what the rules found in it."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import orjson

from syndicate.formats import base as formats
from syndicate.markup.gzip_parts import piece
from syndicate.model.article import Article, Status
from syndicate.model.feed import Cut, Publisher
from syndicate.model.finding import Finding, Place, Rule, Severity
from syndicate.model.lifecycle import as_sent
from syndicate.model.profile import Profile
from syndicate.profiles.shape import shape
from syndicate.store import fragments, selection
from syndicate.store.engine import Store
from syndicate.store.fragments import Fragment
from syndicate.store.selection import Chosen

# What an export that ends soon keeps in memory, and what one that stays does; in bytes of rendered articles.
BRIEFLY, RESIDENT = 24 * 1024 * 1024, 64 * 1024 * 1024
# How many articles are rendered, or loaded, in one go.
_GO = 25
PENDING = 2 * 1024 * 1024
# A feed of more articles than that passes through: holding its fragments would help nobody.
_MANY = 1000
_FACTS = 20_000
_NOTHING = ("", b"")
_CODE = ("formats", "markup", "model", "profiles", "validate")

_One = TypeVar("_One")
CheckFragment = Callable[[str, bytes, Profile | None], Sequence[Finding]]
_WHOLE = Cut()


class Rendered(NamedTuple):
    """What is known of one article in one format: hash (hex) and size of its bytes, how many lines they take up.

    An article that has no place in the format has no bytes.

    The lines of `findings` count from its own first line, which is 1. The bytes themselves are asked for when needed.
    """

    revision: int
    format: str
    cut: Cut
    sha256: str
    size: int
    lines: int
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the article from going out."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What is in memory of one format and cut, by revision; bytes with the hash of the fragment."""

    facts: dict[int, Rendered] = field(default_factory=dict)
    data: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    deflated: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    pending: dict[int, Fragment] = field(default_factory=dict)


class Fragments:
    """The fragments of one run. `check(format, fragment, profile)` is asked once for each that is rendered anew.

    `deflate` says whether they are kept deflated too, `memory` how many bytes of them may be held, `most_pending` how
    many may wait to be written.
    """

    def __init__(
        self,
        store: Store,
        publisher: Publisher,
        check: CheckFragment,
        *,
        deflate: bool = False,
        salt: str = "",
        force: bool = False,
        dry_run: bool = False,
        memory: int = BRIEFLY,
        most_pending: int = PENDING,
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._check = check
        self._deflate = deflate
        self._salt = f"{salt} {deflate}"
        self._force = force
        self._dry_run = dry_run
        self._memory = memory
        self._most_pending = most_pending
        self._shelves: dict[tuple[str, str], _Shelf] = {}
        # What was put on the shelves, oldest first: the first to go when there is too much of it.
        self._facts: deque[tuple[dict[int, Rendered], int]] = deque()
        self._bodies: deque[tuple[dict[int, tuple[str, bytes]], int]] = deque()
        self._size = 0
        self._pending_size = 0

    def of(self, chosen: Sequence[Chosen], names: Sequence[str], cut: Cut) -> dict[str, tuple[Rendered, ...]]:
        """What is known of these revisions in each of these formats, in order; what nobody knows yet is rendered."""
        revisions = [one.revision for one in chosen]
        found = {name: self._known(revisions, name, cut) for name in names}
        self._render_missing(revisions, found, cut)
        return {name: tuple([known[revision] for revision in revisions]) for name, known in found.items()}

    def data_of(self, wanted: Sequence[Rendered]) -> Iterator[bytes]:
        """The bytes of these fragments, all of one format and cut, in order."""
        return self._bodies_of(wanted, deflated=False)

    def deflated_of(self, wanted: Sequence[Rendered]) -> Iterator[bytes]:
        """The deflated bytes of these fragments, all of one format and cut, in order."""
        return self._bodies_of(wanted, deflated=True)

    def warm_up(self, names: Iterable[str]) -> None:
        """Load what renders and checks these formats, if the store looks as if much of that were to be done."""
        keys = {name: self._key(name) for name in names}
        with self._store.read() as connection:
            newest = fragments.newest_key(connection)
        if self._force or newest not in keys.values():
            for name in keys:
                self._check(name, b"", None)

    def keep(self) -> None:
        """Write to the store what was rendered since the last call; in a dry run, forget it."""
        if self._pending_size and not self._dry_run:
            with self._store.write() as connection:
                fragments.keep(connection, [one for shelf in self._shelves.values() for one in shelf.pending.values()])
        for shelf in self._shelves.values():
            shelf.pending.clear()
        self._pending_size = 0

    def _shelf(self, name: str, cut: Cut) -> _Shelf:
        return self._shelves.setdefault((name, cut.label), _Shelf())

    def _known(self, revisions: Sequence[int], name: str, cut: Cut) -> dict[int, Rendered]:
        """What memory and store know."""
        facts = self._shelf(name, cut).facts
        found = {revision: facts[revision] for revision in revisions if revision in facts}
        if len(found) < len(revisions) and not self._force:
            missing = [revision for revision in revisions if revision not in found]
            with self._store.read() as connection:
                rows = fragments.find(connection, missing, name, cut.label, self._key(name, cut))
                for revision, sha256, size, lines, findings in rows:
                    rendered = Rendered(revision, name, cut, sha256, size, lines, read_findings(findings))
                    found[revision] = self._learn(rendered, facts)
        return found

    def _render_missing(self, revisions: Sequence[int], found: dict[str, dict[int, Rendered]], cut: Cut) -> None:
        """Render what is not known in all formats yet, article by article, a bounded number of them at a time."""
        missing = [one for one in revisions if any(one not in known for known in found.values())]
        for some in _in_goes(missing):
            with self._store.read() as connection:
                texts = selection.texts_of(connection, some)
            for revision, article in texts.items():
                for name, known in found.items():
                    if revision not in known:
                        known[revision] = self._render(revision, article, name, cut, hold=len(revisions) <= _MANY)
            if self._pending_size >= self._most_pending:
                self.keep()

    def _render(self, revision: int, article: Article, name: str, cut: Cut, *, hold: bool) -> Rendered:
        data, is_out = self._drawn(article, name, cut), article.status is Status.USABLE
        findings = tuple(self._check(name, data, cut.profile if is_out else None)) if data else ()
        sha256 = hashlib.sha256(data).hexdigest()
        made = Rendered(revision, name, cut, sha256, len(data), data.count(b"\n"), findings)
        shelf = self._shelf(name, cut)
        shelf.pending[revision] = Fragment(
            revision=revision,
            format=name,
            content=cut.label,
            key=self._key(name, cut),
            sha256=sha256,
            lines=made.lines,
            data=data,
            deflated=piece(data) if self._deflate else None,
            findings=written_findings(findings),
        )
        self._pending_size += len(data)
        if hold:
            self._hold(shelf.data, revision, sha256, data)
        return self._learn(made, shelf.facts)

    def _drawn(self, article: Article, name: str, cut: Cut) -> bytes:
        sent = as_sent(article)
        if cut.profile is not None and sent.status is Status.USABLE:
            sent = shape(sent, cut.profile).article
        omits = formats.omits(name)
        if omits is not None and omits(sent):
            return b""
        data = formats.renderer(name).fragment(sent, self._publisher, cut.content)
        return data if data.endswith(b"\n") or not data else data + b"\n"

    def _learn(self, rendered: Rendered, facts: dict[int, Rendered]) -> Rendered:
        facts[rendered.revision] = rendered
        self._facts.append((facts, rendered.revision))
        if len(self._facts) > _FACTS:
            old, revision = self._facts.popleft()
            old.pop(revision, None)
        return rendered

    def _bodies_of(self, wanted: Sequence[Rendered], *, deflated: bool) -> Iterator[bytes]:
        for some in _in_goes(wanted):
            shelf = self._shelf(some[0].format, some[0].cut)
            held = shelf.deflated if deflated else shelf.data
            found = {one.revision: held.get(one.revision, _NOTHING) for one in some}
            missing = [one for one in some if found[one.revision][0] != one.sha256]
            if missing:
                found |= self._loaded(missing, shelf, deflated, hold=len(wanted) <= _MANY)
            yield from [found[one.revision][1] for one in some]

    def _loaded(
        self, missing: Sequence[Rendered], shelf: _Shelf, deflated: bool, *, hold: bool
    ) -> dict[int, tuple[str, bytes]]:
        """The bytes from the store; where another process has put other ones there since, they are rendered again."""
        name, cut = missing[0].format, missing[0].cut
        ask, held = (fragments.deflated_of, shelf.deflated) if deflated else (fragments.data_of, shelf.data)
        with self._store.read() as connection:
            rows = ask(connection, [one.revision for one in missing], name, cut.label)
            loaded = {revision: (sha256, body) for revision, sha256, body in rows if body is not None}
        for one in missing:
            if loaded.get(one.revision, _NOTHING)[0] != one.sha256:
                loaded[one.revision] = (one.sha256, self._drawn_again(one, shelf, deflated))
            if hold:
                self._hold(held, one.revision, *loaded[one.revision])
        return loaded

    def _drawn_again(self, wanted: Rendered, shelf: _Shelf, deflated: bool) -> bytes:
        pending = shelf.pending.get(wanted.revision)
        if pending is not None and pending.sha256 == wanted.sha256:
            return (pending.deflated or piece(pending.data)) if deflated else pending.data
        with self._store.read() as connection:
            article = selection.texts_of(connection, [wanted.revision])[wanted.revision]
        data = self._drawn(article, wanted.format, wanted.cut)
        return piece(data) if deflated else data

    def _hold(self, held: dict[int, tuple[str, bytes]], revision: int, sha256: str, body: bytes) -> None:
        before = held.pop(revision, None)
        held[revision] = (sha256, body)
        self._bodies.append((held, revision))
        self._size += len(body) - (len(before[1]) if before else 0)
        while self._size > self._memory:
            old, gone = self._bodies.popleft()
            self._size -= len(old.pop(gone, _NOTHING)[1])

    def _key(self, format_name: str, cut: Cut = _WHOLE) -> str:
        version = formats.renderer(format_name).RENDERER_VERSION
        return key_of((format_name, version, cut.mark, self._publisher, self._salt))


def read_findings(data: bytes) -> tuple[Finding, ...]:
    """Findings as the store keeps them, empty bytes for none."""
    return tuple([_finding(**one) for one in orjson.loads(data)]) if data else ()


def written_findings(findings: Sequence[Finding]) -> bytes:
    """Findings as the store keeps them: a JSON list, each with its whole rule, so that no rules need be loaded."""
    if not findings:
        return b""
    return orjson.dumps(
        [{"rule": _values(one.rule), "message": one.message, "place": _values(one.place)} for one in findings]
    )


def _finding(rule: dict[str, Any], message: str, place: dict[str, Any]) -> Finding:
    values = rule | {"severity": Severity(rule["severity"]), "formats": tuple(rule["formats"])}
    return Finding(rule=Rule(**values), message=message, place=Place(**place))


def _values(record: Rule | Place) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def shifted(findings: Iterable[Finding], lines: int, columns: int = 0) -> tuple[Finding, ...]:
    """The findings as they lie in a document where so many lines come before, and so many columns on the first one."""
    return tuple(replace(one, place=_moved(one.place, lines, columns)) for one in findings)


def _moved(place: Place, lines: int, columns: int) -> Place:
    if place.line is None:
        return place
    column = place.column if place.column is None or place.line > 1 else place.column + columns
    return replace(place, line=place.line + lines, column=column)


def shifted_behind(findings: Iterable[Finding], line: int, lines: int) -> Iterator[Finding]:
    """The findings when so many lines are put in (or, negative, taken out) after that line."""
    for one in findings:
        yield from shifted([one], lines) if (one.place.line or 0) > line else [one]


@cache
def key_of(basis: tuple[object, ...]) -> str:
    """The key under which something is kept that was made from `basis` by the present code, in hex."""
    return hashlib.sha256(repr((basis, _code())).encode()).hexdigest()[:32]


def _in_goes(found: Iterable[_One]) -> Iterator[list[_One]]:
    left = iter(found)
    while some := list(islice(left, _GO)):
        yield some


@cache
def _code() -> str:
    """A mark of the code that renders and checks: edited or upgraded, it makes everything anew."""
    root = Path(formats.__file__).parents[1]
    files = (path for part in _CODE for path in sorted((root / part).rglob("*.py")))
    marks = [(path.relative_to(root).as_posix(), *_mark(path)) for path in files]
    generator = find_spec("feedgen")
    marks += [("feedgen", *_mark(Path(generator.origin)))] if generator and generator.origin else []
    return hashlib.sha256(repr(marks).encode()).hexdigest()


def _mark(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns
