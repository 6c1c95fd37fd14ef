"""What commands share that fetch an address: their options, and how they introduce themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syndicate.cli.call import Call
from syndicate.version import version

if TYPE_CHECKING:
    from syndicate.fetch import Fetcher

# The codings that a fetch takes; plain bytes are always welcome.
PACKED = {"Accept-Encoding": "gzip, br"}
_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The options of a command that fetches."""

    timeout: float = 30.0
    allow_private: bool = False
    max_bytes: int = 16 * 1024 * 1024

    def fetcher(self, call: Call) -> "Fetcher":
        """What fetches within these options."""
        from syndicate.fetch import Fetcher, Limits

        return Fetcher(
            agent=_agent(call),
            monotonic=call.clock.monotonic,
            allow_private=self.allow_private,
            limits=Limits(seconds=self.timeout, size=self.max_bytes),
        )

    def document(self, call: Call, address: str) -> bytes:
        """The document at the address; FetchError when there is none."""
        from syndicate.errors import FetchError

        answer = self.fetcher(call).fetch(address, headers=PACKED)
        if answer.status != 200:
            problem = f"is answered with {answer.status} {answer.reason}".rstrip()
            raise FetchError(answer.address, problem, "check the address", has_answered=True)
        return answer.body


def is_address(text: str) -> bool:
    """Whether that is to be fetched, and is no path."""
    return text.lower().startswith(_SCHEMES)


def web_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: the command takes the options of fetching and gets them as `web`."""

    @click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30, show_default=True, metavar="SECONDS",
                  help="How long one fetch of an address may take in all.")  # fmt: skip
    @click.option("--allow-private", is_flag=True,
                  help="Fetch from private and local addresses too, such as 127.0.0.1.")  # fmt: skip
    @wraps(command)
    def with_web(*args: Any, timeout: float, allow_private: bool, **kwargs: Any) -> Any:
        return command(*args, web=Web(timeout=timeout, allow_private=allow_private), **kwargs)

    return with_web


def _agent(call: Call) -> str:
    """Who asks, and where its people are found: the publisher's address, where there is a configuration here."""
    contact = _contact(Path(call.config))
    return f"syndicate/{version() or '0'} (feed check{f'; +{contact}' if contact else ''})"


def _contact(config: Path) -> str:
    """The publisher's address; a configuration that is broken or missing is no reason not to fetch."""
    import tomllib

    try:
        found = tomllib.loads(config.read_text(encoding="utf-8")).get("publisher", {}).get("url", "")
    except (OSError, ValueError, AttributeError):
        return ""
    return found if isinstance(found, str) and found.isascii() and found.isprintable() else ""
