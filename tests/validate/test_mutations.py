"""Documents made worse at random are answered soon and in bounded memory, whatever became of them."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.validate.run import check
from tests.conftest import NOW, ROOT
from tests.validate.mutations import mutated, own
from tests.validate.test_run import RSS

_TIMES = 10_000
_PART = 2_500


def run(first: int, count: int, *folders: Path) -> tuple[int, str]:
    """What a process of its own says of the documents of these seeds, so that its memory is theirs alone."""
    command = [sys.executable, "-m", "tests.validate.mutations", str(first), str(count), *map(str, folders)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


@pytest.mark.timeout(120)
def test_our_own_documents_made_worse() -> None:
    code, told = run(0, 100)
    assert code == 0, told


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(0, _TIMES, _PART))
def test_ten_thousand_documents_made_worse(shared: Path, first: int) -> None:
    code, told = run(first, _PART, shared / "validation" / "cases")
    assert code == 0, told


def test_a_seed_makes_the_same_document_again() -> None:
    documents = own()
    assert [mutated(seed, documents) for seed in range(5)] == [mutated(seed, documents) for seed in range(5)]


_names = st.sampled_from(
    ["item", "title", "rss", "a:b", "x:y:z", "xml:lang", "link", "guid", "", "1", "é", "content:encoded"]
)
_texts = st.text(alphabet="ab <>&;#x'\"\0\x0b\ufffe]\n-é", max_size=20)
_quotes = st.sampled_from(['"', "'", "", "”"])


@st.composite
def _tags(draw: st.DrawFn) -> str:
    """A piece of markup that is well-formed now and then."""
    name, inside = draw(_names), draw(_texts)
    quote, other = draw(_quotes), draw(_names)
    return draw(
        st.sampled_from(
            [f"<{name}>", f"</{name}>", f"<{name}/>", f"<{name} {other}={quote}{inside}{quote}>", f"<!--{inside}-->",
             f"<![CDATA[{inside}]]>", f"<?{name} {inside}?>", f"&{name};", f"&#{inside};", inside, f"<!{inside}>",
             f"<!DOCTYPE {name} [<!ENTITY {other} {quote}{inside}{quote}>]>", f"<{name} {other}", f"</{name}"]
        )
    )  # fmt: skip


@given(st.lists(_tags(), max_size=30), st.sampled_from(["utf-8", "utf-16", "latin-1"]), st.booleans())
def test_grown_markup(pieces: list[str], encoding: str, inside: bool) -> None:
    grown = "".join(pieces)
    text = RSS.decode().replace("</channel>", f"<item>{grown}</item></channel>") if inside else grown
    report = check(text.encode(encoding, "replace"), now=NOW)
    assert report.format is not None or not report.valid


@pytest.mark.parametrize(
    "piece",
    [b"&", b"<", b"\0", b"</x>", b"<x>", b"<a b=c/>", b"<a b='1' b='2'/>", b"<!-- -- -->", b"]]>", b"&nbsp;", b"<x:y/>",
     b"<i><b></i>", b"&#0;", b"<a b='&x'/>"],
)  # fmt: skip
@pytest.mark.timeout(60)
@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=pytest.mark.nightly)])
def test_very_many_faults(piece: bytes, count: int) -> None:
    data = RSS.replace(b"</channel>", b"<item><description>" + piece * count + b"</description></item></channel>")
    assert not check(data, now=NOW).valid


def test_random_bytes_behind_a_good_beginning() -> None:
    chance = random.Random(7)
    for _ in range(50):
        assert not check(RSS[: chance.randint(60, 300)] + chance.randbytes(3000), now=NOW).valid
