"""Keep-alive HTTP clients on the standard library."""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    path: str
    cookie: str = ""
    fields: dict[str, str] | None = None  # form fields of a POST
    expected: int = 200

    @property
    def method(self) -> str:
        return "GET" if self.fields is None else "POST"


@dataclass
class Answers:
    """Duration and latencies of a series of requests."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)


def ask(port: int, requests: Sequence[Request], clients: int = 1) -> Answers:
    """Send all requests over `clients` concurrent connections. Raise `RuntimeError` on another status."""
    answers, errors = Answers(), list[BaseException]()
    waiting = iter(requests)
    lock = threading.Lock()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while True:
                with lock:
                    request = next(waiting, None)
                if request is None or errors:
                    return
                start = time.perf_counter()
                send(connection, request)
                answers.latencies.append(time.perf_counter() - start)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    start = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.seconds = time.perf_counter() - start
    if errors:
        raise errors[0]
    return answers


def send(connection: http.client.HTTPConnection, request: Request, encoding: str = "gzip") -> bytes:
    headers = {"Accept-Encoding": encoding}
    if request.cookie:
        headers["Cookie"] = request.cookie
    body = None
    if request.fields is not None:
        body = urlencode(request.fields)
        headers["Content-Type"] = FORM
    connection.request(request.method, request.path, body, headers)
    response = connection.getresponse()
    content = response.read()
    if response.status != request.expected:
        start = content[:1500].decode(errors="replace")
        raise RuntimeError(
            f"{request.method} {request.path}: {response.status} instead of {request.expected}\n{start}"
        )
    return content
