"""The settings that a run works with, after they were read and found good."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`config/syndicate.toml` without the publisher; what each means is said in `settings.py`."""

    store_url: str
    output_path: str
    output_url: str
    compress: tuple[str, ...]
    debounce: float
    lease: float
    missed: Literal["last", "all"]
    schemas: str | None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Options":
        """The options from the settings' own values."""
        output, schedule = values["output"], values["schedule"]
        return cls(
            store_url=values["store"]["url"],
            output_path=output["path"],
            output_url=output["url"],
            compress=tuple(output["compress"]),
            debounce=schedule["debounce"],
            lease=schedule["lease"],
            missed=schedule["missed"],
            schemas=values["validate"]["schemas"],
        )
