"""Start the process of ``crowd_client.py`` and give it commands."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ANSWER_BYTES_MAX = 64 * 1024 * 1024


class CrowdProcess:
    """The process of a crowd of clients."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, do: str, *, within: float = 120.0, **arguments: Any) -> dict[str, Any]:
        """Give a command, as ``crowd_client.py`` lists them, and return its answer.

        Raises:
            TimeoutError: there is no answer within so many seconds.
            RuntimeError: the process has ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **arguments}).encode() + b"\n")
        async with asyncio.timeout(within):
            line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the clients stopped at {do}")
        answer: dict[str, Any] = json.loads(line)
        return answer


@asynccontextmanager
async def crowd_process() -> AsyncIterator[CrowdProcess]:
    """Yield a process of clients; it ends with the block."""
    script = Path(__file__).resolve().parent / "crowd_client.py"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdin=pipe, stdout=pipe, limit=ANSWER_BYTES_MAX
    )
    try:
        yield CrowdProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
