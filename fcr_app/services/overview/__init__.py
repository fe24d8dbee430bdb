"""Where the force, a team or one’s own decisions stand: what is late and waits, and how good."""
