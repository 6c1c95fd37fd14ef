"""XML::Feed, the library of feed readers in Perl, fetching with URI::Fetch."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.readers.entries import FIRST_AUTHOR, LINK_OR_ID, WHEN_CHANGED, YES, Entry, Reader, plain, run_program

_SCRIPT = Path(__file__).with_name("xml_feed.pl")


def _is_there() -> bool:
    command = ["perl", "-MXML::Feed", "-MURI::Fetch", "-e", "1"]
    return shutil.which("perl") is not None and not subprocess.run(command, capture_output=True, check=False).returncode


def _subscribe(folder: Path, address: str) -> Callable[[], list[Entry]]:
    kept: dict[str, Any] = {"tag": "", "date": 0, "listed": []}

    def poll() -> list[Entry]:
        asked = [kept["tag"], str(kept["date"])] if kept["tag"] else []
        said = json.loads(run_program("perl", _SCRIPT, address, *asked, folder=folder))
        if said["entries"] is not None:
            kept["listed"] = [Entry(**{**one, "text": plain(one["text"])}) for one in said["entries"]]
            kept["tag"], kept["date"] = said["tag"], said["date"]
        return list(kept["listed"])

    return poll


READER = Reader(
    name="XML::Feed",
    program="Perl library",
    is_there=_is_there,
    subscribe=_subscribe,
    shows=YES,
    in_rss={"link": LINK_OR_ID, "updated": WHEN_CHANGED},
    in_atom={"author": FIRST_AUTHOR},
)
