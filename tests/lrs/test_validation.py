"""Every rule for statements of xAPI 1.0.3 (part 2) and 2.0 (IEEE 9274.1.1, 4.2), each fault at its exact property."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lrs.validation import InvalidStatement, check_statement, find_agent_faults, find_faults
from lms.lrs.validation.languages import is_tag
from lms.lrs.validation.times import to_utc
from lms.lrs.validation.values import duration

OLD, NEW = "1.0.3", "2.0.0"
ID = "12345678-1234-4234-8234-1234567890ab"
MBOX = {"mbox": "mailto:sally@example.org"}
GROUP = {"objectType": "Group", "member": [{**MBOX, "name": "Sally"}, {"openid": "https://bob.example.org/"}]}
ACTIVITY = {"id": "https://example.org/activities/one"}
REFERENCE = {"objectType": "StatementRef", "id": ID}
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
ATTACHMENT = {
    "usageType": "https://example.org/usage",
    "display": {"fr": "Une pièce"},
    "contentType": "text/plain; charset=utf-8",
    "length": 27,
    "sha2": "ab" * 32,
}
PLAIN: dict[str, Any] = {"actor": MBOX, "verb": {"id": "https://example.org/did"}, "object": ACTIVITY}
WHOLE: dict[str, Any] = {
    **PLAIN,
    "id": ID,
    "result": {
        "score": {"scaled": -1, "raw": 0, "min": -5.5, "max": 10},
        "success": True,
        "completion": False,
        "response": "",
        "duration": "PT1H",
        "extensions": {"https://example.org/x": None},
    },
    "context": {
        "registration": ID.upper(),
        "instructor": MBOX,
        "team": GROUP,
        "contextActivities": {
            "parent": [ACTIVITY],
            "grouping": ACTIVITY,
            "category": [],
            "other": [ACTIVITY, ACTIVITY],
        },
        "revision": "1",
        "platform": "x",
        "language": "fr-CA",
        "statement": REFERENCE,
        "extensions": {},
    },
    "timestamp": "2026-11-26T10:00:00.123456789+02:00",
    "stored": "2026-11-26T10:00:00Z",
    "authority": MBOX,
    "version": "1.0.0",
    "attachments": [ATTACHMENT, {**ATTACHMENT, "fileUrl": "https://example.org/f", "description": {}}],
}
INTERACTION = {
    "name": {"en-US": "Which?", "und": "?"},
    "description": {},
    "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
    "moreInfo": "https://example.org/more",
    "interactionType": "choice",
    "correctResponsesPattern": ["a[,]b"],
    "choices": [{"id": "a", "description": {"fr": "A"}}, {"id": "b"}],
    "extensions": {"https://example.org/x": {"any": [None]}},
}


def change(path: str, value: Any, base: dict[str, Any] = WHOLE) -> dict[str, Any]:
    """The statement with one member set; `path` is as faults name it."""
    made = copy.deepcopy(base)
    *way, last = path.replace("[", ".[").split(".")
    place: Any = made
    for step in way:
        place = place[int(step[1:-1])] if step.startswith("[") else place.setdefault(step, {})
    place[int(last[1:-1]) if last.startswith("[") else last] = value
    return made


def tell(statement: Any, version: str = OLD) -> list[str]:
    return list(find_faults(statement, version))


RIGHT: list[tuple[str, Any]] = [
    ("object", {"objectType": "Activity", **ACTIVITY, "definition": INTERACTION}),
    ("object.definition", {}),
    ("object.definition", {"interactionType": "other"}),
    ("object.definition", {"interactionType": "matching", "source": [{"id": "a"}], "target": [{"id": "a"}]}),
    ("actor", {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": ""}}),
    ("actor", {"mbox_sha1sum": "AB" * 20}),
    ("actor", GROUP),
    ("actor", {"objectType": "Group", **MBOX}),
    ("context.instructor", GROUP),
    ("authority", {"objectType": "Group", "member": [MBOX, {"account": {"homePage": "a:b", "name": "k"}}]}),
    ("timestamp", "2026-11-26T10:00:00Z"),
    ("timestamp", "9999-12-31T23:59:59.999999Z"),
    ("result.score", {"raw": 1e300}),
    ("result.duration", "P4W"),
    (
        "verb.display",
        {"x-klingon": "a", "i-klingon": "b", "sl-rozaj-biske": "c", "de-1996": "d", "zh-cmn-Hans-CN": "e"},
    ),
    ("attachments", []),
]
ABOUT: list[tuple[str, Any]] = [
    ("object", {"objectType": "Agent", **MBOX}),
    ("object", GROUP),
    ("object", REFERENCE),
    ("object", {"objectType": "SubStatement", **PLAIN}),
    ("object", {"objectType": "SubStatement", **PLAIN, "object": REFERENCE, "attachments": [ATTACHMENT]}),
]


@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize("at", range(len(RIGHT)))
def test_what_the_specification_allows_is_taken(at: int, version: str) -> None:
    path, value = RIGHT[at]
    assert tell(change(path, value), version) == []


@pytest.mark.parametrize("version", [OLD, NEW])
def test_a_statement_is_about_one_of_five_kinds(version: str) -> None:
    for path, value in ABOUT:
        assert tell(change(path, value, PLAIN), version) == []
    inside = {name: one for name, one in WHOLE.items() if name not in ("id", "stored", "authority", "version")}
    assert tell(change("object", {"objectType": "SubStatement", **inside}, PLAIN), version) == []
    assert tell({**PLAIN, "verb": VOIDED, "object": REFERENCE}, version) == []


NONE = object()
"""The member is left out."""
WRONG: list[tuple[str, Any, str]] = [
    # 2.2 formatting: types, cases, unknown members, null only inside extensions
    ("actor", None, "actor: an object is needed; found null"),
    ("verb", "did", 'verb: an object is needed; found "did"'),
    ("object", [], "object: an object is needed; found an array"),
    ("Actor", MBOX, "Actor: not a member of a statement"),
    ("mood", "good", "mood: not a member of a statement"),
    ("result.Score", {}, "result.Score: not a member of a result"),
    ("result.response", None, "result.response: a string is needed; found null"),
    ("actor.name", 1, "actor.name: a string is needed; found 1"),
    ("result.success", "true", 'result.success: true or false is needed; found "true"'),
    ("result.completion", 1, "result.completion: true or false is needed; found 1"),
    # 2.4.1 id
    ("id", "x", 'id: a UUID is needed; found "x"'),
    ("id", ID[:-1] + "g", "id: a UUID is needed"),
    ("id", 1, "id: a UUID is needed; found 1"),
    # 2.4.2 actor
    ("actor", {"name": "Sally"}, "actor: exactly one of mbox, mbox_sha1sum, openid, account is needed"),
    ("actor", {**MBOX, "openid": "https://s.example.org"}, "actor: exactly one of"),
    ("actor.mbox", "sally@example.org", "actor.mbox: mailto: and an address are needed"),
    ("actor.mbox", "mailto:sally", "actor.mbox: mailto: and an address are needed"),
    ("actor", {"mbox_sha1sum": "ab"}, "actor.mbox_sha1sum: a SHA-1 is needed"),
    ("actor", {"openid": "sally.example.org"}, "actor.openid: an IRI with a scheme is needed"),
    ("actor", {"account": {"name": "s"}}, "actor.account.homePage: required"),
    ("actor", {"account": {"homePage": "https://e.org"}}, "actor.account.name: required"),
    ("actor", {"account": {"homePage": "e.org", "name": "s"}}, "actor.account.homePage: an IRI"),
    ("actor", {"account": {"homePage": "https://e.org", "name": 1}}, "actor.account.name: a string"),
    ("actor", {"account": {"homePage": "https://e.org", "name": "s", "x": 1}}, "actor.account.x: not a member"),
    ("actor.objectType", "agent", 'actor.objectType: Agent or Group is needed; found "agent"'),
    ("actor.member", [MBOX], "actor.member: not a member of an Agent"),
    ("actor", {"objectType": "Group"}, "actor.member: an anonymous group needs its members"),
    ("actor", {"objectType": "Group", "member": []}, "actor.member: an anonymous group needs its members"),
    ("actor", {"objectType": "Group", **MBOX, "openid": "a:b"}, "actor: at most one of"),
    ("actor", {**GROUP, "member": MBOX}, "actor.member: an array is needed"),
    ("actor", {**GROUP, "member": [MBOX, MBOX, {"mbox": "x"}]}, "actor.member[2].mbox: mailto:"),
    ("actor", {**GROUP, "member": [GROUP]}, 'actor.member[0].objectType: one of Agent; found "Group"'),
    # 2.4.3 verb
    ("verb", {"display": {}}, "verb.id: required"),
    ("verb.id", "did", "verb.id: an IRI with a scheme is needed"),
    ("verb.id", "http://e.org/a b", "verb.id: an IRI"),
    ("verb.id", "http://e.org/\x00", "verb.id: an IRI"),
    ("verb.id", "http://e.org/\ud800", "verb.id: an IRI"),
    ("verb.id", "ab=c://e.org", "verb.id: an IRI"),
    ("verb.display", {"fr": 1}, "verb.display.fr: a string is needed"),
    ("verb.display", {"français": "x"}, "verb.display.fran\\u00e7ais: a language tag"),
    ("verb.display", "did", "verb.display: an object is needed"),
    # 2.4.4 object
    ("object", {"definition": {}}, "object.id: required"),
    ("object.id", "one", "object.id: an IRI"),
    ("object.objectType", "activity", "object.objectType: one of Activity, Agent, Group, StatementRef, SubStatement"),
    ("object.objectType", None, "object.objectType: one of"),
    ("object.objectType", [], "object.objectType: one of"),
    ("object.definition", [], "object.definition: an object is needed"),
    ("object.definition.type", "x", "object.definition.type: an IRI"),
    ("object.definition.moreInfo", "x", "object.definition.moreInfo: an IRI"),
    ("object.definition.name", "One", "object.definition.name: an object is needed"),
    ("object.definition.extensions", {"x": 1}, "object.definition.extensions.x: an IRI"),
    ("object.definition.extensions", [], "object.definition.extensions: an object is needed"),
    ("object.definition.interactionType", "quiz", "object.definition.interactionType: one of choice, fill-in"),
    ("object.definition", {"correctResponsesPattern": []}, "object.definition.interactionType: required"),
    (
        "object.definition",
        {**INTERACTION, "correctResponsesPattern": "a"},
        "object.definition.correctResponsesPattern: an array",
    ),
    (
        "object.definition",
        {**INTERACTION, "correctResponsesPattern": ["a", 1]},
        "object.definition.correctResponsesPattern[1]: a string",
    ),
    (
        "object.definition",
        {**INTERACTION, "scale": []},
        "object.definition.scale: not a member of the interactionType choice",
    ),
    (
        "object.definition",
        {**INTERACTION, "choices": [{"id": "a"}, {"id": "a"}]},
        "object.definition.choices: the id 'a' stands twice",
    ),
    (
        "object.definition",
        {**INTERACTION, "choices": [{"description": {}}]},
        "object.definition.choices[0].id: required",
    ),
    ("object.definition", {**INTERACTION, "choices": ["a"]}, "object.definition.choices[0]: an object is needed"),
    # 2.4.5 result
    ("result", "good", "result: an object is needed"),
    ("result.duration", "PA1H", "result.duration: an ISO 8601 duration"),
    ("result.score", 1, "result.score: an object is needed"),
    ("result.score.scaled", 1.001, "result.score.scaled: a number from -1 to 1 is needed; found 1.001"),
    ("result.score.scaled", "1", "result.score.scaled: a number from -1 to 1"),
    ("result.score.raw", True, "result.score.raw: a number is needed"),
    ("result.score.raw", 11, "result.score.raw: not over max is needed; found 11 and 10"),
    ("result.score.raw", -6, "result.score.raw: not under min is needed; found -6 and -5.5"),
    ("result.score.min", 10, "result.score.min: less than max is needed; found 10 and 10"),
    ("result.score.mean", 1, "result.score.mean: not a member of a score"),
    ("result.extensions", {"x": 1}, "result.extensions.x: an IRI"),
    # 2.4.6 context
    ("context", [], "context: an object is needed"),
    ("context.registration", "x", "context.registration: a UUID"),
    ("context.instructor", {"name": "x"}, "context.instructor: exactly one of"),
    ("context.team", MBOX, "context.team.objectType: Group is needed; found null"),
    ("context.contextActivities", [], "context.contextActivities: an object is needed"),
    ("context.contextActivities.parents", [], "context.contextActivities.parents: not a member of contextActivities"),
    ("context.contextActivities.other[1]", {}, "context.contextActivities.other[1].id: required"),
    ("context.contextActivities.grouping", "x", "context.contextActivities.grouping: an object is needed"),
    (
        "context.contextActivities.parent",
        {**ACTIVITY, "objectType": "Agent"},
        "context.contextActivities.parent.objectType: one of Activity",
    ),
    ("context.revision", 1, "context.revision: a string is needed"),
    ("context.language", "zh-z-aaa-z-bbb", "context.language: a language tag"),
    ("context.statement", {"id": ID}, "context.statement.objectType: required"),
    ("context.statement", {**REFERENCE, "id": "x"}, "context.statement.id: a UUID"),
    ("context.extensions", {"no iri": 1}, "context.extensions.no iri: an IRI"),
    # 2.4.7 timestamp, 2.4.8 stored, 2.4.9 authority, 2.4.10 version, 2.4.11 attachments
    ("timestamp", "yesterday", "timestamp: an"),
    ("timestamp", "2026-02-30T10:00:00Z", "timestamp: an"),
    ("timestamp", "2026-11-26T10:00:00-00:00", "timestamp: an"),
    ("timestamp", "2026-11-26T10:00:00-0000", "timestamp: an"),
    ("timestamp", "2026-11-26T10:00:00-00", "timestamp: an"),
    ("timestamp", "26/11/2026", "timestamp: an"),
    ("timestamp", 1764151200, "timestamp: an"),
    ("stored", "yesterday", "stored: an"),
    ("authority", {"name": "x"}, "authority: exactly one of"),
    ("authority", {**GROUP, "member": [MBOX] * 3}, "authority.member: exactly two members are needed; found 3"),
    ("authority", {**GROUP, **MBOX}, "authority: a group that vouches is anonymous"),
    ("version", "1.1.0", "version: 1.0"),
    ("version", 1.0, "version: 1.0"),
    ("attachments", {}, "attachments: an array is needed"),
    ("attachments[0]", "x", "attachments[0]: an object is needed"),
    ("attachments[1].usageType", "x", "attachments[1].usageType: an IRI"),
    ("attachments[1].contentType", "text", "attachments[1].contentType: a media type"),
    ("attachments[1].length", "27", "attachments[1].length: a whole number"),
    ("attachments[1].length", 1.5, "attachments[1].length: a whole number"),
    ("attachments[1].sha2", "xy", "attachments[1].sha2: a SHA-2"),
    ("attachments[1].fileUrl", "x", "attachments[1].fileUrl: an IRI"),
    ("attachments[1].display", {"a12345678": "x"}, "attachments[1].display.a12345678: a language tag"),
    ("attachments[1].description", 1, "attachments[1].description: an object"),
    ("attachments[0]", {}, "attachments[0].usageType: required"),
]


@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize(("path", "value", "words"), WRONG, ids=[f"{path} {words}"[:70] for path, _, words in WRONG])
def test_a_wrong_member_is_named_with_what_was_found(path: str, value: Any, words: str, version: str) -> None:
    found = tell(change(path, value), version)
    assert found, path
    assert found[0].startswith(words)


def test_the_same_faults_are_found_in_a_sub_statement_and_in_a_batch() -> None:
    for path, value, words in WRONG:
        inner = {
            name: one
            for name, one in change(path, value).items()
            if name not in ("id", "stored", "authority", "version")
        }
        if path.split(".")[0] in ("id", "stored", "authority", "version", "Actor", "mood") or "one of Act" in words:
            continue
        about = {"objectType": "SubStatement", **inner}
        assert tell({**PLAIN, "object": about})[0].startswith(f"object.{words}")
        with pytest.raises(InvalidStatement) as caught:
            check_statement(change(path, value), "[7]", OLD)
        assert str(caught.value).startswith(f"[7].{words}")


@pytest.mark.parametrize("name", ["id", "stored", "authority", "version"])
def test_a_sub_statement_has_no_members_of_the_store(name: str) -> None:
    about = {"objectType": "SubStatement", **PLAIN, name: WHOLE[name]}
    assert tell({**PLAIN, "object": about}) == [f"object.{name}: not a member of a SubStatement"]
    nested = {"objectType": "SubStatement", **PLAIN, "object": {"objectType": "SubStatement", **PLAIN}}
    assert tell({**PLAIN, "object": nested})[0].startswith(
        "object.object.objectType: one of Activity, Agent, Group, Sta"
    )


@pytest.mark.parametrize("name", ["revision", "platform"])
@pytest.mark.parametrize("about", [value for _, value in ABOUT], ids=str)
def test_revision_and_platform_go_with_an_activity_only(name: str, about: Any) -> None:
    statement = {**PLAIN, "object": about, "context": {name: "x"}}
    assert tell(statement) == [f"context.{name}: only where the object is an Activity"]
    inner = {"objectType": "SubStatement", **PLAIN, "object": REFERENCE, "context": {name: "x"}}
    assert tell({**PLAIN, "object": inner}) == [f"object.context.{name}: only where the object is an Activity"]


def test_voiding_points_at_a_statement() -> None:
    assert tell({**PLAIN, "verb": VOIDED}) == [
        "object.objectType: a voiding statement needs a StatementRef; found null"
    ]


def test_context_agents_and_groups_are_of_2_0_alone() -> None:
    agents = [{"objectType": "contextAgent", "agent": MBOX, "relevantTypes": ["https://e.org/t"]}]
    groups = [{"objectType": "contextGroup", "group": GROUP}]
    context = {"contextAgents": agents, "contextGroups": groups}
    assert tell({**PLAIN, "context": context}, NEW) == []
    assert tell({**PLAIN, "context": context}) == [f"context.{name}: not a member of a context" for name in context]
    wrong = [
        ("contextAgents[0].agent", GROUP, "context.contextAgents[0].agent"),
        ("contextAgents[0].objectType", "Agent", "context.contextAgents[0].objectType: one of contextAgent"),
        ("contextAgents[0].relevantTypes", [], "context.contextAgents[0].relevantTypes: at least one"),
        ("contextAgents[0].relevantTypes", ["abc"], "context.contextAgents[0].relevantTypes[0]: an IRI"),
        ("contextGroups[0].group", MBOX, "context.contextGroups[0].group.objectType: Group"),
        ("contextGroups", {}, "context.contextGroups: an array"),
        ("contextGroups[0]", {}, "context.contextGroups[0].objectType: required"),
    ]
    for path, value, words in wrong:
        assert tell(change(f"context.{path}", value, {**PLAIN, "context": context}), NEW)[0].startswith(words)


def test_2_0_takes_its_own_version_and_rfc_3339_alone() -> None:
    assert tell({**PLAIN, "version": "2.0.0"}, NEW) == tell({**PLAIN, "version": "1.0.9"}, NEW) == []
    assert tell({**PLAIN, "version": "2.0.0"}) != []
    for text in ("2026-11-26T10:00:00", "20261126T100000Z", "2026-11-26T10:00Z", "2026-W48-4T10:00:00Z"):
        assert tell({**PLAIN, "timestamp": text}) == []
        assert tell({**PLAIN, "timestamp": text}, NEW) != []


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2023-05-04T12:00:00-05:00", "2023-05-04T17:00:00Z"),
        ("2023-05-04T12:00:00.1234567890+05:30", "2023-05-04T06:30:00.1234567890Z"),
        ("2023-05-04T12:00:00Z", "2023-05-04T12:00:00Z"),
        ("2023-05-04T12:00:00+00:00", "2023-05-04T12:00:00+00:00"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59-12:00"),
        ("0001-01-01T00:00:00+12:00", "0001-01-01T00:00:00+12:00"),
    ],
)
def test_an_instant_keeps_its_digits_in_utc(text: str, moved: str) -> None:
    assert to_utc(text) == moved


@pytest.mark.parametrize(
    "text", ["P1Y", "P4W", "PT0.1S", "P3Y1M29DT4H35M59.14S", "PT16559.14S", "P1DT12H36M0.12567S", "PT1,5H"]
)
def test_a_duration_is_taken(text: str) -> None:
    assert duration(text) == ""


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "P4W1D", "1D", "P1S", "PT1D", "P-1D", "PT1H1H", "p1d", "P١D"])
def test_a_duration_that_is_none_is_refused(text: str) -> None:
    assert duration(text)


@pytest.mark.parametrize(
    "text", ["fr", "zh-z-aaa-y-bbb", "EN-gb", "sr-Latn-RS", "es-419", "x-a", "en-GB-oed", "de-CH-1901-x-y"]
)
def test_a_language_tag_is_taken(text: str) -> None:
    assert is_tag(text)


@pytest.mark.parametrize(
    "text", ["", "f", "zh-z-aaa-z-bbb", "de-1901-1901", "en_US", "a12345678", "en-", "x", "fr-é", "zh-z", "i-nothing"]
)
def test_a_language_tag_that_is_none_is_refused(text: str) -> None:
    assert not is_tag(text)


def test_every_fault_of_a_statement_is_found_and_the_first_are_told() -> None:
    statement = {**PLAIN, "id": "x", "version": "9", **{f"mood{at}": 1 for at in range(6)}}
    assert len(tell(statement)) == 8
    with pytest.raises(InvalidStatement, match=r"^id: a UUID is needed; found \"x\" \| .* \(and 3 more\)$"):
        check_statement(statement)


def test_an_agent_of_a_parameter_is_checked_as_in_a_statement() -> None:
    assert list(find_agent_faults(MBOX, "agent")) == []
    assert next(find_agent_faults({"mbox": 1}, "agent")).startswith("agent.mbox: mailto:")
    assert list(find_agent_faults([], "agent")) == ["agent: an object is needed; found an array"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def iter_paths(value: Any, path: str = "") -> Iterator[str]:
    """Every place in a JSON value."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, one in value.items():
            if "." not in name:
                yield from iter_paths(one, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from iter_paths(one, f"{path}[{at}]")


FULL = {**WHOLE, "object": {**ACTIVITY, "definition": INTERACTION}}
PATHS = list(iter_paths(FULL))


@given(st.sampled_from(PATHS), JSON, st.sampled_from([OLD, NEW]))
def test_whatever_stands_anywhere_is_judged_with_its_place(path: str, value: Any, version: str) -> None:
    made = change(path, value, FULL)
    for fault in find_faults(made, version):
        assert ": " in fault
        fault.encode()
    assert json.loads(json.dumps(made)) is not None


@given(JSON, st.sampled_from([OLD, NEW]))
def test_what_is_no_statement_at_all_is_told(value: Any, version: str) -> None:
    assert list(find_faults(value, version))
