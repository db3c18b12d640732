// German: what stands between the user and the game.

export default {
  botPlays: "Vielleicht spielt jetzt ein Bot Ihren Platz. Über die Lobby Ihres Kurses kommen Sie zurück: Nehmen Sie dort wieder Platz.",
  toLobby: "Lobby: {title}",
  alarmModerator:
    "Der Browser eines Spielers hat einen unterschriebenen Nachweis, den das Journal nicht kennt ({got}). Prüfen Sie, ob das richtige Journal läuft, bevor Sie weitermachen.",
  alarmModeratorTitle: "Angehalten: Der Server hat vielleicht etwas verloren",
  alarmPlayer:
    "Sagen Sie es sofort der Spielleitung: Die Sitzung wurde vielleicht aus einer alten Kopie hergestellt. Ihr Browser hat den Nachweis noch.",
  alarmPlayerTitle: "Der Server hat etwas vergessen, das er bestätigt hatte",
  close: "Schließen",
  connecting: "Verbindet …",
  goOn: "Mit dem weitermachen, was der Server hat",
  heldPlaces: "Dieser Browser hatte in dieser Sitzung diese Plätze:",
  loading: "Diese Seite wird geladen …",
  looking: "Ihr Platz wird gesucht.",
  needsLink:
    "Diese Seite braucht den Link, den Sie bekommen haben: Er endet mit einem langen Geheimnis nach einem #. Öffnen Sie ihn noch einmal, oder bitten Sie die Spielleitung um einen neuen.",
  needsLinkTitle: "Öffnen Sie Ihren Link",
  noAccount:
    "Ein Konto ist nicht nötig. Das Geheimnis bleibt in diesem Browser und steht in keiner Adresse, die der Server sieht.",
  noConnection: "Keine Verbindung",
  notConnected: "Nicht verbunden",
  notTaken: "Nicht angenommen",
  reload: "Seite neu laden",
  seatOf: "Platz von {name}",
  sendsNothing: "{why}. Diese Seite sendet jetzt nichts; was Sie geschrieben haben, bleibt hier. ",
  tryNow: "Jetzt versuchen",
  useHere: "Hier benutzen",
  where: "Wo möchten Sie weitermachen?",
};
