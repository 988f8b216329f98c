from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lms.content.goals import Goal, Way, find_cycle, find_step, iter_needed

NAMES = st.sampled_from("abcdef")
GRAPHS = st.dictionaries(NAMES, st.lists(NAMES, max_size=3).map(tuple), max_size=6)


def goal(name: str, *needs: str) -> Goal:
    way = Way(f"app/{name}", "click", None, f"Touchez {name}.")
    return Goal(name, lambda world: name in world, (way,), needs)


@given(GRAPHS)
def test_a_ring_is_a_ring_and_without_one_every_goal_comes_after_its_needs(graph: dict[str, tuple[str, ...]]) -> None:
    ring = find_cycle(graph)
    if ring:
        assert ring[0] == ring[-1]
        assert all(after in graph[before] for before, after in pairwise(ring))
        return
    order = list(iter_needed(graph, tuple(graph)))
    assert sorted(order) == sorted(graph)
    assert all(order.index(need) < order.index(name) for name in graph for need in graph[name] if need in graph)


@given(GRAPHS, st.sets(NAMES))
def test_the_guide_ends_from_any_world_when_no_goal_needs_itself(
    graph: dict[str, tuple[str, ...]], world: set[str]
) -> None:
    whole = {name: () for names in graph.values() for name in names} | graph
    if not whole or find_cycle(whole):
        return
    goals = {name: goal(name, *needs) for name, needs in whole.items()}
    aim = tuple(goals)[-1:]
    touches = 0
    while step := find_step(goals, aim, world):
        assert all(need in world for need in step.goal.needs)
        world = world | {step.goal.id}
        touches += 1
        assert touches <= len(goals)
    assert aim[0] in world


def test_only_what_the_first_goal_needs_is_kept() -> None:
    assert list(iter_needed({"a": ("b",), "b": (), "c": ("a",)}, ("a",))) == ["b", "a"]
