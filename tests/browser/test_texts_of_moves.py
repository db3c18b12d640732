"""Every kind of move and every reason of a refusal, of commands too, has its words in both languages of the pages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from counterpoise.sim.catalogue import MOVES, inject_catalogue, move_catalogue
from counterpoise.sim.choosing.move_options import LISTS
from counterpoise.sim.move import MoveGroup
from counterpoise.sim.types import Commitment
from counterpoise.sim.views.refusal_reasons import REFUSALS, REFUSALS_OF_INJECTS

REPOSITORY = Path(__file__).parents[2]
SERVER = REPOSITORY / "server" / "counterpoise"
TEXTS = REPOSITORY / "clients" / "counterpoise_clients" / "web" / "text"
LINE = re.compile(r'^  (?:"([^"]+)"|(\w+)):\s+("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
PLACE = re.compile(r"\{(\w+)[,}]")
OF_RULES = {**REFUSALS, **REFUSALS_OF_INJECTS}
SHARED = ("sim/move.py", "sim/rules/events/inject_legality.py")
"""Where the functions are that take a reason from rules."""
LANGUAGES = [pytest.param(code, id=code) for code in ("en", "de")]
FROM_A_LIST = ("a state's code", "the number of the thing")
"""The beginnings of descriptions that no form shows: the user chooses from a list."""


def texts(language: str, area: str) -> dict[str, str]:
    source = (TEXTS / language / f"{area}.mjs").read_text("utf-8")
    return {quoted or plain: json.loads(text) for quoted, plain, text in LINE.findall(source)}


def fields(kind: str, schema: dict[str, Any] | None = None) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield the name, the description and the values of each field of a kind of move, or of another schema."""
    schema = schema or move_catalogue()[kind]["schema"]
    definitions = schema.get("$defs", {})

    def resolved(part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in part:
            return part
        return {**definitions[part["$ref"].rpartition("/")[2]], **{k: v for k, v in part.items() if k != "$ref"}}

    for name, raw in resolved(schema).get("properties", {}).items():
        branches = [resolved(raw), *(resolved(branch) for branch in resolved(raw).get("anyOf", []))]
        description = next((found for branch in branches if (found := branch.get("description"))), "")
        values = [value for branch in branches for value in branch.get("enum", []) if value]
        is_switch = any(branch.get("type") == "boolean" for branch in branches)
        yield name, description, [True, False] if is_switch else values


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MOVES)
def test_a_kind_of_move_has_all_its_words(kind: str, language: str) -> None:
    found, entry = texts(language, "moves"), move_catalogue()[kind]
    words = texts(language, "words")
    wanted = [f"title.{kind}", f"about.{kind}"]
    wanted += [f"{part}.{kind}" for part in ("risk", "price") if entry[part]]
    for name, description, _ in fields(kind):
        if name != "kind":
            wanted += [f"field.{name}", f"part.{name}"]
            wanted += [] if description.startswith(FROM_A_LIST) or not description else [f"help.{kind}.{name}"]
    assert [key for key in wanted if not found.get(key)] == []
    values = [value for name, _, known in fields(kind) if name != "kind" for value in known if type(value) is str]
    codes = [(f"code.{value}", f"pact.{value}", f"class.{value}") for value in values]
    assert [keys[0] for keys in codes if not any(key in words for key in keys)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", inject_catalogue())
def test_an_event_of_the_moderator_has_all_its_words(kind: str, language: str) -> None:
    found, of_moves, words = texts(language, "injects"), texts(language, "moves"), texts(language, "words")
    entry = inject_catalogue()[kind]
    wanted, labels, codes = [f"title.{kind}", f"about.{kind}"], list[str](), list[tuple[str, ...]]()
    for name, description, known in fields(kind, entry["schema"]):
        if name != "kind":
            labels.append(f"field.{name}")
            wanted += [] if description.startswith(FROM_A_LIST) or not description else [f"help.{kind}.{name}"]
            values = [value.replace(" ", "_") for value in known if type(value) is str]
            codes += [(f"code.{value}", f"pact.{value}", f"class.{value}") for value in values]
    assert [key for key in wanted if not found.get(key)] == []
    assert [key for key in labels if key not in found and key not in of_moves] == []
    assert [keys[0] for keys in codes if not any(key in words for key in keys)] == []
    if language == "en":
        assert (found[f"title.{kind}"], found[f"about.{kind}"]) == (entry["title"], entry["description"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_answer_to_a_call_says_what_it_means(language: str) -> None:
    found = texts(language, "moves")
    kinds = [kind for kind, entry in move_catalogue().items() if entry["answers"]]
    answers = {kind: [value for name, _, known in fields(kind) if name != "kind" for value in known] for kind in kinds}
    assert all(len(values) > 1 for values in answers.values())
    wanted = [f"meaning.{kind}.{json.dumps(value).strip(chr(34))}" for kind in kinds for value in answers[kind]]
    assert [key for key in wanted if key not in found] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_is_the_server_s_own_words_and_both_languages_know_the_same_kinds(language: str) -> None:
    found = texts(language, "moves")
    kinds = {
        key.split(".")[1]
        for key in found
        if key.split(".")[0] in ("title", "about", "risk", "price", "help", "meaning")
    }
    assert sorted(kinds) == sorted(MOVES)
    if language == "en":
        for kind, entry in move_catalogue().items():
            told = (
                found[f"title.{kind}"],
                found[f"about.{kind}"],
                found.get(f"risk.{kind}", ""),
                found.get(f"price.{kind}", ""),
            )
            assert told == (entry["title"], entry["description"], entry["risk"], entry["price"])


@cache
def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Return where the server calls a function, and the calls."""
    found = []
    for path in sorted(SERVER.rglob("*.py")):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if f"{name}(" in source else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                found.append((f"{path.relative_to(SERVER)}:{node.lineno}", node))
    return found


def reasons() -> dict[str, set[str]]:
    """Return every reason that the server can give, with the names of its terms."""
    found = {reason: {name for _, name, _, _ in Formatter().parse(words) if name} for reason, words in OF_RULES.items()}
    found |= {f"lacks_{name}": set() for name in LISTS}
    for where, call in calls("OrderError"):
        if len(call.args) > 4 and isinstance(call.args[4], ast.Constant):
            terms = call.args[5] if len(call.args) > 5 else ast.Dict([], [])
            assert isinstance(terms, ast.Dict), where
            known = found.setdefault(str(call.args[4].value), set())
            known |= {str(key.value) for key in terms.keys if isinstance(key, ast.Constant)}
    for _, call in calls("_not_deciding"):
        assert isinstance(call.args[0], ast.Constant)
        found[str(call.args[0].value)] = set()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_refusal_has_words_with_places_that_the_server_fills(language: str) -> None:
    found, known = texts(language, "refusals"), reasons()
    assert sorted(found) == sorted(known)
    for reason, words in found.items():
        assert set(PLACE.findall(words)) <= known[reason] | {"got"}, reason


def test_each_rule_refuses_for_a_reason_of_the_list_and_fills_its_places() -> None:
    used = set()
    for name, place in (("illegal", 1), ("refused", 2), ("illegal_inject", 1), ("refused_inject", 2)):
        for where, call in calls(name):
            given = call.args[place]
            options = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
            for option in options:
                if not isinstance(option, ast.Constant):
                    assert where.startswith(SHARED), f"{where}: name the reason here, so that it can be found"
                    continue
                wanted = {name for _, name, _, _ in Formatter().parse(OF_RULES[str(option.value)]) if name}
                assert wanted == {keyword.arg for keyword in call.keywords}, where
                used.add(str(option.value))
    assert sorted(set(OF_RULES) - used) == [], "no rule refuses for these reasons"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_a_class_and_every_note_has_words(language: str) -> None:
    words = texts(language, "class")
    speechless = []
    for place, (kind, reason) in words_of_classes():
        key = f"note-{reason}" if kind == "note" else f"why-{reason}" if reason else f"refused-{kind}"
        if key not in words:
            speechless.append(f"{place}: {key}")
    assert speechless == []
    used = {f"{'note' if kind == 'note' else 'why'}-{reason}" for _, (kind, reason) in words_of_classes() if reason}
    assert sorted(key for key in words if key.startswith(("note-", "why-")) and key not in used) == []


def words_of_classes() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield where a class refuses or notes something, with the code (``note`` for a note) and the reason, if it has one."""
    for name, code_at, reason_at in (("ClassError", 0, 4), ("_wrong", None, 4), ("ClassNote", None, 1)):
        for where, call in calls(name):
            given = [call.args[at] if at is not None and at < len(call.args) else None for at in (code_at, reason_at)]
            if "/api/" in where or any(value and not isinstance(value, ast.Constant) for value in given):
                continue  # it passes on what a world or a line of a roster has said, or answers a script
            code, reason = (str(value.value) if isinstance(value, ast.Constant) else "" for value in given)
            yield where, ("note" if name == "ClassNote" else code, f"roster_{reason}" if name == "_wrong" else reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_and_every_promise_has_its_words(language: str) -> None:
    decide, words = texts(language, "decide"), texts(language, "words")
    assert [group for group in get_args(MoveGroup) if f"group.{group}" not in decide] == []
    assert [one for one in get_args(Commitment) for part in ("pact", "aPact") if f"{part}.{one}" not in words] == []
