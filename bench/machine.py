"""What the figures were measured on and with."""

import os
import platform
import sqlite3
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    "feedgen", "lxml", "orjson", "sqlalchemy", "pydantic", "click", "nh3", "brotli", "feedparser", "django", "hugo",
)  # fmt: skip


def describe(folder: Path) -> dict[str, object]:
    """System, processor, versions, load, and the file system that `folder` is on."""
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "cpu": _cpu(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "file_system": _file_system(folder),
        "load": [round(one, 2) for one in os.getloadavg()],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
        "tools": {name: said for name, argv in _TOOLS.items() if (said := _said(argv))},
    }


# Each says its version in its first line, and after a colon where it has been called from.
_TOOLS = {"go": ("go", "version"), "xmllint": ("xmllint", "--version")}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _file_system(folder: Path) -> str:
    """The type of the file system below the longest mount point that the folder is under."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    kinds = {Path(fields[1]): fields[2] for fields in map(str.split, mounts) if len(fields) > 2}
    path = folder.resolve()
    return next((kinds[one] for one in (path, *path.parents) if one in kinds), "")


def _said(argv: tuple[str, ...]) -> str | None:
    try:
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
    except OSError:
        return None
    first = next(iter((done.stdout or done.stderr).splitlines()), "")
    return first.rpartition("/")[2] if ": " in first else first
