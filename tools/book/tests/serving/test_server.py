"""The local server: types, 404, no caching, and the reloading script only where it belongs."""

import gzip
import threading
import urllib.error
import urllib.request

import pytest

from book.common.refusal import Refusal
from book.serving import server
from book.site import build, compressed


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
        one = server.listen(0, tmp_path, version)
        threading.Thread(target=one.serve_forever, daemon=True).start()
        servers.append(one)
        return f"http://127.0.0.1:{one.server_port}"

    yield run
    for one in servers:
        one.shutdown()
        one.server_close()


def get(address, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(
        urllib.request.Request(address, headers=named), timeout=5
    ) as answer:
        return answer.status, dict(answer.headers), answer.read()


def test_pages_have_a_type_and_are_not_cached(start):
    status, headers, body = get(start() + "/")
    assert (status, body) == (200, b"<body>hello</body>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path, kind", [("/core.wasm", "application/wasm"), ("/a.mjs", "text/javascript; charset=utf-8")]
)
def test_types_that_browsers_insist_on(start, path, kind):
    assert get(start() + path)[1]["Content-Type"] == kind


@pytest.mark.parametrize("path", ["/", "/core.wasm", "/a.mjs"])
def test_text_and_wasm_are_compressed_for_those_who_take_it(start, path):
    address = start() + path
    plain, small = get(address), get(address, Accept_Encoding="deflate, gzip;q=1.0, br")
    assert "Content-Encoding" not in plain[1] and small[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(small[2]) == plain[2]
    assert small[1]["Content-Length"] == str(len(small[2]))
    assert small[1]["ETag"] != plain[1]["ETag"] and small[1]["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in get(address, Accept_Encoding="gzip;q=0, br")[1]


def test_an_archive_stays_as_it_is(start, tmp_path):
    archive = gzip.compress(b"headers" * 1000)
    (tmp_path / "sysroot.tar.gz").write_bytes(archive)
    _, headers, body = get(start() + "/sysroot.tar.gz", Accept_Encoding="gzip")
    assert "Content-Encoding" not in headers and body == archive
    assert headers["Content-Type"] == "application/gzip"


def test_what_a_browser_has_is_not_sent_again(start, tmp_path):
    address = start(server.Version())
    for path, accepts in (("/", "gzip"), ("/core.wasm", "gzip"), ("/core.wasm", "")):
        tag = get(address + path, Accept_Encoding=accepts)[1]["ETag"]
        (tmp_path / "core.wasm").touch()  # a rebuild that changes nothing
        with pytest.raises(urllib.error.HTTPError) as error:
            get(address + path, Accept_Encoding=accepts, If_None_Match=f'"other", {tag}')
        assert error.value.code == 304 and error.value.read() == b""
        assert error.value.headers["ETag"] == tag
    (tmp_path / "core.wasm").write_bytes(b"\0asm, another")
    assert get(address + "/core.wasm", If_None_Match=tag)[0] == 200


def test_large_files_are_compressed_once(start, tmp_path, monkeypatch):
    monkeypatch.setattr(compressed, "KEPT", tmp_path / "kept")
    data = b"\0asm" * (compressed.LARGE // 4)
    (tmp_path / "llvm.wasm").write_bytes(data)
    address = start() + "/llvm.wasm"
    compressed.compress_large_files(tmp_path)
    assert len(list((tmp_path / "kept").iterdir())) == 1
    first = get(address, Accept_Encoding="gzip")
    assert gzip.decompress(first[2]) == data
    [kept] = (tmp_path / "kept").iterdir()
    kept.write_bytes(b"as it was made")
    assert get(address, Accept_Encoding="gzip")[2] == b"as it was made"


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
    assert b"EventSource" in get(start(server.Version()) + "/")[2]


def test_a_rebuild_is_told_to_open_pages(start):
    version = server.Version()
    with urllib.request.urlopen(start(version) + server.CHANGES, timeout=5) as stream:
        first = stream.readline()
        stream.readline()
        version.bump()
        assert stream.readline() != first
        version.close()


def test_a_taken_port_is_one_clear_line(start):
    port = int(start().rsplit(":", 1)[1])
    with pytest.raises(
        Refusal, match=f"port {port} is taken by another program — ./book read --port {port + 1}"
    ):
        server.listen(port)


def test_a_port_that_is_none():
    with pytest.raises(Refusal, match="99999 is not a port"):
        server.listen(99999)


def test_open_pages_get_what_they_were_served_without(monkeypatch):
    built = []
    monkeypatch.setattr(build, "up_to_date", lambda: False)
    monkeypatch.setattr(build, "build_site", lambda: built.append("all"))
    version = server.Version()
    before = version.number
    version.close()
    server.watch(version)
    assert built == ["all"] and version.number == before + 1
