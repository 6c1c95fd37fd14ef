"""The benchmark of the server works and says what it promises to; how fast anything is, is no matter for a test."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import ROOT


@pytest.mark.nightly
def test_every_server_is_measured_or_left_out_with_the_reason(tmp_path: Path) -> None:
    image = tmp_path / "serve.svg"
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "serve.py"), "--rounds", "1", "--seconds", "1", "--tmp", str(tmp_path),
         "--chart", str(image)],
        capture_output=True, check=False, text=True, env={**os.environ, "PYTHONWARNINGS": ""}, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for name in ("unchanged (304)", "whole feed"):
        measured = found["workloads"][name]
        assert measured.keys() | found["skipped"].keys() == {"syndicate serve", "nginx", "StaticFiles"}
        assert all(one["rate"] > 0 for one in measured.values())
    assert any(one["name"].startswith("p99") for one in found["ratios"])
    assert str(tmp_path) not in done.stdout
    # Its bars are ratios to nginx.
    assert bool(etree.parse(image).getroot().findall("{*}rect")) == ("nginx" not in found["skipped"])
