// English: the title of the browser's tab.

export default {
  bare: "counterpoise",
  brief: "Role sheet",
  debrief: "Debrief",
  details: "Details",
  due: "{count, plural, one {# answer due} other {# answers due}}",
  notConnected: "Not connected",
  wall: "Wall",
  whatIf: "What if",
};
