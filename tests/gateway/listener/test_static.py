"""Only the files of the browser client are served, with every security header."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from counterpoise.gateway.listener.static import StaticFiles, content_security_policy, map_address


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    root = tmp_path / "web"
    (root / "ui").mkdir(parents=True)
    (root / "index.html").write_text("<!doctype html><title>counterpoise</title>")
    (root / "app.css").write_text("body{}")
    (root / "ui" / "board.mjs").write_text("export const x = 1;")
    (root / "notes.secret").write_text("not served")
    (tmp_path / "outside.txt").write_text("outside")
    return StaticFiles(root)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/j/s1", "text/html; charset=utf-8"),
        ("/play/s1", "text/html; charset=utf-8"),
        ("/brief/s1", "text/html; charset=utf-8"),
        ("/wall/s1", "text/html; charset=utf-8"),
        ("/debrief/s1", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/app.css", "text/css; charset=utf-8"),
        ("/ui/board.mjs", "text/javascript; charset=utf-8"),
    ],
)
def test_files_and_pages_have_their_content_types(files: StaticFiles, path: str, kind: str) -> None:
    response = files.answer("GET", path, "127.0.0.1:8700")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Length"] == str(len(response.body))


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/ui/../../outside.txt",
        "/%2e%2e/outside.txt",
        "//etc/passwd",
        "/ui",
        "/ui/",
        "/notes.secret",
        "/j/a/b",
        "/j/",
        "/j/<script>",
        "/__init__.py",
        "/index.html/",
    ],
)
def test_no_path_leads_out_of_the_folder(files: StaticFiles, path: str) -> None:
    assert files.answer("GET", path, "127.0.0.1:8700").status_code == 404


def test_head_has_the_length_and_no_body(files: StaticFiles) -> None:
    whole, head = files.answer("GET", "/app.css", "h"), files.answer("HEAD", "/app.css", "h")
    assert head.body == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def test_every_response_has_the_security_headers(files: StaticFiles) -> None:
    for path in ("/j/s1", "/app.css", "/nothing"):
        headers = files.answer("GET", path, "127.0.0.1:8700").headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-cache"
        assert "Permissions-Policy" in headers
        assert "Server" not in headers


def test_the_policy_of_pages_is_strict_and_names_their_websocket(files: StaticFiles) -> None:
    policy = files.answer("GET", "/j/s1", "192.168.0.7:8700").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self' ws://192.168.0.7:8700 wss://192.168.0.7:8700;" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("host", ["evil.org; script-src *", "a b", "", "x\r\nSet-Cookie: a=b", "*"])
def test_a_strange_host_header_does_not_reach_the_policy(host: str) -> None:
    assert "connect-src 'self'; " in content_security_policy(host)


def test_a_map_of_a_scenario_may_be_kept_and_its_table_of_sources_is_not_served(files: StaticFiles) -> None:
    response = files.answer("GET", "/maps/middle-east-1955.json", "127.0.0.1:8700")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers.get_all("Cache-Control") == ["public, max-age=31536000, immutable"]
    for name in ("territories.csv", "frames.toml", "make_maps.py", "README.md"):
        assert files.answer("GET", f"/maps/{name}", "127.0.0.1:8700").status_code == 404


def test_a_map_with_other_content_has_another_address() -> None:
    assert map_address("europe-1870", b"one").startswith("maps/europe-1870.json?")
    assert map_address("europe-1870", b"one") != map_address("europe-1870", b"two")


def test_a_page_lists_the_modules_that_it_loads_so_that_a_browser_asks_for_them_at_once(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "index.html").write_text('<script type="module" src="/boot.mjs"></script>')
    (tmp_path / "boot.mjs").write_text('import { a } from "./ui/a.mjs";\nimport "./late.mjs";\n')
    (tmp_path / "late.mjs").write_text("")
    (tmp_path / "ui" / "a.mjs").write_text('import {\n  b,\n} from "../b.mjs";\nexport const a = b;\n')
    (tmp_path / "b.mjs").write_text('export { default as b } from "./ui/a.mjs";\n')
    page = StaticFiles(tmp_path, prefix="/games").answer("GET", "/j/s1", "h").body.decode()
    listed = re.findall('<link rel="modulepreload" href="/games/([^"]+)">', page)
    assert listed == ["ui/a.mjs", "late.mjs", "b.mjs"]
    assert page.endswith('<script type="module" src="/games/boot.mjs"></script>')


@pytest.mark.parametrize(
    "path", ["/", "/join", "/join/KTRM-BXCH", "/brief", "/class", "/class/", "/play", "/wall/", "/debrief"]
)
def test_the_pages_of_a_class_and_the_way_in_have_addresses_without_a_session(path: str) -> None:
    assert b'src="/class.mjs"' in StaticFiles().answer("GET", path, "h").body


def test_text_is_sent_in_gzip_to_whoever_takes_it() -> None:
    plain = StaticFiles().answer("GET", "/app.css", "h", accepts="br, gzip;q=0")
    packed = StaticFiles().answer("GET", "/app.css", "h", accepts="br, GZIP ; q=0.5")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


def test_a_file_that_the_browser_has_is_not_sent_again() -> None:
    files = StaticFiles()
    tag = files.answer("GET", "/app.css", "h").headers["ETag"]
    again = files.answer("GET", "/app.css", "h", known=f'"other", {tag}')
    assert (again.status_code, again.body) == (304, b"")
    assert "Content-Length" not in again.headers
    assert again.headers["ETag"] == tag
    assert files.answer("GET", "/play.css", "h", known=tag).status_code == 200
