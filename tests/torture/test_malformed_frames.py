"""The same seed gives the same malformed frames, and they are of every kind."""

from __future__ import annotations

from random import Random

from counterpoise.torture.malformed_frames import malformed_frame, odd_message, websocket_frame


def frames(seed: str, count: int) -> list[bytes | str]:
    random = Random(seed)
    return [malformed_frame(random) for _ in range(count)]


def test_a_seed_gives_the_same_frames_again_and_another_seed_gives_others() -> None:
    assert frames("1", 300) == frames("1", 300)
    assert frames("1", 300) != frames("2", 300)


def test_frames_are_texts_and_bytes_short_and_long() -> None:
    made = frames("1", 2000)
    assert {type(frame) for frame in made} == {str, bytes}
    assert min(map(len, made)) == 0
    assert max(map(len, made)) > 5000


def test_a_command_gets_an_odd_kind_sooner_or_later() -> None:
    random = Random("odd")
    kinds = [odd_message(random).get("command", {}) for _ in range(5000)]
    assert any(isinstance(command, dict) and isinstance(command.get("kind"), dict) for command in kinds)


def test_a_websocket_frame_is_masked() -> None:
    sound = [frame for _ in range(40) if (frame := websocket_frame(Random("x"), "hello"))]
    assert all(b"hello" not in frame for frame in sound)
