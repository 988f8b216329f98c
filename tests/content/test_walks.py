from pathlib import Path

import pytest

from lms.content.walks import check_scenario, walk

from .desks import BOX, NAMED, NAMES, load_example, write_desk


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_never_stuck(name: str) -> None:
    assert check_scenario(load_example(name)) == []


def test_a_small_desk_passes(tmp_path: Path) -> None:
    assert check_scenario(write_desk(tmp_path)) == []


def test_a_way_that_is_not_on_screen_is_told_with_its_line_and_path(tmp_path: Path) -> None:
    desk = write_desk(tmp_path, NAMED.replace("needs: [opened], ", ""))
    problem = walk(desk, range(3), 5)[0]
    assert problem.line == 8
    assert problem.file.endswith("essai.yaml")
    assert "says type on box/name; on screen is: box/open (click)" in problem.message


def test_a_ring_is_told_with_the_touches_that_led_into_it(tmp_path: Path) -> None:
    ring = NAMED.replace("touch: box/name, do: type, value: Lune", "touch: box/close").replace("Écrivez Lune", "Fermez")
    problems = walk(write_desk(tmp_path, ring), range(1), 0)
    assert problems[0].line == 8
    assert "the guide to «named» runs in a ring; after: box/open → box/close → box/open" in problems[0].message
    assert "never reached" in problems[1].message


def test_a_guide_that_the_mechanics_refuse_is_told(tmp_path: Path) -> None:
    refused = NAMED.replace("Lune", '"non"')
    assert "box/name refuses what the guide says (bad-name)" in str(walk(write_desk(tmp_path, refused), range(1), 0)[0])


def test_a_guide_that_looks_real_is_told(tmp_path: Path) -> None:
    real = NAMED.replace("Lune", '"06 12 34 56 78"')
    assert "refuses what the guide says (real-phone)" in str(walk(write_desk(tmp_path, real), range(1), 0)[0])


def test_a_goal_without_an_open_way_is_told(tmp_path: Path) -> None:
    shut = NAMED.replace("touch: box/open,", "ways: [{touch: box/open, if: {box.key: true}}],")
    assert "no way of its goals is open" in str(walk(write_desk(tmp_path, shut), range(1), 0)[0])


def test_mechanics_that_change_the_old_world_are_told(tmp_path: Path) -> None:
    rude = BOX.replace('return {**world, app: {**box, "open": part == "open"}}', 'box["open"] = True; return world')
    assert "changed the old world" in str(walk(write_desk(tmp_path, mechanics=rude), range(1), 0)[0])


def test_mechanics_that_change_the_facts_are_told(tmp_path: Path) -> None:
    rude = BOX.replace("    box = world[app]", "    box = world[app]\n    ref[app]['seen'] = part")
    assert any("changed `ref`" in str(problem) for problem in walk(write_desk(tmp_path, mechanics=rude), range(2), 3))


def test_mechanics_that_raise_are_told_with_their_line(tmp_path: Path) -> None:
    rude = BOX.replace('if value == "non":', 'if value[1] == "?":')
    problem = walk(write_desk(tmp_path, mechanics=rude), range(60), 10)[0]
    assert problem.file.endswith("mechanics.py")
    assert problem.line == 10
    assert "IndexError" in problem.message


def test_a_world_that_json_does_not_keep_is_told(tmp_path: Path) -> None:
    for rude, said in (('(part, "open")', "does not keep"), ("{part}", "is not JSON")):
        mechanics = BOX.replace('"open": part == "open"}', f'"open": part == "open", "last": {rude}}}')
        assert said in str(walk(write_desk(tmp_path, mechanics=mechanics), range(1), 0)[0])


def test_a_goal_that_nothing_reaches_is_told_with_its_line(tmp_path: Path) -> None:
    text = NAMED + "  lost:   {done: {box.moon: true}, touch: box/close, say: Fermez.}\n"
    problem = walk(write_desk(tmp_path, text), range(5), 5)[0]
    assert (problem.line, problem.field) == (10, "lost")


def test_a_path_that_no_world_ever_has_is_told_with_its_line(tmp_path: Path) -> None:
    text = NAMED + "traps:\n  - {id: t, when: {box.opne: true}, say: Presque.}\n"
    text += "incidents:\n  - {id: i, when: {box.open: true, box.nam: x}, set: {box.name: y}}\n"
    found = [(one.line, one.field, one.message.split("»")[0]) for one in check_scenario(write_desk(tmp_path, text))]
    assert found == [(11, "t", "«box.opne"), (13, "i", "«box.nam")]


def test_an_incident_that_sleeps_by_default_is_walked_too(tmp_path: Path) -> None:
    text = NAMED + "incidents:\n  - {id: i, when: {box.open: true}, set: {box.open: false}, switched: true}\n"
    assert check_scenario(write_desk(tmp_path, text)) == []
    closing = BOX.replace('"open": part == "open"}', '"open": part == "open" and not box.get("locked")}')
    text = text.replace("set: {box.open: false}", "set: {box.open: false, box.locked: true}")
    problem = check_scenario(write_desk(tmp_path, text, closing))[0]
    assert "stuck: the guide to «opened» runs in a ring" in problem.message
