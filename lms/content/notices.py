"""What is worth telling an author though nothing is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from lms.errors import Problem


@dataclass(frozen=True)
class Notice(Problem):
    """A fact such as «to be reviewed»: `lms check` prints it and still succeeds."""

    def __str__(self) -> str:
        return f"{super().__str__()} (notice)"
