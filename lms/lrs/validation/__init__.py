"""What a statement must be to be kept: the whole of xAPI 1.0.3 (part 2) and of xAPI 2.0 (IEEE 9274.1.1, 4.2)."""

from lms.lrs.validation.agents import find_agent_faults
from lms.lrs.validation.statements import InvalidStatement, check_statement, find_faults

__all__ = ["InvalidStatement", "check_statement", "find_agent_faults", "find_faults"]
