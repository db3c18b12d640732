"""What was chosen, question by question: whether a tie is made, in which direction, with whom, and the answers to offers."""
