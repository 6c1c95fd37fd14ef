"""Same store, configuration and moment: the same bytes, whatever the zone, the locale, the hash seed, the real time."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.newsroom import Newsroom, story

ENVIRONMENTS = [
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"},
    {"TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "4242", "umask": "0077"},
]
EXPORT = "import os, sys; os.umask(int(sys.argv.pop(1), 8)); from syndicate.cli.main import main; main(sys.argv[1:])"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def export(room: Newsroom, output: Path, environment: dict[str, str], *more: str) -> None:
    umask = environment.get("umask", "0022")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            EXPORT,
            umask,
            "--config",
            str(room.folder / "config" / "syndicate.toml"),
            *more,
            "export",
        ],
        env={**os.environ, **environment, "SYNDICATE_OUTPUT__PATH": str(output)},
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()


MOMENT = "2026-03-04T12:00:00Z"


@pytest.mark.parametrize("moment", [None, "2026-03-04T12:00:00Z"], ids=["real time", "given time"])
def test_exports_in_different_environments_are_equal(newsroom: Newsroom, tmp_path: Path, moment: str | None) -> None:
    stories = [
        story("ferry", keywords=["b", "a"], updated="2026-03-01T09:00:00-05:00"),
        story("apple", headline="Æbler & “øer” 🍏", body_html="<p>Tekst</p><ul><li>a</li></ul>"),
        story("twin", published="2026-03-01T08:00:00Z"),
    ]
    assert newsroom.call("import", str(newsroom.story("a.jsonl", *stories)), now="2026-03-02T00:00:00Z")[0] == 0
    trees = []
    for number, environment in enumerate(ENVIRONMENTS):
        output = tmp_path / f"out{number}"
        export(newsroom, output, environment, *(["--now", moment] if moment else []))
        trees.append(hashes(output))
    assert len(trees[0]) > 10
    assert trees[0] == trees[1] == trees[2]


def test_dates_that_stand_in_no_document_are_those_of_a_rebuild(newsroom: Newsroom, tmp_path: Path) -> None:
    path = newsroom.folder / "config" / "feeds" / "all.toml"
    text = path.read_text(encoding="utf-8").replace('"rss", "atom", "newsml-g2"', '"jsonfeed", "preview", "atom"')
    path.write_text(text + 'archive = true\narchive_page = 10\nlimit = 2\norder = "published"\n', encoding="utf-8")
    newsroom.call("import", str(newsroom.story("x.jsonl", *(story(f"s{n}") for n in range(4)))), now=MOMENT)
    newsroom.call("export", now=MOMENT)
    for name in ("s0", "s3"):
        newsroom.call("articles", "expire", story(name)["guid"], "--at", "2026-04-04T12:00:00Z", now=MOMENT)
    states = {one["format"]: one["state"] for one in newsroom.json("export", "all", now=MOMENT)}
    assert states["jsonfeed"] == "unchanged"
    newsroom.call("export", now=MOMENT)
    export(newsroom, tmp_path / "fresh", ENVIRONMENTS[0], "--now", MOMENT)
    assert hashes(newsroom.folder / "feeds") == hashes(tmp_path / "fresh")


def test_a_rebuild_gives_what_growing_gave(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.show("town")
    now = "2026-03-04T12:00:00Z"
    for number in range(6):
        extra = {"status": "withheld", "version": 2} if number == 4 else {}
        newsroom.call(
            "import", str(newsroom.story("x.jsonl", story(f"s{number % 4}", headline=f"H{number}", **extra))), now=now
        )
        newsroom.call("export", now=now)
    export(newsroom, tmp_path / "fresh", ENVIRONMENTS[0], "--now", now)
    assert hashes(newsroom.folder / "feeds") == hashes(tmp_path / "fresh")
