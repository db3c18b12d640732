"""The prose of the protocol page: how to connect, play and resume, and what the codes mean."""

from __future__ import annotations

OPENING = """
## The protocol

Version {version}. A client in another language needs only this page; a Python client has `counterpoise_clients`.

Version 2 differs from version 1 in this: a `message` names a list of states and arrives at once; `withdraw`, `read` and
`order.replaces` are new, and so are `noted`, `talk`, `read_mark`, `status.talk`, `view.talk` and `defaults` of calls. A `noted`
answers `ready`, no longer an `ack` without id. A client of version 1 gets the `error` `other_version`, a `bye` and close
code 4006.

### Connecting

1. A join link has the form `http://HOST/j/SESSION#TOKEN`. The part after `#` is a secret; it is never sent in a URL.
2. Open a websocket at `ws://HOST/s/SESSION/ws` (`wss:` if the link says `https:`) and offer one subprotocol:
   `{msgpack}` for binary frames of MessagePack, or `{json}` for text frames of JSON. Request no compression.
3. Send `hello` with the token as the first frame, within {hello_seconds} seconds. The server answers with `welcome`;
   `welcome.resume` says what follows. Then come a `status` and, for a seat, an `observe`.
4. **Store `welcome.next_token`** before you do anything else: it replaces the token that you used. Then send a frame at once,
   such as `ping`. It shows that you have the new token: from then on the one that you used admits nobody. Until then it stays
   valid, however long that takes, and whoever says `hello` with it gets the same `next_token`. A client that says nothing counts
   as having its token after a minute with an open connection.

A seat arrives when the first window opens, sends one order and ends its turn, on a JSON connection. `→` is sent whole by the
client, `←` by the server; `…` stands for fields that are left out. Other messages come in between: tell them apart by `t`.

{exchange}

`GET /schema` returns the JSON Schema of every message, view and move; [`protocol.schema.json`](protocol.schema.json) is the same.

A frame holds one map. Its field `t` names the message. Both subprotocols carry the same maps, field by field. A server
may add fields and messages within a version: ignore the ones you do not know. A client may not: an unknown field is an error.

### Playing

1. While `status.phase` is `lobby`, you get the first view, with `called: false`, and the server takes no orders. When play
   begins, every seat gets an `observe` with `called: true`.
2. `observe` carries your whole view. The newest view replaces the others. `called: true` asks you to decide now.
   A whole view comes after the `welcome`, when play begins, when a window opens, when you are called, and in answer to `look`.
   In between comes `view_change`: put its `fields`, `others`, `incidents`, `threats` and `kinds` into the view that you keep, and
   you have the whole view.
   While the clock runs in `continuous` mode, a view or a change comes at most once a second, unless you must decide.
3. Send any number of `order`; an `ack` or an `error` answers each of them. Then send `ready` for that `view.tick`. A called
   seat without orders also sends `ready`, and so does a seat that cannot decide: a silent seat keeps everyone waiting until
   the deadline. `ready` is taken with open calls too: `noted` answers it and names them, with what is answered by default.
4. If `view.occasion` is `window`, a decision window opens and every move may be ordered. If it is `call`, the clock has stopped
   within a window because of an item in `view.calls`: a crisis, a proposal, an ally, a peace offer. [Answers to
   calls](#answers-to-calls) has the move that answers each. An unanswered call lapses at its `deadline`. `observe.kinds` has
   the kinds of which you have a legal move; `ask_moves` with `legal: true` is answered with the moves themselves, ready to send.
5. A tick is a day, a whole number counted from the scenario's start. An order acts when the clock moves on, before the events of
   that tick, and in the order in which you sent it. A fast client has no advantage over a slow one.
6. Until the clock moves, an order can be taken back with `withdraw`, or replaced by an `order` that names it in `replaces`.
   In `continuous` mode that is until the next beat of the clock, four times a second. The answers say what counts.
7. A move `message` acts at once, while the clock stands: its addressees and the moderators get it as an `incident` of kind
   `message`. `detail` has `text`, `thread` and `number`, and `offer`, `ask` and `about` where it has them. A thread holds the
   messages between the same states (`BEL+FRA`), to one alliance (`alliance 7`), or to `everyone`; `number` counts them. After
   a `welcome`, `talk` has the latest messages and the seat's read marks. `read` sets a mark, and `read_mark` tells the other
   connections of the seat. `status.talk` and `view.talk` say what may be written. No rule of the game reads a message.
8. `incident` reports what happened, `window` where the clock stopped, `status` the state of the session and the seconds left.
   In `windows` mode the clock waits until every called seat is ready or the deadline is over. In `continuous` mode it does not
   wait. If people play several states (clients that named no `bot`), it also stands on the day after each window, where offers,
   demands and invitations are answered. That takes the same time whether or not anybody is called, and `status` looks the
   same, so that nobody learns from it that others negotiate in secret (`host --answer-seconds`). For the same reason
   offers, invitations and demands tied to aid can then be made only while a window is open; at another stop the answer is
   the error `late`. `status` is sent only when something in it but `seconds_left` has changed.
9. `checkpoint` says how the journal stands, signed by the server: after `talk`, at each window and at the end. Keep all of them,
   one JSON map on each line: `counterpoise verify JOURNAL --receipt FILE` later tells whether a journal is the one that was
   played. The signature covers the line `counterpoise checkpoint 1`, a line feed, and the fields but `t`, `key` and
   `signature` as JSON with sorted keys and without spaces. `GET /key` returns the server's public key.
10. Say in `hello` what the client is: `client: "browser"` for a page that a person uses, `"sdk"` for a program, and `bot` for a
    program that plays. The debrief keeps them apart, and a client that says nothing is not taken for a person. If
    `welcome.consent` is `ask`, ask the person whether an export for research may hold when and how they played, and send the
    answer in the message `consent`. Play does not depend on it.
11. When the session ends, `result` has the final scores. A client in a seat that is no browser is let go then: `bye` and close
    code 1000, once it has sent nothing for 5 seconds; it may ask for the debrief before, or come back for it. Send `leave` to
    go at once, then or earlier. A client that does not know `result` sees `status.phase` become `ended`.
12. `bye` and a close code end the connection.

### Seats that several people share

1. A link with `link.role` `team` lets many people into one seat. Each has a pseudonym, `welcome.member`; the journal knows
   people by it, and by no name. `desk` says who they are, who decides now and why, what is proposed, and which orders wait.
2. One member decides: the same one (`fixed`), or another in each window (`rotating`). Only that member sends `order`, `ready`
   and `withdraw`. Others send `propose`, and may `drop` what they proposed. The one who decides sends a proposal, changed or
   not, by an `order` that names it in `proposal`. What is left over at the close of the window is dropped and stands in
   `desk.dropped`.
3. Moves for the debrief (predictions, reasons, answers) are each member's own: every member sends them. Messages too, unless
   the moderator has set `writing` to `decider`. Every order in the journal names the member who sent it.
4. `pass_on` lets another member decide. If the one who decides is away for `host --decider-seconds` while the clock runs, the
   next member who is there decides.

### Another device

1. `ask_device` is answered by a `device`: a code, valid for five minutes, and a link with it. A `hello` with the token
   `device-` and the code takes the place of the device before, which is closed with 4009. A code is spent, and the token of the
   device before is void, with the first frame of the new device after its `welcome`; until then either may come back. A new code
   voids the one before. The code tells nothing of the seat.
2. Without a code: make up a token of 32 random characters and say `hello` with it and with `asks`, a line for the moderator.
   There is no answer until the moderator gives the command `consent`. Then the `welcome` follows, and the token is like one
   of a link. After a lost connection say the same `hello` again.
3. While a bot plays for a person who is away (`status.seats[].away`), the person's own token stays valid. Once they are back
   the bot leaves, at the next stop if it has decided at this one; until then orders are refused with `not_deciding`.
"""

RULES = """
### Ids and retries

- Make a new id for each `order`, `command`, `withdraw`, `read`, `propose`, `drop` and `pass_on`: 128 random bits as 32
  hexadecimal digits. Keep the message until it is answered.
- An `ack` means that the order is on the server's disk. The server never sends it earlier.
- The same id with the same content gets the same `ack`, byte for byte, however often you send it, also after a restart. The
  same id with other content gets the `error` `idempotency_mismatch`.
- Send an order again only after a reconnect, never after a timeout: a connection delivers a frame or breaks.
- Every frame that you send gets exactly one of: its answer (`welcome`, `ack`, `noted`, `consent_mark`, `observe`, `device`,
  `debrief`, `pong`), an `error`, or a close code. An `error` changes nothing in the game. `error.id` is the id of what it
  answers, if that had one.

### Resuming

- `ack`, `incident`, `window` and `forecast` have a number, `vseq`, which counts the messages to your address without gaps. Your
  numbers reveal nothing about other seats. Several connections of one seat share its numbers.
- Store the last number up to which you have every message, and that message's `receipt`. Send both in the next `hello`.
- `resume: "delta"`: the messages that you missed follow, with the next numbers. Drop a message whose number you have seen.
- `resume: "fresh"` or `"snapshot"`: continue from `welcome.vseq` and `welcome.receipt`; the next `observe` is complete.
  Moderators and observers have no `observe`; they get the latest messages again, with the next numbers.
- After the `welcome`, send every unanswered order again, with the same ids and in the same order.
- A receipt carries a seal. If the server made a receipt and no longer knows it, the server has lost data that it had promised
  to keep: it answers `log_regressed` and stops the session, also where it does not know the token either, as with a journal
  from an older backup. Do not retry; tell the moderator. When the moderator goes on all the same, a client that comes with such
  a receipt and a valid token is answered with `resume: "snapshot"`. A receipt with a wrong seal is
  answered with `bad_receipt`; send `hello` without a receipt to start from a snapshot.
- `observe`, `view_change`, `public`, `status`, `result`, `evidence`, `noted`, `talk`, `read_mark`, `desk`, `device`, `nudge`,
  `requests`, `error`, `pong` and `debrief` have no number and are not sent again.

### Reconnecting

After a loss wait a random time between 0 and 0.25 s, then up to twice as long each time, at most 15 s. After close code
1012 start with up to 2 s. The previous token stays valid until the first frame after the `welcome`, in
case the `welcome` was lost or the server died before it. A token that was not used for {valid_days} days is void. The newest
connection of a player's token closes the older one with 4002; the older one must not reconnect by itself. Clients that share a
place, as tabs of a browser do, share its newest token: one that is refused with 4001 looks whether another has a newer token, and
says `hello` with that.

A handshake that is answered with 503 counts as a loss: the server stops, or another server process serves the session now or
soon. Where that is known, the answer has the header `Counterpoise-Owner` with the address of the process, which a proxy in
front reaches; a client behind the proxy tries the same link again.

A browser does not see a websocket's own pings: it sends `ping` every 20 s, 2 s after anything that needs an answer, and when the
page wakes up or the network changes. Silence for 10 s after a `ping` (5 s on waking) means that the connection is dead: it counts
as closed at once, without waiting for the close handshake. After the `welcome` send `ready` again too, if the clock still stands
at that tick: a `ready` is lost with the connection, and with a server that restarts.
"""

CALLS = """
### Answers to calls

`call` is an item of `view.calls`. The value in the third column takes the place of the dots. A call that is not answered by its
`deadline` gets the answer in the last column; of several, chance draws one.

An acceptance can be illegal: you and the proposer may have made the same promise since the offer, or be at war. Its order then
gets the `error` `illegal` with `path` `$.move.accept` in place of an `ack`, and the call stays open. To know before, send
`ask_moves` with `legal: true`: the answers that it lists are those that are legal now. To decline an open offer is always legal.
"""

COMMANDS = (
    ("`start`", "", "leave the lobby: the clock may run"),
    (
        "`pause`",
        "`reason`?, `seconds`?",
        "stop the clock and the deadlines; the server still takes orders. After the seconds the session goes on by itself",
    ),
    ("`resume`", "", "restart the clock"),
    (
        "`pace`",
        (
            "`mode`? `windows` or `continuous`, `days_per_second`?, `window_seconds`?, `call_seconds`?, "
            "`timetable`? `{time_zone, closes?, every_days?, weekdays?}`"
        ),
        "set the pace of simulated time, and the deadlines of windows and calls",
    ),
    ("`close_window`", "", "end this stop now"),
    (
        "`skip`",
        "`to`?: `event`, `crisis` or `window`",
        "let the clock run on to the next one, without waiting for people; it stops where a person is called",
    ),
    (
        "`inject`",
        "`inject`: a map with a `kind` and that kind's fields, `reason`?, `when`? `clock`, `instead_of`?",
        (
            "trigger an event now, or when the clock next moves; `instead_of` is the place of the scenario's event that then "
            "does not happen"
        ),
    ),
    ("`take_back`", "`order`: the id of the command", "undo an inject that waits for the clock to move"),
    ("`note`", "`seat`, `text`", "write to a seat, which alone reads it; it answers by the message `to_moderator`"),
    ("`bookmark`", "`note`", "mark this moment with a note, which only moderators see until the debrief"),
    (
        "`talk`",
        "`level`: `none`, `public`, `offers` or `free`",
        "set what states may write to each other; refused if it holds already",
    ),
    (
        "`show_evidence`",
        "`shown`: true or false",
        "send players and observers `evidence` from now on, or no longer; refused if it holds already",
    ),
    ("`seated`", "`seat`, `player`", "the server's own record of who decides for a seat; refused from clients"),
    ("`branch`", "`seed`", "the server's own record of where a fork leaves its journal; refused from clients"),
    (
        "`heard`",
        "`seat`, `message`",
        "the server's own record that the seat's bot is asked to answer a message; refused from clients",
    ),
    (
        "`team`",
        "`seat`, `deciding`? `fixed` or `rotating`, `writing`? `anyone` or `decider`, `decider`?",
        "set how a seat that several people share decides, who writes its messages, and who decides now",
    ),
    ("`member`", "`seat`, `member`, `joined`", "the server's own record of who shares a seat; refused from clients"),
    ("`decider`", "`seat`, `member`, `because`", "the server's own record of who decides now; refused from clients"),
    (
        "`propose`",
        "`member`, `window`, `move`",
        "the server's record of a member's message `propose`; refused as a command",
    ),
    ("`drop`", "`member`, `proposal`", "the server's record of a member's message `drop`; refused as a command"),
    ("`pass_on`", "`member`, `to`", "the server's record of a member's message `pass_on`; refused as a command"),
    ("`withdraw`", "`order`, `member`?", "the server's record of a seat's message `withdraw`; refused as a command"),
    ("`read`", "`thread`, `number`", "the server's record of a seat's message `read`; refused as a command"),
    ("`end`", "", "end the session and open the debrief"),
    (
        "`seat`",
        "`seat`, `to`: `bot`, `open` or `team`",
        "give a seat to its bot, open it with a new link, or make a link for more people who share it",
    ),
    ("`extend`", "`seconds`, `seat`?", "give everyone, or one seat while a window is open, more time at this stop"),
    ("`absence`", "`windows`", "after how many missed windows a bot plays for a person who is away; 0 for never"),
    ("`absent_to_bots`", "", "let bots play for all who are away, until each of them is back"),
    ("`nudge`", "`seat`", "remind a seat that the clock waits for it; refused where it does not wait"),
    (
        "`consent`",
        "`request`, `allowed`, `seat`?, `member`?",
        "let somebody in `requests` have the place of a person in that seat, on another device, or refuse",
    ),
    (
        "`preview`",
        "`inject`, `seat`?, `instead_of`?",
        (
            "try an inject on a copy of the world; a `preview` tells who would read what, what would change, and what the seat "
            "would see"
        ),
    ),
    ("`fears`", "", "ask for `fears`: who has how much to fear from whom, and what each seat believes"),
    ("`rehearse`", "", "let bots play a throw-away copy of the session to its end; `rehearsal` tells how far it is"),
    ("`carry_on`", "", "continue although a client holds a receipt that this server has lost"),
)

VIEW_NOTES = {
    "access": "access of this seat to that state's politics, in [0, 1]",
    "active": "the state exists now",
    "against": "the state that it is directed against, if any",
    "aligned": "an alignment with this seat is in force",
    "asker": "the state that wants the answer",
    "at_war": "at war with this seat",
    "attackers": "codes of states",
    "broken_promises": "of that state towards this seat, decaying over the years",
    "brokered": "a third state has asked both sides whether they would make peace",
    "claim": "what that state claims from this seat",
    "claimed": "what this seat claims from that state",
    "claims": "the losers on which this seat has a claim, which would be met",
    "components": "military spending, military personnel, iron and steel, energy, population, urban population",
    "condition": "the condition of the aid, in the donor's words; empty for none",
    "consented": "this seat has consented",
    "constraint": "how much the regime binds its leader",
    "contiguity": "0 none, 1 a land border, 2 to 5 across at most 12, 24, 150 or 400 sea miles (Correlates of War)",
    "cooperation": "of that state with this seat, as the seat remembers it, decaying over the years",
    "defaults": "what is answered for this seat if it does not answer in time; of several answers, chance draws one",
    "deadline": "tick by which it must be answered",
    "defenders": "codes of states",
    "divisive": "a member of this seat's movement, and a rival for its leadership",
    "end": "tick at which the scenario ends",
    "family": "the regime's family, as the scenario names it",
    "hostile_statements": "of that state about this seat, decaying over the years",
    "hostility": "of that state towards this seat, decaying over the years",
    "honoured": "allies' calls that it answered by fighting",
    "incidents": "the newest incidents that this seat may see, oldest first: `id, date, tick, kind, actors, detail`",
    "km": "between the capitals",
    "lead": "the state that leads it, if any",
    "leaders": "the leader of each movement, by regime family",
    "legitimacy": "in [0, 1]",
    "level": "1 a claim, 2 a threat, 3 a display of force, 4 a use of force, 5 war",
    "mediators": "third states that mediate",
    "money": "in per cent of this seat's yearly budget",
    "nuclear": "the state has nuclear arms",
    "needed": "how many of the invited states must sign a new treaty of three or more; 0 for other proposals",
    "occupied": "share of the country in foreign hands, in [0, 1]",
    "occupier": "the state that holds it",
    "offense": "offensive power, in [0, 1]; an estimate for other states",
    "offers": "states that have offered peace",
    "occasion": "`window`: every move may be ordered; `call`: only `calls` need an answer",
    "offensive_share": "share of the forces that can attack",
    "openness": "how open the regime is to influence from outside",
    "opened": "tick",
    "others": "the other states that exist now",
    "own_response": "this seat's answer, until the stage is over",
    "parties": "the other states that the pact binds or would bind beside the two",
    "penetration": "exposed access of that state to this seat's politics, in [0, 1]",
    "player": "the name given in `hello`",
    "promised": "the recipient has promised, and is watched until the deadline",
    "power": "share of the power of all states of the scenario, in [0, 1]; an estimate for other states",
    "proximity": "1 for neighbours, falling with distance, in (0, 1]",
    "reach": "share of that state's force that is left on this seat's ground, in (0, 1]; falls more slowly for outside powers",
    "question": "to invite a state, to admit one that asks, or to expel a member",
    "reneged": "allies' calls that it refused",
    "repressing": "the regime represses the opposition for a time",
    "provided": "the state has provided for its people in this window",
    "questions": "open questions to this seat for the debrief; the clock waits for no answer",
    "alignment": "number of the pact that it is about; null for a new one",
    "name": "of the state, or of the pact; empty for a pact without one",
    "refused": "it refused a pact that this seat offered, within the last year",
    "ask": "whom it fears, what a state will do, why it acts, or how alliances arise",
    "about": "the state whose choice is asked for, if any",
    "words": "the asker's own words; empty for none",
    "closes": "tick from which it can no longer be answered",
    "rivalries": "pairs of existing states that are rivals, each once; public",
    "rivalry": "the two are rivals",
    "objectives": "what this seat's score pays for, beside survival, security and influence",
    "public_objectives": "the public objectives of other states, by state",
    "score_parts": "what the score is made of, in points; they sum to it",
    "score": "the game's score by the power that this state believes others to have; it never measures the fit of a theory",
    "secret": "only its members know of it",
    "similarity": "of the regimes, in [0, 1]",
    "since": "tick",
    "spoils": "for each side that this seat is on or could join: what its victory would bring this seat",
    "stated_intent": "that state's last statement of its intent towards this seat",
    "subject": "the number of the crisis, proposal, war, condition or membership vote",
    "subversion": "by that state in this seat, found or suspected by its services, decaying over the years",
    "supporters": "states that support a side, and which side",
    "talk": "what states may write: `none`, `public` to everyone only, `offers` without words only, or `free`",
    "technology": "quality of forces; 1 is the average",
    "terms": "the terms of each peace offer: `as_things_stand`, or `yield` what the war is about",
    "tick": "day of the simulation",
    "treaty": "it is a new treaty of three or more states, which `to` is asked to sign",
    "treasury": "per cent of a year's budget",
    "ultimatum": "the initiator will fight unless its demand is met",
    "until": "tick at which its term ends, if it has one",
    "win_chance": "public estimate for the attackers",
    "window": "number of the decision window",
    "years": "the term of the alliance, if it has one",
}
"""The meaning of the less obvious fields of a view. A name has the same meaning in every record."""
