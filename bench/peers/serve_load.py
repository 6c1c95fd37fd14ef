"""A load generator for machines without wrk: some connections that ask again as soon as they are answered.

python bench/peers/serve_load.py PORT PATH CONNECTIONS SECONDS [IF_NONE_MATCH]    prints one line of JSON
"""

import json
import selectors
import socket
import sys
import time


def main(port: int, path: str, connections: int, seconds: float, tag: str = "") -> None:
    condition = f"If-None-Match: {tag}\r\n" if tag else ""
    question = f"GET {path} HTTP/1.1\r\nHost: bench\r\n{condition}\r\n".encode()
    chosen = selectors.DefaultSelector()
    for _ in range(connections):
        one = socket.create_connection(("127.0.0.1", port))
        one.sendall(question)
        one.setblocking(False)
        chosen.register(one, selectors.EVENT_READ, [time.perf_counter(), b"", 0])
    times, end, wrong = [], time.perf_counter() + seconds, 0
    while (now := time.perf_counter()) < end:
        for key, _ in chosen.select(0.1):
            state, link = key.data, key.fileobj
            data = link.recv(1 << 20)
            if state[2] == 0:
                state[1] += data
                head, found, body = state[1].partition(b"\r\n\r\n")
                if not found:
                    continue
                wrong += head[9:12] not in (b"200", b"304")
                size = head[9:12] != b"304" and next(
                    line.partition(b":")[2]
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                )
                state[2], data = int(size or 0) + 1, body
            state[2] -= len(data)
            if state[2] == 1:
                times.append(time.perf_counter() - state[0])
                state[:] = [time.perf_counter(), b"", 0]
                link.sendall(question)
    times.sort()
    print(
        json.dumps({"rate": len(times) / (seconds - (end - now)), "p99": times[int(len(times) * 0.99)], "wrong": wrong})
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), *sys.argv[5:])
