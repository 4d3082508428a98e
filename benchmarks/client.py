"""A small load client: threads with keep-alive sockets and as little parsing as HTTP/1.1 lets one do.

It runs in the process that measures, on the same cores as the server, so its own cost is told beside every figure."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CONNECTIONS = 8


@dataclass(frozen=True)
class Load:
    """What a burst of requests gave. Times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p95: float
    statuses: dict[int, int]
    client_ms: float  # CPU of the client for one request

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


def request_bytes(method: str, path: str, *, cookies: str = "", body: str = "") -> bytes:
    """A whole request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: ko"]
    lines += [f"Cookie: {cookies}"] if cookies else []
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body.encode())}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


class Connection:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.link = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of one answer."""
        self.link.sendall(request)
        got = self.rest
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head, got = got[:end].lower(), got[end + 4 :]
        if b"transfer-encoding: chunked" in head:
            body, got = self._chunks(got)
        else:
            at = head.find(b"content-length:")
            length = int(head[at + 15 : head.find(b"\r\n", at) if b"\r\n" in head[at:] else None]) if at >= 0 else 0
            pieces = [got]
            have = len(got)
            while have < length:
                pieces.append(self._more())
                have += len(pieces[-1])
            whole = b"".join(pieces)
            body, got = whole[:length], whole[length:]
        self.rest = got
        return int(head[9:12]), head, body

    def _more(self) -> bytes:
        piece = self.link.recv(262_144)
        if not piece:
            raise ConnectionError("the server hung up")
        return piece

    def _chunks(self, got: bytes) -> tuple[bytes, bytes]:
        body = b""
        while True:
            while b"\r\n" not in got:
                got += self._more()
            line, got = got.split(b"\r\n", 1)
            size = int(line.split(b";")[0], 16)
            while len(got) < size + 2:
                got += self._more()
            body, got = body + got[:size], got[size + 2 :]
            if not size:
                return body, got

    def close(self) -> None:
        self.link.close()


def ask(port: int, path: str, *, cookies: str = "") -> tuple[int, bytes, bytes]:
    """One request on a connection of its own."""
    connection = Connection(port)
    try:
        return connection.ask(request_bytes("GET", path, cookies=cookies))
    finally:
        connection.close()


def load(port: int, requests: Callable[[], Iterator[bytes]], *, seconds: float, connections: int = CONNECTIONS) -> Load:
    """Asks as fast as `connections` threads can for `seconds`, each its own share of one endless stream of requests."""
    stream, lock = requests(), threading.Lock()
    times: list[float] = []
    statuses: Counter[int] = Counter()
    until = time.perf_counter() + seconds

    def work() -> None:
        mine: list[float] = []
        seen: Counter[int] = Counter()
        connection = Connection(port)
        while True:
            with lock:
                request = next(stream, None)
            began = time.perf_counter()
            if request is None or began > until:
                break
            status, _head, _body = connection.ask(request)
            mine.append(time.perf_counter() - began)
            seen[status] += 1
        connection.close()
        with lock:
            times.extend(mine)
            statuses.update(seen)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    began, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent, cpu = time.perf_counter() - began, time.process_time() - cpu
    times.sort()
    return Load(
        len(times), spent, nth(times, 0.5) * 1000, nth(times, 0.95) * 1000, dict(statuses), cpu * 1000 / len(times) if times else 0.0
    )


def nth(ordered: list[float], part: float) -> float:
    """The value below which `part` of an ordered list lies; 0 for an empty one."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
