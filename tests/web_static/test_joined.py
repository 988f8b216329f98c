"""Modules and style sheets that are served together, from sources that stay apart."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from lms.content.themes import load_themes
from lms.errors import NotFound
from lms.web.joined import NotJoined, join_modules
from lms.web.trees import CORE, Trees
from tests.web_static.room import ROOT

BUNDLED = [*CORE.rglob("*.js"), *(ROOT / "simulators").glob("*/*.js")]


def write(folder: Path, **sources: str) -> Path:
    """Modules of these names; returns the folder."""
    for name, text in sources.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def join(folder: Path, name: str = "app") -> str:
    return join_modules(folder / f"{name}.js", folder, "key")[0]


def run(page: Page, text: str, then: str) -> object:
    """What `then` says of the module `m`."""
    page.goto("about:blank")
    address = json.dumps(f"data:text/javascript,{quote(text)}")
    return page.evaluate(f"async () => {{ const m = await import({address}); return {then}; }}")


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: "/".join(file.parts[-2:]))
def test_every_bundled_module_can_be_joined(file: Path) -> None:
    root = CORE if file.is_relative_to(CORE) else file.parent
    text, files = join_modules(file, root, "key")
    assert file in files
    assert "\nimport " not in text


def test_modules_keep_their_own_names_and_are_evaluated_once(tmp_path: Path, page: Page) -> None:
    write(
        tmp_path,
        count="globalThis.runs = (globalThis.runs ?? 0) + 1;\nconst own = 1;\nexport const told = { own };\n",
        left='import { told as other } from "./count.js";\nconst own = 2;\nexport const sum = () => own + other.own;\n',
        app='import { told } from "./count.js";\nimport { sum } from "./left.js";\nimport "./count.js";\n'
        "export async function all() {\n  return [await sum(), told.own, globalThis.runs];\n}\nexport class Thing {}\n",
    )
    assert run(page, join(tmp_path), "[await m.all(), Object.keys(m)]") == [[3, 1, 1], ["Thing", "all"]]


def test_a_module_that_comes_with_two_answers_is_one_module(tmp_path: Path, page: Page) -> None:
    write(
        tmp_path,
        words="export const words = {};\n",
        app='import { words } from "./words.js";\nexport function say(one) {\n  words.said = one;\n}\n',
        late='import { words } from "./words.js";\nexport const heard = () => words.said;\n',
    )
    late = json.dumps(f"data:text/javascript,{quote(join(tmp_path, 'late'))}")
    assert run(page, join(tmp_path), f"(m.say('oui'), (await import({late})).heard())") == "oui"


def test_what_is_fetched_later_is_asked_for_from_where_the_answer_stands(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    write(tmp_path, app='import { open } from "./desk/room.js";\nopen();\n', late="export const x = 1;\n")
    write(tmp_path / "desk", room='export const open = () => import("../late.js").then(() => import("./more.js"));\n')
    assert 'import("./late.js").then(() => import("./desk/more.js"))' in join(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "export default function () {}\n",
        'export * from "./other.js";\n',
        "export let count = 0;\n",
        'import other from "./other.js";\n',
        "const base = import.meta.url;\n",
        "const data = await fetch('.');\n",
        'import { a } from "../outside.js";\n',
        'import { a } from "./nowhere.js";\n',
        'import { other } from "./circle.js";\n',
    ],
)
def test_what_cannot_be_joined_is_served_as_it_stands(tmp_path: Path, text: str) -> None:
    write(
        tmp_path, other="export const other = 1;\n", circle='import { x } from "./app.js";\nexport const other = 1;\n'
    )
    write(tmp_path, app=text)
    with pytest.raises(NotJoined):
        join(tmp_path)
    trees = Trees(tmp_path, {}, {})
    trees.folders |= {"mine": (tmp_path,)}
    trees.hashes = {**trees.hashes, "mine": "x"}
    assert trees.find_joined("mine/app.js") is None
    assert trees.find("mine/app.js") == tmp_path / "app.js"


def test_a_module_that_changed_is_joined_anew(tmp_path: Path) -> None:
    write(tmp_path, app='import { a } from "./other.js";\n', other="export const a = 1;\n")
    trees = Trees(tmp_path, {}, {})
    trees.folders |= {"mine": (tmp_path,)}
    trees.hashes = {**trees.hashes, "mine": "x"}
    first = trees.find_joined("mine/app.js")
    assert first is not None
    assert first is trees.find_joined("mine/app.js")
    write(tmp_path, other="export const a = 12;\n")
    second = trees.find_joined("mine/app.js")
    assert second is not None
    assert "const a = 12;" in second.text


def test_the_sheets_of_ancestors_come_first_and_a_theme_writes_what_differs(tmp_path: Path) -> None:
    (tmp_path / "nuit/static").mkdir(parents=True)
    (tmp_path / "nuit/theme.yaml").write_text("name: nuit\ntitle: La nuit\nparent: default\n")
    (tmp_path / "nuit/static/tokens.css").write_text(":root { --paper: #000; }\n")
    trees = Trees(tmp_path, load_themes([ROOT / "themes", tmp_path], {}), {})
    joined = trees.find_joined("theme/nuit/tokens+site+desk.css")
    assert joined is not None
    names = [f"{file.parts[-3]}/{file.name}" for file in joined.files]
    assert names == ["default/tokens.css", "default/site.css", "default/desk.css", "nuit/tokens.css"]
    assert joined.text.rstrip().endswith("--paper: #000; }")


@pytest.mark.parametrize(
    "path", ["theme/default/tokens+nothing.css", "theme/default/tokens+../theme.css", "core/a+b.css"]
)
def test_a_sheet_that_is_not_there_is_not_found(tmp_path: Path, path: str) -> None:
    trees = Trees(tmp_path, load_themes([ROOT / "themes"], {}), {})
    with pytest.raises(NotFound):
        trees.find_joined(path)
