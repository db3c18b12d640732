"""The tests that every move must pass. They find the moves in the catalogue, so a new file in ``moves`` needs no change here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import MOVES, decode_move, encode_move, move_catalogue, summary
from counterpoise.sim.move import Move, MoveGroup
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Game

every_move = pytest.mark.parametrize("kind", MOVES)
quick = settings(max_examples=40)
CODES = ("ARD", "BEL", "COR", "DUN", "EMP", "FAR")


def values(form: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Draw values that a JSON Schema allows."""
    if "const" in form:
        return st.just(form["const"])
    if "enum" in form:
        return st.sampled_from(form["enum"])
    if "anyOf" in form:
        return st.one_of(*map(values, form["anyOf"]))
    kind = form.get("type", "string")
    if kind == "null":
        return st.none()
    if kind == "boolean":
        return st.booleans()
    if kind == "integer":
        return st.integers(form.get("minimum"), form.get("maximum", 2**53))
    if kind == "number":
        return st.floats(form["minimum"], form["maximum"])
    if kind == "array":
        return st.lists(values(form["items"]), min_size=form.get("minItems", 0), max_size=5)
    if kind == "object":
        names, items = values(form["propertyNames"]), values(form["additionalProperties"])
        return st.dictionaries(names, items, min_size=form.get("minProperties", 0), max_size=5)
    if "pattern" in form:
        return st.sampled_from(CODES) | st.from_regex(form["pattern"].replace("$", r"\Z"))
    return st.text(min_size=form.get("minLength", 0), max_size=min(form.get("maxLength", 60), 60))


def wires(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw maps that a kind's schema allows, with and without the optional fields."""
    schema = move_catalogue()[kind]["schema"]
    forms = {name: values(form) for name, form in schema["properties"].items()}
    optional = {name: form for name, form in forms.items() if name not in schema["required"]}
    return st.fixed_dictionaries({n: f for n, f in forms.items() if n not in optional}, optional=optional)


@every_move
def test_a_move_is_frozen_and_has_no_other_attributes(kind: str, played: Game) -> None:
    move = played.samples[kind][0]
    assert not hasattr(move, "__dict__")
    for name in (*move.__struct_fields__, "kind"):
        with pytest.raises(AttributeError):
            setattr(move, name, None)


@every_move
def test_a_move_is_named_after_its_class_and_its_file(kind: str) -> None:
    found = MOVES[kind]
    assert re.sub(r"(?<!^)(?=[A-Z])", "_", found.__name__).lower() == kind
    assert found.__module__ == f"counterpoise.sim.moves.{kind}"


@every_move
def test_a_move_has_a_title_and_a_one_sentence_description(kind: str) -> None:
    found = MOVES[kind]
    assert found.title[0].isupper()
    assert len(found.title) <= 30
    sentence = summary(found)
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert move_catalogue()[kind]["description"] == sentence


@every_move
def test_a_move_stands_in_one_of_the_groups(kind: str) -> None:
    assert move_catalogue()[kind]["group"] in get_args(MoveGroup)


@every_move
def test_a_move_only_for_the_debrief_stands_under_that_heading(kind: str) -> None:
    assert (MOVES[kind].group == "debrief") == MOVES[kind].FOR_DEBRIEF


@every_move
def test_a_schema_describes_each_field_and_names_the_list_of_its_choices(kind: str) -> None:
    schema = move_catalogue()[kind]["schema"]
    jsonschema.Draft202012Validator.check_schema(schema)
    known = {
        "actors",
        "crises",
        "proposals",
        "wars",
        "alignments",
        "calls",
        "pacts",
        "others_pacts",
        "membership_votes",
        "questions",
    }
    for name, form in schema["properties"].items():
        if name == "kind":
            continue
        assert form.get("description"), name
        described = str(form)
        if "integer" in described and "maximum" not in described:  # a number with a bound counts, and names no thing
            assert "x-choices" in described, name
        assert set(re.findall(r"'x-choices': '(\w+)'", described)) <= known


@every_move
def test_a_move_survives_encoding_and_decoding_and_fits_its_schema(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(move_catalogue()[kind]["schema"])

    @quick
    @given(wires(kind))
    def survives(wire: dict[str, Any]) -> None:
        validator.validate(wire)
        move = decode_move(wire)
        assert type(move) is MOVES[kind]
        sent = encode_move(move)
        validator.validate(sent)
        assert decode_move(sent) == move
        for codec in (msgspec.json, msgspec.msgpack):
            assert decode_move(codec.decode(codec.encode(sent))) == move

    survives()


@every_move
def test_a_malformed_field_is_rejected_with_its_path(kind: str, played: Game) -> None:
    good = encode_move(played.samples[kind][0])
    required = move_catalogue()[kind]["schema"]["required"]
    for name in good:
        if name == "kind":
            continue
        for bad in (object(), [[]], -1.5, float("nan")):
            with pytest.raises(OrderError) as caught:
                decode_move({**good, name: bad})
            assert caught.value.code == "malformed"
            assert caught.value.path.startswith(f"$.move.{name}")
            assert caught.value.expected
        if name in required:
            with pytest.raises(OrderError) as caught:
                decode_move({key: value for key, value in good.items() if key != name})
            assert (caught.value.path, caught.value.got) == (f"$.move.{name}", "nothing")
    with pytest.raises(OrderError) as caught:
        decode_move({**good, "surprise": 1})
    assert caught.value.path == "$.move.surprise"


@every_move
def test_a_move_about_something_that_does_not_exist_is_refused_with_its_path(kind: str, played: Game) -> None:
    world = played.sim.world
    for name, form in move_catalogue()[kind]["schema"]["properties"].items():
        about_states, about_things = "actors" in str(form), "integer" in str(form) and "maximum" not in str(form)
        if not about_states and not about_things:
            continue
        nothing: Any = "ZZZZ" if about_states else 999_999_999
        if form.get("type") == "object":
            nothing = {"ZZZZ": 0.5}
        elif form.get("type") == "array":
            nothing = ["ZZZZ", "YYYY"]
        move = decode_move({**encode_move(played.samples[kind][0]), name: nothing})
        with pytest.raises(OrderError) as caught:
            move.check(world, ActorId("ARD"))
        assert caught.value.path.startswith("$.move")


@every_move
def test_a_state_that_does_not_exist_cannot_move(kind: str, scenario: Scenario, played: Game) -> None:
    with pytest.raises(OrderError):
        played.sim.require_legal(ActorId("ZZZZ"), played.samples[kind][0])


@every_move
def test_random_play_makes_every_kind_of_move(kind: str, played: Game) -> None:
    assert played.samples.get(kind)


def test_every_move_that_a_view_lists_as_legal_is_legal_in_the_world(played: Game) -> None:
    assert played.applied > 500
    assert played.refused == []


def test_every_applied_move_records_an_incident(played: Game) -> None:
    assert played.unrecorded == []


@pytest.mark.parametrize("seed", ["one", "two"])
def test_random_legal_moves_never_break_an_invariant(
    seed: str, scenario: Scenario, random_game: Any, invariants: Any
) -> None:
    game = random_game(scenario, seed, 900, invariants, orders=1)
    assert game.refused == []
    assert game.unrecorded == []


def test_the_same_seed_and_moves_give_the_same_log(scenario: Scenario, random_game: Any) -> None:
    logs = [random_game(scenario, "again", 200, lambda world: None).sim.world.incidents for _ in range(2)]
    assert logs[0] == logs[1]


@quick
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
        max_leaves=8,
    )
)
def test_junk_is_refused_as_malformed(junk: Any) -> None:
    for raw in (junk, {"kind": junk}, {"kind": "message", "to": junk, "text": junk}, {"kind": "arm", "effort": junk}):
        try:
            decode_move(raw)
        except OrderError as caught:
            refusal = caught
        else:
            continue
        assert refusal.path.startswith("$.move")
        assert str(refusal).encode()


def test_every_file_in_moves_holds_one_move() -> None:
    assert len({found.__module__ for found in MOVES.values()}) == len(MOVES)
    assert all(issubclass(found, Move) for found in MOVES.values())


def test_others_see_what_a_move_says_they_see(played: Game) -> None:
    assert played.misseen == []


@every_move
def test_a_move_of_the_world_that_answers_no_call_says_what_it_risks(kind: str) -> None:
    found = MOVES[kind]
    is_choice = found.answers is Move.answers and not found.FOR_DEBRIEF and not found.AT_ONCE
    assert bool(found.RISK) == is_choice
