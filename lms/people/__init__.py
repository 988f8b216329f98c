"""Organisations, accounts, sign-in, groups, workshops."""
