"""`doctor --url` and `validate URL`: a table for people, JSON for machines, exit codes for scripts."""

import json
import socket
from pathlib import Path

import pytest

from syndicate.cli.main import run
from tests.feed_server import Reply, Request, rss, serving, set_header

NOW = "2026-03-04T12:00:00Z"
Capture = pytest.CaptureFixture[str]


def call(capture: Capture, *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error; nothing of ours is near, not even a configuration."""
    capture.readouterr()
    code = run(["--config", "nowhere.toml", "--now", NOW, *words])
    out, err = capture.readouterr()
    assert "Traceback" not in err
    assert "internal error" not in err
    return code, out, err


def doctor(capture: Capture, url: str, *words: str) -> tuple[int, str, str]:
    return call(capture, "doctor", "--url", url, "--wait", "0", "--allow-private", *words)


def test_a_good_feed(capsys: Capture) -> None:
    with serving() as server:
        code, out, err = doctor(capsys, f"{server.base}/feed")
        agent = server.requests[0].headers["user-agent"]
    rows = [line.split(maxsplit=2) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert rows[0] == ["check", "seen", "what to do"]
    assert [row[0] for row in rows[1:]] == ["ok"] * 4
    assert "3 items, the newest of 2026-03-03T12:00:00Z" in out
    assert "second poll  304" in out
    assert "rss-2.0: nothing wrong" in out
    assert agent.startswith("syndicate/")


def test_the_publisher_is_named_to_the_server(capsys: Capture, tmp_path: Path) -> None:
    config = tmp_path / "syndicate.toml"
    config.write_text('[publisher]\nurl = "https://harbour.example/"\n', encoding="utf-8")
    with serving() as server:
        words = ["doctor", "--url", f"{server.base}/feed", "--wait", "0", "--allow-private"]
        assert run(["--config", str(config), "--now", NOW, *words]) == 0
        assert server.requests[0].headers["user-agent"].endswith("(feed check; +https://harbour.example/)")
    assert "ok" in capsys.readouterr().out


def test_what_is_wrong_is_named_with_a_cure(capsys: Capture) -> None:
    with serving(None, set_header("Vary", None)) as server:
        code, out, err = doctor(capsys, f"{server.base}/feed")
    assert (code, err) == (1, "")
    (line,) = (line for line in out.splitlines() if line.startswith("NOT WELL"))
    assert "http.vary.missing  the gzip form has Vary: nothing" in line
    assert line.endswith("add Vary: Accept-Encoding to every form")


def test_a_hint_is_no_failure(capsys: Capture) -> None:
    with serving(None, set_header("Access-Control-Allow-Origin", None)) as server:
        code, out, _ = doctor(capsys, f"{server.base}/feed")
        found = json.loads(doctor(capsys, f"{server.base}/feed", "--json")[1])
    assert code == 0
    assert "hint  http.cors.missing" in out
    assert [one["check"] for one in found] == ["first poll", "second poll", "items", "http.cors.missing", "document"]
    assert found[3] == {
        "check": "http.cors.missing",
        "well": True,
        "seen": "there is no Access-Control-Allow-Origin",
        "cure": "add Access-Control-Allow-Origin: *",
    }


def test_what_validate_says_is_counted(capsys: Capture) -> None:
    with serving(lambda request: rss(request.base).replace(b"<description>News</description>", b"")) as server:
        url = f"{server.base}/feed"
        code, out, _ = doctor(capsys, url)
        counted = json.loads(doctor(capsys, url, "--json")[1])[-1]
    assert code == 1
    assert "rss-2.0: 1 error" in out
    assert (counted["check"], counted["cure"]) == ("document", f"see them: syndicate validate {url}")


def test_a_server_that_answers_wrongly(capsys: Capture) -> None:
    def tweak(request: Request, reply: Reply) -> None:
        reply.raw = iter([b"220 mail.example ESMTP\r\n"])

    with serving(None, tweak) as server:
        code, out, err = doctor(capsys, f"{server.base}/feed")
    assert (code, err) == (1, "")
    assert "http.fetch.failed" in out
    assert "does not give an answer in HTTP/1.1" in out


def test_a_server_that_breaks_off_on_the_way(capsys: Capture) -> None:
    def tweak(request: Request, reply: Reply) -> None:
        if request.turn == 0 and request.number == 2:
            reply.raw = iter([b""])

    with serving(None, tweak) as server:
        code, out, _ = doctor(capsys, f"{server.base}/feed")
    assert code == 1
    assert out.count("NOT WELL") == 1
    assert "http.fetch.failed" in out


def test_a_page_that_is_not_there(capsys: Capture) -> None:
    def tweak(request: Request, reply: Reply) -> None:
        reply.status, reply.body, reply.headers = 404, b"", {"Content-Length": "0"}

    with serving(None, tweak) as server:
        code, out, _ = doctor(capsys, f"{server.base}/feed")
        assert (code, len(server.requests)) == (1, 1)
        assert f"{server.base}/feed is answered with 404" in out
        code, out, err = call(capsys, "validate", f"{server.base}/feed", "--allow-private")
    assert (code, err) == (1, "")
    assert f"{server.base}/feed: error: {server.base}/feed is answered with 404" in out
    assert "[http.status.error]" in out


def test_nobody_there(capsys: Capture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/feed"
    for words in (["doctor", "--url", url], ["validate", url]):
        code, out, err = call(capsys, *words, "--allow-private")
        assert code == 3
        assert ("http.fetch.failed" in out) == (words[0] == "validate")
        assert "cannot be connected to (Connection refused); check the address" in err


@pytest.mark.parametrize("words", [["doctor", "--url"], ["validate"]])
def test_the_house_is_closed(capsys: Capture, words: list[str]) -> None:
    with serving() as server:
        code, out, err = call(capsys, *words, f"{server.base}/feed")
        assert server.requests == []
    assert (code, out) == (2, "")
    assert "give --allow-private if that is meant" in err


def test_validate_names_the_address_as_the_file(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "good.xml"
    path.write_bytes(rss("https://harbour.example"))
    with serving(lambda request: rss(request.base).replace(b"Tue, 03 Mar 2026", b"yesterday")) as server:
        url = f"{server.base}/feed"
        code, out, _ = call(capsys, "validate", str(path), url, "--json", "--allow-private")
        found = json.loads(out)
        text = call(capsys, "validate", url, "--allow-private")[1]
    assert code == 1
    assert [(one["file"], one["valid"]) for one in found] == [(str(path), True), (url, False)]
    assert text.startswith(f"{url}:4:27: error:")
    assert "must be a date like" in text


def test_validate_reads_what_is_packed(capsys: Capture) -> None:
    with serving() as server:
        assert call(capsys, "validate", f"{server.base}/feed", "--allow-private")[0] == 0
        assert server.requests[0].is_packed


def test_the_time_limit_can_be_set(capsys: Capture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        code, _, err = call(capsys, "validate", url, "--allow-private", "--timeout", "0.2")
    assert code == 3
    assert "gives no whole answer within 0.2 s" in err


def test_validate_looks_at_what_the_server_says(capsys: Capture) -> None:
    with serving(None, set_header("Content-Type", "text/html; charset=iso-8859-1")) as server:
        code, out, _ = call(capsys, "validate", f"{server.base}/feed", "--allow-private", "--json")
        asked = [request.headers.get("if-none-match") for request in server.requests]
    (found,) = json.loads(out)
    told = {message["code"] for message in found["messages"]}
    assert (code, found["format"]) == (0, "rss-2.0")
    assert "http.content-type.wrong" in told
    assert asked[0] is None
    assert asked[1]


def test_validate_tells_that_a_304_is_missing(capsys: Capture) -> None:
    def tweak(request: Request, reply: Reply) -> None:
        if reply.status == 304:
            reply.status, reply.body = 200, rss(request.base)

    with serving(None, tweak) as server:
        _, out, _ = call(capsys, "validate", f"{server.base}/feed", "--allow-private")
    assert "[http.conditional.ignored]" in out


def test_what_is_too_long_is_not_taken(capsys: Capture) -> None:
    with serving(lambda request: rss(request.base).replace(b"News", b"News " * 300_000)) as server:
        url = f"{server.base}/feed"
        code, out, err = call(capsys, "validate", url, "--allow-private", "--max-size", "1")
    assert code in (1, 3)
    assert "1048576" in out + err or "1 MiB" in out + err


def test_validate_believes_the_server_about_the_charset(capsys: Capture) -> None:
    with serving(None, set_header("Content-Type", "application/rss+xml; charset=iso-8859-1")) as server:
        _, out, _ = call(capsys, "validate", f"{server.base}/feed", "--allow-private", "--json")
    told = [message["code"] for message in json.loads(out)[0]["messages"]]
    assert "xml.encoding.charset" in told
    assert "http.charset.contradicts" not in told


def test_an_address_that_is_not_there_stops_no_other_document(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "good.xml"
    path.write_bytes(rss("https://harbour.example"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/feed"
    code, out, _ = call(capsys, "validate", url, str(path), "--json", "--allow-private")
    assert code == 3
    assert [(one["file"], one["valid"]) for one in json.loads(out)] == [(url, False), (str(path), True)]
