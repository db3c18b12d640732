// How the two example bots play: answer every call, and ask a near friend for help against the gravest threat.

/**
 * Return the moves of a seat that is called, as the protocol page has them under Moves.
 *
 * @param {any} view the view of `observe`
 * @param {Record<string, { threat: number }>} threats its `threats`; empty where the index is not shown
 */
export function decide(view, threats) {
  const fear = (other) => threats[other.id]?.threat ?? other.power * other.proximity;
  const feared = view.others.filter((other) => !other.aligned).sort((one, two) => fear(two) - fear(one));
  const gravest = feared[0]?.id;
  const answers = view.calls.map((call) => answer(call, view, gravest)).filter((move) => move !== null);
  if (view.occasion !== "window" || !view.own.active || !gravest) return answers;
  const asked = new Set(view.proposals.flatMap((offer) => [offer.proposer, offer.to]));
  const friend = feared
    .slice(1)
    .filter((other) => !other.at_war && !other.rivalry && !other.refused && !asked.has(other.id))
    .sort((one, two) => one.km - two.km)[0];
  if (friend) answers.push({ kind: "propose_alliance", to: friend.id, commitment: "defence", against: gravest });
  return answers;
}

/** Return the move that answers a call, by the table under Answers to calls; null for what these rules do not ask. */
function answer(call, view, gravest) {
  const subject = call.subject;
  switch (call.reason) {
    case "crisis": {
      const crisis = view.crises.find((one) => one.id === subject);
      if (!crisis) return null;
      const foe = view.others.find((one) => [crisis.initiator, crisis.target].includes(one.id));
      const response = foe && foe.power > view.own.power ? "compromise" : "stand_firm";
      return crisis.own_response === response ? null : { kind: "respond_crisis", crisis: subject, response };
    }
    case "proposal": {
      const offer = view.proposals.find((one) => one.id === subject);
      const isAgainstFriend = view.others.some((one) => one.id === offer?.against && one.aligned);
      const isMade = view.alignments.some(
        (one) => one.members.includes(offer?.proposer) && one.commitment === offer.commitment && one.against === offer.against,
      );
      const accept = offer?.proposer !== gravest && !isAgainstFriend && !isMade;
      return { kind: "answer_proposal", proposal: subject, accept };
    }
    case "ally":
      return { kind: "answer_call", war: subject, honour: true };
    case "peace":
      return { kind: "answer_peace", war: subject, accept: true };
    case "condition":
      return { kind: "answer_condition", condition: subject, comply: view.own.treasury < 50 };
    case "membership":
      return { kind: "vote_on_member", vote: subject, consent: true };
    default:
      return null;
  }
}
