"""Draws the ratios of a run as bars: one SVG, readable on a light and on a dark page.

python bench/chart.py figures.json bench.svg
"""

import json
import math
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

WIDTH, LEFT, RIGHT, TOP, ROW = 900, 420, 100, 64, 24
LEAST, MOST = 0.001, 10.0
LABEL = "Measured ratios and the bars they are to meet"
NOTE = "Upright mark: the bar; dots: what is aimed at. Logarithmic scale; shorter is better, but for ingest."

STYLE = """
text{font:13px system-ui,sans-serif;fill:#1f2328}.soft{fill:#59636e}.line{stroke:#8886}
.met{fill:#1a7f5a}.missed{fill:#bc4c00}.bar,.aim{stroke:#1f2328;stroke-width:2}.aim{stroke-dasharray:2 3}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.soft{fill:#9198a1}.met{fill:#3fb68b}.missed{fill:#f0883e}
.bar,.aim{stroke:#f0f6fc}}
"""


def chart(document: dict[str, Any]) -> str:
    """The image as text. The scale is logarithmic, since the ratios span four powers of ten."""
    rows = [one for one in document["ratios"] if one["bar"] is not None]
    height = TOP + ROW * len(rows) + 36
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{LABEL}">',
            f"<style>{STYLE}</style>",
            f'<text x="12" y="24" font-weight="600">{escape(_title(document))}</text>',
            f'<text x="12" y="44" class="soft">{NOTE}</text>',
            *_grid(height),
            *(line for number, one in enumerate(rows) for line in _row(one, TOP + ROW * number)),
            "</svg>\n",
        ]
    )


def _title(document: dict[str, Any]) -> str:
    machine = document["machine"]
    return (
        f"syndicate beside its peers, {document['sizes']['articles']:,} articles, {document['date']}"
        f" ({machine['cores']} cores, {machine['system']})"
    )


def _grid(height: int) -> Iterator[str]:
    for value in (0.001, 0.01, 0.1, 1.0, 10.0):
        at = _across(value)
        yield f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{height - 30}" class="line"/>'
        yield f'<text x="{at:.1f}" y="{height - 12}" text-anchor="middle" class="soft">{value:g}</text>'


def _row(one: dict[str, Any], top: int) -> Sequence[str]:
    length = max(2.0, _across(one["ratio"]) - LEFT)
    end = max(_across(value) for value in (one["ratio"], one["bar"], one["aim"]) if value is not None)
    kind = "met" if one["met"] else "missed"
    return (
        f'<text x="{LEFT - 10}" y="{top + 16}" text-anchor="end">{escape(_label(one))}</text>',
        f'<rect x="{LEFT}" y="{top + 5}" width="{length:.1f}" height="{ROW - 10}" rx="2" class="{kind}"/>',
        _mark(one["bar"], top, "bar"),
        *([_mark(one["aim"], top, "aim")] if one["aim"] is not None else []),
        f'<text x="{end + 8:.1f}" y="{top + 16}">{one["ratio"]:.2g}<tspan class="soft"> {kind}</tspan></text>',
    )


def _label(one: dict[str, Any]) -> str:
    """What is measured, and beside what; which of several commands of ours, where its name says more."""
    ours, peer = (one["to"], one["of"]) if one["at_least"] else (one["of"], one["to"])
    more = ours.partition(", ")[2] if " - " not in ours else ""
    return f"{one['name']}{f' ({more})' if more else ''} : {peer}"


def _mark(value: float, top: int, kind: str) -> str:
    at = _across(value)
    return f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{top + 2}" y2="{top + ROW - 2}" class="{kind}"/>'


def _across(value: float) -> float:
    """Where on the page a ratio lies."""
    inside = min(max(value, LEAST), MOST)
    share = math.log(inside / LEAST) / math.log(MOST / LEAST)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def main() -> None:
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(chart(document), encoding="utf-8")


if __name__ == "__main__":
    main()
