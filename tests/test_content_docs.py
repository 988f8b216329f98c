"""The guides for plugins, courses and themes: every block that names a file is written to disk and used."""

from __future__ import annotations

import inspect
import re
import runpy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jinja2 import Environment

from lms import hookspecs
from lms.content.checks import Folders, check_all
from lms.content.courses import Catalogue, Shelf, load_courses
from lms.content.themes import build_loader, load_themes
from lms.contract import AttemptFacts, Standing
from lms.plugins import Plugins, bundled, load_plugins
from lms.settings import Settings

DOCS = Path(__file__).parents[1] / "docs"
BLOCK = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FACTS = AttemptFacts(datetime(2026, 11, 21, tzinfo=UTC), 7, "guided", "fr")


def read_blocks(name: str) -> dict[str, str]:
    return dict(BLOCK.findall((DOCS / name).read_text()))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An instance that holds every file of the three guides."""
    for guide in ("courses.md", "plugins.md", "themes.md"):
        for file, text in read_blocks(guide).items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(text)
    return tmp_path


@pytest.fixture
def plugins(home: Path) -> Plugins:
    return load_plugins(Settings(home=home), bundled("plugins"))


def load(home: Path, plugins: Plugins) -> Catalogue:
    course = home / "courses" / "essai" / "course.yaml"
    course.write_text(course.read_text().replace("[bouger, choisir]", "[bouger, choisir, cadenas]"))
    return load_courses([home / "courses"], Shelf(plugins, dict[str, object]().__getitem__, str))  # type: ignore[arg-type]


def test_the_activity_type_of_the_guide_has_sixty_lines_at_most() -> None:
    assert len(read_blocks("plugins.md")["plugins/yesno.py"].splitlines()) <= 60


def test_the_course_type_of_the_guide_has_thirty_lines_at_most() -> None:
    assert len(read_blocks("plugins.md")["plugins/anyorder.py"].splitlines()) <= 30


def test_the_activity_type_of_the_guide_judges_an_activity_of_the_guide(home: Path, plugins: Plugins) -> None:
    activity = load(home, plugins).courses["essai"].activities["essai/cadenas"]
    yesno = plugins.activity_types["yesno"]
    state = yesno.start(activity, FACTS)
    first = yesno.evaluate(activity, {"answer": "true"}, state)
    assert first.feedback is not None
    assert (first.feedback.tone, first.live is not None, first.completion) == ("almost", True, None)
    second = yesno.evaluate(activity, {"answer": "false"}, first.state)
    assert (second.verb, second.score, second.completion) == ("passed", 0.5, True)
    assert yesno.evaluate(activity, {"answer": "maybe"}, state).stale


def test_the_page_of_the_guides_activity_type_is_drawn(home: Path, plugins: Plugins) -> None:
    activity = load(home, plugins).courses["essai"].activities["essai/cadenas"]
    view = plugins.activity_types["yesno"].present(activity, {"tries": 0})
    theme = load_themes([bundled("themes")], {})["default"]
    environment = Environment(loader=build_loader(theme, plugins.template_folders, plugins.templates), autoescape=True)
    environment.filters |= {"said": str, "lexicon": str, "bound": str}
    environment.globals |= {"_": str, "picto": str, "csrf_token": str, "asset": str, "voice": "".join}
    html = environment.get_template(view.template).render(view=view, data=view.data, url="/u", event="e")
    assert "Un cadenas veut dire que le site est honnête." in html
    assert 'name="answer" value="false"' in html


def test_the_course_type_of_the_guide_goes_on_to_what_is_not_yet_done(plugins: Plugins) -> None:
    anyorder = plugins.course_types["anyorder"]
    standings = {"c/a": Standing("c/a", attempts=1, succeeded=True)}
    assert anyorder.open(["c/a", "c/b"], {}) == ["c/a", "c/b"]
    assert anyorder.next(["c/a", "c/b"], standings) == "c/b"
    assert anyorder.done(["c/a"], standings)


def test_the_test_of_the_guide_passes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    own = runpy.run_path(str(home / "tests" / "test_yesno.py"))
    own["test_the_right_answer_passes"](home / "elsewhere")


def test_the_course_of_the_guide_has_no_fault_and_nothing_to_tell(home: Path) -> None:
    (home / "courses" / "essai" / "cadenas.fr.md").unlink()
    plugins = load_plugins(Settings(home=home / "none"), bundled("plugins"))
    folders = Folders((home / "courses",), (), (bundled("themes"), home / "themes"))
    assert [str(problem) for problem in check_all(folders, plugins, date(2026, 11, 21))] == []


def test_the_theme_of_the_guide_inherits_from_the_default_one(home: Path) -> None:
    theme = load_themes([bundled("themes"), home / "themes"], {})["nuit"]
    assert theme.chain == (home / "themes" / "nuit", bundled("themes") / "default")


def test_every_hook_stands_in_the_guide_with_its_signature() -> None:
    guide = (DOCS / "plugins.md").read_text().replace("\\|", "|")
    hooks = [one for one in vars(hookspecs).values() if inspect.isfunction(one) and hasattr(one, "lms_spec")]
    assert hooks
    missing = [one.__name__ for one in hooks if f"`{one.__name__}{_signature(one)}`" not in guide]
    assert missing == []


def _signature(hook: object) -> str:
    return str(inspect.signature(hook)).replace("'", "")  # type: ignore[arg-type]
