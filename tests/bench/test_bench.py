"""The benchmark's scripts work and say what they promise to; how fast anything is, is no matter for a test."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lxml import etree

from tests.conftest import ROOT

BENCH = ROOT / "bench"
FIGURES = {"wall", "cpu", "peak_mb"}


def _loaded(name: str) -> ModuleType:
    """A module of the benchmark, which is no package."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


measuring = _loaded("measure")


def run(script: str, *arguments: str | Path) -> str:
    """What a script of the benchmark prints; a failure fails the test with what it said."""
    argv = [sys.executable, str(BENCH / script), *map(str, arguments)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The document of one round over very little; every check of what was measured has held."""
    sizes = ("--quick", "--articles", "60", "--feeds", "16", "--large-items", "60")
    found: dict[str, Any] = json.loads(run("run.py", *sizes, "--tmp", tmp_path_factory.mktemp("bench")))
    return found


def test_the_same_size_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("make_store.py", "--articles", "20", "--feeds", "200", "--out", tmp_path / name)
    one, two = ((tmp_path / name) for name in ("one", "two"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file() and path.suffix != ".sqlite")
    assert len(files) == 203
    assert [(one / file).read_bytes() for file in files] == [(two / file).read_bytes() for file in files]


@pytest.mark.nightly
def test_every_workload_is_measured(document: dict[str, Any]) -> None:
    checks = {"w4a", "w4b", "w4c", "w4d"}
    assert document["workloads"].keys() == {"w1", "w2", "w3", "growth", "memory", "ingest", "startup"} | checks
    for workload in document["workloads"].values():
        assert workload["commands"].keys() == workload["figures"].keys() == workload["processes"].keys()
        assert set(workload["rounds"].values()) == {1}
        assert all(figures.keys() >= FIGURES for figures in workload["figures"].values())


@pytest.mark.nightly
def test_the_machine_and_the_sizes_are_named(document: dict[str, Any]) -> None:
    assert document["machine"].keys() >= {"system", "cores", "cpu", "python", "sqlite", "libraries"}
    assert document["machine"]["libraries"].keys() >= {"feedgen", "lxml"}
    assert document["sizes"]["articles"] == 60
    assert document["sizes"]["documents"] == 32
    assert document["sizes"]["affected_documents"] > 0
    assert document["rounds"] == 1


@pytest.mark.nightly
def test_every_bar_has_its_ratio(document: dict[str, Any]) -> None:
    barred = {(one["of"], one["to"]) for one in document["ratios"] if one["bar"] is not None}
    assert barred >= {
        ("syndicate cold", "feedgen"),
        ("syndicate warm", "feedgen"),
        ("syndicate unchanged", "feedgen"),
        ("syndicate cold, copies - syndicate cold", "rewrite, gzip - rewrite"),
        ("syndicate resident", "feedgen"),
        ("60 articles", "6 articles"),
        ("160 feeds", "60 articles"),
        ("syndicate warm", "40 MB"),
        ("syndicate validate", "64 MB"),
        ("syndicate items", "E-factory"),
        ("bare insert", "syndicate import"),
        ("bare insert", "syndicate import, 1 process"),
        ("syndicate --help", "bare interpreter"),
        ("syndicate validate", "iterparse"),
        ("html, 5,000 errors", "html, 1,250 errors"),
    }
    assert all(one["ratio"] > 0 for one in document["ratios"] if " - " not in one["of"])
    assert all((one["met"] is None) == (one["bar"] is None) for one in document["ratios"])
    assert all((one["aim_met"] is None) == (one["aim"] is None) for one in document["ratios"])


@pytest.mark.nightly
def test_how_many_processes_share_the_work_is_told(document: dict[str, Any]) -> None:
    full = document["workloads"]["w1"]["processes"]
    assert full["syndicate cold"] >= full["syndicate cold, 1 process"] == full["feedgen"] == 1
    assert full["syndicate cold"] > 1 or (os.cpu_count() or 1) == 1


def test_a_ratio_is_of_differences_or_to_a_number() -> None:
    found = {
        "ours": [{"wall": 5.0}, {"wall": 7.0}, {"wall": 9.0}],
        "plain": [{"wall": 4.0}, {"wall": 4.0}, {"wall": 4.0}],
        "peer": [{"wall": 10.0}, {"wall": 8.0}],
    }
    ratio, comparison = measuring.ratio, measuring.Comparison
    assert ratio(found, comparison(name="a", of="ours", to="plain")) == 1.75
    assert ratio(found, comparison(name="b", of="ours", of_less="plain", to="peer", to_less="plain")) == 11 / 24
    assert ratio(found, comparison(name="c", of="ours", to="2 s", fixed=2.0)) == 3.5
    assert ratio(found, comparison(name="d", of="ours", to="nobody")) is None


def test_a_process_is_measured_apart_from_whoever_measures_it(tmp_path: Path) -> None:
    def figures(code: str, **more: Any) -> dict[str, float]:
        command = measuring.Command(label="one", argv=[(sys.executable, "-c", code)], folder=tmp_path, **more)
        group = measuring.Group(name="g", title="G", commands=[command], comparisons=[])
        found: dict[str, float] = measuring.measure(group, 1, 0, lambda _text: None)["one"][0]
        return found

    held = bytes(200 * 2**20)
    assert figures("pass")["peak_mb"] < 100 < len(held)
    assert figures("held = b'x' * (150 * 2**20)")["peak_mb"] > 150
    assert figures('print(\'{"inside": 0.5, "documents": 3}\')', expect={"documents": 3})["inside"] == 0.5
    with pytest.raises(measuring.Wrong, match="expected"):
        figures("print('{\"documents\": 2}')", expect={"documents": 3})
    with pytest.raises(measuring.Wrong, match="exit 3"):
        figures("raise SystemExit(3)")


@pytest.mark.nightly
def test_what_is_left_out_is_named_with_the_reason(document: dict[str, Any]) -> None:
    measured = document["workloads"]["w1"]["figures"].keys() | document["workloads"]["w4c"]["figures"].keys()
    for name in ("django", "hugo", "go", "xmllint"):
        assert (name in measured) != bool(document["skipped"].get(name))


@pytest.mark.nightly
def test_commands_are_told_without_places_of_this_machine(document: dict[str, Any]) -> None:
    told = [line for one in document["workloads"].values() for lines in one["commands"].values() for line in lines]
    assert not [line for line in told if str(ROOT) in line or " /" in f" {line}"]


@pytest.mark.nightly
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


def test_figures_of_very_little_are_not_published() -> None:
    argv = [sys.executable, str(BENCH / "run.py"), "--quick", "--publish"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "too small" in done.stderr
