"""A document with so many different errors, checked and reported as text in one process; to make it is not timed."""

import argparse
import json
import time
from datetime import datetime
from pathlib import Path

from syndicate.validate.checked import Asked, check_data
from syndicate.validate.report import text
from syndicate.validate.report.hints import Hints
from tests.validate.faulty import MAKERS, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=MAKERS, required=True)
    parser.add_argument("--errors", type=int, default=5000)
    parser.add_argument("--now", required=True)
    parser.add_argument("--schemas", type=Path)
    given = parser.parse_args()
    asked = Asked(now=datetime.fromisoformat(given.now), schemas=given.schemas, with_lines=True)
    # Rules, and the schema where there is one, are made ready by another document.
    _told(made(given.kind, 1), asked)
    data = made(given.kind, given.errors)
    started = time.perf_counter()
    findings = _told(data, asked)
    took = time.perf_counter() - started
    print(json.dumps({"inside": took, "faulty": given.errors, "findings": findings, "bytes": len(data)}))


def _told(data: bytes, asked: Asked) -> int:
    checked = check_data("document", data, asked)
    for _piece in text.render([checked], Hints(are_asked=False)):
        pass
    return len(checked.report.findings)


if __name__ == "__main__":
    main()
