// English: the wall.

export default {
  allDecided: "Everyone has decided",
  betweenWindows: "Between windows",
  calm: "No crisis and no war.",
  crisis: "Crisis: {initiator}, {target}",
  more: "and {count} more",
  moreConflicts: "{count, plural, one {One more crisis or war.} other {# more crises and wars.}}",
  news: "Last news",
  noNews: "Nothing has happened yet.",
  paused: "Paused",
  pausedBecause: "Paused: {reason}",
  sinceDate: "Since {date}.",
  taken: "Seats taken: {count} of {all}",
  waitingFor: "Waiting for {count} of {all}",
  war: "War: {attackers} against {defenders}",
  whatHappens: "What happens now",
  windowOf: "Window {window} of {all}",
};
