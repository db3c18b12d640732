// German: what a call asks.

export default {
  against: " gegen {state}",
  ally: "{state} beruft sich auf Ihr Versprechen: {sides}.",
  brokered: "{state} fragt, ob Sie Frieden schließen würden: {sides}.",
  called: "{pact} ({name})",
  condition: "{state} verlangt für seine Hilfe ({aid}), dass Sie {asked}.",
  conditionGone: "{state} wartet auf Ihre Antwort auf seine Forderung.",
  crisis: "Krise mit {state}. Worum es geht: {aim}. Stand: {level}.{demand}{ultimatum}",
  crisisDemand: " {state}: „{text}“",
  crisisGone: "Eine Krise wartet auf Ihre Antwort.",
  invite: "{state} lädt Sie ein, Mitglied zu werden: {pact}{against}{secret}. Mitglieder sind {others}.",
  inviteAlone: "{state} lädt Sie ein, Mitglied zu werden: {pact}{against}{secret}. Er selbst ist Mitglied.",
  offer: "{state} bietet Ihnen {pact}{against}{secret} an.",
  other: "{what}: Ihre Antwort ist gefragt.",
  peace: "{state} bietet Frieden an: {sides}.",
  proposalGone: "{state} wartet auf Ihre Antwort auf sein Angebot.",
  secret: ", im Geheimen",
  sign:
    "{state} bittet Sie um Ihre Unterschrift: {pact}{against}{secret}, mit {others}. Der Vertrag gilt, wenn {needed} der eingeladenen Staaten unterschreiben.",
  someWar: "ein Krieg",
  ultimatum: " Das ist ein Ultimatum: Ablehnung bedeutet Krieg.",
  voteAdmit: "{state} bittet um Aufnahme: {vote}. Ein Widerspruch beendet die Sache.",
  voteExpel: "{state} beantragt, {other} auszuschließen: {vote}. Ein Widerspruch beendet die Sache.",
  voteGone: "{state} wartet auf Ihre Stimme.",
  voteInvite: "{state} beantragt, {other} einzuladen: {vote}. Ein Widerspruch beendet die Sache.",
};
