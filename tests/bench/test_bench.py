"""The benchmark's scripts work and say what they promise to; how fast anything is, is no matter for a test."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.conftest import ROOT

BENCH = ROOT / "bench"
FIGURES = {"wall", "cpu", "peak_mb"}


def run(script: str, *arguments: str | Path) -> str:
    """What a script of the benchmark prints; a failure fails the test with what it said."""
    argv = [sys.executable, str(BENCH / script), *map(str, arguments)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The document of one round over very little."""
    sizes = ("--articles", "60", "--feeds", "4", "--rounds", "1", "--warmup", "0", "--large-items", "60")
    found: dict[str, Any] = json.loads(run("run.py", *sizes, "--tmp", tmp_path_factory.mktemp("bench")))
    return found


def test_the_same_size_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("make_store.py", "--articles", "20", "--feeds", "200", "--out", tmp_path / name)
    one, two = ((tmp_path / name) for name in ("one", "two"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file() and path.suffix != ".sqlite")
    assert len(files) == 203
    assert [(one / file).read_bytes() for file in files] == [(two / file).read_bytes() for file in files]


def test_every_workload_is_measured(document: dict[str, Any]) -> None:
    assert document["workloads"].keys() == {"w1", "w2", "w3", "w4a", "w4b", "w4c", "ingest", "startup"}
    for workload in document["workloads"].values():
        assert workload["commands"].keys() == workload["figures"].keys()
        assert all(figures.keys() >= FIGURES for figures in workload["figures"].values())


def test_the_machine_and_the_sizes_are_named(document: dict[str, Any]) -> None:
    assert document["machine"].keys() >= {"system", "cores", "cpu", "python", "sqlite", "libraries"}
    assert document["machine"]["libraries"].keys() >= {"feedgen", "lxml"}
    assert document["sizes"]["articles"] == 60
    assert document["sizes"]["documents"] == 8
    assert document["rounds"] == 1


def test_every_bar_has_its_ratio(document: dict[str, Any]) -> None:
    barred = {(one["of"], one["to"]) for one in document["ratios"] if one["bar"] is not None}
    assert barred >= {
        ("syndicate cold", "feedgen"),
        ("syndicate warm", "feedgen"),
        ("syndicate unchanged", "feedgen"),
        ("syndicate items", "E-factory"),
        ("bare insert", "syndicate import"),
        ("syndicate --help", "bare interpreter"),
    }
    assert all(one["ratio"] > 0 for one in document["ratios"])


def test_what_is_left_out_is_named_with_the_reason(document: dict[str, Any]) -> None:
    measured = document["workloads"]["w1"]["figures"].keys() | document["workloads"]["w4c"]["figures"].keys()
    for name in ("django", "hugo", "go", "xmllint"):
        assert (name in measured) != bool(document["skipped"].get(name))


def test_commands_are_told_without_places_of_this_machine(document: dict[str, Any]) -> None:
    told = [line for one in document["workloads"].values() for lines in one["commands"].values() for line in lines]
    assert not [line for line in told if str(ROOT) in line or " /" in f" {line}"]


def test_the_figures_land_in_the_page_and_the_image(document: dict[str, Any], tmp_path: Path) -> None:
    figures, project = tmp_path / "figures.json", tmp_path / "project"
    figures.write_text(json.dumps(document), encoding="utf-8")
    shutil.copytree(BENCH, project / "bench")
    shutil.copytree(ROOT / "docs", project / "docs")
    run(str(project / "bench" / "publish.py"), figures)
    page = (project / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert page.startswith((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8").partition("<!--")[0])
    assert "60 articles" in page
    assert "| W1 cold |" in page
    root = etree.parse(project / "docs" / "images" / "bench.svg").getroot()
    assert len(root.findall("{*}rect")) == sum(one["bar"] is not None for one in document["ratios"])


def test_an_unknown_workload_is_refused() -> None:
    argv = [sys.executable, str(BENCH / "run.py"), "--workloads", "w9"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "unknown: w9" in done.stderr
