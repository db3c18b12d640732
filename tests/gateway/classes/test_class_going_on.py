"""The moderator of an ended world lets it go on as a new class with a code of its own; the old class keeps its people."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from counterpoise.torture.guest import Guest


async def console_of(moderator: Any) -> Guest:
    """Open the console of the first world of a moderator's class."""
    link = await moderator.ask("open_world", world="A", role="moderator")
    guest = Guest(link["url"])
    await guest.join()
    return guest


async def test_whoever_has_lost_the_answer_with_the_connection_gets_the_same_class_by_asking_again(
    host_class: Any, moderate: Any, serve: Any, tmp_path: Path
) -> None:
    server, live = await host_class(worlds=1)
    moderator = await moderate(server, live)
    await moderator.ask("command", command={"kind": "start"})
    await moderator.ask("command", command={"kind": "end"})
    lost, request = await console_of(moderator), "0" * 31 + "1"
    await lost.say("go_on", on="1901-01-01", id=request)
    await lost.abandon()
    again = await console_of(moderator)
    answers = []
    for _ in range(2):
        await again.say("go_on", on="1901-01-01", id=request)
        answers.append(await again.hear("went_on", within=20))
    assert answers[0] == answers[1]
    assert (answers[0].problem, answers[0].id) == ("", request)
    assert len(server.classes.all) == 2, "one class goes on from the world"
    assert server.classes.by_code(answers[0].code) is server.classes.all[1]
    # The server dies, and the page asks the next one.
    shutil.copytree(tmp_path / "data", tmp_path / "left")
    after = await serve(data_dir=tmp_path / "left")
    leader_after = await console_of(await moderate(after, after.classes.by_code(live.room.code)))
    await leader_after.say("go_on", on="1901-01-01", id=request)
    same = await leader_after.hear("went_on", within=20)
    assert (same.session, same.code, same.problem) == (answers[0].session, answers[0].code, "")
    assert len(after.classes.all) == 2
    await leader_after.abandon()
    await again.say("go_on", on="1901-01-01", id="0" * 31 + "2")
    other = await again.hear("went_on", within=20)
    assert other.session != answers[0].session
    assert len(server.classes.all) == 3
    # A day that cannot be is refused each time: the answer to a mistake is not kept.
    for _ in range(2):
        await again.say("go_on", on="1999-01-01", id="0" * 31 + "3")
        assert "a day of the session" in (await again.hear("went_on", within=20)).problem
    await again.abandon()


async def test_a_new_class_goes_on_from_a_day_of_an_ended_world_and_people_join_it_by_its_code(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=1)
    student, moderator = await gather(server), await moderate(server, live)
    await student.enter(live.room.code, "Ada")
    await moderator.ask("deal")
    lobby = await student.until("lobby", lambda m: m["place"] == "seated")
    player = await sit(server, student)
    await moderator.ask("command", command={"kind": "start"})
    await player.hear("observe")
    await moderator.ask("command", command={"kind": "end"})
    await player.hear("status", lambda m: m.phase == "ended")
    link = await moderator.ask("open_world", world="A", role="moderator")
    leader = Guest(link["url"])
    await leader.join()
    await leader.say("go_on", on="1901-01-01")
    made = await leader.hear("went_on", within=20)
    assert (made.problem, made.seats) == ("", {})
    new = server.classes.by_code(made.code)
    assert new is not live
    assert new.room.title == f"{live.room.title} (1901-01-01)"
    assert [world.session for world in new.room.worlds.values()] == [made.session]
    assert made.join.endswith(f"/join#{made.code}")
    # The student of the old class comes in by the new code, is given a seat, and plays on.
    again = await gather(server)
    await again.enter(made.code, "Ada")
    head = await moderate(server, new)
    await head.ask("assign", person=again.person, world="A", seat=lobby["seat"])
    await again.until("lobby", lambda m: m["place"] == "seated")
    way = await again.ask("take_seat")
    assert way["session"] == made.session
    playing = Guest(f"{server.local_url}/j/{way['session']}#{way['token']}")
    welcome = await playing.join()
    assert (welcome.class_title, welcome.world, welcome.seat) == (new.room.title, "A", lobby["seat"])
    assert (await head.ask("command", command={"kind": "resume"}))["refusals"] == []
    await playing.hear("status", lambda m: m.phase == "running")
    known = live.room.people[student.person]
    assert (known.world, known.seat) == ("A", lobby["seat"]), "the old class keeps its people and their seats"
    for guest in (leader, playing):
        await guest.abandon()
