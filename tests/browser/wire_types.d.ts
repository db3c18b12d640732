// Generated from the protocol's JSON schema by tests/browser/write_wire_types.py. Do not edit.
// `Json` stands for a map whose fields the schema leaves open.

declare namespace Wire {
  type Json = Record<string, any>;

  type ClientMessage = Hello | Order | Withdraw | Read | ToModerator | Propose | Drop | PassOn | AskDevice | Ready | Consent | Command | Look | AskMoves | AskDebrief | AskWhatIf | StopWhatIf | GoOn | Ping | Leave;

  type ServerMessage = Welcome | Observe | ViewChange | Ack | Noted | Moves | ConsentMark | Talk | ReadMark | Desk | Device | Nudge | SeatRequests | Error | IncidentNews | WindowNews | ForecastNews | EvidenceNews | PublicNews | ConsoleNews | WholeNews | Preview | FearNews | RehearsalNews | Checkpoint | Status | DebriefReport | WhatIfNews | WentOn | Link | Pong | Result | Bye;

  interface Ack {
    t: "ack";
    id: string;
    vseq: number;
    receipt: string;
  }

  interface AidView {
    donor: string;
    recipient: string;
    kind: "economic" | "military";
    amount: number;
    condition: string;
  }

  interface AlignmentView {
    id: number;
    members: Array<string>;
    commitment: "arms" | "basing" | "consultation" | "defence" | "guarantee" | "joint_operation" | "neutrality" | "nonaggression" | "offence" | "union";
    since: number;
    against: string | null;
    secret: boolean;
    lead: string | null;
    name: string;
    until: number | null;
  }

  interface AskDebrief {
    t: "ask_debrief";
  }

  interface AskDevice {
    t: "ask_device";
  }

  interface AskMoves {
    t: "ask_moves";
    id: string;
    move?: Json;
    legal?: boolean;
    kind?: string;
  }

  interface AskWhatIf {
    t: "ask_what_if";
    on: string;
    change: Json;
    seeds?: number;
    windows?: number;
  }

  interface Bookmark {
    tick: number;
    date: string;
    note: string;
  }

  interface Bye {
    t: "bye";
    reason: string;
    code: number;
  }

  interface CallView {
    id: number;
    reason: "ally" | "condition" | "crisis" | "demand" | "membership" | "peace" | "proposal";
    subject: number;
    deadline: number;
    asker: string | null;
    defaults: Array<string>;
  }

  interface CampaignView {
    target: string;
    means: "bribery" | "exchange" | "lobbying" | "propaganda" | "subversion";
    aim: "intrusive" | "limited";
    effort: number;
    until: number;
    open: boolean;
  }

  interface Change {
    kind: string;
    actors: Array<string>;
    what: string;
    before: number | string | boolean | null;
    after: number | string | boolean | null;
  }

  interface Checkpoint {
    t: "checkpoint";
    session: string;
    phase: "ended" | "lobby" | "paused" | "running";
    tick: number;
    date: string;
    scenario_hash: string;
    seed_commitment: string;
    journal: string;
    key: string;
    signature: string;
  }

  interface ComingEvent {
    index: number;
    id: string;
    inject: Json;
    date: string;
  }

  interface Command {
    t: "command";
    id: string;
    command: Json;
  }

  interface ConditionView {
    id: number;
    donor: string;
    recipient: string;
    aid: "economic" | "military";
    demand: "drop_claim" | "friendly_words" | "leave_alliance" | "make_peace" | "side_with_us" | "stay_out";
    about: string | null;
    deadline: number;
    promised: boolean;
  }

  interface Consent {
    t: "consent";
    given: boolean;
  }

  interface ConsentMark {
    t: "consent_mark";
    given: boolean;
  }

  interface ConsoleNews {
    t: "console";
    seats: Array<WaitedSeat>;
    pause_left: number;
    skipping: string;
    bookmarks: Array<Bookmark>;
    waiting: Array<WaitingEvent>;
    coming: Array<ComingEvent>;
    absent_windows: number;
  }

  interface CrisisView {
    id: number;
    initiator: string;
    target: string;
    aim: "policy" | "regime" | "territory";
    level: number;
    opened: number;
    deadline: number;
    own_response: "compromise" | "concede" | "escalate" | "stand_firm" | null;
    demand: string;
    supporters: Record<string, string>;
    ultimatum: boolean;
    mediators: Array<string>;
  }

  interface DebriefReport {
    t: "debrief";
    report: Json;
  }

  interface Desk {
    t: "desk";
    seat: string;
    members: Array<Member>;
    decider: string;
    because: "absent" | "first" | "left" | "moderator" | "passed" | "turn";
    deciding: "fixed" | "rotating";
    writing: "anyone" | "decider";
    proposals: Array<DeskMove>;
    dropped: Array<DeskMove>;
    orders: Array<DeskMove>;
  }

  interface DeskMove {
    id: string;
    by: string;
    move: Json;
  }

  interface Device {
    t: "device";
    code: string;
    url: string;
    seconds: number;
    qr: QrCode;
  }

  interface Drop {
    t: "drop";
    id: string;
    proposal: string;
  }

  interface Error {
    t: "error";
    code: string;
    path: string;
    expected: string;
    got: string;
    id: string;
    answers: string;
    reason: string;
    terms: Record<string, string | number>;
  }

  interface EvidenceNews {
    t: "evidence";
    window: number;
    date: string;
    shown: boolean;
    hypotheses: Array<Json>;
    evidence: Json;
  }

  interface FearNews {
    t: "fears";
    date: string;
    actual: Record<string, Record<string, number>>;
    believed: Record<string, Record<string, number>>;
  }

  interface ForecastNews {
    t: "forecast";
    vseq: number;
    receipt: string;
    window: number;
    decisions: Array<Json>;
  }

  interface GoOn {
    t: "go_on";
    on: string;
    id?: string;
  }

  interface Hello {
    t: "hello";
    protocol: number;
    token: string;
    last_vseq?: number;
    last_receipt?: string;
    name?: string;
    bot?: string;
    client?: string;
    asks?: string;
  }

  interface IncidentNews {
    t: "incident";
    vseq: number;
    receipt: string;
    incident: Json;
  }

  interface Leave {
    t: "leave";
  }

  interface Link {
    t: "link";
    seat: string;
    url: string;
    role: "player" | "team";
    qr: QrCode | null;
  }

  interface Look {
    t: "look";
    seat?: string;
    id?: string;
  }

  interface Member {
    id: string;
    name: string;
    online: boolean;
  }

  interface MembershipVoteView {
    id: number;
    alignment: number;
    question: "admit" | "expel" | "invite";
    state: string;
    asker: string;
    deadline: number;
    consented: boolean;
  }

  interface MoveOption {
    move: Json;
    cost: number;
    seen_by: Array<string> | null;
    meaning: string;
    path: string;
    expected: string;
    got: string;
    choices: Record<string, Array<any>>;
    reason: string;
    terms: Record<string, string | number>;
  }

  interface Moves {
    t: "moves";
    id: string;
    tick: number;
    options: Record<string, MoveOption>;
    answers: Array<MoveOption>;
    legal: Array<Json>;
    more: boolean;
  }

  interface Noted {
    t: "noted";
    tick: number;
    open: Array<OpenCall>;
  }

  interface Nudge {
    t: "nudge";
    tick: number;
  }

  interface Objective {
    kind: "allies" | "apart" | "gain" | "independence" | "isolated" | "land" | "leadership" | "outweigh" | "peace" | "protector" | "regime" | "supplied";
    states: Array<string>;
    weight: number;
    public: boolean;
    count: number;
  }

  interface Observe {
    t: "observe";
    vseq: number;
    called: boolean;
    view: View;
    threats: Record<string, Record<string, number>>;
    id: string;
    kinds: Array<string>;
  }

  interface OpenCall {
    call: number;
    reason: "ally" | "condition" | "crisis" | "demand" | "membership" | "peace" | "proposal";
    subject: number;
    deadline: number;
    defaults: Array<string>;
  }

  interface Order {
    t: "order";
    id: string;
    window: number;
    move: Json;
    replaces?: string;
    proposal?: string;
  }

  interface OtherState {
    id: string;
    name: string;
    role: "outside" | "regional";
    power: number;
    offense: number;
    family: string;
    km: number;
    contiguity: number;
    proximity: number;
    reach: number;
    similarity: number;
    divisive: boolean;
    rivalry: boolean;
    claim: "policy" | "regime" | "territory" | null;
    claimed: "policy" | "regime" | "territory" | null;
    hostility: number;
    cooperation: number;
    hostile_statements: number;
    subversion: number;
    broken_promises: number;
    stated_intent: "friendly" | "hostile" | "neutral";
    aligned: boolean;
    at_war: boolean;
    penetration: number;
    access: number;
    occupied: number;
    occupier: string | null;
    honoured: number;
    reneged: number;
    nuclear: boolean;
    refused: boolean;
  }

  interface OwnState {
    id: string;
    name: string;
    role: "outside" | "regional";
    active: boolean;
    components: Array<number>;
    power: number;
    offense: number;
    technology: number;
    offensive_share: number;
    posture: "balanced" | "defensive" | "offensive";
    treasury: number;
    family: string;
    legitimacy: number;
    openness: number;
    constraint: number;
    mobilized: boolean;
    occupied: number;
    occupier: string | null;
    repressing: boolean;
    provided: boolean;
    score: number;
    goals: Array<string>;
    briefing: string;
    nuclear: boolean;
    centres: number;
    standing: number;
    score_parts: ScoreParts;
    objectives: Array<Objective>;
  }

  interface PassOn {
    t: "pass_on";
    id: string;
    to: string;
  }

  interface Ping {
    t: "ping";
    n?: number;
  }

  interface Pong {
    t: "pong";
    n: number;
  }

  interface Preview {
    t: "preview";
    inject: Json;
    incidents: Array<Json>;
    changes: Array<Change>;
    later: Array<Change>;
    seat: string;
    view: View | null;
    threats: Record<string, Record<string, number>>;
  }

  interface ProposalView {
    id: number;
    proposer: string;
    to: string;
    commitment: "arms" | "basing" | "consultation" | "defence" | "guarantee" | "joint_operation" | "neutrality" | "nonaggression" | "offence" | "union";
    against: string | null;
    secret: boolean;
    deadline: number;
    years: number | null;
    name: string;
    alignment: number | null;
    treaty: boolean;
    parties: Array<string>;
    needed: number;
  }

  interface Propose {
    t: "propose";
    id: string;
    window: number;
    move: Json;
  }

  interface PublicAid {
    donor: string;
    recipient: string;
    kind: string;
  }

  interface PublicAlignment {
    id: number;
    members: Array<string>;
    commitment: "arms" | "basing" | "consultation" | "defence" | "guarantee" | "joint_operation" | "neutrality" | "nonaggression" | "offence" | "union";
    since: number;
    against: string | null;
    lead: string | null;
  }

  interface PublicCrisis {
    id: number;
    initiator: string;
    target: string;
    aim: "policy" | "regime" | "territory";
    level: number;
  }

  interface PublicFear {
    of: string;
    by: string;
    threat: number;
  }

  interface PublicNews {
    t: "public";
    facts: PublicView;
    fears: Array<PublicFear>;
  }

  interface PublicState {
    id: string;
    name: string;
    occupied: number;
    occupier: string | null;
  }

  interface PublicView {
    tick: number;
    date: string;
    states: Array<PublicState>;
    alignments: Array<PublicAlignment>;
    crises: Array<PublicCrisis>;
    wars: Array<PublicWar>;
    aid: Array<PublicAid>;
  }

  interface PublicWar {
    id: number;
    attackers: Array<string>;
    defenders: Array<string>;
    aim: "policy" | "regime" | "territory";
    since: number;
  }

  interface QrCode {
    size: number;
    path: string;
  }

  interface QuestionView {
    id: number;
    ask: "belief" | "prediction" | "reason" | "threats";
    about: string | null;
    words: string;
    opened: number;
    closes: number;
  }

  interface Read {
    t: "read";
    id: string;
    thread: string;
    number: number;
  }

  interface ReadMark {
    t: "read_mark";
    thread: string;
    number: number;
  }

  interface Ready {
    t: "ready";
    tick: number;
  }

  interface RehearsalNews {
    t: "rehearsal";
    share: number;
    done: boolean;
    problem: string;
    report: RehearsalReport | null;
  }

  interface RehearsalReport {
    begins: string;
    ends: string;
    windows: number;
    calls: number;
    minutes: number;
    wars: Array<RehearsedWar>;
    crises: number;
    pacts: number;
    pacts_ended: number;
    regimes: number;
    events: number;
    orders: number;
    failures: Array<string>;
  }

  interface RehearsedWar {
    date: string;
    attacker: string;
    target: string;
  }

  interface Result {
    t: "result";
    tick: number;
    date: string;
    scores: Record<string, number>;
  }

  interface SanctionView {
    sender: string;
    target: string;
    scope: "arms" | "trade";
    since: number;
  }

  interface ScoreParts {
    survival: number;
    security: number;
    influence: number;
    objectives: number;
    upkeep: number;
  }

  interface SeatRequest {
    id: string;
    name: string;
    says: string;
  }

  interface SeatRequests {
    t: "requests";
    waiting: Array<SeatRequest>;
  }

  interface SeatStatus {
    seat: string;
    name: string;
    occupant: "bot" | "empty" | "human";
    player: string;
    online: boolean;
    ready: boolean;
    active: boolean;
    away: boolean;
    more_seconds: number;
  }

  interface SpoilsView {
    side: string;
    money: number;
    claims: Array<string>;
  }

  interface Status {
    t: "status";
    phase: "ended" | "lobby" | "paused" | "running";
    talk: "free" | "none" | "offers" | "public";
    tick: number;
    date: string;
    mode: "continuous" | "windows";
    days_per_second: number;
    window_seconds: number;
    call_seconds: number;
    seconds_left: number;
    seats: Array<SeatStatus>;
    due: string;
    time_zone: string;
    reason: string;
    pause_left: number;
  }

  interface StopWhatIf {
    t: "stop_what_if";
  }

  interface Talk {
    t: "talk";
    messages: Array<Json>;
    read: Record<string, number>;
  }

  interface ToModerator {
    t: "to_moderator";
    id: string;
    text: string;
  }

  interface View {
    tick: number;
    date: string;
    end: number;
    window: number;
    occasion: "call" | "window";
    own: OwnState;
    others: Array<OtherState>;
    alignments: Array<AlignmentView>;
    proposals: Array<ProposalView>;
    membership_votes: Array<MembershipVoteView>;
    crises: Array<CrisisView>;
    wars: Array<WarView>;
    aid: Array<AidView>;
    conditions: Array<ConditionView>;
    campaigns: Array<CampaignView>;
    leaders: Record<string, string>;
    calls: Array<CallView>;
    incidents: Array<Json>;
    rivalries: Array<[string, string]>;
    talk: "free" | "none" | "offers" | "public";
    sanctions: Array<SanctionView>;
    public_objectives: Record<string, Array<Objective>>;
    questions: Array<QuestionView>;
  }

  interface ViewChange {
    t: "view_change";
    vseq: number;
    seat: string;
    called: boolean;
    fields: Json;
    others: Array<OtherState>;
    incidents: Array<Json>;
    dropped: number;
    threats: Record<string, Record<string, number>>;
    kinds: Array<string>;
  }

  interface WaitedSeat {
    seat: string;
    waited: number;
    orders: number;
    lag: number;
    seen: number;
  }

  interface WaitingEvent {
    id: string;
    inject: Json;
    reason: string;
    instead_of: number;
  }

  interface WarView {
    id: number;
    attackers: Array<string>;
    defenders: Array<string>;
    aim: "policy" | "regime" | "territory";
    since: number;
    win_chance: number;
    offers: Array<string>;
    terms: Record<string, "as_things_stand" | "yield">;
    brokered: boolean;
    spoils: Array<SpoilsView>;
  }

  interface Welcome {
    t: "welcome";
    resume: "delta" | "fresh" | "snapshot";
    vseq: number;
    receipt: string;
    next_token: string;
    role: "admin" | "moderator" | "observer" | "player" | "team";
    seat: string;
    session: string;
    scenario: Json;
    catalogue: Json;
    seed_commitment: string;
    member: string;
    consent: "" | "ask" | "given" | "refused";
    class_title: string;
    world: string;
  }

  interface WentOn {
    t: "went_on";
    on: string;
    session: string;
    moderator: string;
    observer: string;
    seats: Record<string, string>;
    code: string;
    join: string;
    problem: string;
    id: string;
  }

  interface WhatIfNews {
    t: "what_if";
    share: number;
    done: boolean;
    stopped: boolean;
    problem: string;
    report: Json | null;
  }

  interface WholeAlignment {
    id: number;
    members: Array<string>;
    commitment: "arms" | "basing" | "consultation" | "defence" | "guarantee" | "joint_operation" | "neutrality" | "nonaggression" | "offence" | "union";
    since: number;
    against: string | null;
    lead: string | null;
    secret: boolean;
  }

  interface WholeNews {
    t: "whole";
    facts: WholeView;
  }

  interface WholeView {
    tick: number;
    date: string;
    states: Array<PublicState>;
    alignments: Array<WholeAlignment>;
    crises: Array<PublicCrisis>;
    wars: Array<PublicWar>;
    aid: Array<PublicAid>;
  }

  interface WindowNews {
    t: "window";
    vseq: number;
    receipt: string;
    window: number;
    tick: number;
    date: string;
    occasion: "call" | "window";
    called: boolean;
  }

  interface Withdraw {
    t: "withdraw";
    id: string;
    order: string;
  }
}

declare namespace ClassWire {
  type Json = Record<string, any>;

  type ClientMessage = Enter | OpenClass | TakeSeat | Leave | Admit | Refuse | Assign | Unassign | Deal | SamePerson | LetMove | AddWorld | CommandWorlds | SetDoor | SetAnonymous | ImportRoster | Rename | RenamePerson | OpenWorld | AskRecords | ClassPing;

  type ServerMessage = Entered | Lobby | YourSeat | Opened | Board | WorldLink | ClassRecords | RosterRead | Taken | ClassRefusal | ClassPong;

  interface AddWorld {
    t: "add_world";
    id: string;
    seed?: "other" | "same";
  }

  interface Admit {
    t: "admit";
    id: string;
    people?: Array<string>;
  }

  interface AskRecords {
    t: "ask_records";
    id: string;
  }

  interface Assign {
    t: "assign";
    id: string;
    person: string;
    world: string;
    seat: string;
  }

  interface Board {
    t: "board";
    code: string;
    title: string;
    scenario: string;
    door: boolean;
    admits: "everyone" | "nobody" | "roster";
    seats: "everyone" | "nobody" | "roster";
    anonymous: boolean;
    join: string;
    qr: QrCode;
    people: Array<BoardPerson>;
    worlds: Array<BoardWorld>;
    actors: Array<Json>;
    map: string;
  }

  interface BoardPerson {
    person: string;
    name: string;
    number: string;
    place: "admitted" | "seated" | "waiting";
    world: string;
    seat: string;
    present: boolean;
    entered: boolean;
    expected: boolean;
    same_as: string;
  }

  interface BoardSeat {
    seat: string;
    name: string;
    occupant: "bot" | "empty" | "human";
    people: Array<string>;
    connected: boolean;
    active: boolean;
    waited_for: boolean;
  }

  interface BoardWorld {
    world: string;
    session: string;
    phase: "ended" | "lobby" | "paused" | "running";
    date: string;
    start: string;
    end: string;
    window: number;
    seconds_left: number;
    due: string;
    reason: string;
    crises: Array<PublicCrisis>;
    wars: Array<PublicWar>;
    seats: Array<BoardSeat>;
    at_window: boolean;
    facts: PublicView | null;
    rehearsal: RehearsalNews | null;
    waits_for_people: boolean;
  }

  interface ClassNote {
    text: string;
    reason: string;
    terms: Record<string, string | number>;
  }

  interface ClassPing {
    t: "ping";
    n?: number;
  }

  interface ClassPong {
    t: "pong";
    n: number;
  }

  interface ClassRecords {
    t: "records";
    id: string;
    records: Json;
    csv: string;
  }

  interface ClassRefusal {
    t: "refused";
    code: string;
    path: string;
    expected: string;
    got: string;
    id: string;
    answers: string;
    reason: string;
    terms: Record<string, string | number>;
  }

  interface CommandWorlds {
    t: "command";
    id: string;
    command: Json;
    worlds?: Array<string>;
  }

  interface Deal {
    t: "deal";
    id: string;
    people?: Array<string>;
  }

  interface Enter {
    t: "enter";
    code?: string;
    name?: string;
    number?: string;
    token?: string;
    device?: string;
  }

  interface Entered {
    t: "entered";
    code: string;
    person: string;
    token: string;
  }

  interface ImportRoster {
    t: "import_roster";
    id: string;
    csv: string;
    checks?: boolean;
  }

  interface Leave {
    t: "leave";
    id: string;
  }

  interface LetMove {
    t: "let_move";
    id: string;
    person: string;
  }

  interface Lobby {
    t: "lobby";
    title: string;
    scenario: string;
    summary: string;
    minutes: number;
    name: string;
    place: "admitted" | "seated" | "waiting";
    ahead: number;
    people: number;
    world: string;
    session: string;
    phase: "ended" | "lobby" | "paused" | "running" | "";
    seat: string;
    seat_name: string;
    role: "" | "player" | "team";
    team: Array<string>;
    anonymous: boolean;
    waiting: Array<string>;
    briefing: string;
    goals: Array<string>;
  }

  interface OpenClass {
    t: "open_class";
    token: string;
  }

  interface OpenWorld {
    t: "open_world";
    id: string;
    world: string;
    role?: "moderator" | "observer";
  }

  interface Opened {
    t: "opened";
    code: string;
    role: "moderator" | "observer";
  }

  interface PublicAid {
    donor: string;
    recipient: string;
    kind: string;
  }

  interface PublicAlignment {
    id: number;
    members: Array<string>;
    commitment: "arms" | "basing" | "consultation" | "defence" | "guarantee" | "joint_operation" | "neutrality" | "nonaggression" | "offence" | "union";
    since: number;
    against: string | null;
    lead: string | null;
  }

  interface PublicCrisis {
    id: number;
    initiator: string;
    target: string;
    aim: "policy" | "regime" | "territory";
    level: number;
  }

  interface PublicState {
    id: string;
    name: string;
    occupied: number;
    occupier: string | null;
  }

  interface PublicView {
    tick: number;
    date: string;
    states: Array<PublicState>;
    alignments: Array<PublicAlignment>;
    crises: Array<PublicCrisis>;
    wars: Array<PublicWar>;
    aid: Array<PublicAid>;
  }

  interface PublicWar {
    id: number;
    attackers: Array<string>;
    defenders: Array<string>;
    aim: "policy" | "regime" | "territory";
    since: number;
  }

  interface QrCode {
    size: number;
    path: string;
  }

  interface Refuse {
    t: "refuse";
    id: string;
    person: string;
  }

  interface RehearsalNews {
    t: "rehearsal";
    share: number;
    done: boolean;
    problem: string;
    report: RehearsalReport | null;
  }

  interface RehearsalReport {
    begins: string;
    ends: string;
    windows: number;
    calls: number;
    minutes: number;
    wars: Array<RehearsedWar>;
    crises: number;
    pacts: number;
    pacts_ended: number;
    regimes: number;
    events: number;
    orders: number;
    failures: Array<string>;
  }

  interface RehearsedWar {
    date: string;
    attacker: string;
    target: string;
  }

  interface Rename {
    t: "rename";
    id: string;
    title: string;
  }

  interface RenamePerson {
    t: "rename_person";
    id: string;
    person: string;
    name: string;
  }

  interface RosterMistake {
    path: string;
    expected: string;
    got: string;
    reason: string;
    terms: Record<string, string | number>;
  }

  interface RosterPerson {
    name: string;
    number: string;
    world: string;
    seat: string;
  }

  interface RosterRead {
    t: "roster_read";
    id: string;
    people: Array<RosterPerson>;
    mistakes: Array<RosterMistake>;
  }

  interface SamePerson {
    t: "same_person";
    id: string;
    waiting: string;
    known: string;
  }

  interface SetAnonymous {
    t: "anonymous";
    id: string;
    on: boolean;
  }

  interface SetDoor {
    t: "door";
    id: string;
    open: boolean;
    admits?: "everyone" | "nobody" | "roster";
    seats?: "everyone" | "nobody" | "roster";
  }

  interface TakeSeat {
    t: "take_seat";
    id: string;
  }

  interface Taken {
    t: "taken";
    id: string;
    refusals: Array<WorldRefusal>;
    notes: Array<ClassNote>;
  }

  interface Unassign {
    t: "unassign";
    id: string;
    person: string;
  }

  interface WorldLink {
    t: "world_link";
    id: string;
    world: string;
    session: string;
    role: "moderator" | "observer";
    token: string;
    url: string;
    qr: QrCode;
  }

  interface WorldRefusal {
    world: string;
    code: string;
    path: string;
    expected: string;
    got: string;
    reason: string;
    terms: Record<string, string | number>;
  }

  interface YourSeat {
    t: "your_seat";
    id: string;
    session: string;
    seat: string;
    role: "player" | "team";
    token: string;
  }
}
