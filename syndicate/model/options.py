"""The settings that a run works with, after they were read and found good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    hubs: tuple[str, ...] = ()
    own_hub: str | None = None
    allow: tuple[str, ...] = ()
    longest_pause: float = 300.0
    status_port: int | None = None
    stale_after: float = 300.0
    password: str | None = field(default=None, repr=False)

    @property
    def all_hubs(self) -> tuple[str, ...]:
        """The hubs that documents name: the own one first."""
        return tuple(dict.fromkeys((*((self.own_hub,) if self.own_hub else ()), *self.hubs)))

    @property
    def pinged_hubs(self) -> tuple[str, ...]:
        """The hubs of other people, which have to be told of a change; the own one sees it."""
        return tuple(hub for hub in dict.fromkeys(self.hubs) if hub != self.own_hub)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Options":
        """The options from the settings' own values."""
        output, schedule, serve, websub = (values[name] for name in ("output", "schedule", "serve", "websub"))
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
            hubs=tuple(websub["hubs"]),
            own_hub=websub["own"],
            allow=tuple(websub["allow"]),
            longest_pause=websub["longest_pause"],
            status_port=serve["status_port"],
            stale_after=serve["stale_after"],
            password=serve.get("password"),
        )
