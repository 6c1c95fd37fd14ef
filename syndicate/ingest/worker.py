"""A reading process: articles on its standard input, records on its standard output, until the input ends."""

import gc
import signal
import sys

from syndicate.formats import base as formats
from syndicate.ingest.messages import answers_frame, order_of, pieces_of, read_frame, write_frame
from syndicate.ingest.prepare import read_ready


def main() -> None:
    """Answer each frame of articles with a frame of what became of them."""
    # Ctrl-C reaches this process too; the one that started it decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Articles form no circles; looking for some takes time.
    gc.set_threshold(100_000)
    first = read_frame(sys.stdin.buffer)
    if first is None:
        return
    file, order = order_of(first)
    reader = formats.piece_reader(order.reader or "")
    while reader is not None and (frame := read_frame(sys.stdin.buffer)) is not None:
        answers = [read_ready(reader, piece, file, order) for piece in pieces_of(frame)]
        write_frame(sys.stdout.buffer, answers_frame(answers))


if __name__ == "__main__":
    main()
