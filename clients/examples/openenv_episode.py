"""Play an episode of the OpenEnv environment; ``pip install 'counterpoise[openenv]'``.

``uvicorn counterpoise_clients.evaluation.openenv_server:app`` serves the same environment to OpenEnv's clients.
"""

from __future__ import annotations

from counterpoise_clients.evaluation.openenv_server import SeatAnswer, SeatEnvironment

if __name__ == "__main__":
    environment = SeatEnvironment("checkerboard", "COR", years=1.0)
    seen = environment.reset(seed=7)
    total = 0.0
    while not seen.done:
        # A model reads seen.system and seen.prompt, and answers with JSON; this one always passes.
        seen = environment.step(SeatAnswer(answer='{"moves": [], "notes": "wait and see"}'))
        total += float(seen.reward or 0.0)
    state = environment.state
    print(f"{state.seat} {state.date}: {state.step_count} steps, reward {total:.1f}, score {state.score:.1f}")
