// English: the question whether research may use how a person played.

export default {
  given: "You let research use how you play.",
  giveNow: "Take part after all",
  more: "What is kept, and your rights",
  no: "No, leave me out",
  question:
    "May research use how you play? It changes nothing in the game, and nobody in the game learns your answer. You can change it at any time.",
  refused: "Research does not use how you play.",
  rights:
    "If you say no, or do not answer, no table for research holds your times. If you want all of it erased, ask the person who runs the session.",
  takeBack: "Take my yes back",
  title: "A question before you begin",
  what: "The server keeps the time of day when you connect, order and are ready, and whether you use this page. Your name is not with it: a made-up code stands for you. Your moves are part of the game's record in any case, which names nobody. If everybody who plays your state says yes, the debrief also shows the reasons that you write down, beside the state and without a name.",
  yes: "Yes, use it",
};
