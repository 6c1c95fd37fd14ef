"""`schedule run` as an operator sees it: it publishes on its own, and ends well when told to."""

import os
import signal
import subprocess

import pytest

from tests.cli.process import COMMAND, ROOT
from tests.newsroom import Newsroom, story


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_publishes_what_is_there_and_ends_when_told(newsroom: Newsroom, told: signal.Signals) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    running = subprocess.Popen(
        [*COMMAND, "schedule", "run"],
        cwd=newsroom.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    try:
        seen = ""
        while '"run.done"' not in seen:
            line = running.stderr.readline()
            assert line, seen
            seen += line
        assert seen.startswith("2 feeds; stop with Ctrl-C or SIGTERM\n")
        assert b"What happened about ferry" in newsroom.tree()["town/rss.xml"]
        running.send_signal(told)
        out, rest = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, out) == (0, "")
    assert "Traceback" not in rest
    (run,) = [one for one in newsroom.json("schedule", "history") if one["job"] == "@on-change" and one["done"]][:1]
    assert "written" in run["outcome"]
    assert newsroom.call("doctor")[0] == 0
