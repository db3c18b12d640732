// German: the question whether research may use how a person played.

export default {
  given: "Die Forschung darf verwenden, wie Sie spielen.",
  giveNow: "Doch mitmachen",
  more: "Was gespeichert wird, und Ihre Rechte",
  no: "Nein, ohne mich",
  question:
    "Darf die Forschung verwenden, wie Sie spielen? Am Spiel ändert es nichts, und im Spiel erfährt niemand Ihre Antwort. Sie können sie jederzeit ändern.",
  refused: "Die Forschung verwendet nicht, wie Sie spielen.",
  rights:
    "Wenn Sie Nein sagen oder nicht antworten, enthält keine Tabelle für die Forschung Ihre Zeiten. Wenn alles gelöscht werden soll, sagen Sie es der Person, die die Sitzung leitet.",
  takeBack: "Mein Ja zurücknehmen",
  title: "Eine Frage, bevor Sie beginnen",
  what: "Der Server speichert die Uhrzeit, zu der Sie sich verbinden, Befehle geben und fertig sind, und ob Sie diese Seite benutzen. Ihr Name steht nicht dabei: Ein erfundenes Kürzel steht für Sie. Ihre Züge gehören in jedem Fall zur Aufzeichnung des Spiels, die niemanden nennt. Wenn alle Ja sagen, die Ihren Staat spielen, zeigt die Nachbesprechung auch die Gründe, die Sie aufschreiben, neben dem Staat und ohne Namen.",
  yes: "Ja, gern",
};
