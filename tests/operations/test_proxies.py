"""The recipes for nginx and Caddy offer a server under a path, with TLS, websockets and single sign-on."""

from __future__ import annotations

import asyncio
import http.server
import re
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from proxy_process import NGINX, free_port, needed, proxied, replaced

from counterpoise.cli.operations.network_checks import proxy_findings
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise_clients.client import Client

NAME = "localhost"
TEXT = {"kind": "message", "to": ["BEL"], "text": "Through the proxy"}


def nginx(recipes: Path, folder: Path, certificate: Path, port: int, backend: int, sign_on: int) -> list[str]:
    """Write the site of nginx and return the command that serves it."""
    changes = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "    listen [::]:443 ssl;\n": "",
        "games.example;": f"{NAME};",
        "/etc/ssl/certs/games.example.pem": str(certificate),
        "/etc/ssl/private/games.example.key": str(certificate.with_name("key.pem")),
        "127.0.0.1:8700": f"127.0.0.1:{backend}",
    }
    if sign_on:
        changes |= {
            "# include /etc/nginx/nginx-sign-on.conf": f"include {folder}/sign-on.conf",
            "# auth_request": "auth_request",
        }
        on = replaced((recipes / "nginx-sign-on.conf").read_text(), {"127.0.0.1:4180": f"127.0.0.1:{sign_on}"})
        (folder / "sign-on.conf").write_text(on)
    (folder / "site.conf").write_text(replaced((recipes / "nginx.conf").read_text(), changes))
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    return [needed("nginx"), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


def caddy(recipes: Path, folder: Path, certificate: Path, port: int, backend: int, sign_on: int) -> list[str]:
    """Write the Caddyfile and return the command that serves it."""
    tls = f"\n\ttls {certificate} {certificate.with_name('key.pem')}\n\tbind 127.0.0.1\n"
    text = (recipes / "Caddyfile").read_text()
    if sign_on:
        text = re.sub(r"^(\t+)#\t", r"\1", text, flags=re.MULTILINE)
        text = replaced(text, {"127.0.0.1:4180": f"127.0.0.1:{sign_on}"})
    changes = {"\ngames.example {\n": f"\n{NAME}:{port} {{{tls}", "127.0.0.1:8700": f"127.0.0.1:{backend}"}
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n"
    (folder / "Caddyfile").write_text(options + replaced(text, changes))
    return [needed("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


PROXIES = {"nginx": nginx, "caddy": caddy}


@pytest.mark.parametrize("name", sorted(PROXIES))
async def test_a_session_is_played_through_a_proxy_under_a_path(
    recipes: Path, certificate: Path, checkerboard: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    port = free_port()
    url = f"https://{NAME}:{port}/counterpoise"
    async with Server(ServerConfig(data_dir=tmp_path / "data", port=0, public_url=url)) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        assert links.moderator.startswith(f"{url}/j/s#")
        command = PROXIES[name](recipes, tmp_path, certificate, port, server.port, 0)
        async with proxied(command, port, tmp_path):
            found = await asyncio.to_thread(lambda: list(proxy_findings(url)))
            assert [one.level for one in found] == ["ok", "ok"], found
            with await asyncio.to_thread(urllib.request.urlopen, f"https://{NAME}:{port}/counterpoise") as page:
                assert page.url == f"{url}/"
                assert b'src="/counterpoise/' in page.read()
            async with Client(links.moderator) as moderator, Client(links.seats["ARD"]) as player:
                await moderator.command({"kind": "start"})
                await player.wait_until_started()
                assert (await player.order(TEXT)).id


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("proxy_set_header Upgrade $http_upgrade;", "Let the proxy pass on Upgrade and Connection"),
        ("proxy_set_header Host $http_host;", "Let the proxy pass Host on"),
    ],
)
async def test_the_doctor_names_what_a_proxy_does_not_pass_on(
    recipes: Path, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, advice: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    port = free_port()
    async with Server(ServerConfig(data_dir=tmp_path / "data", port=0)) as server:
        command = nginx(recipes, tmp_path, certificate, port, server.port, 0)
        site = (tmp_path / "site.conf").read_text()
        (tmp_path / "site.conf").write_text(
            replaced(site, {line: "", "proxy_pass http://counterpoise;": "proxy_pass http://counterpoise/;"})
        )
        async with proxied(command, port, tmp_path):
            found = await asyncio.to_thread(lambda: list(proxy_findings(f"https://{NAME}:{port}/counterpoise")))
        assert found[-1].level == "fault", found
        assert advice in found[-1].advice


class SignOn(http.server.BaseHTTPRequestHandler):
    """Answers as a service for single sign-on does: whoever has its cookie is signed in."""

    def do_GET(self) -> None:
        is_signed_in = "signed-in" in self.headers.get("Cookie", "")
        self.send_response(202 if is_signed_in else 401 if self.path.startswith("/oauth2/auth") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


@contextmanager
def signing_on() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), SignOn) as service:
        thread = threading.Thread(target=service.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield service.server_port
        finally:
            service.shutdown()
            thread.join()


@pytest.mark.parametrize("name", sorted(PROXIES))
async def test_who_is_not_signed_in_goes_to_the_sign_on(
    recipes: Path, certificate: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    port = free_port()
    url = f"https://{NAME}:{port}/counterpoise"

    def asked(cookie: str) -> tuple[int, str]:
        request = urllib.request.Request(f"{url}/version", headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.url

    async with Server(ServerConfig(data_dir=tmp_path / "data", port=0, public_url=url)) as server:
        with signing_on() as sign_on:
            command = PROXIES[name](recipes, tmp_path, certificate, port, server.port, sign_on)
            async with proxied(command, port, tmp_path):
                assert await asyncio.to_thread(asked, "signed-in=1") == (200, f"{url}/version")
                status, at = await asyncio.to_thread(asked, "other=1")
                assert status == 200
                assert at.startswith(
                    f"https://{NAME}:{port}/oauth2/start?rd=https://{NAME}:{port}/counterpoise/version"
                )
