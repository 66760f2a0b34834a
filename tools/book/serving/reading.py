"""`./book read`: everything that pages need, the pages, and their address."""

from __future__ import annotations

from book.common import terminal
from book.common.paths import SITE, shown
from book.serving import server
from book.setup import install
from book.site import build


def read(port: int | None) -> None:
    """Builds the book and serves it until Ctrl-C; without a port, it is only built."""
    version = server.Version()
    listening = server.listen(port, SITE, version) if port is not None else None
    install.ensure("read")
    build.build_site(first=listening is not None)
    if not listening:
        terminal.line(f"The book is in {shown(SITE)}.")
        return
    terminal.line()
    terminal.line(
        f"Read it at http://127.0.0.1:{listening.server_port}/   (Ctrl-C ends it)", "bold"
    )
    server.serve(listening, version)
