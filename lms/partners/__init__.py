"""Partner systems: credentials, and the outbox of what is to be relayed."""
