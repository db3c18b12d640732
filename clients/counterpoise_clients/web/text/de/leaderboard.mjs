// German: the leaderboard of a tournament.

export default {
  best: "Am besten",
  between: "{low} bis {high}",
  conduct: "Wie die Bots sich verhielten",
  entrant: "Teilnehmer",
  facts: "counterpoise-Turnier: {scenarios}; Startwert {seed}",
  games: "Partien",
  group: "Gruppe",
  howPairsAreRead:
    "In wie vielen gemeinsamen Partien der Teilnehmer der Zeile besser war als der der Spalte, jeder Platz neben dem gemessen, was er wert ist. Gleiche Ergebnisse zählen halb.",
  howStrengthIsMeasured:
    "Die Stärke ist das, was ein Teilnehmer zum Ergebnis eines Platzes hinzufügt, neben dem Mittel aller Teilnehmer. Sie kommt aus einer Schätzung über alle Partien, die herausrechnet, was der Platz wert ist und wie die Partie für alle war. Die Linien sind 95-%-Intervalle aus neu gezogenen Partien. Teilnehmer verschiedener Gruppen haben Intervalle, die sich nicht berühren. Die Reihenfolge der Partien spielt keine Rolle. Ein Platz, der versagte, zählt für den Anteil seiner verlorenen Entscheidungen nicht mehr als der schlechteste, der nicht versagte.",
  keptApart: "Getrennt gehalten",
  lost: "Verlorene Entscheidungen",
  meanOfAll: "Mittel aller",
  meanScore: "Mittleres Ergebnis",
  noGames: "Keine Partie wurde gespielt.",
  nobodyToldApart: "Keine Gruppe von Teilnehmern liegt ganz über den anderen; zwei einzelne können sich dennoch unterscheiden.",
  orders: "Befehle",
  pairs: "Paarweise",
  place: "Rang",
  places: "Ränge, 95 %",
  ranking: "Rangliste",
  reasons: "Gründe",
  refused: "Abgelehnt",
  scenario: "Szenario",
  seat: "Platz",
  seats: "Was die Plätze wert sind",
  statuses: "Plätze nach Status",
  strength: "Stärke",
  strongest:
    "{count, plural, one {Am stärksten ist {names}} other {Am stärksten sind {names}}}: Die Intervalle aller anderen liegen darunter. Es gibt {groups} Gruppen.",
  title: "{name}: {games, plural, one {# Partie} other {# Partien}}",
  whatSeatsAreWorth: "Das mittlere Ergebnis eines Platzes abzüglich des Mittels aller Plätze, beide abzüglich der Stärken derer, die sie hielten.",
  worth: "Wert",
};
