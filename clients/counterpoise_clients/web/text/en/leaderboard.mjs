// English: the leaderboard of a tournament.

export default {
  best: "Best",
  between: "{low} to {high}",
  conduct: "How the bots behaved",
  entrant: "Entrant",
  facts: "counterpoise tournament: {scenarios}; seed {seed}",
  games: "Games",
  group: "Group",
  howPairsAreRead:
    "In how many of their common games the entrant of the row did better than that of the column, each seat beside what it is worth. Equal results count half.",
  howStrengthIsMeasured:
    "Strength is what an entrant adds to the score of a seat, beside the mean of all entrants, from one fit over all games that takes out what the seat is worth and what the game was like for everybody. The lines are 95 % intervals from games drawn anew. Entrants of different groups have intervals that do not meet. The order of the games plays no part. A seat that failed counts, for the share of its decisions that it lost, no more than the worst that did not fail.",
  keptApart: "Kept apart",
  lost: "Decisions lost",
  meanOfAll: "mean of all",
  meanScore: "Mean score",
  noGames: "No game has been played.",
  nobodyToldApart: "No group of entrants lies wholly above the others; two single entrants may still differ.",
  orders: "Orders",
  pairs: "In pairs",
  place: "Place",
  places: "Places, 95 %",
  ranking: "Ranking",
  reasons: "Reasons",
  refused: "Refused",
  scenario: "Scenario",
  seat: "Seat",
  seats: "What the seats are worth",
  statuses: "Seats by status",
  strength: "Strength",
  strongest:
    "{count, plural, one {The strongest is {names}} other {The strongest are {names}}}: every other entrant's interval lies below. There are {groups} groups.",
  title: "{name}: {games, plural, one {# game} other {# games}}",
  whatSeatsAreWorth: "The mean score of a seat less the mean of all seats, both less the strengths of those who held them.",
  worth: "Worth",
};
