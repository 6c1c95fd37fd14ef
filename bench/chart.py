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

WIDTH, LEFT, RIGHT, TOP, ROW = 820, 300, 110, 64, 26
LEAST, MOST = 0.001, 10.0
LABEL = "Measured ratios and the bars they are to meet"
NOTE = "Ratio to the peer; the upright mark is the bar. Logarithmic scale; shorter is better, but for ingest."

STYLE = """
text{font:13px system-ui,sans-serif;fill:#1f2328}.soft{fill:#59636e}.line{stroke:#8886}
.met{fill:#1a7f5a}.missed{fill:#bc4c00}.bar{stroke:#1f2328;stroke-width:2}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.soft{fill:#9198a1}.met{fill:#3fb68b}.missed{fill:#f0883e}
.bar{stroke:#f0f6fc}}
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
    ratio, bar = one["ratio"], one["bar"]
    length = max(2.0, _across(ratio) - LEFT)
    end = max(LEFT + length, _across(bar))
    kind = "met" if one["met"] else "missed"
    label = f"{one['name']} : {one['of'] if one['at_least'] else one['to']}"
    return (
        f'<text x="{LEFT - 10}" y="{top + 17}" text-anchor="end">{escape(label)}</text>',
        f'<rect x="{LEFT}" y="{top + 5}" width="{length:.1f}" height="{ROW - 10}" rx="2" class="{kind}"/>',
        f'<line x1="{_across(bar):.1f}" x2="{_across(bar):.1f}" y1="{top + 2}" y2="{top + ROW - 2}" class="bar"/>',
        f'<text x="{end + 8:.1f}" y="{top + 17}">{ratio:.2g}<tspan class="soft"> {kind}</tspan></text>',
    )


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
