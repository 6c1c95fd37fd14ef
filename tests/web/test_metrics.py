"""Figures as Prometheus reads them, over HTTP: what they say is so, and what is counted is what was asked."""

import os
import re
import signal
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as plain_families

from syndicate.web.counts import Counts
from syndicate.web.metrics import FIGURES, render
from tests.conftest import ROOT
from tests.web.servers import syndicate, until
from tests.web.troubled import AT, home_of, make
from tests.web.wire import Client

OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8"
HOME = {"Host": "127.0.0.1"}
Samples = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with troubles."""
    return make(tmp_path_factory.mktemp("troubled") / "room")


def scraped(client: Client, accept: str = OPEN) -> Samples:
    """All samples of a scrape, by name and values of labels."""
    reply = client.get("/-/metrics", {**HOME, "Accept": accept})
    assert reply.status == 200
    is_open = "openmetrics" in accept
    assert (reply["content-type"] or "").startswith("application/openmetrics-text" if is_open else "text/plain")
    text = reply.body.decode()
    assert text.endswith("# EOF\n") is is_open
    families = (open_families if is_open else plain_families)(text)
    return {(one.name, tuple(one.labels.values())): one.value for family in families for one in family.samples}


def test_what_is_told_of_feeds_is_so(room: Path) -> None:
    with syndicate(room, before=("--now", AT)) as server, Client(home_of(server)) as client:
        found = scraped(client)
        plain = scraped(client, "text/plain")
    assert {name for name, _ in plain} == {name for name, _ in found}
    assert found["syndicate_store_up", ()] == 1
    assert found["syndicate_articles", ()] == 15
    assert found["syndicate_changes_not_exported", ()] == 1
    assert [found["syndicate_coming", (kind,)] for kind in ("embargo", "publication", "expiry")] == [1, 1, 0]
    assert found["syndicate_next_change_timestamp_seconds", ()] == 1772632800
    stale = {labels[0]: value for (name, labels), value in found.items() if name == "syndicate_feed_stale"}
    assert stale == {"all": 0, "town": 1, "sport": 0, "culture": 0}
    assert found["syndicate_feed_stale_seconds", ("town",)] == 1800
    assert found["syndicate_feed_held", ("culture",)] == 1
    assert found["syndicate_document_held", ("culture", "rss")] == 1
    assert found["syndicate_document_items", ("town", "atom")] == 4
    assert found["syndicate_document_bytes", ("town", "rss")] == (room / "feeds" / "town" / "rss.xml").stat().st_size
    assert found["syndicate_document_left_out", ("sport", "rss")] == 1
    assert found["syndicate_job_failing", ("town",)] == 1
    assert found["syndicate_job_last_run_duration_seconds", ("sport",)] == 1.5
    good = found["syndicate_job_last_good_run_timestamp_seconds", ("town",)]
    assert found["syndicate_job_last_run_timestamp_seconds", ("town",)] - good == 1800
    assert found["syndicate_build_info", tuple(_labels(found, "syndicate_build_info"))] == 1


def _labels(found: Samples, name: str) -> tuple[str, ...]:
    (labels,) = (labels for one, labels in found if one == name)
    return labels


def test_what_is_counted_is_what_was_asked(room: Path) -> None:
    with syndicate(room, before=("--now", AT)) as server, Client(home_of(server)) as home:
        with Client(server.port) as client:
            first = client.get("/town/rss.xml", {"Accept-Encoding": "gzip"})
            client.get("/town/rss.xml", {"Accept-Encoding": "gzip", "If-None-Match": str(first["etag"])})
            plain = client.get("/town/rss.xml")
            client.get("/town/rss.xml", method="HEAD")
            missing = client.get("/nothing")
            client.get("/town/rss.xml", method="OPTIONS")
            found = scraped(home)
            assert found["syndicate_http_connections", ()] == 2
        with Client(server.port) as client:
            client.send(b"nonsense\r\n\r\n")
            refused = client.reply()
        until(lambda: scraped(home)["syndicate_http_connections", ()] == 1)
        found = scraped(home)
    statuses = {labels[0]: value for (name, labels), value in found.items() if name == "syndicate_http_responses_total"}
    assert {status: value for status, value in statuses.items() if value} == {
        "200": 3, "304": 1, "404": 1, "204": 1, "400": 1,
    }  # fmt: skip
    assert found["syndicate_http_documents_total", ("gzip",)] == 1
    assert found["syndicate_http_documents_total", ("identity",)] == 1
    size = sum(len(one.body) for one in (first, plain, missing, refused))
    assert found["syndicate_http_body_bytes_total", ()] == size
    assert found["syndicate_http_connections_opened_total", ()] == 3


def test_two_processes_count_together_and_a_new_one_goes_on(room: Path) -> None:
    with syndicate(room, "--workers", "2", before=("--now", AT)) as server:
        home = home_of(server)

        def total() -> float:
            with Client(home) as client:
                return scraped(client)["syndicate_http_responses_total", ("200",)]

        def ask(times: int) -> None:
            for _ in range(times):
                with Client(server.port) as client:
                    assert client.get("/town/atom.xml").status == 200

        ask(40)
        assert total() == 40
        workers = _children(server.process.pid)
        assert len(workers) == 2
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        until(lambda: len(set(_children(server.process.pid)) - set(workers)) == 2)
        ask(10)
        assert total() == 50
        with Client(home) as client:
            assert scraped(client)["syndicate_http_connections", ()] == 1
        assert server.stop() == 0


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children")
    if not found.exists():
        pytest.skip("this system does not tell the children of a process")
    return [int(one) for one in found.read_text(encoding="ascii").split()]


def test_without_a_store_http_is_told_all_the_same() -> None:
    text = render(None, Counts(1).sums(), OPEN)[0].decode()
    names = {one.name for one in open_families(text)}  # type: ignore[no-untyped-call]
    assert names == {figure.name for figure in FIGURES if "http" in figure.name} | {
        "syndicate_build",
        "syndicate_store_up",
    }
    assert "syndicate_store_up 0.0\n" in text


def test_every_figure_is_documented() -> None:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(syndicate_\w+)` \| (.*?) \| (.*?) \|$", page, re.MULTILINE)
    endings = {"counter": "_total", "info": "_info", "gauge": ""}
    assert rows == [
        (figure.name + endings[figure.kind], ", ".join(f"`{label}`" for label in figure.labels), figure.says)
        for figure in FIGURES
    ]
