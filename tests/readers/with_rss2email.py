"""rss2email, which sends a mail for each entry and, when told to, a reply to it when the entry changes."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from tests.readers.entries import (
    FIRST_AUTHOR,
    LAST_AUTHOR,
    LINK_OR_ID,
    NOT,
    YES,
    Entry,
    Reader,
    Shown,
    plain,
    run_program,
)

_CONFIG = """[DEFAULT]
from = feeds@reader.example
to = reader@reader.example
email-protocol = maildir
maildir-path = {mail}
maildir-mailbox = INBOX
date-header = True
html-mail = True
name-format = {{author}}
reply-changes = True
"""


def _subscribe(folder: Path, address: str) -> Callable[[], list[Entry]]:
    mail = folder / "mail"
    mail.mkdir()
    (folder / "rss2email.cfg").write_text(_CONFIG.format(mail=mail), encoding="utf-8")
    command = ("r2e", "-c", "rss2email.cfg", "-d", "rss2email.json")
    run_program(*command, "add", "news", address, folder=folder)

    def poll() -> list[Entry]:
        run_program(*command, "run", folder=folder)
        files = sorted((mail / "INBOX" / "new").iterdir())
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        answered = {one["In-Reply-To"] for one in mails}
        return [_entry(one) for one in mails if one["Message-ID"] not in answered]

    return poll


def _entry(mail: EmailMessage) -> Entry:
    sent = parsedate_to_datetime(str(mail["Date"]))
    (sender,) = mail["From"].addresses
    text = mail.get_content()
    enclosure = re.search(r'Enclosure:\s*<a href="([^"]+)"', text)
    return Entry(
        id=mail["X-RSS-ID"],
        title=mail["Subject"],
        link=mail["X-RSS-URL"],
        updated=sent.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        author=None if sender.display_name == "<author>" else sender.display_name,
        text=plain(text),
        enclosure=enclosure[1] if enclosure else None,
    )


_LAST_OR_PAPER = Shown(words="last, or the feed's", of=lambda story: LAST_AUTHOR.of(story) or "Harbour Post")
READER = Reader(
    name="rss2email",
    program="mail",
    is_there=lambda: shutil.which("r2e") is not None,
    subscribe=_subscribe,
    shows={**YES, "published": NOT},
    in_rss={"author": FIRST_AUTHOR},
    # Its feedparser takes an Atom id for an address. An entry without an author has the feed's (RFC 4287 §4.2.1).
    in_atom={"link": LINK_OR_ID, "author": _LAST_OR_PAPER},
    keeps=True,
)
