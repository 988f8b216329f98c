"""Options of an activity, from text in a file to the values that `contract.Field` declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.content.yaml_source import Source
from lms.contract import Field, Scenario
from lms.errors import ContentError, NotFound, Problem

Steps = tuple[str | int, ...]
FindScenario = Callable[[str], Scenario]

_TRUTH = {"true": True, "false": False, "oui": True, "non": False}


@dataclass
class Options:
    """Reads one file's options; what is wrong gathers in `problems`."""

    source: Source
    find_scenario: FindScenario
    pictograms: frozenset[str] | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, fields: Sequence[Field], tree: Any, steps: Steps) -> dict[str, Any]:
        """Values by field name; a wrong key, kind or choice and a missing one are problems."""
        if not isinstance(tree, Mapping):
            self._refuse(steps, f"expected keys, found {_describe(tree)}; allowed: {_names(fields)}")
            return {}
        for key in tree:
            if key not in {one.name for one in fields}:
                self._refuse((*steps, key), f"unknown key «{key}»; allowed: {_names(fields)}")
        return {one.name: self._read_field(one, tree, (*steps, one.name)) for one in fields}

    def _read_field(self, one: Field, tree: Mapping[str, Any], steps: Steps) -> Any:
        if one.name not in tree:
            if one.required:
                self._refuse(steps, f"«{one.name}» is missing ({one.label})")
            return [] if one.many and one.default is None else one.default
        found = tree[one.name]
        if not one.many:
            return self._convert(one, found, steps)
        if not isinstance(found, list):
            self._refuse(steps, f"expected a list, found {_describe(found)}")
            return []
        if one.required and not found:
            self._refuse(steps, f"«{one.name}» is empty ({one.label})")
        return [self._convert(one, item, (*steps, index)) for index, item in enumerate(found)]

    def _convert(self, one: Field, found: Any, steps: Steps) -> Any:
        if one.kind == "group":
            return self.read(one.fields, found, steps)
        if not isinstance(found, str):
            self._refuse(steps, f"expected {one.kind}, found {_describe(found)}")
            return None
        convert = getattr(self, f"_{one.kind}")
        return convert(one, str(found), steps)

    def _text(self, one: Field, found: str, steps: Steps) -> str:
        if one.required and not found.strip():
            self._refuse(steps, f"«{one.name}» is empty ({one.label})")
        return found

    _markdown = _text

    def _integer(self, one: Field, found: str, steps: Steps) -> int | None:
        try:
            return int(found)
        except ValueError:
            self._refuse(steps, f"«{found}» is not a whole number")
            return None

    def _boolean(self, one: Field, found: str, steps: Steps) -> bool:
        if found not in _TRUTH:
            self._refuse(steps, f"«{found}» is not allowed; allowed: {', '.join(_TRUTH)}")
        return _TRUTH.get(found, False)

    def _choice(self, one: Field, found: str, steps: Steps) -> str:
        if found not in one.choices:
            self._refuse(steps, f"«{found}» is not allowed; allowed: {', '.join(one.choices)}")
        return found

    def _picture(self, one: Field, found: str, steps: Steps) -> str:
        if self.pictograms is not None and found not in self.pictograms:
            self._refuse(steps, f"pictogram «{found}» does not exist in the theme")
        return found

    def _scenario(self, one: Field, found: str, steps: Steps) -> Scenario | None:
        try:
            return self.find_scenario(found)
        except NotFound as error:
            self._refuse(steps, str(error))
        except ContentError as error:
            self._refuse(steps, f"scenario «{found}» has faults of its own")
            self.problems.extend(error.problems)
        return None

    def _refuse(self, steps: Steps, message: str) -> None:
        self.problems.append(self.source.problem(steps, message))


def _names(fields: Sequence[Field]) -> str:
    return ", ".join(one.name for one in fields) or "none"


def _describe(found: Any) -> str:
    if isinstance(found, dict):
        return "keys"
    return "a list" if isinstance(found, list) else f"«{found}»"
