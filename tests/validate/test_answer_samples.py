"""The samples of rules about servers, taken at their word: what their answers say breaks the rule, or does not."""

import re
from dataclasses import dataclass, replace

import pytest

from syndicate.fetch import Answer, Hop
from syndicate.model.finding import Finding
from syndicate.validate.poll_rules import rules
from syndicate.validate.samples import Sample, sample
from syndicate.validate.subscription import Visit, look
from tests.conftest import NOW

ADDRESS = "https://harbour.example/rss.xml"
# No answer at all can be told from an answer only by asking; tests/cli/test_url.py does.
UNTOLD = {"http.fetch.failed"}
TOLD = sorted(rule.id for rule in rules.rules if rule.id not in UNTOLD)

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Post</title>
<link>https://harbour.example/</link><description>News</description><language>en-GB</language>
"""
_ITEM = """<item><title>Ferry</title><guid isPermaLink="false">tag:harbour.example,2019:story:17</guid>
<pubDate>Tue, 03 Mar 2026 11:00:00 GMT</pubDate><link>https://harbour.example/ferry</link></item>"""
_SIZES = {"KiB": 1024, "MiB": 1024 * 1024}


@dataclass
class Told:
    """One answer of a sample: the line above it, and the answer."""

    label: str
    answer: Answer


def body(told: str, label: str) -> bytes:
    """The feed of which the sample shows a piece."""
    self_link = "" if 'rel="self"' in told else f'<atom:link rel="self" href="{ADDRESS}"/>\n'
    items = told if "<item>" in told else told + _ITEM
    size = re.match(r"(\d+) (KiB|MiB)", label)
    filling = "" if size is None else f"<!--{'x' * (int(size[1]) * _SIZES[size[2]])}-->"
    return f"{_HEAD}{self_link}{items}{filling}</channel></rss>".encode()


def answers(text: str) -> list[Told]:
    """The answers that stand in the sample."""
    return [_told(block) for block in re.split(r"\n(?=# )", text.strip("\n"))]


def _told(block: str) -> Told:
    lines = block.split("\n")
    label = lines.pop(0).removeprefix("# ") if lines[0].startswith("# ") else ""
    status, _, reason = lines.pop(0).removeprefix("HTTP/1.1 ").partition(" ")
    end = lines.index("") if "" in lines else len(lines)
    pairs = [line.split(": ", 1) for line in lines[:end]]
    rest = "\n".join(lines[end + 1 :])
    asked = re.search(r"asked: (\S+)", label)
    answer = Answer(
        address=asked[1] if asked else ADDRESS,
        status=int(status),
        reason=reason,
        headers=tuple((name.lower(), value) for name, value in pairs),
        body=body(rest, label) if status == "200" else b"",
        has_stray_body=status != "200" and bool(rest),
    )
    return Told(label, answer)


def visit(text: str) -> Visit:
    """The visit at which the server gives these answers."""
    told = answers(text)
    first = _arrived(told[0].answer)
    by_label = {one.label.partition(",")[0]: one.answer for one in told[1:]}
    second = by_label.get("the second poll")
    conditions = [one.answer for one in told[1:] if "without a condition" in one.label]
    second = next((one.answer for one in told[1:] if "with If-None-Match" in one.label), second)
    again = conditions[0] if conditions else second if second is not None and second.status != 304 else None
    if second is not None and again is None:
        again = first
    return Visit(
        asked=told[0].answer.address,
        first=first,
        first_at=NOW,
        second_at=NOW,
        plain=by_label.get("asked without Accept-Encoding"),
        head=by_label.get("asked with HEAD"),
        second=second,
        again=again,
        confirmed=second if conditions else None,
    )


def _arrived(answer: Answer) -> Answer:
    """Where a redirect leads to, the feed is."""
    target = answer.header("location")
    if target is None:
        return answer
    hop = Hop(status=answer.status, address=answer.address, target=target)
    (good,) = answers("HTTP/1.1 200 OK\nContent-Type: application/rss+xml; charset=utf-8")
    return replace(good.answer, address=target, hops=(hop,))


def found(text: str) -> dict[str, Finding]:
    return {finding.rule.id: finding for finding in look(visit(text))}


def shown(rule: str) -> Sample:
    one = sample(rule)
    assert one is not None, f"{rule} has no sample"
    return one


@pytest.mark.parametrize("rule", TOLD)
def test_what_the_sample_shows_is_found(rule: str) -> None:
    one = shown(rule)
    assert rule in found(one.bad)
    assert rule not in found(one.good)


def test_every_rule_about_servers_has_a_sample_of_its_kind() -> None:
    assert {shown(rule.id).kind for rule in rules.rules} == {"answer"}
