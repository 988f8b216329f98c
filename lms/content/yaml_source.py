"""YAML files as trees of text that remember their lines; a few places are typed on request."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lms.errors import ContentError, Problem

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads ten times faster, and every start reads every course; the wheel may lack it."""

Steps = tuple[str | int, ...]
Tree = Any

TYPED_KEYS = frozenset({"start", "done", "when", "if", "set", "add"})
"""Below these keys null, true, false and integers without a leading zero are typed; all else is text."""

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_DOUBTFUL = re.compile(r"|~|(?i:true|false|null)|[+-]?\d[\d_]*|[+-]?\d+\.\d*|[+-]?\.\d+")
_CONSTANTS = {"null": None, "true": True, "false": False}


class Plain(str):
    """A scalar written without quotes; only such a one may be typed."""


@dataclass(frozen=True)
class Source:
    """One file: its tree of dict, list and str, and where each node stands."""

    file: str
    data: Tree
    lines: dict[Steps, int]

    def line(self, place: str | Sequence[str | int]) -> int:
        """Line (from 1) of `goals.sent.touch` or `("goals", "sent", "touch")`; the nearest parent's when absent."""
        steps = _find_steps(self.data, place) if isinstance(place, str) else tuple(place)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 0)

    def problem(self, place: str | Sequence[str | int], message: str) -> Problem:
        """A problem of this file at `place`."""
        name = place if isinstance(place, str) else ".".join(str(step) for step in place)
        return Problem(self.file, self.line(place), name, message)


def read_yaml(path: Path) -> Source:
    """The tree of one file. Raises ContentError naming file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError([Problem(str(path), 0, "", "this file does not exist")]) from None
    except UnicodeDecodeError as error:
        raise ContentError([Problem(str(path), 0, "", f"this file is not UTF-8: {error}")]) from None
    return parse_yaml(text, str(path))


def parse_yaml(text: str, file: str, first_line: int = 1) -> Source:
    """The tree of `text`, which begins at `first_line` of `file`. Raises ContentError."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else 0
        raise ContentError(
            [
                Problem(
                    file,
                    line,
                    "",
                    f"this is not YAML: {error.problem or error.context}",
                )
            ]
        ) from None
    except yaml.YAMLError as error:
        raise ContentError([Problem(file, 0, "", f"this is not YAML: {error}")]) from None
    reader = _Reader(file, first_line)
    data: Tree = {} if node is None else reader.read(node, ())
    if reader.problems:
        raise ContentError(reader.problems)
    return Source(file, data, reader.lines)


class _Reader:
    """Turns composed nodes into a tree and notes lines; aliases and tags are refused: they hide what is written."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.lines: dict[Steps, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, steps: Steps) -> Tree:
        self.lines.setdefault(steps, node.start_mark.line + self.first_line)
        if id(node) in self._seen:
            return self._refuse(node, steps, "anchors and aliases (& and *) are not allowed")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*steps, index)) for index, child in enumerate(node.value)]
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        return Plain(node.value) if plain else str(node.value)

    def _read_mapping(self, node: yaml.MappingNode, steps: Steps) -> Tree:
        tree: dict[str, Tree] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, steps, "a key must be text")
                continue
            key = str(key_node.value)
            if key in tree:
                self._refuse(key_node, (*steps, key), f"the key «{key}» is written twice")
                continue
            self.lines[(*steps, key)] = key_node.start_mark.line + self.first_line
            tree[key] = self.read(child, (*steps, key))
        return tree

    def _refuse(self, node: yaml.Node, steps: Steps, message: str) -> Tree:
        line = node.start_mark.line + self.first_line
        self.problems.append(Problem(self.file, line, ".".join(map(str, steps)), message))
        return ""


def _find_steps(tree: Tree, dotted: str) -> Steps:
    """Steps of a dotted name; keys may hold dots themselves, so the longest key wins."""
    if not dotted:
        return ()
    words = dotted.split(".")
    for size in range(len(words), 0, -1):
        key: str | int = ".".join(words[:size])
        if isinstance(tree, list) and str(key).isdigit() and int(key) < len(tree):
            key = int(key)
        elif not (isinstance(tree, dict) and key in tree):
            continue
        return (key, *_find_steps(tree[key], ".".join(words[size:])))
    return (dotted,)


def type_tree(
    tree: Tree,
    refuse: Callable[[Steps, str], None],
    steps: Steps = (),
    typed: bool = False,
) -> Tree:
    """The tree with plain `str` for text and typed scalars below TYPED_KEYS; `refuse(steps, message)` hears of doubts.

    A `value` that is a list or mapping (a trace, a drop) is typed too; a single `value` is what one types: text.
    """
    if isinstance(tree, dict):
        return {
            key: type_tree(child, refuse, (*steps, key), _is_typed(key, child, typed)) for key, child in tree.items()
        }
    if isinstance(tree, list):
        return [type_tree(child, refuse, (*steps, index), typed) for index, child in enumerate(tree)]
    return _type_scalar(tree, refuse, steps) if typed and isinstance(tree, Plain) else str(tree)


def _is_typed(key: str, child: Tree, typed: bool) -> bool:
    return typed or key in TYPED_KEYS or (key == "value" and not isinstance(child, str))


def _type_scalar(text: str, refuse: Callable[[Steps, str], None], steps: Steps) -> Tree:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and text != "-0":
        return int(text)
    if _DOUBTFUL.fullmatch(text):
        refuse(
            steps,
            f"«{text}» is text here; put it in quotes, or write null, true, false or a whole number",
        )
    return str(text)
