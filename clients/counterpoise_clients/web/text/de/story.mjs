// German: the story that the debrief opens with, and its figures over time.

export default {
  asSeen: "Wie gesehen",
  bots: "Bots haben gespielt: ein Test der Prüfung",
  conceded: "gab dem Staat nach, den es am meisten fürchtete",
  dayHasNoParts: "Die Teile einer Zelle sind nur für den letzten Tag bekannt.",
  evidence: "Die Belege",
  "fear.later":
    "{count, plural, one {Ein Fenster} other {# Fenster}} zuvor hatte {a} begonnen, {c} mehr als alle anderen zu fürchten",
  "fear.nobody": "{a} fürchtete damals niemanden besonders",
  "fear.same": "In diesem Fenster begann {a}, {c} mehr als alle anderen zu fürchten",
  "fear.start": "{a} hatte von Anfang an {c} am meisten gefürchtet",
  fearedMost: "Am meisten gefürchtet",
  fearedRightly: "{right} von {count} Staaten fürchteten den Staat am meisten, den sie am meisten zu fürchten hatten.",
  goThere: "{date}",
  inTruth: "In Wahrheit",
  left: "{count, plural, one {verließ einen Pakt} other {verließ # Pakte}}",
  leftPact: "verließ den Pakt mit {states} ({pact})",
  "limit.count": "Eine Zählung dieses Spiels, kein Test.",
  "limit.interval":
    "Mit dem 95-%-Intervall über die Staaten, die wählten. Wer sich einer Bedrohung anschließt, kann sich von denen unterscheiden, die sie ausbalancieren.",
  "limit.one_case": "1 Fall. Er mag zu einer Geschichte passen; er zeigt keine Ursache.",
  "limit.too_few": "Zu wenige Fälle für einen Vergleich.",
  look: "Den Moment ansehen",
  moreSteps: "{count, plural, one {# weiterer Schritt} other {# weitere Schritte}}",
  networkLegend:
    "Die Staaten stehen in jedem Bild auf demselben Kreis. Linien: Pakte, auch geheime. Rote, gebrochene Linien: Kriege.",
  networkOn: "{date}: {pacts} Paare mit Pakt, {wars} Paare im Krieg: {fighting}",
  networkOverTime: "Das Netz im Lauf der Zeit",
  noSteps: "Dieser Staat tat nichts, was eine Tabelle zeigen könnte.",
  note: "Nach festen Regeln aus den Zahlen unten gewählt. Ein Spiel zeigt, was darin geschah, und keine Ursache.",
  pactsAndWars:
    "{pacts, plural, one {# Paar mit Pakt} other {# Paare mit Pakt}}, {wars, plural, one {# im Krieg} other {# im Krieg}}",
  predicted: "Am wahrscheinlichsten",
  predictedDidWhy: "Vorhergesagt, getan, warum",
  reasonToFear: "Am meisten zu fürchten",
  seenAndTrue: "Wie sie es sahen und wie es war, {date}",
  seenAsItWas: "Wie gesehen und wie es war",
  stepsAndQuiet:
    "{count, plural, one {# Schritt} other {# Schritte}}; {quiet, plural, one {# anderes Fenster war ruhig} other {# andere Fenster waren ruhig}}.",
  stepsOf: "Was von {state} vorhergesagt war, was es tat, und warum.",
  "text.aligned":
    "{fear} (Bedrohung {level}), und es unterschrieb im Fenster ab {date}. Von den offenen Bindungen gab das Gleichgewicht der Bedrohung dieser {share}, der Zufall {chance}.",
  "text.feared":
    "Es war in {times} von {decisions} Entscheidungen unter Bedrohung die größte Bedrohung, für {observers, plural, one {# Staat} other {# Staaten}}. {b} sah es am {date} am bedrohlichsten: {level}.",
  "text.followed":
    "Innerhalb von {days} Tagen, nach {balanced} und {joined} Entscheidungen. Der Unterschied liegt zwischen {low} und {high}.",
  "text.foretold":
    "{fear}. Von den offenen Bindungen im Fenster ab {date} gab das Gleichgewicht der Bedrohung dieser {share}, der Zufall {chance}: Von allen angebotenen Bindungen lag sie am weitesten über dem Zufall.",
  "text.foretold.threat":
    "{a} fürchtete {b} am meisten (Bedrohung {level}). Von den offenen Bindungen im Fenster ab {date} gab das Gleichgewicht der Bedrohung dieser {share}, der Zufall {chance}: Von allen angebotenen Bindungen lag sie am weitesten über dem Zufall.",
  "text.joined_threat":
    "{fear} (Bedrohung {level}). Von den offenen Bindungen im Fenster ab {date} gab das Gleichgewicht der Bedrohung dieser {share}, der Zufall {chance}.",
  "text.misjudged": "Am {date} sah es eine Bedrohung von {seen}; für jemanden, der alles wusste, war sie {true}.",
  "text.missed":
    "{fear}. Von den offenen Bindungen im Fenster ab {date} gab das Gleichgewicht der Bedrohung dieser {share}, der Zufall {chance}: Von allen angebotenen Bindungen lag sie am weitesten unter dem Zufall.",
  "text.missed.threat":
    "{a} fürchtete {b} am meisten (Bedrohung {level}). Von den offenen Bindungen im Fenster ab {date} gab das Gleichgewicht der Bedrohung dieser {share}, der Zufall {chance}: Von allen angebotenen Bindungen lag sie am weitesten unter dem Zufall.",
  "text.no_ties": "In {decisions} Entscheidungen. Ruhige Entscheidungen unterscheiden keine Theorie von einer anderen.",
  "text.nobody_feared":
    "In keiner von {decisions} Entscheidungen erreichte eine Bedrohung die Schwelle; das Gleichgewicht der Bedrohung hatte also wenig zu sagen.",
  "text.predictions":
    "Von {count} Vorhersagen trafen {came} ein. Ihr Brier-Wert war {own}, der des Gleichgewichts der Bedrohung für dieselben Ereignisse {theory}; kleiner ist besser.",
  "text.promise_broken":
    "{b} rief es am {date}. Im ganzen Spiel hielten Verbündete {kept, plural, one {# Versprechen} other {# Versprechen}}, als sie gerufen wurden, und brachen {broken}.",
  "text.sides": "Von {decisions} Entscheidungen unter Bedrohung. Was darauf folgte, wird nicht verglichen.",
  "text.ties": "Die erste war im Fenster ab {date}. Alle anderen Entscheidungen ließen die Bündnisse, wie sie waren.",
  title: "Worüber zu reden ist",
  "title.aligned": "{a} unterschrieb mit {b}, während es {c} am meisten fürchtete",
  "title.feared": "{a} wurde am meisten gefürchtet",
  "title.followed":
    "Von denen, die ausbalancierten, wurden {balancedShare} von ihrer Bedrohung angegriffen, von denen, die sich anschlossen, {joinedShare}",
  "title.foretold": "Am besten erwartet: {a} unterschrieb mit {b}",
  "title.joined_threat": "{a} unterschrieb mit {b}, dem Staat, den es am meisten fürchtete",
  "title.misjudged": "{a} schätzte {b} falsch ein",
  "title.missed": "Am wenigsten erwartet: {a} unterschrieb mit {b}",
  "title.no_ties": "Kein Staat knüpfte eine neue Bindung",
  "title.nobody_feared": "Niemand wurde besonders gefürchtet",
  "title.predictions": "Vorhersagen der Spieler neben denen der Theorie",
  "title.promise_broken": "{a} hielt sein Versprechen an {b} nicht",
  "title.sides": "Unter Bedrohung {balanced, plural, one {balancierte # Entscheidung} other {balancierten # Entscheidungen}} aus, {joined, plural, one {# ging} other {# gingen}} mit der Bedrohung",
  "title.ties": "{ties} von {decisions} Entscheidungen knüpften eine neue Bindung",
  whatTrueMeans:
    "Wie gesehen: der Index aus dem, was der Staat bei seiner Entscheidung wissen konnte. In Wahrheit: derselbe Index mit wahrer Macht, wahrer Angriffskraft und allen Taten.",
  why: "Warum, nach eigenen Angaben",
  with: "mit {states}",
  withheld:
    "{count, plural, one {# geschriebener Grund wird} other {# geschriebene Gründe werden}} nicht gezeigt, weil nicht alle an diesem Platz zugestimmt haben.",
};
