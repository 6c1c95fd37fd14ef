"""What WebSub costs those who do not use it: nothing is loaded for it."""

import os
import subprocess
import sys

import pytest

from tests.cli.process import ROOT
from tests.newsroom import Newsroom, story

LOADED = """
import sys
from syndicate.cli.main import run
code = run(sys.argv[1:])
wanted = ("httpcore2", "syndicate.fetch", "syndicate.deliver", "syndicate.store.pings", "syndicate.store.subscriptions")
print(code, *(name for name in wanted if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words", [["export"], ["export", "--force"], ["diff", "town"], ["schedule", "list"]], ids=" ".join
)
def test_without_hubs_nothing_is_loaded_for_them(newsroom: Newsroom, words: list[str]) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=newsroom.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True, timeout=60,
        text=True,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1].split() == ["0"]


def test_with_a_hub_but_nothing_to_tell_no_client_is_loaded(newsroom: Newsroom) -> None:
    text = newsroom.config.read_text(encoding="utf-8")
    newsroom.config.write_text(f'{text}[websub]\nown = "https://harbour.example/hub"\n', encoding="utf-8")
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "export"],
        cwd=newsroom.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True, timeout=60,
        text=True,
    )  # fmt: skip
    assert "httpcore2" not in done.stderr
