// German: the wall.

export default {
  allDecided: "Alle haben entschieden",
  betweenWindows: "Zwischen den Fenstern",
  calm: "Keine Krise und kein Krieg.",
  crisis: "Krise: {initiator}, {target}",
  more: "und {count} weitere",
  moreConflicts: "{count, plural, one {Eine weitere Krise oder ein weiterer Krieg.} other {# weitere Krisen und Kriege.}}",
  news: "Letzte Nachrichten",
  noNews: "Noch ist nichts geschehen.",
  paused: "Angehalten",
  pausedBecause: "Angehalten: {reason}",
  sinceDate: "Seit {date}.",
  taken: "Besetzte Plätze: {count} von {all}",
  waitingFor: "Es fehlen noch {count} von {all}",
  war: "Krieg: {attackers} gegen {defenders}",
  whatHappens: "Was jetzt geschieht",
  windowOf: "Fenster {window} von {all}",
};
