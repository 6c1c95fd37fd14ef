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
    host: str
    port: int
    max_age: int
    rate: float
    burst: float
    proxies: tuple[str, ...]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Options":
        """The options from the settings' own values."""
        output, schedule, serve = values["output"], values["schedule"], values["serve"]
        return cls(
            store_url=values["store"]["url"],
            output_path=output["path"],
            output_url=output["url"],
            compress=tuple(output["compress"]),
            debounce=schedule["debounce"],
            lease=schedule["lease"],
            missed=schedule["missed"],
            schemas=values["validate"]["schemas"],
            host=serve["host"],
            port=serve["port"],
            max_age=serve["max_age"],
            rate=serve["rate"],
            burst=serve["burst"],
            proxies=tuple(serve["proxies"]),
        )
