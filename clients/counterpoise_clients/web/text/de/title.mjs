// German: the title of the browser's tab.

export default {
  bare: "counterpoise",
  brief: "Rollenblatt",
  debrief: "Nachbesprechung",
  details: "Einzelheiten",
  due: "{count, plural, one {# Antwort fällig} other {# Antworten fällig}}",
  notConnected: "Nicht verbunden",
  wall: "Wand",
  whatIf: "Was wäre, wenn",
};
