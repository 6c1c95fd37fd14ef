"""The hub behind the example configurations of nginx: the header that files are sent with, and requests to the hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.deliver.server import elsewhere
from tests.web.hub_house import House, house, links
from tests.web.servers import Server, nginx
from tests.web.wire import Client, Reply

EXAMPLE = "https://feeds.example.com"


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A newsroom with a hub."""
    return house(tmp_path)


@pytest.fixture
def server(home: House) -> Iterator[Server]:
    """Its server."""
    with home.serving() as running:
        yield running


def changes(home: House) -> dict[str, str]:
    """The lines to change in the example: where the files are, and what is commented out for who has no hub."""
    text = (ROOT / "docs" / "examples" / "nginx.conf").read_text(encoding="utf-8")
    (mapped,) = (line for line in text.splitlines() if line.strip().startswith("# ~^/[^/]+/(rss"))
    place = text[text.index("        # location = /hub {") : text.index("        # }") + len("        # }")]
    return {
        "/srv/news/feeds": str(home.folder / "feeds"),
        mapped: mapped.replace("# ", "", 1).replace(EXAMPLE, f"http://127.0.0.1:{home.port}"),
        place: place.replace("# ", "").replace("127.0.0.1:8080", f"127.0.0.1:{home.port}"),
    }


def form(port: int, body: bytes) -> Reply:
    with Client(port) as client:
        client.send(
            b"POST /hub HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        return client.reply()


def test_files_served_by_nginx_name_the_same_hub(
    home: House, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with nginx(tmp_path_factory.mktemp("nginx"), "nginx.conf", changes(home)) as port, Client(port) as theirs:
        with Client(home.port) as ours:
            for name in ("rss.xml", "atom.xml", "newsml-g2.xml"):
                wanted = links(ours.get(f"/town/{name}")["link"])
                whole = theirs.get(f"/town/{name}")
                unchanged = theirs.get(f"/town/{name}", {"If-None-Match": whole["etag"] or ""})
                head = theirs.get(f"/town/{name}", method="HEAD")
                assert unchanged.status == 304
                assert links(whole["link"]) == links(unchanged["link"]) == links(head["link"]) == wanted != set()
        assert theirs.get("/")["link"] is None
        assert theirs.get("/nothing.xml")["link"] is None


def test_requests_to_the_hub_go_through_nginx(
    home: House, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with nginx(tmp_path_factory.mktemp("nginx"), "nginx.conf", changes(home)) as port, elsewhere() as subscriber:
        body = f"hub.mode=subscribe&hub.topic={home.topic()}&hub.callback={subscriber.base}/here".encode()
        assert form(port, body).status == 202
        subscriber.until(home.subscriptions)
        assert form(port, b"hub.mode=subscribe").status == 400
        assert form(port, b"a" * 9000).status == 413


def test_the_proxy_passes_the_hub_on(home: House, server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    where = {"server 127.0.0.1:8080": f"server 127.0.0.1:{home.port}"}
    with nginx(tmp_path_factory.mktemp("nginx"), "nginx-proxy.conf", where) as port:
        assert b"hub.callback is missing" in form(port, b"hub.mode=subscribe").body
        with Client(port) as client:
            assert links(client.get("/town/rss.xml")["link"]) != set()
