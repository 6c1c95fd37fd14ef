"""Articles rendered once: from memory, from the store, or now, each with what the rules found in it."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TypeVar

import orjson

from syndicate.formats import base as formats
from syndicate.markup.gzip_parts import piece
from syndicate.model.article import Article
from syndicate.model.feed import Content, Publisher
from syndicate.model.finding import Finding, Place, Rule, Severity
from syndicate.store import articles, fragments
from syndicate.store.articles import Chosen
from syndicate.store.engine import Store
from syndicate.store.fragments import Fragment

# What an export that ends soon keeps in memory, and what one that stays does; in bytes of rendered articles.
BRIEFLY, RESIDENT = 24 * 1024 * 1024, 64 * 1024 * 1024
# How many articles are rendered, or loaded, in one go.
_GO = 100
_PENDING = 8 * 1024 * 1024
_FACTS = 20_000
_CODE = ("formats", "markup", "model", "validate")

_Any = TypeVar("_Any")
CheckFragment = Callable[[str, bytes], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is known of one article in one format: hash (hex) and size of its bytes, how many lines they take up.

    The lines of `findings` count from its own first line, which is 1. The bytes themselves are asked for when needed.
    """

    revision: int
    format: str
    content: Content
    sha256: str
    size: int
    lines: int
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the article from going out."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


_Place = tuple[int, str, Content]


class Fragments:
    """The fragments of one run. `check(format, fragment)` is asked once for each fragment that is rendered anew.

    `rules` gives all rules by id; it is asked when a finding that was kept is read. `deflate` says whether fragments
    are kept deflated too, `memory` how many bytes of them may be held.
    """

    def __init__(
        self,
        store: Store,
        publisher: Publisher,
        check: CheckFragment,
        rules: Callable[[], Mapping[str, Rule]],
        *,
        deflate: bool = False,
        salt: str = "",
        force: bool = False,
        dry_run: bool = False,
        memory: int = BRIEFLY,
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._check = check
        self._rules = rules
        self._deflate = deflate
        self._salt = f"{salt} {deflate}"
        self._force = force
        self._dry_run = dry_run
        self._memory = memory
        self._facts: OrderedDict[_Place, Rendered] = OrderedDict()
        self._bodies: OrderedDict[tuple[_Place, bool], tuple[str, bytes]] = OrderedDict()
        self._size = 0
        self._pending: dict[_Place, Fragment] = {}
        self._pending_size = 0

    def of(self, chosen: Sequence[Chosen], names: Sequence[str], content: Content) -> dict[str, tuple[Rendered, ...]]:
        """What is known of these revisions in each of these formats, in order; what nobody knows yet is rendered."""
        found = {name: self._known(chosen, name, content) for name in names}
        self._render_missing(chosen, found, content)
        for name, known in found.items():
            for revision, rendered in known.items():
                self._learn(revision, name, content, rendered)
        return {name: tuple(known[one.revision] for one in chosen) for name, known in found.items()}

    def data_of(self, wanted: Iterable[Rendered]) -> Iterator[bytes]:
        """The bytes of these fragments, in order."""
        return self._bodies_of(wanted, deflated=False)

    def deflated_of(self, wanted: Iterable[Rendered]) -> Iterator[bytes]:
        """The deflated bytes of these fragments, in order."""
        return self._bodies_of(wanted, deflated=True)

    def keep(self) -> None:
        """Write to the store what was rendered since the last call; in a dry run, forget it."""
        if self._pending and not self._dry_run:
            with self._store.write() as connection:
                fragments.keep(connection, self._pending.values())
        self._pending.clear()
        self._pending_size = 0

    def _known(self, chosen: Sequence[Chosen], name: str, content: Content) -> dict[int, Rendered]:
        """What memory and store know."""
        found = {one.revision: known for one in chosen if (known := self._facts.get((one.revision, name, content)))}
        missing = [one.revision for one in chosen if one.revision not in found]
        if missing and not self._force:
            with self._store.read() as connection:
                rows = fragments.find(connection, missing, name, content.value, self._key(name))
                for revision, sha256, size, lines, findings in rows:
                    read = read_findings(findings, self._rules()) if findings else ()
                    found[revision] = Rendered(revision, name, content, sha256, size, lines, read)
        return found

    def _render_missing(
        self, chosen: Sequence[Chosen], found: dict[str, dict[int, Rendered]], content: Content
    ) -> None:
        """Render what is in `found` of no format yet, article by article in all formats, a bounded number at a time."""
        missing = [one.revision for one in chosen if any(one.revision not in known for known in found.values())]
        for some in _in_goes(missing):
            with self._store.read() as connection:
                texts = articles.texts_of(connection, some)
            for revision, article in texts.items():
                for name, known in found.items():
                    if revision not in known:
                        known[revision] = self._render(revision, article, name, content)
            if self._pending_size >= _PENDING:
                self.keep()

    def _render(self, revision: int, article: Article, name: str, content: Content) -> Rendered:
        data = self._drawn(article, name, content)
        findings = tuple(self._check(name, data))
        made = Rendered(
            revision, name, content, hashlib.sha256(data).hexdigest(), len(data), data.count(b"\n"), findings
        )
        fragment = Fragment(
            revision=revision,
            format=name,
            content=content.value,
            key=self._key(name),
            sha256=made.sha256,
            lines=made.lines,
            data=data,
            deflated=piece(data) if self._deflate else None,
            findings=written_findings(findings) if findings else b"",
        )
        self._pending[revision, name, content] = fragment
        self._pending_size += _size(fragment)
        self._hold((revision, name, content), False, made.sha256, data)
        return made

    def _drawn(self, article: Article, name: str, content: Content) -> bytes:
        data = formats.renderer(name).fragment(article, self._publisher, content)
        return data if data.endswith(b"\n") else data + b"\n"

    def _learn(self, revision: int, name: str, content: Content, rendered: Rendered) -> None:
        place = (revision, name, content)
        self._facts[place] = rendered
        self._facts.move_to_end(place)
        if len(self._facts) > _FACTS:
            self._facts.popitem(last=False)

    def _bodies_of(self, wanted: Iterable[Rendered], *, deflated: bool) -> Iterator[bytes]:
        for some in _in_goes(wanted):
            found = {one.revision: body for one in some if (body := self._held(one, deflated)) is not None}
            if missing := [one for one in some if one.revision not in found]:
                found |= self._loaded(missing, deflated)
            yield from (found[one.revision] for one in some)

    def _held(self, wanted: Rendered, deflated: bool) -> bytes | None:
        """The bytes from memory."""
        place = (wanted.revision, wanted.format, wanted.content)
        held = self._bodies.get((place, deflated))
        if held is not None and held[0] == wanted.sha256:
            self._bodies.move_to_end((place, deflated))
            return held[1]
        pending = self._pending.get(place)
        if pending is None or pending.sha256 != wanted.sha256:
            return None
        return pending.deflated if deflated else pending.data

    def _loaded(self, missing: Sequence[Rendered], deflated: bool) -> dict[int, bytes]:
        """The bytes from the store; where another process has put other ones there since, they are rendered again."""
        name, content = missing[0].format, missing[0].content
        ask = fragments.deflated_of if deflated else fragments.data_of
        with self._store.read() as connection:
            rows = ask(connection, [one.revision for one in missing], name, content.value)
            loaded = {(revision, sha256): body for revision, sha256, body in rows if body is not None}
        found = {}
        for one in missing:
            body = loaded.get((one.revision, one.sha256))
            body = self._drawn_again(one, deflated) if body is None else body
            self._hold((one.revision, name, content), deflated, one.sha256, body)
            found[one.revision] = body
        return found

    def _drawn_again(self, wanted: Rendered, deflated: bool) -> bytes:
        with self._store.read() as connection:
            article = articles.texts_of(connection, [wanted.revision])[wanted.revision]
        data = self._drawn(article, wanted.format, wanted.content)
        return piece(data) if deflated else data

    def _hold(self, place: _Place, deflated: bool, sha256: str, body: bytes) -> None:
        before = self._bodies.pop((place, deflated), None)
        self._bodies[place, deflated] = (sha256, body)
        self._size += len(body) - (len(before[1]) if before else 0)
        while self._size > self._memory:
            self._size -= len(self._bodies.popitem(last=False)[1][1])

    def _key(self, format_name: str) -> str:
        return key_of((format_name, formats.renderer(format_name).RENDERER_VERSION, self._publisher, self._salt))


def read_findings(data: bytes, rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """Findings as the store keeps them; KeyError for a rule that is not among these."""
    return tuple(
        Finding(rule=rules[one["rule"]], message=one["message"], place=Place(**one["place"]))
        for one in orjson.loads(data)
    )


def written_findings(findings: Sequence[Finding]) -> bytes:
    """Findings as the store keeps them, a JSON list."""
    names = Place.__slots__
    return orjson.dumps(
        [
            {"rule": one.rule.id, "message": one.message, "place": {name: getattr(one.place, name) for name in names}}
            for one in findings
        ]
    )


def shifted(findings: Iterable[Finding], lines: int) -> tuple[Finding, ...]:
    """The findings as they lie in a document where so many lines come before."""
    return tuple(
        replace(one, place=replace(one.place, line=None if one.place.line is None else one.place.line + lines))
        for one in findings
    )


def shifted_behind(findings: Iterable[Finding], line: int, lines: int) -> Iterator[Finding]:
    """The findings when so many lines are put in (or, negative, taken out) after that line."""
    for one in findings:
        yield from shifted([one], lines) if (one.place.line or 0) > line else [one]


@cache
def key_of(basis: tuple[object, ...]) -> str:
    """The key under which something is kept that was made from `basis` by the present code, in hex."""
    return hashlib.sha256(repr((basis, _code())).encode()).hexdigest()[:32]


def _size(fragment: Fragment) -> int:
    return len(fragment.data) + len(fragment.deflated or b"")


def _in_goes(found: Iterable[_Any]) -> Iterator[list[_Any]]:
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
