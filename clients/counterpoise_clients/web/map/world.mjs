// What a map shows of the world: one pure function for each source. Each takes only what its viewer may know.

/**
 * @typedef {{ id: string, name: string, occupied: number, occupier: string }} MapState
 * @typedef {{ key: string, members: string[], commitment: string, lead: string, secret: boolean, name: string }} Pact
 * @typedef {{ key: string, initiator: string, target: string, level: number }} Crisis
 * @typedef {{ key: string, attackers: string[], defenders: string[] }} War
 * @typedef {{ of: string, by: string, threat: number }} Fear `by` fears `of`; in [0, 1]
 * @typedef {{ donor: string, recipient: string, kind: string }} Aid
 * @typedef {{ by: string, of: string }} Penetration `by` has access to the politics of `of`
 */
/**
 * `date` is empty where the page shows it elsewhere; `states` are those that exist; `own` is the viewer's state, or empty. `isApparent`: fears are what public signals suggest.
 *
 * @typedef {{ date: string, own: string, states: MapState[], pacts: Pact[], crises: Crisis[], wars: War[], fears: Fear[],
 *   aid: Aid[], penetrations: Penetration[], isApparent?: boolean }} World
 */

/** The least threat that is drawn, and how many of a seat's threats are. */
export const FEAR_LEAST = 0.3;
const FEARS_OF_A_SEAT = 3;
/** The least hold that one state has on another's politics for it to be drawn. */
const HOLD_LEAST = 0.005;

/**
 * Return the world as a seat sees it.
 *
 * @param {Wire.View} view
 * @param {Record<string, Record<string, number>>} threats the seat's own estimates; empty where the game hides the index
 * @returns {World}
 */
export function worldOfView(view, threats) {
  const { own, others } = view;
  return {
    ...shared(view, own.active ? [own, ...others] : others),
    own: own.id,
    fears: gravest(own.id, threats),
    penetrations: [
      ...others.filter((other) => other.penetration > HOLD_LEAST).map((other) => ({ by: other.id, of: own.id })),
      ...others.filter((other) => other.access > HOLD_LEAST).map((other) => ({ by: own.id, of: other.id })),
    ],
  };
}

/**
 * Return the world as everyone may know it.
 *
 * @param {Wire.PublicView} seen
 * @param {readonly Fear[]} [fears] who fears whom by public signals alone
 * @returns {World}
 */
export function worldOfPublic(seen, fears = []) {
  return { ...shared(seen, seen.states), own: "", fears: fears.map(({ of, by, threat }) => ({ of, by, threat })), penetrations: [], isApparent: true };
}

/**
 * Return what a seat's view and the public view have in common.
 *
 * @param {{ date: string, alignments: readonly (Wire.PublicAlignment & { secret?: boolean, name?: string })[],
 *   crises: readonly Pick<Wire.PublicCrisis, "id" | "initiator" | "target" | "level">[],
 *   wars: readonly Pick<Wire.PublicWar, "id" | "attackers" | "defenders">[], aid: readonly Wire.PublicAid[] }} seen
 * @param {readonly Wire.PublicState[]} states those that exist
 * @returns {Omit<World, "own" | "fears" | "penetrations">}
 */
function shared({ date, alignments, crises, wars, aid }, states) {
  return {
    date,
    states: states.map(({ id, name, occupied, occupier }) => ({ id, name, occupied, occupier: occupier ?? "" })),
    pacts: alignments.map(({ id, members, commitment, lead, secret = false, name = "" }) => ({
      key: `${id}`,
      members: [...members],
      commitment,
      lead: lead ?? "",
      secret,
      name,
    })),
    crises: crises.map(({ id, initiator, target, level }) => ({ key: `${id}`, initiator, target, level })),
    wars: wars.map(({ id, attackers, defenders }) => ({ key: `${id}`, attackers: [...attackers], defenders: [...defenders] })),
    aid: aid.map(({ donor, recipient, kind }) => ({ donor, recipient, kind })),
  };
}

/**
 * Return the world as the viewer of a replay saw it at a moment. It has no date: the time cursor shows it, and moments between which
 * nothing changes have one picture.
 *
 * @param {import("../replay/film.mjs").Scene} scene
 * @param {string} own the viewer's state; empty for who sees everything
 * @returns {World}
 */
export function worldOfScene({ things, perceived }, own) {
  const all = (/** @type {string} */ kind) => /** @type {any[]} */ ([...things[kind].values()]);
  /** @type {Record<string, Record<string, any>>} */
  const matrix = {};
  const least = own ? FEAR_LEAST : GREAT_FEAR;
  for (const [pair, threat] of perceived) {
    if (threat < least) continue; // nobody draws it
    const [by, of] = pair.split("/");
    (matrix[by] ??= {})[of] = { threat };
  }
  return {
    date: "",
    own,
    states: all("states").map(({ key, name, occupied, occupier }) => ({ id: key, name, occupied, occupier })),
    pacts: all("pacts"),
    crises: all("crises"),
    wars: all("wars"),
    fears: own ? gravest(own, matrix[own] ?? {}) : greatFears(matrix),
    aid: all("aid"),
    penetrations: all("holds"),
  };
}

/**
 * Return what a state fears most, as the map shows it.
 *
 * @param {string} by
 * @param {Record<string, Record<string, number>>} threats
 * @returns {Fear[]}
 */
function gravest(by, threats) {
  return Object.entries(threats)
    .map(([of, { threat }]) => ({ of, by, threat }))
    .filter((fear) => fear.threat >= FEAR_LEAST)
    .sort((a, b) => b.threat - a.threat || (a.of < b.of ? -1 : 1))
    .slice(0, FEARS_OF_A_SEAT);
}

/** Of the last threat matrix the map shows each state's greatest threat, where it is as great as this, and so many at most. */
const GREAT_FEAR = 0.7;
const FEARS_MAX = 8;

/**
 * Return the world on a day of a session that has ended, from its debrief: everything is known then. A crisis has the highest level
 * that it reached, a war all who ever joined it, and fears are those of the last threat matrix, from its day on.
 *
 * @param {{ actors: Record<string, string>, timeline: any, matrix: { date: string, threat: Record<string, Record<string, any>> } | null }} report
 * @param {string} date as YYYY-MM-DD
 * @returns {World}
 */
export function worldOfReport({ actors, timeline, matrix }, date) {
  /** @type {(thing: { begins: string | null, ends: string | null }) => boolean} */
  const isOn = ({ begins, ends }) => (begins ?? "") <= date && (ends === null || ends > date);
  /** @type {Map<string, any>} */
  const late = new Map(timeline.states.map((/** @type {any} */ one) => [one.state, one]));
  const exists = (/** @type {string} */ id) => !late.has(id) || isOn({ begins: late.get(id).enters ?? (late.get(id).leaves ? null : "9999"), ends: late.get(id).leaves });
  const done = (/** @type {{ state: string, on: string }[]} */ changes) => changes.filter((change) => change.on <= date).map((change) => change.state);
  const fears = matrix && matrix.date <= date ? greatFears(matrix.threat) : [];
  return {
    date,
    own: "",
    states: Object.entries(actors)
      .filter(([id]) => exists(id))
      .map(([id, name]) => ({ id, name, occupied: 0, occupier: "" })),
    pacts: [...timeline.unchanged, ...timeline.alliances]
      .map((one, at) => ({ ...one, key: `${at}`, lead: one.lead ?? "", members: [...one.members, ...done(one.joined)].filter((state) => !done(one.left).includes(state)) }))
      .filter((one) => isOn(one) && one.members.length > 1)
      .map(({ key, members, commitment, lead, secret, name }) => ({ key, members, commitment, lead, secret, name })),
    crises: timeline.crises
      .map((/** @type {any} */ one, /** @type {number} */ at) => ({ ...one, key: `${at}` }))
      .filter(isOn)
      .map((/** @type {any} */ { key, initiator, target, level }) => ({ key, initiator, target, level })),
    wars: timeline.wars
      .map((/** @type {any} */ one, /** @type {number} */ at) => ({ ...one, key: `${at}` }))
      .filter(isOn)
      .map((/** @type {any} */ { key, attackers, defenders }) => ({ key, attackers, defenders })),
    fears,
    aid: [],
    penetrations: [],
  };
}

/**
 * Return the world as it was, with all secrets.
 *
 * @param {Wire.WholeView} seen
 * @param {Record<string, Record<string, { threat: number }>>} matrix what each state feared of each other
 * @returns {World}
 */
export function worldOfWhole(seen, matrix) {
  return { ...shared(seen, seen.states), own: "", fears: greatFears(matrix), penetrations: [] };
}

/**
 * @param {Record<string, Record<string, { threat: number }>>} matrix
 * @returns {Fear[]}
 */
function greatFears(matrix) {
  return Object.entries(matrix)
    .flatMap(([by, others]) =>
      Object.entries(others)
        .map(([of, { threat }]) => ({ of, by, threat }))
        .sort((a, b) => b.threat - a.threat || (a.of < b.of ? -1 : 1))
        .slice(0, 1),
    )
    .filter((fear) => fear.threat >= GREAT_FEAR)
    .sort((a, b) => b.threat - a.threat || (a.by < b.by ? -1 : 1))
    .slice(0, FEARS_MAX);
}

/**
 * Return the pairs of states that a pact binds: all of its members to each other, or to the one that leads it.
 *
 * @param {{ members: readonly string[], lead: string | null }} pact
 * @returns {[string, string][]}
 */
export function pairsOf({ members, lead }) {
  return members.flatMap((one, at) =>
    members
      .slice(at + 1)
      .filter((other) => !lead || lead === one || lead === other)
      .map((other) => /** @type {[string, string]} */ ([one, other])),
  );
}

/**
 * Return the pairs of states that fight each other.
 *
 * @param {War} war
 * @returns {[string, string][]}
 */
export const enemiesIn = (war) => war.attackers.flatMap((one) => war.defenders.map((other) => /** @type {[string, string]} */ ([one, other])));

/** What is no treaty: it would hide the treaties, so a map draws it for one state at a time. */
const INFORMAL = ["arms", "basing", "joint_operation"];

/**
 * Return what a map draws of a world: all treaties, fears, crises and wars, and arms, bases, aid and access of one state.
 *
 * @param {World} world
 * @param {string} state whose arms, bases, aid and access are drawn; empty for nobody's
 * @param {boolean} alone whether only that state's relations are drawn
 * @returns {World}
 */
export function drawnPart(world, state, alone) {
  const has = (/** @type {string[]} */ ...parties) => parties.includes(state);
  const isDrawn = (/** @type {string[]} */ ...parties) => !alone || has(...parties);
  return {
    ...world,
    pacts: world.pacts.filter(({ members, commitment }) => (INFORMAL.includes(commitment) ? has(...members) : isDrawn(...members))),
    crises: world.crises.filter(({ initiator, target }) => isDrawn(initiator, target)),
    wars: world.wars.filter(({ attackers, defenders }) => isDrawn(...attackers, ...defenders)),
    fears: world.fears.filter(({ of, by }) => isDrawn(of, by)),
    aid: world.aid.filter(({ donor, recipient }) => has(donor, recipient)),
    penetrations: world.penetrations.filter(({ of, by }) => has(of, by)),
  };
}
