"""Several people in one seat, over real sockets, also when the server is killed in between."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.replay import replay
from counterpoise.store.journal_file import JournalFile
from counterpoise.torture.guest import Guest
from counterpoise.wire.messages import CLOSE_BAD_TOKEN

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]
ARM = {"kind": "arm", "effort": 0.5}
PREDICTION = {"kind": "predict", "of": "BEL", "choice": "BAL", "confidence": 0.8}
SLOW = Pace(window_seconds=600.0, call_seconds=600.0)


def new_id() -> str:
    return secrets.token_hex(16)


async def desk_when(guest: Guest, holds: Callable[[Any], bool]) -> Any:
    """Return the guest's newest desk once it is as wanted."""

    def newest() -> bool:
        desks = guest.all("desk")
        return bool(desks) and holds(desks[-1])

    await guest.until(newest)
    return guest.all("desk")[-1]


async def started_team(invite: Invite, links: Links, *names: str) -> list[Guest]:
    """Seat a player and, by one link that all of them use, further members in ARD; start, and return the moderator first."""
    moderator, player = invite(links.moderator), invite(links.seats["ARD"])
    await moderator.join()
    await player.join(name=names[0])
    await moderator.command("seat", seat="ARD", to="team")
    link = await moderator.hear("link")
    assert (link.role, link.seat) == ("team", "ARD")
    members = [player]
    for name in names[1:]:
        members.append(invite(link.url))
        await members[-1].join(name=name)
    await desk_when(members[-1], lambda m: len(m.members) == len(names))
    await moderator.command("start")
    await player.hear("status", lambda m: m.phase == "running")
    return [moderator, *members]


async def refused(guest: Guest, tag: str, **fields: Any) -> str:
    sent = new_id()
    await guest.say(tag, **({} if tag == "ready" else {"id": sent}), **fields)
    error = await guest.hear("error", lambda m: m.answers == tag)
    return str(error.code)


async def acked(guest: Guest, tag: str, **fields: Any) -> str:
    sent = new_id()
    await guest.say(tag, id=sent, **fields)
    await guest.until(lambda: any(getattr(m, "id", "") == sent for m in guest.all("ack") + guest.all("error")))
    assert not [error for error in guest.all("error") if error.id == sent]
    return sent


async def test_a_team_proposes_the_decider_sends_and_all_see_it(host: Host, invite: Invite) -> None:
    _, links = await host(pace=SLOW)
    outsider = invite(links.seats["BEL"])
    await outsider.join()
    moderator, ann, ben, cem = await started_team(invite, links, "Ann", "Ben", "Cem")
    desk = await desk_when(cem, lambda m: len(m.members) == 3)
    by_name = {member.name: member.id for member in desk.members}
    assert (desk.decider, desk.because, desk.deciding) == (by_name["Ann"], "first", "fixed")
    assert ben.all("welcome")[0].member == by_name["Ben"]

    # Only the one who decides sends orders and says ready; what is for the debrief and messages are everyone's.
    assert await refused(ben, "order", window=0, move=ARM) == "not_deciding"
    assert await refused(ben, "ready", tick=0) == "not_deciding"
    await acked(ben, "order", window=0, move=PREDICTION)
    await acked(ben, "order", window=0, move={"kind": "message", "to": ["BEL"], "text": "Good day"})
    first = await acked(ben, "propose", window=0, move=ARM)
    second = await acked(cem, "propose", window=0, move={"kind": "state_intent", "about": "BEL", "intent": "friendly"})
    for member in (ann, ben, cem):
        desk = await desk_when(member, lambda m: len(m.proposals) == 2)
        assert [(one.id, one.by) for one in desk.proposals] == [(first, by_name["Ben"]), (second, by_name["Cem"])]

    # The decider sends one of them changed; nobody drops another's proposal but the decider.
    assert await refused(ben, "drop", proposal=second) == "not_deciding"
    sent = await acked(ann, "order", window=0, move={**ARM, "effort": 0.9}, proposal=first)
    desk = await desk_when(cem, lambda m: len(m.proposals) == 1 and len(m.orders) == 2)
    assert [(one.by, one.move["kind"]) for one in desk.orders] == [(by_name["Ben"], "predict"), (by_name["Ann"], "arm")]
    assert await refused(ann, "order", window=0, move=ARM, proposal=first) == "no_proposal"
    assert await refused(ben, "withdraw", order=sent) == "not_deciding"

    # The decision is passed on; then messages are for the decider alone.
    await acked(ann, "pass_on", to=by_name["Ben"])
    await desk_when(cem, lambda m: (m.decider, m.because) == (by_name["Ben"], "passed"))
    assert await refused(ann, "pass_on", to=by_name["Cem"]) == "not_deciding"
    await moderator.command("team", seat="ARD", deciding="rotating", writing="decider")
    await desk_when(ann, lambda m: (m.deciding, m.writing) == ("rotating", "decider"))
    message = {"kind": "message", "to": ["BEL"], "text": "Good day"}
    assert await refused(ann, "order", window=0, move=message) == "not_deciding"
    await acked(ben, "withdraw", order=sent)

    # The window closes: what is left over is dropped, and the next member decides.
    await outsider.say("ready", tick=0)
    await ben.say("ready", tick=0)
    desk = await desk_when(cem, lambda m: m.because == "turn")
    assert (desk.decider, [one.id for one in desk.dropped], desk.proposals) == (by_name["Cem"], [second], [])
    assert outsider.all("desk")[-1].seat == "BEL"
    assert all(desk.seat == "BEL" for desk in outsider.all("desk"))


async def test_a_kill_forgets_neither_the_decider_nor_a_proposal(
    host: Host, serve: Any, invite: Invite, tmp_path: Path
) -> None:
    server, links = await host(pace=SLOW)
    _, ann, ben = await started_team(invite, links, "Ann", "Ben")
    desk = await desk_when(ann, lambda m: len(m.members) == 2)
    by_name = {member.name: member.id for member in desk.members}
    proposal = await acked(ben, "propose", window=0, move={"kind": "give_reason", "reason": "habit", "note": "as ever"})
    await acked(ann, "order", window=0, move=ARM)
    await acked(ann, "pass_on", to=by_name["Ben"])
    entries = server.hub.rooms["s"].session.journal.length

    # Every journal is on the disk whenever an ack has left: a copy of the files at this moment is what a kill leaves.
    copy = tmp_path / "killed"
    copy.mkdir()
    for file in (tmp_path / "data").iterdir():
        if not file.name.endswith((".lock", "-shm")):
            shutil.copy2(file, copy)
    again = await serve(data_dir=copy)
    for guest in (ann, ben):
        await guest.leave()
        guest.url = f"{again.local_url.replace('http', 'ws')}/s/s/ws"
    await ben.join()
    desk = await desk_when(ben, lambda m: m.decider == by_name["Ben"])
    assert [(one.id, one.move["note"]) for one in desk.proposals] == [(proposal, "as ever")]
    assert [(one.by, one.move["kind"]) for one in desk.orders] == [(by_name["Ann"], "arm")]
    assert {member.name: member.online for member in desk.members} == {"Ann": False, "Ben": True}
    await acked(ben, "order", window=0, move={"kind": "give_reason", "reason": "habit"}, proposal=proposal)
    session = again.hub.rooms["s"].session
    assert session.journal.length > entries
    await again.hub.rooms["s"].writer.call(lambda journal: journal.tidy())
    written = list(JournalFile.read_only(copy / "s.db").entries())
    assert b"Ann" not in b"".join(entry.body for entry in written)
    assert replay(written, "s").teams.by_seat == session.teams.by_seat


async def test_a_class_gives_a_shared_seat_to_its_bot_also_after_the_game(host: Host, invite: Invite) -> None:
    server, links = await host(pace=SLOW)
    moderator, ann, ben = await started_team(invite, links, "Ann", "Ben")
    await moderator.command("end")
    await ben.hear("status", lambda m: m.phase == "ended")
    entries = server.hub.rooms["s"].session.journal.length
    await server.hub.rooms["s"].command({"kind": "seat", "seat": "ARD", "to": "bot"}, new_id())
    for member in (ann, ben):
        assert await member.until_closed() == (CLOSE_BAD_TOKEN, "the moderator has given this seat to its bot")
    assert server.hub.rooms["s"].session.journal.length == entries


async def test_the_next_member_decides_when_the_decider_is_gone(host: Host, invite: Invite) -> None:
    _, links = await host(pace=SLOW, decider_seconds=0.3)
    moderator, ann, ben, cem = await started_team(invite, links, "Ann", "Ben", "Cem")
    ann.vanish()
    desk = await desk_when(cem, lambda m: m.because == "absent")
    assert [member.name for member in desk.members if member.id == desk.decider] == ["Ben"]
    # In a pause nobody's turn passes by being away.
    await moderator.command("pause")
    await ben.hear("status", lambda m: m.phase == "paused")
    ben.vanish()
    desk = await desk_when(cem, lambda m: [one.online for one in m.members] == [False, False, True])
    await cem.say("look")
    await cem.hear("observe")
    assert cem.all("desk")[-1].decider == desk.decider
    await moderator.command("resume")
    await desk_when(cem, lambda m: [one.name for one in m.members if one.id == m.decider] == ["Cem"])
