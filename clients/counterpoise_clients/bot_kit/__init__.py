"""Parts to build a bot from: assess the view, respond to calls, take the initiative, look ahead."""
