"""Déclic: rehearsal copies of online services, for people far from digital and those who accompany them."""

__version__ = "0.1.0"
