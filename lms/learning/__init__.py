"""The only way a response becomes evidence: attempts, submit, progress."""
