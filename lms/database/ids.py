"""Identifiers: UUIDv7 for all that travels, UUIDv5 for what has a natural key."""

from __future__ import annotations

import os
import time
import uuid

NATURAL = uuid.UUID("6f2a1f0e-5b1c-5d0a-9c53-3c1a7f5e9d11")


def new_id() -> str:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def natural_id(*parts: str) -> str:
    """The UUIDv5 of a natural key: two instances that enrol the same person make the same row."""
    return str(uuid.uuid5(NATURAL, "\x1f".join(parts)))
