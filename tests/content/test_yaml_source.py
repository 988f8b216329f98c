from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.content.yaml_source import Steps, parse_yaml, read_yaml, type_tree
from lms.errors import ContentError


def typed(text: str) -> tuple[object, list[Steps]]:
    doubts: list[Steps] = []
    tree = type_tree(parse_yaml(text, "a.yaml").data, lambda steps, message: doubts.append(steps))
    return tree, doubts


def test_plain_scalars_are_text() -> None:
    data = parse_yaml("a: no\nb: 0612\nc: 12:30\nd: 2026-11-21\ne: null\nf: 1.50\n", "a.yaml").data
    assert data == {"a": "no", "b": "0612", "c": "12:30", "d": "2026-11-21", "e": "null", "f": "1.50"}


def test_only_below_typed_keys_are_null_booleans_and_whole_numbers_typed() -> None:
    tree, doubts = typed('ref: {size: 48, on: true}\nstart: {a: 48, b: "48", c: null, d: true, e: -3, f: oui, g: [0]}')
    assert tree == {
        "ref": {"size": "48", "on": "true"},
        "start": {"a": 48, "b": "48", "c": None, "d": True, "e": -3, "f": "oui", "g": [0]},
    }
    assert doubts == []


def test_what_is_typed_into_a_field_is_text_and_what_is_traced_is_numbers() -> None:
    assert typed("a: {value: 482915}\nb: {value: [[1, x]]}")[0] == {
        "a": {"value": "482915"},
        "b": {"value": [[1, "x"]]},
    }


@pytest.mark.parametrize("scalar", ["0612", "1.5", "True", "NULL", "~", "", "+3", "1_000", "-0"])
def test_a_scalar_that_only_looks_typed_is_doubted(scalar: str) -> None:
    assert typed(f"done: {{mail.page: {scalar}}}")[1] == [("done", "mail.page")]
    assert typed(f'done: {{mail.page: "{scalar}"}}') == ({"done": {"mail.page": scalar}}, [])


def test_lines_are_found_by_dotted_names_even_when_keys_hold_dots() -> None:
    source = parse_yaml("goals:\n  mail.inbox:\n    touch: a\n    needs:\n      - b\n      - c\n", "a.yaml")
    assert source.line("goals.mail.inbox.touch") == 3
    assert source.line(("goals", "mail.inbox", "needs", 1)) == 6
    assert source.line("goals.mail.inbox.needs.1") == 6
    assert source.line("goals.mail.inbox.unknown") == 2
    assert source.line("nothing.there") == 1


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    assert parse_yaml("a: 1\nb: 2", "a.md", first_line=2).line("b") == 3


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\na: 2\n", 2, "written twice"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "written twice"),
        ("b: 1\na: &x 1\nc: *x\n", 2, "anchors and aliases"),
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("a: 'x\n", 2, "not YAML"),
        ("? [a]\n: 1\n", 1, "a key must be text"),
    ],
)
def test_faults_are_told_with_file_and_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml(text, "a.yaml")
    problem = caught.value.problems[0]
    assert (problem.file, problem.line) == ("a.yaml", line)
    assert said in problem.message


def test_a_missing_file_and_one_in_another_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="does not exist"):
        read_yaml(tmp_path / "none.yaml")
    (tmp_path / "old.yaml").write_bytes("title: Été".encode("latin-1"))
    with pytest.raises(ContentError, match="not UTF-8"):
        read_yaml(tmp_path / "old.yaml")


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert parse_yaml("# nothing yet\n", "a.yaml").data == {}


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_as_content(text: str) -> None:
    with suppress(ContentError):
        assert isinstance(parse_yaml(text, "a.yaml").data, dict | list | str)
