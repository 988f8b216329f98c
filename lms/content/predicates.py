"""Predicates over a world, compiled once to plain functions.

A predicate is a mapping of dotted paths to tests, all of which hold; a list of mappings holds when any of them does.
A test is a value (equal), or a mapping of operators and of paths within the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lms.content.world_paths import Json, step_into
from lms.contract import is_same

Test = Callable[[Json], bool]
Refuse = Callable[[str], None]

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


@dataclass(frozen=True)
class Operator:
    """One operator: the kinds of argument it takes, and how it builds its test."""

    takes: str
    accepts: Callable[[Json], bool]
    build: Callable[[Json, Refuse], Test]


def build_predicate(spec: Json, refuse: Refuse) -> Test:
    """The test of a whole predicate on a world; `refuse(message)` hears of every fault in it."""
    if isinstance(spec, Mapping):
        return _build_mapping(spec, refuse)
    if isinstance(spec, list) and spec and all(isinstance(one, Mapping) for one in spec):
        return _build_any([_build_mapping(one, refuse) for one in spec])
    refuse("a predicate is a mapping of paths to values, or a list of such mappings")
    return lambda world: False


def find_paths(spec: Json) -> frozenset[str]:
    """Every dotted path that a predicate reads from the world itself."""
    if isinstance(spec, list):
        return frozenset().union(*(find_paths(one) for one in spec))
    if not isinstance(spec, Mapping):
        return frozenset()
    inner = frozenset().union(*(find_paths(spec[key]) for key in ("not", "any", "all") if key in spec))
    return inner | {key for key in spec if key not in OPERATORS}


def _build_test(spec: Json, refuse: Refuse) -> Test:
    if isinstance(spec, Mapping):
        if not spec:
            refuse("{} holds always; write what must hold")
        return _build_mapping(spec, refuse)
    return _build_equal(spec)


def _build_equal(wanted: Json) -> Test:
    # 1 == True in Python, but not in JSON.
    if wanted is None or isinstance(wanted, bool):
        return lambda value: value is wanted
    if isinstance(wanted, int):
        return lambda value: value == wanted and value is not True
    return lambda value: bool(value == wanted)


def _build_mapping(spec: Mapping[str, Json], refuse: Refuse) -> Test:
    tests = tuple(_build_member(key, value, refuse) for key, value in spec.items())
    if len(tests) == 1:
        return tests[0]

    def all_hold(value: Json) -> bool:
        # A loop: a generator would double the time of every touch.
        for test in tests:  # noqa: SIM110
            if not test(value):
                return False
        return True

    return all_hold


def _build_member(key: str, spec: Json, refuse: Refuse) -> Test:
    operator = OPERATORS.get(key)
    if operator is None:
        return _build_at(key, spec, refuse)
    if not operator.accepts(spec):
        refuse(f"`{key}` takes {operator.takes}, not {spec!r}")
        return lambda value: False
    return operator.build(spec, refuse)


def _build_at(path: str, spec: Json, refuse: Refuse) -> Test:
    steps = tuple(path.lstrip(".").split("."))
    if not all(steps):
        refuse(f"«{path}» is no path: names with dots between")
    test = _build_test(spec, lambda message: refuse(f"{path}: {message}"))
    if len(steps) == 1:
        only = steps[0]
        return lambda value: test(step_into(value, only))

    def holds_at(value: Json) -> bool:
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else step_into(value, step)
        return test(value)

    return holds_at


def _size(value: Json) -> int | None:
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _build_min(least: int, refuse: Refuse) -> Test:
    return lambda value: (size := _size(value)) is not None and size >= least


def _build_max(most: int, refuse: Refuse) -> Test:
    return lambda value: (size := _size(value)) is not None and size <= most


def _build_in(choices: list[Json], refuse: Refuse) -> Test:
    return _build_any([_build_equal(choice) for choice in choices])


def _build_has(wanted: Json, refuse: Refuse) -> Test:
    members = wanted if isinstance(wanted, list) else [wanted]
    return lambda value: isinstance(value, list | dict | str) and all(member in value for member in members)


def _build_some(spec: Json, refuse: Refuse) -> Test:
    test = _build_test(spec, refuse)
    return lambda value: isinstance(value, list) and any(test(one) for one in value)


def _build_not(spec: Json, refuse: Refuse) -> Test:
    test = _build_test(spec, refuse)
    return lambda value: not test(value)


def _build_filled(filled: bool, refuse: Refuse) -> Test:
    return lambda value: _is_filled(value) is filled


def _is_filled(value: Json) -> bool:
    return value not in (None, [], {}) and not (isinstance(value, str) and not value.strip())


def _build_words(least: int, refuse: Refuse) -> Test:
    return lambda value: isinstance(value, str) and len(_WORD.findall(value)) >= least


def _build_match(pattern: str, refuse: Refuse) -> Test:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        refuse(f"`match` is no regular expression: {error}")
        return lambda value: False
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _build_same(text: str, refuse: Refuse) -> Test:
    return lambda value: isinstance(value, str) and is_same("text", value, text)


def _build_any(tests: list[Test]) -> Test:
    return lambda value: any(test(value) for test in tests)


def _build_all(tests: list[Test]) -> Test:
    return lambda value: all(test(value) for test in tests)


def _build_each(specs: list[Json], refuse: Refuse) -> list[Test]:
    return [_build_test(spec, refuse) for spec in specs]


def _is_whole(spec: Json) -> bool:
    return isinstance(spec, int) and not isinstance(spec, bool)


def _is_scalar(spec: Json) -> bool:
    return spec is None or isinstance(spec, str | int)


def _is_scalars(spec: Json) -> bool:
    return isinstance(spec, list) and bool(spec) and all(map(_is_scalar, spec))


def _is_list(spec: Json) -> bool:
    return isinstance(spec, list) and bool(spec)


OPERATORS: Mapping[str, Operator] = {
    "min": Operator("a whole number", _is_whole, _build_min),
    "max": Operator("a whole number", _is_whole, _build_max),
    "in": Operator("a list of values", _is_scalars, _build_in),
    "has": Operator(
        "a value or a list of values",
        lambda spec: _is_scalar(spec) or _is_scalars(spec),
        _build_has,
    ),
    "some": Operator("a test of one member", lambda spec: True, _build_some),
    "not": Operator("a test", lambda spec: True, _build_not),
    "filled": Operator("true or false", lambda spec: isinstance(spec, bool), _build_filled),
    "words": Operator("a whole number", _is_whole, _build_words),
    "match": Operator(
        "a regular expression in quotes",
        lambda spec: isinstance(spec, str),
        _build_match,
    ),
    "same": Operator("a text", lambda spec: isinstance(spec, str), _build_same),
    "any": Operator(
        "a list of tests",
        _is_list,
        lambda spec, refuse: _build_any(_build_each(spec, refuse)),
    ),
    "all": Operator(
        "a list of tests",
        _is_list,
        lambda spec, refuse: _build_all(_build_each(spec, refuse)),
    ),
}
