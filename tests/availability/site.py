"""A site on loopback that falls and rises at a word, for probers to look at."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = '<html><title>خدمات – میزبان</title><form method="post"><input name="password"></form></html>'


class Site:
    """`status` and `page` are what it answers next; `delay` what it waits before."""

    def __init__(self) -> None:
        self.status, self.page, self.stuck = 200, PAGE, threading.Event()
        self.stuck.set()
        self.url = ""
        self.asked: list[str] = []


@contextmanager
def served() -> Iterator[Site]:
    """A site that answers until the test is over."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.stuck.wait(5)
            self.send_response(site.status)
            self.end_headers()
            self.wfile.write(site.page.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's own name
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stuck.set()
        server.shutdown()
        server.server_close()
