// The replay: one time cursor drives maps, threats, network, lanes, log and messages. Each panel is drawn only when it changes.

import { h, patch } from "../h.mjs";
import { mapPanel } from "../map/panel.mjs";
import { worldOfScene } from "../map/world.mjs";
import { language, t } from "../text/text.mjs";
import { button } from "../ui/parts.mjs";
import { longDate } from "../words.mjs";
import { LANE_WINDOWS, axis, laneX, lanes, xOf } from "./axis.mjs";
import { badge } from "./badge.mjs";
import { nameOfCompanion, shownBeside } from "./beside.mjs";
import { controls } from "./controls.mjs";
import { dateOf, dayOf, stepFrom } from "./film.mjs";
import { waiting } from "./later.mjs";
import { namesOf, panelsOf } from "./panels.mjs";
import { TRUTH, fragmentOf } from "./place.mjs";
import { reelOf } from "./reel.mjs";

const WIDE_PX = 1100;
const REFUSALS = { 401: "replay.noToken", 403: "replay.tooEarly", 404: "replay.none" };
const BETWEEN_MS = [50, 1000];

/**
 * Show a replay in an element. It stays there until the element leaves the page.
 *
 * @param {Element} root
 * @param {{ sources: (import("./source.mjs").Source & { name?: () => string })[], place: import("./place.mjs").Place,
 *   besideOf?: (companion: import("./source.mjs").Companion) => import("./source.mjs").Source & { name: () => string },
 *   linkOf: (fragment: string) => string, onPlace: (fragment: string) => void, back?: () => void, backTo?: "class", whatIf?: (day: string) => void,
 *   goOn?: (day: string) => void, hasCommand?: boolean }} how `hasCommand`: a command goes on from the journal;
 *   `besideOf` returns the source of what the viewer puts beside the only one
 */
export function mountReplay(root, { sources, place, besideOf, linkOf, onPlace, back, backTo, whatIf, goOn, hasCommand }) {
  const wide = matchMedia(`(min-width: ${WIDE_PX}px)`);
  const columnOf = (source) => ({ source, outlines: null, isAsked: false, choice: { show: "all", state: "" }, refused: -1, reel: /** @type {any} */ (null), scenario: /** @type {any} */ (null) });
  const columns = sources.map(columnOf);
  const ui = { column: 0, viewer: place.viewer || TRUTH, beside: place.beside, day: place.date ? dayOf(place.date) : 0, moment: -1, playing: false, speed: 1, link: /** @type {{ words: string, value: string } | null} */ (null) };
  const drawn = { axis: /** @type {any} */ (null), days: "", lanes: /** @type {any} */ (null), language: "" };
  let timer = 0;
  let telling = 0;
  const steps = /** @type {number[]} */ ([]);

  const lead = () => columns[ui.column];
  const box = (id) => /** @type {Element} */ (root.querySelector(`#${id}`));
  const waits = waiting();
  const panels = panelsOf(box, waits, () => draw());

  /** @param {string} name @param {string} title @param {string} look @param {import("../h.mjs").Description | null} [aside] */
  const region = (name, title, look, aside = null) =>
    h("section", { class: "panel", "aria-labelledby": `replay-${name}-heading` }, h("div", { class: "panel-head" }, h("h2", { id: `replay-${name}-heading` }, title), aside), h("div", { id: `replay-${name}`, class: look, tabindex: "0", role: "group", "aria-label": title }));

  function frame() {
    patch(
      root,
      h("div", { class: "replay-head" }, h("h2", null, t("replay.title")), back ? button(t(backTo ? "replay.backToClass" : "replay.back"), back, { kind: "small", id: "replay-leave" }) : null, whatIf ? button(t("replay.whatIf"), () => ui.day && whatIf(dateOf(ui.day)), { kind: "small", id: "replay-what-if" }) : null, goOn || hasCommand ? button(t(goOn ? "replay.goOn" : "replay.copyCommand"), () => ui.day && (goOn ? goOn(dateOf(ui.day)) : act.command()), { kind: "small", id: "replay-go-on" }) : null, h("div", { id: "replay-badges", class: "replay-badges" })),
      h("div", { id: "replay-top", class: `replay-top columns-${columns.length}` }, h("div", { class: "replay-maps", id: "replay-maps" }), region("threats", t("replay.threats"), "figure-scroll", h("div", { id: "replay-matrix-switch" }))),
      h("div", { class: "replay-bar", id: "replay-bar" }),
      h("section", { class: "panel replay-time", "aria-label": t("replay.time") }, h("div", { id: "replay-axis-box" }), h("div", { id: "replay-lanes-box" }), h("p", { class: "quiet small" }, t("replay.keys"))),
      h("div", { class: "replay-panels" }, region("log", t("replay.log"), "replay-news"), region("messages", t("replay.messages"), "replay-news"), h("section", { class: "panel", "aria-labelledby": "replay-network-heading" }, h("h2", { id: "replay-network-heading" }, t("replay.network")), h("div", { id: "replay-network" }))),
    );
  }

  function open(column) {
    column.reel?.close();
    const viewers = column.reel?.state()?.viewers;
    const viewer = viewers && !viewers.includes(ui.viewer) ? TRUTH : ui.viewer;
    column.refused = -1;
    column.reel = reelOf(column.source, viewer, {
      onState: () => stateCame(column),
      onScenes: () => draw(),
      onProblem(status) {
        if (status === 404 && column.reel.viewer !== TRUTH) return openAs(column, TRUTH);
        column.refused = status;
        drawBadges();
      },
    });
    void column.reel.ask(true);
  }

  // A journal of another scenario may have no such seat.
  function openAs(column, viewer) {
    const wanted = ui.viewer;
    ui.viewer = viewer;
    open(column);
    if (columns.length > 1) ui.viewer = wanted;
  }

  function stateCame(column) {
    const state = column.reel.state();
    if (state.map && !column.isAsked) {
      column.isAsked = true;
      column.source.outlines(state.map).then((found) => {
        column.outlines = found;
        draw();
      });
    }
    if (column === columns[0] && columns.length < 2 && companion()) return putBeside();
    if (!column.reel.overview()) return drawBadges();
    if (column === lead() && ui.moment < 0) {
      const [first, last] = column.reel.days();
      if (!ui.day) ui.day = first + Number(place.tick);
      // While the film is being made its end moves on: the moment in the address is waited for.
      if (ui.day <= last || state.verified || state.problem) setMoment(column.reel.momentOn(ui.day));
      else drawBadges();
      return;
    }
    const moment = momentOf(column);
    if (moment >= 0) void column.reel.load(moment);
    draw();
  }

  const companions = () => (besideOf && columns[0].reel?.state() ? shownBeside(columns[0].reel.state().beside) : []);
  const companion = () => companions().find(({ name }) => name === ui.beside);

  // The day and the viewer stay; the panels show the session itself again.
  function putBeside() {
    for (const column of columns.splice(1)) column.reel?.close();
    const chosen = companion();
    if (chosen && besideOf) columns.push(columnOf(besideOf(chosen)));
    Object.assign(ui, { column: 0, moment: -1 });
    Object.assign(drawn, { axis: null, lanes: null });
    box("replay-top").className = `replay-top columns-${columns.length}`;
    if (columns[1]) open(columns[1]);
    stateCame(columns[0]);
    draw();
  }

  const momentOf = (column) => (column === lead() ? ui.moment : column.reel?.overview() ? column.reel.momentOn(ui.day) : -1);

  // Beside others a session may have ended before the day that is shown.
  function setMoment(moment, day = lead().reel.dayAt(moment)) {
    ui.moment = moment;
    ui.day = day;
    ui.link = null;
    for (const column of columns) {
      const at = momentOf(column);
      if (at >= 0) void column.reel.load(at);
    }
    clearTimeout(telling);
    telling = setTimeout(() => onPlace(fragmentOf(dateOf(ui.day), ui.viewer, ui.beside)), 300);
    draw();
  }

  const act = {
    step(by, way) {
      const overview = lead().reel?.overview();
      if (!overview || ui.moment < 0) return;
      if (by === "edge") return act.day(allDays()[way > 0 ? 1 : 0]);
      const next = stepFrom(overview, ui.moment, by, way);
      if (next !== ui.moment) setMoment(next);
    },
    jump: (moment) => setMoment(moment),
    day: (day) => lead().reel?.overview() && setMoment(lead().reel.momentOn(day), columns.length > 1 ? day : undefined),
    play() {
      ui.playing = !ui.playing;
      clearTimeout(timer);
      if (ui.playing) playOn();
      drawBar();
    },
    speed(speed) {
      ui.speed = speed;
      drawBar();
    },
    viewer(viewer) {
      ui.viewer = viewer;
      // Every viewer has moments of its own: the day stays.
      ui.moment = -1;
      for (const column of columns) open(column);
      draw();
    },
    beside(name) {
      ui.beside = name;
      putBeside();
    },
    column(column) {
      ui.column = column;
      setMoment(lead().reel.momentOn(ui.day), ui.day);
    },
    copy: () => offer(t("replay.link"), linkOf(fragmentOf(dateOf(ui.day), ui.viewer, ui.beside))),
    command: () => offer(t("replay.command"), `${lead().reel?.state()?.go_on} ${dateOf(ui.day)}`),
  };

  // Copy something, and show it to be copied by hand: pages of plain http have no clipboard.
  async function offer(words, value) {
    ui.link = { words, value };
    await navigator.clipboard?.writeText(value).catch(() => null);
    drawBar();
    box("replay-link")?.closest("label")?.querySelector("input")?.select();
  }

  // A window takes a second; what happened within it is shown where it happened.
  function playOn() {
    const reel = lead().reel;
    const overview = reel?.overview();
    if (!overview || !ui.playing || !root.isConnected) return;
    if (ui.moment >= overview.ticks.length - 1) return act.play();
    const days = overview.ticks[ui.moment + 1] - overview.ticks[ui.moment];
    const windowDays = 30.4 * (reel.state()?.cast?.window_months ?? 3);
    const wait = Math.max(BETWEEN_MS[0], Math.min(BETWEEN_MS[1], (1000 * days) / windowDays / ui.speed));
    timer = setTimeout(() => {
      // What is not loaded yet is waited for.
      if (reel.sceneAt(ui.moment)) act.step("event", 1);
      playOn();
    }, wait);
  }

  function drawBadges() {
    patch(
      box("replay-badges"),
      columns.map((column, at) => {
        const id = `replay-badge-${at}`;
        const words = column.refused >= 0 ? t(REFUSALS[column.refused] ?? "replay.unreachable") : "";
        const title = columns.length > 1 ? h("strong", null, nameOf(column)) : null;
        return h("div", { key: id, id }, title, words ? h("p", { class: "replay-badge bad", role: "alert" }, words) : badge(column.reel?.state() ?? null, id));
      }),
    );
  }

  const nameOf = (column) => column.source.name?.() ?? column.reel?.state()?.cast?.session ?? column.source.session;
  /** Whether the day that is shown lies after the end of a session's film: another one beside it goes on. */
  const isOver = (column) => ui.day > (column.reel?.days()[1] ?? ui.day);

  // Beside others a map says which session it shows, and when that one ended before the day.
  function titleOf(column, at) {
    const { cast } = column.reel.state();
    if (columns.length < 2) return cast.title;
    const name = column.source.name?.() ?? `${at + 1}. ${cast.title}: ${cast.session}`;
    return isOver(column) ? t("replay.endedOn", { name, date: longDate(dateOf(column.reel.days()[1])) }) : name;
  }

  function drawBar() {
    const reel = lead().reel;
    const [state, overview] = [reel?.state(), reel?.overview()];
    const scene = ui.moment >= 0 ? reel.sceneAt(ui.moment) : null;
    const names = namesOf(state);
    const viewers = (state?.viewers ?? [TRUTH]).map((viewer) => ({ value: viewer, label: names[viewer] ?? viewer }));
    const shown = {
      ...ui,
      date: ui.day ? dateOf(ui.day) : "",
      window: isOver(lead()) ? -1 : (scene?.window ?? 0),
      days: allDays(),
      viewers,
      marks: overview?.marks ?? [],
      columns: columns.map((column, at) => ({ value: String(at), label: nameOf(column) })),
      column: String(ui.column),
      companions: companions().map((one) => ({ value: one.name, label: nameOfCompanion(one) })),
      made: columns.map((one) => one.reel?.state()),
    };
    patch(box("replay-bar"), controls(shown, act));
  }

  /** @returns {[number, number]} */
  function allDays() {
    const known = columns.filter((column) => column.reel?.overview()).map((column) => column.reel.days());
    return known.length ? [Math.min(...known.map(([first]) => first)), Math.max(...known.map(([, last]) => last))] : [0, 1];
  }

  function draw() {
    if (!root.isConnected) return;
    const began = performance.now();
    if (drawn.language !== language()) {
      Object.assign(drawn, { language: language(), axis: null, lanes: null });
      panels.forget();
      frame();
    }
    drawBadges();
    drawBar();
    drawTime();
    drawMaps();
    const scene = ui.moment >= 0 ? lead().reel.sceneAt(ui.moment) : null;
    if (scene) panels.draw(lead().reel, ui.moment, scene);
    steps.push(performance.now() - began);
  }

  function drawMaps() {
    patch(
      box("replay-maps"),
      columns.map((column, at) => {
        const moment = momentOf(column);
        const scene = moment >= 0 ? column.reel.sceneAt(moment) : null;
        const cast = column.reel?.state()?.cast;
        if (!scene || !cast) return h("section", { class: "panel", key: `map-${at}`, id: `replay-map-${at}` }, h("p", { role: "status" }, t("replay.loading")));
        const own = column.reel.viewer === TRUTH ? "" : column.reel.viewer;
        const world = sameWorld(column, scene, own);
        column.scenario ??= { actors: cast.actors, map: column.reel.state().map };
        return mapPanel({
          id: `replay-map-${at}`,
          title: titleOf(column, at),
          // A moment without a change of the world keeps its picture.
          source: world,
          world: () => world,
          state: { welcome: { scenario: column.scenario }, outlines: column.scenario.map ? column.outlines : false, ui: { map: column.choice } },
          act: {
            uiPart(_, change) {
              column.choice = { ...column.choice, ...change };
              draw();
            },
          },
          isWide: wide.matches && columns.length < 3,
          isNarrow: !wide.matches || columns.length > 2,
        });
      }),
    );
  }

  function sameWorld(column, scene, own) {
    const before = column.shown;
    const isSame = before && before.viewer === column.reel.viewer && Object.keys(scene.things).every((kind) => before.scene.things[kind] === scene.things[kind]);
    if (isSame && before.scene.perceived === scene.perceived) return before.world;
    const world = worldOfScene(scene, own);
    // Most threats change a little at every moment, and the map shows only the greatest.
    const isLike = isSame && JSON.stringify(world.fears) === JSON.stringify(before.world.fears);
    column.shown = { scene, viewer: column.reel.viewer, world: isLike ? before.world : world };
    return column.shown.world;
  }

  function drawTime() {
    const reel = lead().reel;
    const overview = reel?.overview();
    if (!overview) return;
    const days = allDays();
    const names = namesOf(reel.state());
    if (drawn.axis !== overview || drawn.days !== days.join("/")) {
      Object.assign(drawn, { axis: overview, days: days.join("/") });
      patch(box("replay-axis-box"), axis(reel, names, days, act.jump));
    }
    if (ui.moment < 0) return;
    const x = xOf((ui.day - days[0]) / Math.max(1, days[1] - days[0]));
    const cursor = box("replay-cursor");
    cursor?.setAttribute("x1", String(x));
    cursor?.setAttribute("x2", String(x));
    waits.ask(box("replay-lanes-box"), () => drawLanes(reel, overview));
  }

  function drawLanes(reel, overview) {
    const window = overview.openings.findLastIndex((moment) => moment <= ui.moment);
    const first = Math.floor(Math.max(0, window) / LANE_WINDOWS) * LANE_WINDOWS;
    const key = `${first}/${overview.lanes.length}`;
    if (drawn.lanes !== key) {
      drawn.lanes = key;
      const opens = (one) => (overview.openings[one] === undefined ? "" : reel.dateAt(overview.openings[one]));
      patch(box("replay-lanes-box"), lanes(overview, reel.state().cast.actors, first, opens) ?? (reel.viewer === TRUTH ? null : h("p", { class: "quiet small" }, t("replay.noLanes"))));
    }
    box("replay-lane-cursor")?.setAttribute("x", String(laneX(window - first)));
    return false;
  }

  function keydown(event) {
    if (!root.isConnected) return removeEventListener("keydown", keydown);
    const at = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey || at.closest?.("button, select, textarea, a, summary, .figure-scroll, .replay-news, [role=button], input:not([type=range])")) return;
    const run = {
      ArrowRight: () => act.step(event.shiftKey ? "window" : "event", 1),
      ArrowLeft: () => act.step(event.shiftKey ? "window" : "event", -1),
      Home: () => act.step("edge", -1),
      End: () => act.step("edge", 1),
      " ": act.play,
    }[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  addEventListener("keydown", keydown);
  wide.addEventListener("change", draw);
  frame();
  drawn.language = language();
  for (const column of columns) open(column);
  draw();
  return {
    /** Draw anew, for instance in another language. */
    draw,
    /** The milliseconds of the main thread that each drawing has taken. */
    steps,
    /** @param {import("./place.mjs").Place} to */
    go(to) {
      if (to.beside !== ui.beside) act.beside(to.beside);
      if (to.viewer && to.viewer !== ui.viewer) act.viewer(to.viewer);
      const day = to.date ? dayOf(to.date) : to.tick && lead().reel.overview() ? lead().reel.days()[0] + Number(to.tick) : ui.day;
      if (day !== ui.day) act.day(day);
    },
  };
}
