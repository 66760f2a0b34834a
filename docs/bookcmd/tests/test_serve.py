"""The local server: types, 404, no caching, and the reloading script only where it belongs."""
import threading
import urllib.error
import urllib.request

import pytest

from bookcmd import serve
from bookcmd.say import Refusal


@pytest.fixture
def start(tmp_path):
    servers = []
    (tmp_path / "index.html").write_text("<body>hello</body>")
    (tmp_path / "404.html").write_text("<body>lost</body>")
    (tmp_path / "core.wasm").write_bytes(b"\0asm")
    (tmp_path / "a.mjs").write_text("1")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.html").write_text("below")

    def run(version=None):
        server = serve.listen(0, tmp_path, version)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"
    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


def get(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.status, dict(answer.headers), answer.read()


def test_pages_have_a_type_and_are_not_cached(start):
    status, headers, body = get(start() + "/")
    assert (status, body) == (200, b"<body>hello</body>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path, kind", [("/core.wasm", "application/wasm"),
                                        ("/a.mjs", "text/javascript; charset=utf-8")])
def test_types_that_browsers_insist_on(start, path, kind):
    assert get(start() + path)[1]["Content-Type"] == kind


def test_a_directory_is_its_index(start):
    assert get(start() + "/sub")[2] == b"below"


def test_an_unknown_page_is_the_books_own_404(start):
    with pytest.raises(urllib.error.HTTPError) as error:
        get(start() + "/nope")
    assert error.value.code == 404 and b"lost" in error.value.read()


def test_nothing_above_the_site_is_served(start):
    with pytest.raises(urllib.error.HTTPError) as error:
        get(start() + "/..%2f..%2fetc%2fpasswd")
    assert error.value.code == 404


def test_a_page_reloads_only_when_asked_for(start):
    assert b"EventSource" not in get(start() + "/")[2]
    assert b"EventSource" in get(start(serve.Version()) + "/")[2]


def test_a_rebuild_is_told_to_open_pages(start):
    version = serve.Version()
    with urllib.request.urlopen(start(version) + serve.CHANGES, timeout=5) as stream:
        first = stream.readline()
        stream.readline()
        version.bump()
        assert stream.readline() != first
        version.close()


def test_a_taken_port_is_one_clear_line(start):
    port = int(start().rsplit(":", 1)[1])
    with pytest.raises(Refusal, match=f"port {port} is taken by another program — "
                                      f"./book read --port {port + 1}"):
        serve.listen(port)


def test_a_port_that_is_none():
    with pytest.raises(Refusal, match="99999 is not a port"):
        serve.listen(99999)
