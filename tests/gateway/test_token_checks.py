"""Tokens of many arriving clients are looked up together, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from counterpoise.errors import StorageError
from counterpoise.gateway.token_checks import TokenChecks
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.writer import JournalWriter


def unexpected() -> None:
    raise AssertionError("the journal works")


async def test_tokens_that_arrive_together_are_found_with_few_questions_to_the_journal(tmp_path: Path) -> None:
    writer = JournalWriter(JournalFile.create(tmp_path / "s.db"))
    tokens = await writer.call(lambda journal: [journal.tokens.issue("observer", shared=True) for _ in range(30)])
    checks, asked = TokenChecks(writer, unexpected), 0
    ask = writer._worker.put

    def count(job: object) -> None:
        nonlocal asked
        asked += 1
        ask(job)  # type: ignore[arg-type]

    writer._worker.put = count  # type: ignore[method-assign]
    grants = await asyncio.gather(*(checks.grant_of(token) for token in (*tokens, "unknown", tokens[0])))
    assert [grant and grant.role for grant in grants] == [*["observer"] * 30, None, "observer"]
    assert asked == 1
    assert (await checks.grant_of(tokens[1])) is not None, "a later client is answered too"
    await writer.close()


async def test_a_client_that_leaves_costs_the_others_no_answer(tmp_path: Path) -> None:
    writer = JournalWriter(JournalFile.create(tmp_path / "s.db"))
    token = await writer.call(lambda journal: journal.tokens.issue("observer", shared=True))
    checks = TokenChecks(writer, unexpected)
    leaving, staying = (asyncio.create_task(checks.grant_of(token)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying) is not None
    await writer.close()


async def test_a_closed_journal_is_told_to_everyone_who_waits(tmp_path: Path) -> None:
    writer = JournalWriter(JournalFile.create(tmp_path / "s.db"))
    failures: list[str] = []
    checks = TokenChecks(writer, lambda: failures.append("told"))
    await writer.close()
    answers = await asyncio.gather(*(checks.grant_of("any") for _ in range(3)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageError] * 3
    assert failures == ["told"], "once for all who asked together"
    with pytest.raises(StorageError):
        await checks.grant_of("any")
