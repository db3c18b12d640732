"""A language model plays over real HTTP; whatever its endpoint does gives a status, and the game goes on."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.clients.language_models.fake_model import SECRET, FakeModel, Served, completion, said

from counterpoise.errors import BotError, InputError
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.message import Message
from counterpoise.sim.views.view import View
from counterpoise_clients.language_models.model_bot import ModelBot, ModelFactory, RecordedFactory
from counterpoise_clients.language_models.settings import BUDGET, URL
from counterpoise_clients.roster import SeatLoader, load_bot

ARM = {"kind": "arm", "effort": 0.2}
"""A legal move on the first day."""


@pytest.fixture
def bot(model: FakeModel) -> ModelBot:
    return ModelFactory("test-model")("1/COR")


def test_a_model_orders_moves_writes_messages_and_tells_its_reason(
    model: FakeModel, bot: ModelBot, first_view: View
) -> None:
    message = {"kind": "message", "to": ["ARD"], "text": "Let us stand together."}
    model.answers = [said(ARM, message, reason="threat", why="Belmar claims our land.", notes="Ardia may help.")]
    assert bot.decide(first_view) == [
        Arm(0.2), Message(("ARD",), "Let us stand together."), GiveReason("threat", "Belmar claims our land."),
    ]  # fmt: skip
    request = model.requests[0]
    assert request["model"] == "test-model"
    assert [part["role"] for part in request["messages"]] == ["system", "user"]
    assert model.keys == [f"Bearer {SECRET}"]
    bot.decide(first_view)
    assert "Your notes: Ardia may help." in model.user_text()
    assert bot.conduct.status == "OK"
    assert bot.account().startswith("2 calls, 2100 tokens, ")


def test_an_answer_among_other_words_is_read(model: FakeModel, bot: ModelBot, first_view: View) -> None:
    model.answers = [
        completion('<think>{maybe}</think>Sure!\n```json\n{"moves": [{"kind": "arm", "effort": 0.2}]}\n``` Done.')
    ]
    assert bot.decide(first_view) == [Arm(0.2)]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (completion("I think we should arm ourselves."), "expected one JSON object"),
        (completion('{"moves": [{"kind": "arm", "eff'), "JSON that breaks off"),
        (completion('{"moves": "arm"}'), "expected a list"),
        (
            said({"kind": "attack", "target": "ARD", "aim": "territory"}),
            "attack target=ARD aim=territory: illegal: $.move.target",
        ),
        (said({"kind": "surrender"}), "$.move.kind"),
        (said({"kind": "arm", "effort": "much"}), "$.move.effort"),
    ],
)
def test_a_model_is_told_what_is_wrong_and_asked_again(
    model: FakeModel, bot: ModelBot, first_view: View, wrong: Served, told: str
) -> None:
    model.answers = [wrong, said(ARM)]
    assert bot.decide(first_view) == [Arm(0.2)]
    assert told in model.user_text()
    assert [part["role"] for part in model.requests[1]["messages"]] == ["system", "user", "assistant", "user"]
    assert bot.conduct.status == "OK"


def test_a_model_that_only_writes_prose_loses_the_decision(model: FakeModel, bot: ModelBot, first_view: View) -> None:
    model.answers = [completion("No comment.")]
    with pytest.raises(BotError, match="INVALID: expected one JSON object"):
        bot.decide(first_view)
    assert len(model.requests) == 3
    assert bot.conduct.status == "INVALID"
    model.answers = [said(ARM)]
    assert bot.decide(first_view) == [Arm(0.2)]


def test_legal_moves_are_played_where_others_stay_illegal(model: FakeModel, bot: ModelBot, first_view: View) -> None:
    model.answers = [said(ARM, {"kind": "attack", "target": "ARD", "aim": "territory"})]
    assert bot.decide(first_view) == [Arm(0.2)]
    assert (bot.conduct.status, len(model.requests)) == ("INVALID", 3)


def test_moves_that_cost_more_than_the_treasury_are_left_out(model: FakeModel, bot: ModelBot, first_view: View) -> None:
    dear = {"kind": "arm", "effort": 1.0}
    model.answers = [said(dear, dear, dear)]
    assert first_view.own.treasury == 50
    assert bot.decide(first_view) == [Arm(1.0), Arm(1.0)]
    assert "got 10 after the moves before it" in bot.conduct.reason


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_call_that_may_succeed_later_is_made_again(
    model: FakeModel, bot: ModelBot, first_view: View, status: int
) -> None:
    model.answers = [Served("busy", status, Retry_After="0"), said(ARM)]
    assert bot.decide(first_view) == [Arm(0.2)]
    assert len(model.requests) == 2


def test_a_model_waits_as_long_as_it_is_asked_to(model: FakeModel, bot: ModelBot, first_view: View) -> None:
    model.answers = [Served("", 429, Retry_After="1"), said(ARM)]
    began = time.monotonic()
    assert bot.decide(first_view) == [Arm(0.2)]
    assert time.monotonic() - began >= 1.0


@pytest.mark.parametrize(
    ("answer", "calls", "problem"),
    [
        (Served("", 500), 3, "ERROR: the endpoint answered with status 500"),
        (Served("", 429, Retry_After="60"), 1, "it asks to wait 60 s, which a decision does not have"),
        (
            Served('{"error": {"message": "no such model"}}', 404),
            1,
            "ERROR: the endpoint answered with status 404: no such model",
        ),
        (Served('{"error": "red \\u001b[31m\\nalert"}', 403), 1, "status 403: red [31m alert"),
        (Served("<html>"), 3, "ERROR: the endpoint answered with something other than a chat completion"),
        (Served("x" * 3_000_000), 1, "more than 2097152 bytes"),
    ],
)
def test_an_endpoint_that_fails_costs_the_decision(
    model: FakeModel, bot: ModelBot, first_view: View, answer: Served, calls: int, problem: str
) -> None:
    model.answers = [answer]
    with pytest.raises(BotError) as caught:
        bot.decide(first_view)
    assert problem in str(caught.value)
    assert bot.conduct.status == "ERROR"
    assert len(model.requests) == calls


def test_an_endpoint_that_stalls_costs_the_decision_and_no_more_time(
    model: FakeModel, first_view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{BUDGET}DECISION_SECONDS", "0.5")
    bot = ModelFactory("test-model")("1/COR")
    model.answers = [Served(stalls=True)]
    began = time.monotonic()
    with pytest.raises(BotError, match="TIMEOUT: the endpoint did not answer in time"):
        bot.decide(first_view)
    assert time.monotonic() - began < 3
    assert bot.conduct.status == "TIMEOUT"


def test_an_endpoint_that_is_not_there_costs_the_decision(
    model: FakeModel, bot: ModelBot, first_view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, "http://127.0.0.1:1/v1")
    with pytest.raises(BotError, match="ERROR: the endpoint cannot be reached"):
        ModelFactory("test-model")("1/COR").decide(first_view)


def test_after_ten_failures_in_a_row_a_model_is_not_asked_again(
    model: FakeModel, bot: ModelBot, first_view: View
) -> None:
    model.answers = [Served("", 400)]
    for _ in range(12):
        with pytest.raises(BotError):
            bot.decide(first_view)
    assert bot.conduct.status == "FORFEIT"
    assert len(model.requests) == 10


@pytest.mark.parametrize(("name", "limit"), [("CALLS", "2"), ("TOKENS", "2100")])
def test_a_model_whose_budget_is_spent_passes(
    model: FakeModel, first_view: View, monkeypatch: pytest.MonkeyPatch, name: str, limit: str
) -> None:
    monkeypatch.setenv(BUDGET + name, limit)
    bot = ModelFactory("test-model")("1/COR")
    bot.decide(first_view)
    bot.decide(first_view)
    with pytest.raises(BotError, match=f"FORFEIT: the budget of {limit} {name.lower()} is spent"):
        bot.decide(first_view)
    assert len(model.requests) == 2


def test_a_model_answers_two_messages_in_a_window(model: FakeModel, bot: ModelBot, first_view: View) -> None:
    message = {"kind": "message", "actors": ["ARD", "COR"], "detail": {"text": "Will you help us?", "ask": "support"}}
    model.answers = [said({"kind": "message", "to": ["ARD"], "text": "Yes."})]
    assert bot.hears
    assert bot.hear(first_view, message) == [Message(("ARD",), "Yes.")]
    assert 'ARD has written to you just now: "Will you help us?" (ask support)' in model.user_text()
    bot.hear(first_view, message)
    assert not bot.hears
    bot.decide(first_view)
    assert bot.hears


def test_what_is_recorded_is_played_again_without_a_call(model: FakeModel, first_view: View, tmp_path: Path) -> None:
    file = str(tmp_path / "g.db.models")
    live = load_bot("llm:test-model", file)("1/bot/COR")
    model.answers = [completion("Hm."), said(ARM, reason="power"), Served("", 500), Served("", 500), Served("", 500)]
    moves = live.decide(first_view)
    with pytest.raises(BotError) as failure:
        live.decide(first_view)
    calls = len(model.requests)
    again = SeatLoader()(f"recorded:{file}")("1/bot/COR")
    assert isinstance(again, ModelBot)
    assert again.name == "llm:test-model"
    assert again.decide(first_view) == moves
    with pytest.raises(BotError) as repeated:
        again.decide(first_view)
    assert str(repeated.value) == str(failure.value)
    assert len(model.requests) == calls
    with pytest.raises(BotError, match="the recording ends here"):
        again.decide(first_view)


def test_a_recording_tells_where_a_game_differs_from_it(model: FakeModel, first_view: View, tmp_path: Path) -> None:
    file = str(tmp_path / "g.db.models")
    ModelFactory("test-model", file)("1/bot/COR").decide(first_view)
    message = {"kind": "message", "actors": ["ARD", "COR"], "detail": {"text": "Hello"}}
    with pytest.raises(BotError, match=f"the game is another one than the recorded from {first_view.date} on"):
        RecordedFactory(file)("1/bot/COR").hear(first_view, message)
    with pytest.raises(InputError, match="1/bot/COR, got 2/bot/COR"):
        RecordedFactory(file)("2/bot/COR")


def test_a_resumed_game_goes_on_with_what_is_left_of_the_budget(
    model: FakeModel, first_view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{BUDGET}CALLS", "1")
    factory = ModelFactory("test-model", str(tmp_path / "g.db.models"))
    factory("1/bot/COR").decide(first_view)
    with pytest.raises(BotError, match="FORFEIT"):
        factory("1/bot/COR").decide(first_view)


def test_the_key_is_in_no_file_and_no_error_even_if_the_endpoint_repeats_it(
    model: FakeModel, first_view: View, tmp_path: Path
) -> None:
    file = tmp_path / "g.db.models"
    bot = ModelFactory("test-model", str(file))("1/bot/COR")
    model.answers = [
        said(ARM, reason="other", why=f"The key is {SECRET}", notes=SECRET),
        Served(json.dumps({"error": {"message": f"bad key {SECRET}"}}), 401),
    ]
    moves = bot.decide(first_view)
    with pytest.raises(BotError) as failure:
        bot.decide(first_view)
    told = [str(failure.value), repr(failure.value.__context__), bot.conduct.reason, str(moves), file.read_text()]
    assert not [text for text in told if SECRET in text]
    assert SECRET not in repr(vars(bot)) + repr(vars(bot._endpoint))
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        (URL, "", "the address of an OpenAI-compatible endpoint"),
        (URL, "ftp://example.org", "http:// or https://"),
        (f"{BUDGET}CALLS", "many", "a whole number above 0"),
        (f"{BUDGET}SECONDS", "-1", "a number above 0"),
    ],
)
def test_a_wrong_environment_is_an_error_that_names_the_variable(
    model: FakeModel, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(InputError) as caught:
        ModelFactory("test-model")("1")
    assert variable in str(caught.value)
    assert expected in str(caught.value)


def test_a_model_needs_a_name_and_a_recording_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the name of a model"):
        load_bot("llm:")
    with pytest.raises(InputError, match="no file"):
        load_bot(f"recorded:{tmp_path}/none.models")


def test_of_a_long_answer_the_beginning_and_the_end_are_recorded_and_give_the_same_moves(
    model: FakeModel, first_view: View, tmp_path: Path
) -> None:
    file = tmp_path / "g.db.models"
    moves = json.dumps({"moves": [ARM], "reason": "power"})
    model.answers = [completion("I think. " * 50_000 + moves)]
    live = ModelFactory("test-model", str(file))("1/bot/COR").decide(first_view)
    assert [type(move).__name__ for move in live] == ["Arm", "GiveReason"]
    kept = file.read_text()
    assert len(kept) < 60_000
    assert f"the middle of {9 * 50_000 + len(moves)} characters is left out" in kept
    assert RecordedFactory(str(file))("1/bot/COR").decide(first_view) == live


def test_a_decision_that_was_not_asked_for_is_no_failure(
    model: FakeModel, first_view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{BUDGET}CALLS", "2")
    model.answers = [Served("", 400)]
    bot = ModelFactory("test-model")("1/bot/COR")
    for _ in range(5):
        with pytest.raises(BotError):
            bot.decide(first_view)
    assert (bot.conduct.status, bot.conduct.failed, len(model.requests)) == ("FORFEIT", 2, 2)
