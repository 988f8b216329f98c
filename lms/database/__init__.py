"""The database: connections, models, the write door, migrations."""
