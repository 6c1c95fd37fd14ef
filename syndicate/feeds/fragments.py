"""Articles rendered once: from memory, from the store, or now, each with what the rules found in it."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

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

MEMORY = 64 * 1024 * 1024
_PENDING = 1000

CheckFragment = Callable[[str, bytes], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One article in one format; the lines of `findings` count from its own first line, which is 1."""

    data: bytes
    deflated: bytes
    findings: tuple[Finding, ...]
    sha256: str

    @classmethod
    def of(cls, data: bytes, findings: Iterable[Finding], deflated: bytes | None = None) -> "Rendered":
        """The fragment with the hash of its bytes, in hex; deflated now unless that was done before."""
        packed = piece(data) if deflated is None else deflated
        return cls(data, packed, tuple(findings), hashlib.sha256(data).hexdigest())

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the article from going out."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def lines(self) -> int:
        """How many lines it takes up; it ends with a line break."""
        return self.data.count(b"\n")


class Fragments:
    """The fragments of one run. `check(format, fragment)` is asked once for each fragment that is rendered anew."""

    def __init__(
        self,
        store: Store,
        publisher: Publisher,
        check: CheckFragment,
        rules: Iterable[Rule],
        *,
        salt: str = "",
        force: bool = False,
        dry_run: bool = False,
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._check = check
        self._rules = {rule.id: rule for rule in rules}
        self._salt = salt
        self._force = force
        self._dry_run = dry_run
        self._memory: OrderedDict[tuple[int, str, Content], Rendered] = OrderedDict()
        self._size = 0
        self._texts: dict[int, Article] = {}
        self._pending: list[Fragment] = []

    def of(self, chosen: Sequence[Chosen], format_name: str, content: Content) -> tuple[Rendered, ...]:
        """The fragments of these revisions, in order."""
        found = {one.revision: self._memory.get((one.revision, format_name, content)) for one in chosen}
        missing = [revision for revision, rendered in found.items() if rendered is None]
        if missing and not self._force:
            found |= self._load(missing, format_name, content)
            missing = [revision for revision, rendered in found.items() if rendered is None]
        if missing:
            found |= self._render(missing, format_name, content)
        return tuple(self._remember(one.revision, format_name, content, found[one.revision]) for one in chosen)

    def keep(self) -> None:
        """Write to the store what was rendered since the last call; in a dry run, forget it."""
        if self._pending and not self._dry_run:
            with self._store.write() as connection:
                fragments.keep(connection, self._pending)
        self._pending.clear()

    def _load(self, revisions: Sequence[int], format_name: str, content: Content) -> dict[int, Rendered | None]:
        key = self._key(format_name)
        with self._store.read() as connection:
            loaded = fragments.load(connection, revisions, format_name, content.value, key)
        return {one.revision: Rendered.of(one.data, self._read(one.findings), one.deflated) for one in loaded}

    def _render(self, revisions: Sequence[int], format_name: str, content: Content) -> dict[int, Rendered | None]:
        renderer = formats.renderer(format_name)
        made: dict[int, Rendered | None] = {}
        for revision, article in self._texts_of(revisions).items():
            data = renderer.fragment(article, self._publisher, content)
            data = data if data.endswith(b"\n") else data + b"\n"
            made[revision] = rendered = Rendered.of(data, self._check(format_name, data))
            self._pending.append(
                Fragment(
                    revision=revision,
                    format=format_name,
                    content=content.value,
                    key=self._key(format_name),
                    data=data,
                    deflated=rendered.deflated,
                    findings=_written(rendered.findings),
                )
            )
        if len(self._pending) >= _PENDING:
            self.keep()
        return made

    def _texts_of(self, revisions: Sequence[int]) -> dict[int, Article]:
        """The articles, kept until others are asked for: the formats of a feed ask for the same ones in turn."""
        if not self._texts.keys() >= set(revisions):
            with self._store.read() as connection:
                self._texts = articles.texts_of(connection, revisions)
        return {revision: self._texts[revision] for revision in revisions}

    def _remember(self, revision: int, format_name: str, content: Content, rendered: Rendered | None) -> Rendered:
        if rendered is None:
            raise KeyError(revision)
        place = (revision, format_name, content)
        if place not in self._memory:
            self._memory[place] = rendered
            self._size += _size(rendered)
        self._memory.move_to_end(place)
        while self._size > MEMORY:
            self._size -= _size(self._memory.popitem(last=False)[1])
        return rendered

    def _key(self, format_name: str) -> str:
        return _key(format_name, self._publisher, self._salt)

    def _read(self, findings: bytes) -> tuple[Finding, ...]:
        if not findings:
            return ()
        return tuple(
            Finding(rule=self._rules[one["rule"]], message=one["message"], place=Place(**one["place"]))
            for one in orjson.loads(findings)
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


def _size(rendered: Rendered) -> int:
    return len(rendered.data) + len(rendered.deflated)


def _written(findings: Sequence[Finding]) -> bytes:
    if not findings:
        return b""
    names = Place.__slots__
    return orjson.dumps(
        [
            {"rule": one.rule.id, "message": one.message, "place": {name: getattr(one.place, name) for name in names}}
            for one in findings
        ]
    )


@cache
def _key(format_name: str, publisher: Publisher, salt: str) -> str:
    """What a fragment depends on besides its article: renderer, publisher, and the code that renders and checks."""
    version = formats.renderer(format_name).RENDERER_VERSION
    return hashlib.sha256(repr((format_name, version, publisher, salt, _code())).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A mark of the code below `formats/`, `markup/` and `model/`: edited or upgraded code makes fragments anew."""
    root = Path(formats.__file__).parents[1]
    files = (path for part in ("formats", "markup", "model") for path in sorted((root / part).rglob("*.py")))
    marks = ((path.relative_to(root).as_posix(), *_mark(path)) for path in files)
    return hashlib.sha256(repr(tuple(marks)).encode()).hexdigest()


def _mark(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns
