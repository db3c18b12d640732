// English: what a call asks.

export default {
  against: " against {state}",
  ally: "{state} calls on your promise: {sides}.",
  brokered: "{state} asks whether you would make peace in the war of {sides}.",
  called: "{pact} ({name})",
  condition: "{state} asks you to {asked} for its {aid} aid.",
  conditionGone: "{state} waits for your answer to its demand.",
  crisis: "Crisis with {state} over {aim}, now at {level}.{demand}{ultimatum}",
  crisisDemand: " {state}: “{text}”",
  crisisGone: "A crisis waits for your answer.",
  invite: "{state} invites you to join {pact}{against}{secret}, in which {others} are members.",
  inviteAlone: "{state} invites you to join {pact}{against}{secret}, in which it is a member.",
  offer: "{state} offers you {pact}{against}{secret}.",
  other: "{what}: your answer is asked for.",
  peace: "{state} offers peace in the war of {sides}.",
  proposalGone: "{state} waits for your answer to its offer.",
  secret: ", in secret",
  sign:
    "{state} asks you to sign {pact}{against}{secret}, with {others}. It comes into force if {needed} of the invited states sign.",
  someWar: "a war",
  ultimatum: " This is an ultimatum: refusal means war.",
  voteAdmit: "{state} asks to join: {vote}. One objection ends the matter.",
  voteExpel: "{state} moves to expel {other}: {vote}. One objection ends the matter.",
  voteGone: "{state} waits for your vote.",
  voteInvite: "{state} moves to invite {other}: {vote}. One objection ends the matter.",
};
