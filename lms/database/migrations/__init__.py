"""Alembic: one folder and one version table per owner (`core_version`, `<plugin>_version`), no branches."""
