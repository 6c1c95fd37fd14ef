"""Logging: events with fields, as JSON lines on standard error."""

import logging
import sys
from typing import TextIO

import structlog


def set_up(*, verbose: bool = False, stream: TextIO | None = None) -> None:
    """Send events of level info and above (debug with `verbose`) to `stream`, standard error unless told."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


def log() -> structlog.typing.FilteringBoundLogger:
    """The logger; call as `log().info("feed.built", feed=..., items=...)`."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger
