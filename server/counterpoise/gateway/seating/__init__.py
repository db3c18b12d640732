"""Who sits in a seat: links, members of a team, devices, and bots in place of people who are away."""
