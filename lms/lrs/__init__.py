"""The Learning Record Store: vocabulary, building, validating, storing and querying statements."""
