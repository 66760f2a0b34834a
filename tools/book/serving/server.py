"""The pages on a local address. While it runs, a saved file is rebuilt and open pages reload."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from book.common import sources, terminal
from book.common.paths import ROOT, SITE
from book.common.refusal import Refusal
from book.serving.response import Response, response
from book.site import build

CHANGES = "/__book/changes"
SCRIPT = (
    b"<script>(function(){var seen=null;var s=new EventSource('"
    + CHANGES.encode()
    + b"');s.onmessage=function(e){if(seen!==null&&e.data!==seen)location.reload();"
    b"seen=e.data}})();</script>"
)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".map": "application/json",
    ".inv": "application/octet-stream",
    ".gz": "application/gzip",
}
NOTHING = Response(b"404: there is no such page\n", "")


class Version:
    """Counts rebuilds; open pages wait for it to change."""

    def __init__(self) -> None:
        self.number, self.over = int(time.time()), False
        self.changed = threading.Condition()

    def bump(self) -> None:
        with self.changed:
            self.number += 1
            self.changed.notify_all()

    def wait(self, number: int, seconds: float) -> None:
        """Until it is another number, or over, or the time is up."""
        with self.changed:
            self.changed.wait_for(lambda: self.over or self.number != number, seconds)

    def close(self) -> None:
        with self.changed:
            self.over = True
            self.changed.notify_all()


class Handler(SimpleHTTPRequestHandler):
    directory: str
    protocol_version = "HTTP/1.1"
    extensions_map = TYPES | {"": "application/octet-stream"}

    def __init__(self, *args: Any, version: Version | None = None, **kwargs: Any) -> None:
        self.version = version
        super().__init__(*args, **kwargs)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        try:
            if self.version and self.path == CHANGES:
                self._changes(self.version)
            else:
                self._file(body=True)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_HEAD(self) -> None:
        self._file(body=False)

    def _file(self, body: bool) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not self.path.split("?")[0].split("#")[0].endswith("/"):
                self.send_response(301)
                self.send_header("Location", self.path.split("?")[0] + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path = path / "index.html"
        status = 200
        if not path.is_file():
            status, path = 404, Path(self.directory) / "404.html"
        if not path.is_file():
            self._send(404, "text/plain; charset=utf-8", NOTHING, body)
            return
        kind = self.extensions_map.get(path.suffix.lower(), "application/octet-stream")
        reloads = SCRIPT if self.version and path.suffix == ".html" else b""
        file = response(path, self.headers.get("Accept-Encoding", ""), reloads)
        known = [tag.strip() for tag in self.headers.get("If-None-Match", "").split(",")]
        if status == 200 and file.tag in known:
            status, body = 304, False
        self._send(status, kind, file, body)

    def _send(self, status: int, kind: str, file: Response, body: bool) -> None:
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(file.data)))
        if file.encoding and status != 304:
            self.send_header("Content-Encoding", file.encoding)
        if file.tag:
            self.send_header("ETag", file.tag)
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if body:
            self.wfile.write(file.data)

    def _changes(self, version: Version) -> None:
        """Server-sent events: the version now, and again whenever it changes."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while not version.over:
            sent = version.number
            self.wfile.write(f"data: {sent}\n\n".encode())
            self.wfile.flush()
            version.wait(sent, 20)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a browser that closed its connection is no news


def listen(port: int, directory: Path = SITE, version: Version | None = None) -> Server:
    """A server on this machine's own address; port 0 picks a free one."""
    try:
        return Server(
            ("127.0.0.1", port), partial(Handler, directory=str(directory), version=version)
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refusal(
                f"port {port} is taken by another program", f"./book read --port {port + 1}"
            ) from None
        raise Refusal(
            f"port {port} can't be used: {error.strerror}", "name another one with --port"
        ) from None
    except OverflowError:
        raise Refusal(f"{port} is not a port", "name one from 1 to 65535") from None


@contextmanager
def serving(directory: Path) -> Iterator[str]:
    """The address of a server that runs beside what happens meanwhile."""
    server = listen(0, directory)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _snapshot() -> dict[Path, int]:
    found = {}
    for path in sources.files():
        try:
            found[path] = path.stat().st_mtime_ns
        except FileNotFoundError:
            continue
    return found


def watch(version: Version, interval: float = 0.6) -> None:
    """Adds what the pages were served without, then rebuilds when a source changes, until the
    version is closed. A build that fails is told, and the pages stay as they were.
    """
    before = _snapshot()
    if not build.up_to_date():
        terminal.line(
            "Exercises in C++ can be solved on the pages in a few minutes; until then, read."
        )
        _rebuild(version)
    while not version.over:
        time.sleep(interval)
        now = _snapshot()
        if now == before:
            continue
        time.sleep(0.2)  # editors save in several steps
        changed = sorted(set(before.items()) ^ set(now.items()))
        before = _snapshot()
        terminal.line(f"changed: {changed[0][0].relative_to(ROOT)}")
        _rebuild(version)


def _rebuild(version: Version) -> None:
    try:
        build.build_site()
        version.bump()
    except Refusal as refusal:
        terminal.refuse(str(refusal))


def serve(server: Server, version: Version) -> None:
    """Serves until Ctrl-C."""
    threading.Thread(target=watch, args=(version,), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        terminal.line()
    finally:
        version.close()
        server.server_close()
