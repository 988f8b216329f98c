"""`python -m lms`: the command `lms`."""

from lms.cli import main

main()
