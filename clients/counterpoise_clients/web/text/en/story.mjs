// English: the story that the debrief opens with, and its figures over time.

export default {
  asSeen: "As seen",
  bots: "bots played: a test of the check",
  conceded: "gave in to the state it feared most",
  dayHasNoParts: "The parts of a cell are known for the last day only.",
  evidence: "The evidence",
  "fear.later": "{count, plural, one {One window} other {# windows}} before, {a} had come to fear {c} more than anyone",
  "fear.nobody": "{a} feared nobody much then",
  "fear.same": "In that window {a} came to fear {c} more than anyone",
  "fear.start": "{a} had feared {c} most from the start",
  fearedMost: "Feared most",
  fearedRightly: "{right} of {count} states feared most the state that they had most reason to fear.",
  goThere: "{date}",
  inTruth: "In truth",
  left: "{count, plural, one {left a pact} other {left # pacts}}",
  leftPact: "left the {pact} with {states}",
  "limit.count": "A count of this game, not a test.",
  "limit.interval":
    "With its 95 % interval, over the states that chose. Those who join a threat may differ from those who balance it.",
  "limit.one_case": "1 case. It may fit a story; it shows no cause.",
  "limit.too_few": "Too few cases to compare.",
  look: "Look at the moment",
  moreSteps: "{count, plural, one {# more step} other {# more steps}}",
  networkLegend: "States stand on the same circle in each picture. Lines: pacts, secret ones too. Red, broken lines: wars.",
  networkOn: "{date}: {pacts} pairs with a pact, {wars} pairs at war: {fighting}",
  networkOverTime: "The network over time",
  noSteps: "This state did nothing that a table could show.",
  note: "Chosen from the numbers below by fixed rules. One game shows what happened in it, and no cause.",
  pactsAndWars:
    "{pacts, plural, one {# pair with a pact} other {# pairs with a pact}}, {wars, plural, one {# at war} other {# at war}}",
  predicted: "Predicted most likely",
  predictedDidWhy: "Predicted, did, why",
  reasonToFear: "Had most reason to fear",
  seenAndTrue: "As they saw it and as it was, {date}",
  seenAsItWas: "As seen and as it was",
  stepsAndQuiet:
    "{count, plural, one {# step} other {# steps}}; {quiet, plural, one {# other window was quiet} other {# other windows were quiet}}.",
  stepsOf: "What was predicted of {state}, what it did, and why.",
  "text.aligned":
    "{fear} (threat {level}), and it signed in the window from {date}. Of the ties open to it, balance of threat gave this one {share}, chance {chance}.",
  "text.feared":
    "It was the gravest threat in {times} of {decisions} decisions under threat, for {observers, plural, one {# state} other {# states}}. {b} saw it at its gravest on {date}: {level}.",
  "text.followed": "Within {days} days, after {balanced} and {joined} decisions. The difference lies between {low} and {high}.",
  "text.foretold":
    "{fear}. Of the ties open to it in the window from {date}, balance of threat gave this one {share}, chance {chance}: of all ties proposed it was furthest above chance.",
  "text.foretold.threat":
    "{a} feared {b} most (threat {level}). Of the ties open to it in the window from {date}, balance of threat gave this one {share}, chance {chance}: of all ties proposed it was furthest above chance.",
  "text.joined_threat":
    "{fear} (threat {level}). Of the ties open to it in the window from {date}, balance of threat gave this one {share}, chance {chance}.",
  "text.misjudged": "On {date} it saw a threat of {seen}; to somebody who knew everything it was {true}.",
  "text.missed":
    "{fear}. Of the ties open to it in the window from {date}, balance of threat gave this one {share}, chance {chance}: of all ties proposed it was furthest below chance.",
  "text.missed.threat":
    "{a} feared {b} most (threat {level}). Of the ties open to it in the window from {date}, balance of threat gave this one {share}, chance {chance}: of all ties proposed it was furthest below chance.",
  "text.no_ties": "In {decisions} decisions. Quiet decisions tell no theory from another.",
  "text.nobody_feared": "In none of {decisions} decisions did a threat reach the floor, so balance of threat had little to say.",
  "text.predictions":
    "Of {count} predictions {came} came true. Their Brier score was {own}, that of balance of threat for the same events {theory}; lower is better.",
  "text.promise_broken":
    "{b} called on it on {date}. In the whole game allies kept {kept, plural, one {# promise} other {# promises}} when called, and broke {broken}.",
  "text.sides": "Of {decisions} decisions under threat. What followed either is not compared.",
  "text.ties": "The first was in the window from {date}. All other decisions left the alliances as they were.",
  title: "What to talk about",
  "title.aligned": "{a} signed with {b} while it feared {c} most",
  "title.feared": "{a} was feared most",
  "title.followed": "Of those who balanced {balancedShare} were attacked by their threat, of those who joined it {joinedShare}",
  "title.foretold": "Best expected: {a} signed with {b}",
  "title.joined_threat": "{a} signed with {b}, the state that it feared most",
  "title.misjudged": "{a} misjudged {b}",
  "title.missed": "Least expected: {a} signed with {b}",
  "title.no_ties": "No state made a new tie",
  "title.nobody_feared": "Nobody was feared much",
  "title.predictions": "Players' predictions beside the theory's",
  "title.promise_broken": "{a} did not keep its promise to {b}",
  "title.sides": "Under threat, {balanced, plural, one {# decision} other {# decisions}} balanced and {joined} went with the threat",
  "title.ties": "{ties} of {decisions} decisions made a new tie",
  whatTrueMeans:
    "As seen: the index from what the state could know when it decided. In truth: the same index with true power, true offensive power and all deeds.",
  why: "Why, as its player said",
  with: "with {states}",
  withheld:
    "{count, plural, one {# written reason is} other {# written reasons are}} not shown, because not everybody in this seat has agreed.",
};
