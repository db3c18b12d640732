"""Where the browser of the tests is, and how it is started."""

from __future__ import annotations

import shutil

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP counterpoise.local 127.0.0.1",
)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """Return the path of the first browser that is installed, or ``None``."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)
