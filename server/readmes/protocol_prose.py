"""What the protocol page says in words: how to connect, how to resume, what codes mean."""

from __future__ import annotations

OPENING = """
## The protocol

Version {version}. A client in another language needs this page and nothing else; a Python one has `counterpoise_clients`.

### Connecting

1. You have a join link, `http://HOST/j/SESSION#TOKEN`. The part after `#` is the secret; it never travels in a URL.
2. Open a websocket at `ws://HOST/s/SESSION/ws` (`wss:` where the link says `https:`) and offer one subprotocol:
   `{msgpack}` for binary frames of MessagePack, or `{json}` for text frames of JSON. Ask for no compression.
3. Send `hello` with the token as the first frame, within {hello_seconds} seconds. The server answers with `welcome`; what
   follows it says `welcome.resume`. A `status` and, for a seat, an `observe` come after it.
4. **Keep `welcome.next_token`** before you do anything else: the token you used is worth little from now on.

A frame holds one map. Its field `t` names the message. Both subprotocols carry the same maps, field by field. A server
may add fields and messages within a version: ignore what you do not know. A client may not: an unknown field is an error.

### Playing

1. While `status.phase` is `lobby` the first view is shown and orders are not taken yet. Wait for `running`.
2. `observe` carries your whole view. The newest replaces the others. `called: true` asks you to decide now.
3. Answer with any number of `order`, each of which is answered by an `ack` or an `error`, and then with `ready` for that
   `view.tick`. A seat that is called and has nothing to order still sends `ready`. So does one that cannot decide: a seat
   that says nothing keeps everyone waiting until the deadline.
4. With `view.occasion` `window` a decision window opens and everything may be ordered. With `call` the clock has stopped
   in between because of something in `view.calls`: a crisis, a proposal, an ally, a peace offer. A call not answered lapses
   at its `deadline`.
5. Ticks are days from the scenario's start, whole numbers. An order acts when the clock moves on, before what is due at
   that tick, and in the order in which you sent it; who is faster than others gains nothing by it.
6. `incident` tells what happened, `window` where the clock stopped, `status` how the session stands and how many seconds are
   left. In `windows` mode the clock waits until every called seat is ready, or for the deadline. In `continuous` mode it
   waits for nobody.
7. `bye` and a close code end the connection.
"""

RULES = """
### Ids and retries

- Make a new id for each order and command: 128 random bits as 32 hexadecimal digits. Keep the order until it is answered.
- An `ack` means that it is on the server's disk. It is never sent earlier.
- The same id with the same content gets the same `ack`, byte for byte, however often it is sent, also after a restart. The
  same id with other content gets `error` `idempotency_mismatch`.
- Send an order again only after a reconnect, not after some time: the connection delivers or breaks.
- Every frame you send gets exactly one of: its answer (`welcome`, `ack`, `observe`, `debrief`, `pong`), an `error`, or a
  close code. An `error` changes nothing in the game. `error.id` is the id of the order it answers, if it had one.

### Resuming

- `ack`, `incident`, `window` and `forecast` are numbered: `vseq` counts what your address has been sent, without gaps. Your
  seat's numbers say nothing about others. Several connections of one seat share its numbers.
- Keep the number up to which you have everything, and the `receipt` that came with it. Send both in the next `hello`.
- `resume: "delta"`: what you missed follows, numbered from where you were. A number you have seen already: drop it.
- `resume: "fresh"` or `"snapshot"`: go on counting from `welcome.vseq` and `welcome.receipt`; the next `observe` has it all.
  Moderators and observers, who have no view, are sent the latest messages again, numbered on from there.
- After the `welcome`, send again what has no answer yet, under the same ids and in the same order.
- A receipt carries a seal. If the server gave it and does not know it any longer, it has lost something that it had promised
  to keep: it refuses with `log_regressed` and stops the session. Do not try again; tell the moderator. A receipt with a false
  seal is refused with `bad_receipt`; say `hello` without one to start from a snapshot.
- `observe`, `status`, `error`, `pong` and `debrief` have no number of their own and are not sent again.

### Coming back

After a loss wait a random time between 0 and 0.25 s, then up to twice as long each time, 15 s at most. After 1012 begin with
up to 2 s. The token used last stays valid for a minute, in case the `welcome` was lost. The newest connection of a token
closes the older one with 4002; the older one must not come back by itself. Browsers do not see a websocket's own pings: they
send `ping` every 20 s and give up a connection that has been silent for 10 s after it.
"""

COMMANDS = (
    ("`start`", "", "leave the lobby: the clock may run"),
    ("`pause`", "`reason`?", "stop the clock and the deadlines; orders are still taken"),
    ("`resume`", "", "let the clock run again"),
    (
        "`pace`",
        "`mode`? `windows` or `continuous`, `days_per_second`?, `window_seconds`?, `call_seconds`?",
        "set how simulated time follows wall time, and the deadlines at windows and calls",
    ),
    ("`close_window`", "", "wait no longer at this stop"),
    ("`inject`", "`inject`: a map with a `kind` and that kind's fields", "make something happen now"),
    ("`seated`", "`seat`, `player`", "the server's own note of who decides for a seat; refused from anyone else"),
    ("`branch`", "`seed`", "the server's own note of where a fork leaves its journal; refused from anyone else"),
    ("`end`", "", "end the session and open the debrief"),
    ("`seat`", "`seat`, `to`: `bot` or `open`", "hand a seat to its bot, or open it with a new link"),
    ("`carry_on`", "", "go on although a client holds a receipt this server has lost"),
)

ERROR_CODES = (
    ("malformed", "the frame or a map in it cannot be read at all, or is not of the form it should have"),
    ("wrong_frame_type", "a text frame on a msgpack connection, or a binary one on a JSON connection"),
    ("too_large", "the frame is too long"),
    ("too_long", "a text, list or map is too long"),
    ("too_deep", "too many lists and maps inside each other"),
    ("duplicate_key", "a key stands twice in one map"),
    ("bad_key", "a map's key is not text"),
    ("bad_number", "a whole number out of range"),
    ("not_finite", "NaN or an infinity"),
    ("bad_text", "a control character or half a character"),
    ("bad_type", "binary or extension data"),
    ("unknown_message", "no message is called that"),
    ("invalid", "a field is missing, unknown, of another type or out of range"),
    ("no_subprotocol", "the handshake offered none of the two subprotocols"),
    ("unexpected", "a second hello"),
    ("not_seated", "a message before the welcome"),
    ("not_allowed", "your role never may"),
    ("forbidden", "only the server itself may"),
    ("wrong_phase", "your role may, but not now"),
    ("rate_limited", "too many messages: send this one again in a second"),
    ("illegal", "the order is understood and not possible now"),
    ("unknown_actor", "no state has that code now"),
    ("unknown_seat", "no seat is called that"),
    ("not_your_seat", "the order is for another's seat"),
    ("late", "the window or the stop it is for is over"),
    ("too_many", "too many orders at one stop"),
    ("not_running", "the session has not started"),
    ("game_over", "the session has ended"),
    ("idempotency_mismatch", "the id was used before for something else"),
    ("log_regressed", "the client holds a receipt the server gave and has lost"),
    ("bad_receipt", "the client shows a receipt this session never gave"),
    ("no_debrief", "there is nothing to debrief yet, or it cannot be read"),
    ("internal", "a fault of the server's own; tell its operator"),
    ("storage", "the server cannot write to its disk; nothing after that counts"),
)

CLOSE_CODES = (
    (1000, "the session is over, or you left", "stay away"),
    (1001, "the server goes away", "come back with growing pauses"),
    (1002, "not a websocket, or no subprotocol", "mend the client"),
    (1003, "a kind of frame that cannot be taken", "mend the client"),
    (1007, "malformed frames, or a malformed hello", "mend the client"),
    (1008, "not allowed: the first frame was no hello, `log_regressed` or `bad_receipt`", "stay away"),
    (1009, "a frame too long", "mend the client"),
    (1011, "the server failed", "come back with growing pauses"),
    (1012, "the server restarts", "come back within 2 s"),
    (1013, "the server cannot take you now", "come back with growing pauses"),
    (4001, "the token is not valid: used, withdrawn or mistyped", "ask for a new link"),
    (4002, "another connection took this seat", "stay away"),
    (4003, "you read too slowly", "come back and resume"),
    (4004, "too many messages, again and again", "come back with growing pauses"),
    (4005, "no hello in time", "come back"),
    (4006, "the server speaks another version", "get another client"),
    (4007, "no session of that name is served here", "check the link"),
)

VIEW_NOTES = {
    "access": "of this seat to that state's politics, in [0, 1]",
    "active": "the state exists now",
    "against": "the state it is directed against, if it names one",
    "aligned": "any alignment with this seat is in force",
    "asker": "the state that wants the answer",
    "at_war": "at war with this seat",
    "attackers": "codes of states",
    "broken_promises": "of that state towards this seat, fading with the years",
    "brokered": "a third state has asked both sides whether they would make peace",
    "claim": "what that state claims of this seat",
    "claimed": "what this seat claims of that state",
    "components": "military spending, military personnel, iron and steel, energy, population, urban population",
    "condition": "what the aid is tied to, in the donor's words; empty for nothing",
    "constraint": "how much the regime binds its leader",
    "contiguity": "0 none, 1 a land border, 2 to 5 across at most 12, 24, 150 or 400 sea miles (Correlates of War)",
    "cooperation": "of that state with this seat, fading with the years",
    "deadline": "tick by which it must be answered",
    "defenders": "codes of states",
    "divisive": "of one movement with this seat, and a rival for its leadership",
    "end": "tick at which the scenario ends",
    "family": "the regime's family, as the scenario names it",
    "hostile_statements": "of that state about this seat, fading with the years",
    "hostility": "of that state towards this seat, fading with the years",
    "honoured": "calls of allies it answered by fighting",
    "incidents": "the newest this seat may see, oldest first: `id, date, tick, kind, actors, detail`",
    "km": "between the capitals",
    "lead": "the state that leads it, if one does",
    "leaders": "who leads a movement, by regime family",
    "legitimacy": "in [0, 1]",
    "level": "1 a claim, 2 a threat, 3 a display of force, 4 a use of force, 5 war",
    "mediators": "third states that mediate",
    "misperception": "added to this seat's estimate of that state's intentions, in [-1, 1]",
    "occupied": "share of the country in foreign hands, in [0, 1]",
    "occupier": "the state that holds it",
    "offense": "offensive power, in [0, 1]; an estimate for other states",
    "offers": "states that have offered peace",
    "occasion": "`window`: everything may be ordered; `call`: only `calls` is asked for",
    "offensive_share": "share of the forces fit to strike",
    "openness": "how open the regime is to influence from outside",
    "opened": "tick",
    "others": "the states that exist now, without one's own",
    "own_response": "this seat's answer, until the stage is over",
    "penetration": "access of that state to this seat's politics, as far as it has come to light, in [0, 1]",
    "player": "the name given in `hello`",
    "promised": "the recipient has given its word and is watched until the deadline",
    "power": "share of the power of all states of the scenario, in [0, 1]; an estimate for other states",
    "proximity": "1 next door, falling with distance, in (0, 1]",
    "reneged": "calls of allies it refused",
    "repressing": "the opposition is held down for a time",
    "provided": "the people have been provided for in this window",
    "rivalry": "the two are rivals",
    "score": "what the game counts; never how well a theory fits",
    "secret": "only its members know of it",
    "similarity": "of the regimes, in [0, 1]",
    "since": "tick",
    "stated_intent": "what that state last said it intends towards this seat",
    "subject": "the number of the crisis, proposal, war or condition it is about",
    "subversion": "by that state in this seat, fading with the years",
    "supporters": "states that joined a side, and whose",
    "technology": "quality of forces; 1 is the average",
    "terms": "what each offer of peace gives: `as_things_stand`, or `yield` what the war is about",
    "tick": "day of the simulation",
    "treasury": "per cent of a year's budget",
    "ultimatum": "the initiator says that it will fight unless its demand is met",
    "until": "tick at which it runs out, if it has a term",
    "win_chance": "public estimate for the attackers",
    "window": "number of the decision window",
    "years": "how long the alliance is to last, if it has a term",
}
"""What the less obvious fields of a view mean. A field of the same name means the same in every record."""
