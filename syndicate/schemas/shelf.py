"""Where the schema files lie that the user brought: one folder for all of this person's work, with no configuration.

The folder is `$SYNDICATE_VALIDATE__SCHEMAS`, the variable that also overrides `[validate] schemas` of a configuration;
else `syndicate/schemas` in the folder where the platform keeps what programs hold for a user.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "SYNDICATE_VALIDATE__SCHEMAS"
_OURS = Path("syndicate", "schemas")


def folder() -> Path | None:
    """The folder of the user's schema files; None while there is no file in it."""
    try:
        found = place()
        with os.scandir(found) as entries:
            return found if any(not entry.name.startswith(".") for entry in entries) else None
    except (OSError, RuntimeError):  # RuntimeError: nobody knows where this user's home is
        return None


def place(
    environment: Mapping[str, str] = os.environ, *, home: Path | None = None, platform: str = sys.platform
) -> Path:
    """Where the files are or would be, whether or not there is such a folder."""
    if named := environment.get(VARIABLE):
        return Path(named)
    # The XDG specification has relative paths ignored.
    if (stated := Path(environment.get("XDG_DATA_HOME", ""))).is_absolute():
        return stated / _OURS
    if platform == "win32" and (local := environment.get("LOCALAPPDATA")):
        return Path(local) / _OURS
    at_home = Path("Library", "Application Support") if platform == "darwin" else Path(".local", "share")
    return (home or Path.home()) / at_home / _OURS
