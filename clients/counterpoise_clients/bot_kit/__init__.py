"""The parts of a bot: assess the view, respond to calls, add moves of its own, look ahead."""
