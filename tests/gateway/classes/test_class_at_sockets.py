"""A class at real sockets: the door, the lobby, seats in worlds, late comers, and moves."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from counterpoise.classes.join_codes import make_code
from counterpoise.gateway.classes.guessing import WRONG_AT_ONCE
from counterpoise.torture.guest import Guest


async def test_thirty_people_in_three_worlds_join_by_code_six_in_team_seats_one_late_and_one_moved(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=3)
    moderator = await moderate(server, live)
    board = await moderator.hear("board")
    code = board["code"].lower().replace("-", " ")
    students = [await gather(server) for _ in range(29)]
    lobbies = await asyncio.gather(*(each.enter(code, f"Student {at}") for at, each in enumerate(students)))
    assert {lobby["place"] for lobby in lobbies} == {"admitted"}
    assert (await moderator.ask("deal"))["t"] == "taken"
    seated = [await each.until("lobby", lambda m: m["place"] == "seated") for each in students]
    crowd = Counter(lobby["world"] for lobby in seated)
    assert sorted(crowd.values()) == [9, 10, 10]
    shared = Counter((lobby["world"], lobby["seat"]) for lobby in seated)
    assert sorted(shared.values()) == [1] * 19 + [2] * 5  # 8 states in each of 3 worlds: 24 seats for 29 people
    players = await asyncio.gather(*(sit(server, each) for each in students))
    assert (await moderator.ask("command", command={"kind": "start"}))["refusals"] == []
    await asyncio.gather(*(player.hear("observe") for player in players))

    late = await gather(server)
    assert (await late.enter(code, "Late"))["phase"] == "running"
    assert (await moderator.ask("deal"))["t"] == "taken"
    lobby = await late.until("lobby", lambda m: m["place"] == "seated")
    assert lobby["world"] == next(world for world in "ABC" if crowd[world] == 9)
    await sit(server, late)
    team = Counter((p.world, p.seat) for p in live.room.people.values())
    assert sum(1 for count in team.values() if count == 2) == 6

    mover, (world, seat) = next(
        (at, place) for at, lobby in enumerate(seated) if team[place := (lobby["world"], lobby["seat"])] == 1
    )
    goal = next(lobby for lobby in seated if lobby["world"] != world)
    answer = await moderator.ask("assign", person=students[mover].person, world=goal["world"], seat=goal["seat"])
    assert answer["t"] == "taken"
    assert (await players[mover].until_closed())[0] == 4001  # the way to the old seat is void
    await students[mover].until("lobby", lambda m: m["seat"] == goal["seat"])
    await sit(server, students[mover])
    board = await moderator.until("board", lambda m: _seat(m, world, seat)["occupant"] == "bot")
    assert _person(board, students[mover].person)["world"] == goal["world"]
    assert len(_seat(board, goal["world"], goal["seat"])["people"]) >= 2


def _seat(board: dict[str, Any], world: str, seat: str) -> dict[str, Any]:
    return next(s for w in board["worlds"] if w["world"] == world for s in w["seats"] if s["seat"] == seat)


def _person(board: dict[str, Any], person: str) -> dict[str, Any]:
    return next(each for each in board["people"] if each["person"] == person)


async def test_a_wrong_code_says_what_is_wrong_and_too_many_are_not_even_looked_up(
    host_class: Any, gather: Any
) -> None:
    server, live = await host_class(worlds=1)
    guest = await gather(server)
    slip = live.room.code[:-1] + ("B" if live.room.code[-1] != "B" else "C")
    await guest.say("enter", code=slip, name="Ada")
    refused = await guest.hear("refused")
    assert (refused["code"], refused["path"]) == ("wrong_code", "$.code")
    assert "a letter is wrong" in refused["got"]
    await guest.enter(live.room.code, "Ada")  # the same page tries again

    strange = make_code(Random(1))
    guesser = await gather(server)
    for _ in range(WRONG_AT_ONCE):
        await guesser.say("enter", code=strange, name="Eve")
        assert (await guesser.hear("refused"))["code"] == "wrong_code"
    await guesser.say("enter", code=live.room.code, name="Eve")
    assert (await guesser.hear("refused"))["code"] == "too_often"
    assert len(live.room.people) == 1


async def test_the_moderator_admits_refuses_and_lets_a_person_back_on_another_device(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=1)
    moderator = await moderate(server, live)
    code = live.room.code
    assert (await moderator.ask("door", open=True, admits="nobody", seats="nobody"))["t"] == "taken"
    ada, bob = await gather(server), await gather(server)
    assert (await ada.enter(code, "Ada", "4711"))["place"] == "waiting"
    assert (await bob.enter(code, "Bob"))["ahead"] == 1
    assert (await bob.ask("take_seat"))["code"] == "not_seated"
    assert (await bob.ask("admit"))["code"] == "not_allowed"
    too_early = await moderator.ask("command", command={"kind": "pause", "reason": "Coffee"})
    assert (too_early["t"], too_early["reason"]) == ("refused", "not_in_phase")
    assert (await moderator.ask("refuse", person=bob.person))["t"] == "taken"
    assert (await bob.ended())[0] == 4001
    assert (await moderator.ask("assign", person=ada.person, world="A", seat="BEL"))["t"] == "taken"
    player = await sit(server, ada)
    assert (await ada.ask("take_seat"))["code"] == "seat_elsewhere"  # it is played now

    other = await gather(server)
    assert (await other.enter(code, "Ada", "47 11"))["place"] == "waiting"
    board = await moderator.until("board", lambda m: any(p["same_as"] for p in m["people"]))
    assert _person(board, other.person)["same_as"] == ada.person
    token = other.token
    assert (await moderator.ask("same_person", waiting=other.person, known=ada.person))["t"] == "taken"
    assert (await ada.ended())[0] == (await other.ended())[0] == 4001  # both pages begin again
    phone = await gather(server)
    assert (await phone.come_back(token))["place"] == "seated"
    await sit(server, phone)
    assert "another device" in (await player.until_closed())[1]
    stale = await gather(server)
    await stale.say("enter", token=ada.token)
    assert (await stale.ended())[0] == 4001


async def test_who_shares_a_seat_stays_there_when_the_other_is_moved_away(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=2)
    moderator = await moderate(server, live)
    people = [await gather(server) for _ in range(2)]
    for name, guest in zip(("Ada", "Bob"), people, strict=True):
        await guest.enter(live.room.code, name)
        await moderator.ask("assign", person=guest.person, world="A", seat="BEL")
    lobby = await people[1].until("lobby", lambda m: m["role"] == "team")
    assert lobby["team"] == ["Ada"]
    first, second = [await sit(server, guest) for guest in people]
    teams = (await live.room_of("A")).session.teams
    assert len(teams.of("BEL").members) == 2
    assert (await moderator.ask("assign", person=people[0].person, world="B", seat="COR"))["t"] == "taken"
    assert (await first.until_closed())[0] == 4001
    assert len(teams.of("BEL").members) == 1  # whoever is left decides
    assert second.closed is None
    await moderator.until("board", lambda m: _seat(m, "A", "BEL")["connected"])


async def test_a_roster_keeps_seats_and_says_in_which_line_it_is_wrong(
    host_class: Any, gather: Any, moderate: Any
) -> None:
    server, live = await host_class(worlds=2)
    moderator, code = await moderate(server, live), live.room.code
    wrong = await moderator.ask("import_roster", csv="Name;E-Mail;World;State\r\nAda;a@x.org;C;Belmar\r\n")
    assert (wrong["code"], wrong["path"]) == ("roster", "line 2, world")
    assert (wrong["expected"], wrong["got"]) == ("one of A, B, or nothing", "C")
    table = '\ufeffName;E-Mail;World;State\r\nAda;a@x.org;B;BEL\r\n"Bob, Jr.";;A;\r\n'
    answer = await moderator.ask("import_roster", csv=table)
    assert answer["notes"] == [{"text": "2 people are expected.", "reason": "expected", "terms": {"count": 2}}]
    await moderator.ask("door", open=True, admits="roster", seats="roster")
    ada = await gather(server)
    lobby = await ada.enter(code, "Ada L.", "A@X.ORG")
    assert (lobby["place"], lobby["world"], lobby["seat"], lobby["name"]) == ("seated", "B", "BEL", "Ada L.")
    bob, eve = await gather(server), await gather(server)
    assert (await bob.enter(code, "bob, jr."))["place"] == "admitted"
    assert (await eve.enter(code, "Eve"))["place"] == "waiting"  # the roster does not know her
    assert (await moderator.ask("deal"))["t"] == "taken"
    assert (await bob.until("lobby", lambda m: m["place"] == "seated"))["world"] == "A"


async def test_an_anonymous_class_shows_the_moderator_alone_who_plays_what(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=1)
    moderator, wall = await moderate(server, live), await moderate(server, live, "observer")
    assert (await wall.ask("rename", title="x"))["code"] == "not_allowed"
    await moderator.ask("anonymous", on=True)
    await moderator.ask("door", open=True, admits="everyone", seats="everyone")
    ada, bob = await gather(server), await gather(server)
    first, second = await ada.enter(live.room.code, "Ada"), await bob.enter(live.room.code, "Bob")
    assert first["place"] == second["place"] == "seated"
    player = await sit(server, ada)
    await sit(server, bob)
    seen = await wall.until("board", lambda m: sum(s["connected"] for s in m["worlds"][0]["seats"]) == 2)
    assert {person["name"] for person in seen["people"]} == {"Ada", "Bob"}
    assert {person["seat"] for person in seen["people"]} == {""}
    assert not any(seat["people"] for seat in seen["worlds"][0]["seats"])
    status = await player.hear("status", lambda m: sum(s.online for s in m.seats) == 2)
    assert {seat.player for seat in status.seats} == {""}
    board = await moderator.until("board", lambda m: m["anonymous"] and len(m["people"]) == 2)
    assert _person(board, ada.person)["seat"] == first["seat"]


async def test_worlds_are_started_and_paused_together_and_apart(host_class: Any, moderate: Any) -> None:
    server, live = await host_class(worlds=2)
    moderator = await moderate(server, live)
    assert (await moderator.ask("add_world", seed="same"))["t"] == "taken"
    rooms = [await live.room_of(letter) for letter in "ABC"]
    assert rooms[2].session.seed == rooms[0].session.seed != rooms[1].session.seed
    empty = await moderator.ask("command", command={"kind": "start"})
    assert (empty["t"], empty["code"]) == ("refused", "nobody_seated"), "bots alone would play a world to its end"
    for letter in "AB":
        assert (await moderator.ask("command", command={"kind": "start"}, worlds=[letter]))["t"] == "taken"
    partly = await moderator.ask("command", command={"kind": "pause", "reason": "Look here."})
    assert [(refused["world"], refused["code"]) for refused in partly["refusals"]] == [("C", "illegal")]
    board = await moderator.until("board", lambda m: [w["phase"] for w in m["worlds"]] == ["paused", "paused", "lobby"])
    assert board["worlds"][0]["reason"] == "Look here."
    nobody = await moderator.ask("command", command={"kind": "pause"}, worlds=["Q"])
    assert (nobody["code"], nobody["path"]) == ("unknown_world", "$.worlds[0]")


async def test_a_started_world_keeps_its_first_window_open_for_people_who_have_not_sat_down_yet(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=1)
    moderator, ada = await moderate(server, live), await gather(server)
    await ada.enter(live.room.code, "Ada")
    assert (await moderator.ask("deal"))["t"] == "taken"
    assert (await moderator.ask("command", command={"kind": "start"}))["t"] == "taken"
    room = await live.room_of("A")
    await moderator.until("board", lambda m: m["worlds"][0]["phase"] == "running")
    await asyncio.sleep(
        0.5
    )  # without a person, and with no time for those who watch, bots would have played many windows
    assert (room.session.phase, room.session.now) == ("running", 0)
    assert room.pacer.seconds_left(asyncio.get_running_loop().time()) > 100.0
    player = await sit(server, ada)
    await player.hear("observe")
    assert room.session.now == 0
    assert (await moderator.ask("unassign", person=ada.person))["t"] == "taken"
    async with asyncio.timeout(10):
        while room.session.now == 0:  # nobody is expected any more: bots go on
            await asyncio.sleep(0.02)


async def test_a_world_in_which_a_bot_plays_for_somebody_who_is_away_does_not_wait_for_people_to_sit_down(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=1)
    moderator, ada, bo = await moderate(server, live), await gather(server), await gather(server)
    for guest, name in ((ada, "Ada"), (bo, "Bo")):
        await guest.enter(live.room.code, name)
    await moderator.ask("deal")
    await moderator.ask("command", command={"kind": "start"})
    assert (await moderator.until("board", lambda m: m["worlds"][0]["phase"] == "running"))["worlds"][0][
        "waits_for_people"
    ]
    room = await live.room_of("A")
    away, _ = [await sit(server, guest) for guest in (ada, bo)]
    seat = live.room.people[ada.person].seat
    board = await moderator.until("board", lambda m: sum(one["connected"] for one in m["worlds"][0]["seats"]) == 2)
    assert not board["worlds"][0]["waits_for_people"]
    await away.abandon()
    await moderator.until("board", lambda m: sum(one["connected"] for one in m["worlds"][0]["seats"]) == 1)
    assert (await moderator.ask("command", command={"kind": "absent_to_bots"}))["t"] == "taken"
    assert (await moderator.ask("command", command={"kind": "pause"}))["t"] == "taken"
    assert (await moderator.ask("unassign", person=bo.person))["t"] == "taken"
    board = await moderator.until(
        "board",
        lambda m: {one["occupant"] for one in m["worlds"][0]["seats"]} == {"bot"} and not m["people"][1]["seat"],
    )
    world = board["worlds"][0]
    assert (world["phase"], world["at_window"], world["seconds_left"] > 0) == ("paused", True, True)
    assert room.seats.by_id[seat].away
    assert not world["waits_for_people"], "whoever is away has sat down, and a bot plays"


async def test_more_time_can_be_given_before_anybody_has_sat_down(host_class: Any, gather: Any, moderate: Any) -> None:
    server, live = await host_class(worlds=1)
    moderator, ada = await moderate(server, live), await gather(server)
    await ada.enter(live.room.code, "Ada")
    await moderator.ask("deal")
    await moderator.ask("command", command={"kind": "start"})
    room = await live.room_of("A")
    before = room.pacer.seconds_left(asyncio.get_running_loop().time())
    assert (await moderator.ask("command", command={"kind": "extend", "seconds": 120.0}))["t"] == "taken"
    assert room.pacer.seconds_left(asyncio.get_running_loop().time()) > before + 60.0


async def test_a_world_that_is_added_or_whose_class_is_renamed_says_so_in_its_welcomes(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=1)
    moderator = await moderate(server, live)
    await moderator.ask("add_world")
    await moderator.ask("rename", title="Alliances, Tuesday")
    student = await gather(server)
    await student.enter(live.room.code, "Ada")
    await moderator.ask("assign", person=student.person, world="B", seat="BEL")
    await student.until("lobby", lambda m: m["place"] == "seated")
    await sit(server, student)  # compares the welcome with the class
    assert (live.room.title, live.room.people[student.person].world) == ("Alliances, Tuesday", "B")


async def test_the_code_of_a_first_device_brings_its_holder_back_into_class_and_seat_on_a_second_one_once(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=2)
    moderator = await moderate(server, live)
    ada, bob = await gather(server), await gather(server)
    for guest, name in ((ada, "Ada"), (bob, "Bob")):  # two people share the seat of world B
        await guest.enter(live.room.code, name)
        await moderator.ask("assign", person=guest.person, world="B", seat="BEL")
        await guest.until("lobby", lambda m: m["place"] == "seated")
    first, shared = await sit(server, ada), await sit(server, bob)
    await shared.say("ask_device")
    device = await shared.hear("device")
    assert device.url == f"{server.local_url}/join#device={device.code}", "the QR code leads to the class too"

    phone = await gather(server)
    await phone.say("enter", device="K7QM 2XWD")
    refused = await phone.hear("refused")
    assert (refused["code"], refused["path"]) == ("wrong_device_code", "$.device")
    await phone.say("enter", device=device.code.lower().replace("-", " "))  # the same page tries again
    entered, way = await phone.hear("entered"), await phone.hear("your_seat")
    assert (entered["person"], way["seat"], way["role"]) == (bob.person, "BEL", "team")
    assert (await phone.hear("lobby"))["place"] == "seated"
    assert "another device" in (await bob.ended())[1], "the class's page of the first device is told"
    assert shared.closed is None, "the first device keeps the seat until the second one sits down"
    player = Guest(f"{server.local_url}/j/{way['session']}#{way['token']}")
    welcome = await player.join()
    assert (welcome.seat, welcome.member, welcome.world) == ("BEL", shared.all("welcome")[0].member, "B")
    assert "another device" in (await shared.until_closed())[1]
    assert first.closed is None, "the other member of the team stays"
    await player.abandon()

    thief = await gather(server)
    await thief.say("enter", device=device.code)
    assert (await thief.hear("refused"))["code"] == "wrong_device_code"
    back = await gather(server)
    assert (await back.come_back(entered["token"]))["place"] == "seated"
    await sit(server, back)  # who came by a code may open the seat again by the class's page
    stale = await gather(server)
    await stale.say("enter", token=bob.token)
    assert (await stale.ended())[0] == 4001


async def test_codes_of_devices_are_not_guessed(host_class: Any, gather: Any) -> None:
    server, live = await host_class(worlds=1)
    guesser = await gather(server)
    for at in range(WRONG_AT_ONCE):
        await guesser.say("enter", device="AAAABBBB"[at % 8 :] + "CCCCDDDD"[: at % 8])
        assert (await guesser.hear("refused"))["code"] == "wrong_device_code"
    await guesser.say("enter", device="AAAABBBB")
    assert (await guesser.hear("refused"))["code"] == "too_often"
    await guesser.say("enter", code=live.room.code, name="Eve")
    assert (await guesser.hear("refused"))["code"] == "too_often", "both kinds of code have one limit"


async def test_who_has_answered_about_research_is_not_asked_again_after_a_bot_had_the_seat(
    host_class: Any, gather: Any, moderate: Any, sit: Any
) -> None:
    server, live = await host_class(worlds=1)
    moderator, ada = await moderate(server, live), await gather(server)
    await ada.enter(live.room.code, "Ada")
    await moderator.ask("assign", person=ada.person, world="A", seat="BEL")
    await ada.until("lobby", lambda m: m["place"] == "seated")
    first = await sit(server, ada)
    assert first.all("welcome")[0].consent == "ask"
    await first.say("consent", given=True)
    await first.hear("consent_mark")
    answer = await moderator.ask("command", command={"kind": "seat", "seat": "BEL", "to": "bot"})
    assert (answer["t"], answer["refusals"]) == ("taken", [])
    assert (await first.until_closed())[0] == 4001
    again = await sit(server, ada)
    assert again.all("welcome")[0].consent == "given"


async def test_boards_tell_how_a_world_ended_also_once_it_has_left_memory(host_class: Any, moderate: Any) -> None:
    server, live = await host_class(worlds=2, ended_idle_seconds=0.2)
    moderator = await moderate(server, live)
    await moderator.ask("command", command={"kind": "start"})
    await moderator.ask("command", command={"kind": "end"}, worlds=["B"])
    session = live.room.worlds["B"].session
    seen = await moderator.until("board", lambda m: m["worlds"][1]["phase"] == "ended")
    last = seen["worlds"][1]
    assert last["date"] < last["end"], "it was ended before its time"
    async with asyncio.timeout(30):
        while session in server.hub.rooms:
            await asyncio.sleep(0.1)
    later = await moderate(server, live)
    board = await later.hear("board")
    assert board["worlds"][1] == last
    assert {seat["occupant"] for seat in board["worlds"][1]["seats"]} == {"bot"}

    live._ended.clear()  # as after a restart: the end is read from the disk once
    live.refresh()
    # Everybody hears so before it is read; whoever comes now might come too late for it.
    unread = await later.hear_where(lambda m: m["t"] == "board" and m["worlds"][1]["date"] == "")
    assert unread["worlds"][1]["crises"] == []
    board = await later.until(
        "board", lambda m: m["worlds"][1]["date"] != "" and not m["worlds"][1]["seats"][0]["connected"]
    )
    assert board["worlds"][1] == last


async def test_a_world_whose_people_have_not_sat_down_waits_for_them_after_the_server_has_died(
    host_class: Any, serve: Any, gather: Any, moderate: Any, tmp_path: Path
) -> None:
    server, live = await host_class(worlds=2)
    moderator, ada = await moderate(server, live), await gather(server)
    await ada.enter(live.room.code, "Ada")
    assert (await moderator.ask("deal"))["t"] == "taken"
    seated = live.room.people[ada.person].world
    assert (await moderator.ask("command", command={"kind": "start"}, worlds=[seated]))["t"] == "taken"
    session = live.room.worlds[seated].session
    shutil.copytree(tmp_path / "data", tmp_path / "left")  # what is on the disk when the server dies
    again = await serve(data_dir=tmp_path / "left")
    room = again.hub.rooms[session]
    assert (room.session.phase, room.session.now, room.seats.expects_people) == ("running", 0, True)
    await asyncio.sleep(0.3)  # nobody opens a page of the class, and bots would have played many windows
    assert (room.session.phase, room.session.now) == ("running", 0)
    (other,) = [each for name, each in again.hub.rooms.items() if name != session]
    assert not other.seats.expects_people
