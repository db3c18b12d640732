// English: what stands between the user and the game.

export default {
  botPlays: "A bot may play your seat now. You come back from the lobby of your class: take your seat there again.",
  toLobby: "Lobby of {title}",
  alarmModerator:
    "A player's browser holds a signed proof that the journal does not know ({got}). Check that the right journal is being served before you carry on.",
  alarmModeratorTitle: "Stopped: the server may have lost something",
  alarmPlayer:
    "Tell the moderator at once: the session may have been restored from an old copy. Your browser still holds the proof.",
  alarmPlayerTitle: "The server has forgotten something it had confirmed",
  close: "Close",
  connecting: "Connecting…",
  goOn: "Go on with what the server has",
  heldPlaces: "This browser has held these places in this session:",
  loading: "Loading this page…",
  looking: "Looking for your seat.",
  needsLink:
    "This page needs the link you were given: it ends in a long secret after a # sign. Open it again, or ask the moderator for a new one.",
  needsLinkTitle: "Open your join link",
  noAccount: "No account is needed. The secret stays in this browser and is never part of an address the server sees.",
  noConnection: "No connection",
  notConnected: "Not connected",
  notTaken: "Not taken",
  reload: "Reload the page",
  seatOf: "Seat of {name}",
  sendsNothing: "{why}. This page sends nothing now; what you have written stays here. ",
  tryNow: "Try now",
  useHere: "Use it here",
  where: "Where do you want to go on?",
};
