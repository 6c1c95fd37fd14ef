"""Draws what `serve.py` measured: requests a second of each server, one SVG for light and dark pages.

python bench/serve_chart.py serve.json serve.svg
"""

import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

WIDTH, LEFT, ROW, TOP = 820, 190, 24, 60
STYLE = """
text{font:13px system-ui,sans-serif;fill:#1f2328}.soft{fill:#59636e}.ours{fill:#1a7f5a}.peer{fill:#8c959f}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.soft{fill:#9198a1}.ours{fill:#3fb68b}.peer{fill:#656c76}}
"""


def chart(document: dict[str, Any]) -> str:
    """The image as text."""
    groups = {name: found for name, found in document["workloads"].items() if len(found) > 1}
    height = TOP + sum(34 + ROW * len(found) for found in groups.values())
    title = f"Requests a second, one process each, {document['bytes'] // 1000} kB feed, {document['date']}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">',
            f"<style>{STYLE}</style>",
            f'<text x="12" y="24" font-weight="600">{title}</text>',
            f'<text x="12" y="42" class="soft">Medians of {document["rounds"]} rounds; longer is better.</text>',
            *_groups(groups),
            "</svg>\n",
        ]
    )


def _groups(groups: dict[str, dict[str, Any]]) -> Iterator[str]:
    top = TOP
    for name, found in groups.items():
        yield f'<text x="12" y="{top + 20}" font-weight="600">{escape(name)}</text>'
        top += 30
        most = max(one["rate"] for one in found.values())
        for server, one in found.items():
            length = max(2.0, one["rate"] / most * (WIDTH - LEFT - 90))
            kind = "ours" if server.startswith("syndicate") else "peer"
            yield f'<text x="{LEFT - 10}" y="{top + 14}" text-anchor="end">{escape(server)}</text>'
            yield f'<rect x="{LEFT}" y="{top + 3}" width="{length:.1f}" height="14" rx="2" class="{kind}"/>'
            yield f'<text x="{LEFT + length + 8:.1f}" y="{top + 14}" class="soft">{one["rate"]:,.0f}</text>'
            top += ROW
        top += 4


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(chart(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), encoding="utf-8")
