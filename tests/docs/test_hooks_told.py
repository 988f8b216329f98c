"""Every hook stands in the guide in the order of the code, with its own sentence, and has a test of its own."""

from __future__ import annotations

import inspect
import re

from lms import hookspecs
from tests.docs.blocks import DOCS, ROOT

HOOKS = {name: one for name, one in vars(hookspecs).items() if hasattr(one, "lms_spec")}


def test_every_hook_stands_in_the_guide_with_signature_and_sentence() -> None:
    guide = (DOCS / "plugins.md").read_text().replace("\\|", "|")
    table = guide[guide.index("## Every hook") : guide.index("## When it is refused")]
    expected = [
        f"| `{name}{str(inspect.signature(one)).replace(chr(39), '')}` | {inspect.getdoc(one)} |"
        for name, one in HOOKS.items()
    ]
    assert [line for line in table.splitlines() if line.startswith("| `")] == expected


def test_every_hook_has_a_test_named_after_it() -> None:
    tested = set(re.findall(r"^def test_(\w+)", (ROOT / "tests/test_hooks.py").read_text(), re.MULTILINE))
    assert [name for name in HOOKS if not any(one.startswith(f"{name}_") for one in tested)] == []


def test_the_plugin_of_the_tests_implements_every_hook() -> None:
    written = (ROOT / "tests/every/__init__.py").read_text()
    assert [name for name in HOOKS if f"@hookimpl\ndef {name}(" not in written] == []
