"""Logging: events with fields, as JSON lines on standard error."""

import logging
import sys
from functools import cache
from typing import TYPE_CHECKING

# structlog takes long to import; most commands have nothing to log.
if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

_is_verbose = False


class _StandardError:
    """Standard error as it is when something is written, not as it was when logging was set up."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def set_up(*, verbose: bool = False) -> None:
    """Send events of level info and above (debug with `verbose`) to standard error."""
    global _is_verbose
    _is_verbose = verbose


def log() -> "FilteringBoundLogger":
    """The logger; call as `log().info("feed.built", feed=..., items=...)`."""
    import structlog

    _configure(_is_verbose)
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger


@cache
def _configure(verbose: bool) -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=_StandardError()),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )
