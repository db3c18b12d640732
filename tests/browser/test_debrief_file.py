"""The debrief file shows the whole report without a server and without browser errors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
REPORT = ".debrief"


def counterpoise(*arguments: object) -> str:
    command = [sys.executable, "-m", "counterpoise", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


DIARIST = '''
from counterpoise.sim.moves.assess_threats import AssessThreats
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.predict import Predict


class Bot:
    """Writes down what it sees, expects and means, and does nothing else."""

    name = "diarist"

    def __init__(self, seed): ...

    def decide(self, view):
        ratings = {other.id: round(other.power, 3) for other in view.others}
        return [AssessThreats(ratings), GiveReason("threat"), *(Predict(o.id, "HIDE", 0.7) for o in view.others[:3])]
'''


def with_long_dates(sentence: str) -> str:
    """Write the dates of a sentence as an English page does: ``5 June 1967``."""

    def long(found: re.Match[str]) -> str:
        day = date.fromisoformat(found[0])
        return f"{day.day} {day:%B %Y}"

    return re.sub(r"\d{4}-\d\d-\d\d", long, sentence)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A debrief written by the command, and the same debrief as data."""
    folder = tmp_path_factory.mktemp("debrief")
    journal, page = folder / "g.db", folder / "debrief.html"
    diarist = folder / "diarist.py"
    diarist.write_text(DIARIST)
    counterpoise("run", "checkerboard", "--seed", "7", "--bots", f"ARD={diarist}", "--journal", journal, "--json")
    return page, json.loads(counterpoise("debrief", journal, "--html", page, "--json"))


def test_the_file_shows_every_row_of_the_report(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None]
) -> None:
    page, report = opened(viewport={"width": 1280, "height": 900}), written[1]
    states = len(report["actors"])
    assert page.locator(".on-wide .forest-row").count() == len(report["hypotheses"])
    assert page.locator(".proposition-table tbody tr").count() == len(report["propositions"])
    assert page.locator(".heat-cell").count() == states * (states - 1)
    assert page.locator(".on-wide .lane").count() == states
    assert page.locator(".on-wide .lane-mark").count() == len(report["decisions"])
    marks = page.locator("#d-indices .series-0").locator("circle, rect").count()
    assert marks == sum(row["cbi"] is not None for row in report["indices"])
    page.click("#d-indices-twin")
    page.wait_for_selector(".index-table")
    assert page.locator(".index-table tbody tr").count() == len(report["indices"])
    assert page.locator("#d-scores tbody tr").count() == len(report["scores"])
    assert page.locator(".validity li").count() == len(report["threats_to_validity"])
    folded = page.locator("#d-propositions details")
    untold = [row for row in report["propositions"] if row["verdict"] == "NOT_ENOUGH_DATA"]
    assert folded.locator("tbody tr").count() == len(untold) > 0
    assert f"{len(untold)} propositions without enough data" in folded.locator("summary").inner_text()
    assert not folded.locator("tbody tr").first.is_visible()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folded.locator("tbody tr").first.is_visible()
    claims = page.inner_text("#d-propositions")
    for claim in report["propositions"]:
        assert claim["claim"] in claims
    accessible(page)


def test_the_timeline_shows_the_incidents_and_comes_before_the_other_figures(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]]
) -> None:
    page, told = opened(viewport={"width": 1280, "height": 900}), written[1]["timeline"]
    marks = [page.locator(f".on-wide .time-{lane} .time-mark").count() for lane in ("injects", "wars", "crises")]
    assert marks == [len(told["injects"]), len(told["wars"]), len(told["crises"])]
    assert min(marks) > 0
    made, ended = ([one for one in told["alliances"] if one[edge]] for edge in ("begins", "ends"))
    assert page.locator(".on-wide .time-pacts-made .time-mark").count() == len(made)
    assert page.locator(".on-wide .time-pacts-ended .time-mark").count() == len(ended)
    listed = page.locator(".inject-list li").all_inner_texts()
    assert len(listed) == len(told["injects"])
    assert all(inject["title"] in line for inject, line in zip(told["injects"], listed, strict=True))
    assert page.locator(".on-wide .inject-line").count() == len({inject["date"] for inject in told["injects"]})
    parts = page.locator("main > section").evaluate_all("parts => parts.map((part) => part.id)")
    assert parts[:7] == ["d-story", "d-words", "d-map", "d-timeline", "d-steps", "d-lanes", "d-explained"]
    page.click("#d-timeline-twin")
    rows = page.locator(".timeline-table tbody tr")
    rows.first.wait_for()
    changed = sum(len(one["joined"]) + len(one["left"]) for one in told["alliances"])
    assert rows.count() == sum(marks) + len(made) + len(ended) + changed


def test_the_map_shows_who_stood_where_on_a_day(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]]
) -> None:
    page, report = opened(viewport={"width": 1280, "height": 900}), written[1]
    told, last = report["timeline"], page.locator("#d-map .on-wide")

    def count(kind: str) -> int:
        found: int = last.locator(f"[data-{kind}]").count()
        return found

    assert count("state") == len(report["actors"])
    assert count("war") == sum(war["ends"] is None for war in told["wars"])
    assert count("crisis") == sum(crisis["ends"] is None for crisis in told["crises"])
    page.select_option("#d-map-date", told["begins"])
    page.locator("#d-map .lead", has_text="1 January 1901").wait_for()
    informal = ("arms", "basing", "joint_operation")
    opening = [one for one in (*told["unchanged"], *told["alliances"]) if one["begins"] in (None, told["begins"])]
    assert count("pact") == sum(one["commitment"] not in informal for one in opening) > 0


def test_the_evidence_is_drawn_told_in_words_and_listed_for_each_group(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]]
) -> None:
    page, evidence = opened(viewport={"width": 1280, "height": 900}), written[1]["evidence"]
    everyone = evidence["groups"][0]
    panel = page.locator("#d-evidence")
    wide = panel.locator("svg:visible")
    assert with_long_dates(everyone["sentences"][0]) in panel.inner_text()
    rivals = [pair for pair in everyone["pairs"] if pair["other"] != evidence["chance"]]
    assert wide.locator(".series").count() == len(rivals)
    assert wide.locator("circle").count() == sum(len(pair["steps"]) for pair in rivals)
    assert wide.locator("[data-odds='120']").count() == wide.locator("[data-odds='60']").count() == 2
    assert panel.locator(".evidence-groups tbody tr").count() == len(evidence["groups"])
    assert with_long_dates(everyone["sentences"][1]) in (wide.locator("title").text_content() or "")
    page.click("#d-evidence-twin")
    panel.locator(".evidence-steps").wait_for()
    assert panel.locator(".evidence-steps tbody tr").count() == len(rivals[0]["steps"])


@pytest.mark.parametrize("width", [1280, 360])
def test_the_second_panel_answers_in_words(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]], width: int
) -> None:
    page, report = opened(viewport={"width": width, "height": 900}), written[1]
    words = report["in_words"]
    sentences = [*words["feared"], *words["aligned"], *words["ties"], *words["expected"]]
    assert page.locator("#d-words li").all_text_contents() == [with_long_dates(one) for one in sentences]
    assert page.locator("#d-words details").count() == (len(words["ties"]) > 6)
    assert len(sentences) > 5
    assert report["tested"]["sentence"] in page.inner_text("#d-words")
    assert page.inner_text(".debrief-head .lead").startswith("Recovery test of bots: ")
    first = page.locator("#d-story li").first.bounding_box()
    assert first is not None
    assert first["y"] < 900


def test_a_german_page_answers_in_german(opened: Callable[..., Any], written: tuple[Path, dict[str, Any]]) -> None:
    page, report = opened(locale="de-DE"), written[1]
    found = page.locator("#d-words li").all_text_contents()
    data = report["in_words"]["as_data"]
    assert len(found) == sum(map(len, data.values()))
    assert f"{data['feared'][0]['values']['name']} wurde am meisten gefürchtet: " in found[0]
    told = page.inner_text("#d-words")
    assert "Gegenprobe" in told
    english = re.findall(r"inwords\.|\b(?:the|of|was|were|which|with|threat|windows?)\b", told)
    assert english == []


def test_the_three_questions_stand_apart_for_each_kind_of_player(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None]
) -> None:
    page, report = opened(viewport={"width": 360, "height": 900}), written[1]
    page.click("#d-choices > summary")
    panel = page.locator("#d-choices")
    counts = panel.locator(".choices-table tbody tr")
    assert counts.count() == len(report["choices"]) > 1
    for row, text in zip(report["choices"], counts.all_inner_texts(), strict=True):
        assert "recovery test" in text
        assert f"{row['acceptances']['accepted']} of {row['acceptances']['received']}" in text
    told = [
        row
        for row in report["choices"]
        if any(row[q]["scores"]["telling"] for q in ("whether", "direction", "partner"))
    ]
    assert panel.locator(".choices-of").count() == len(told)
    assert report["enough"]["needed"] in panel.inner_text()
    panel.locator("details summary", has_text="Offer by offer").click()
    asked = sum(one["received"] > 0 for row in report["choices"] for one in row["acceptances"]["situations"])
    assert panel.locator("details table tbody tr").count() == asked > 0
    page.click("#d-hypotheses > summary")
    page.locator("#d-hypotheses .by-player summary").click()
    assert page.locator("#d-hypotheses .by-player tbody tr").count() == len(report["by_player"]) > 1
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    accessible(page)


def test_after_one_window_the_page_names_no_better_hypothesis(chromium: Any, tmp_path: Path) -> None:
    journal, file = tmp_path / "short.db", tmp_path / "short.html"
    counterpoise("run", "checkerboard", "--seed", "3", "--until", "1901-07-05", "--journal", journal, "--json")
    counterpoise("debrief", journal, "--draws", "0", "--html", file)
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector(".debrief")
    assert "Too few choices to tell which hypothesis forecasts better" in page.inner_text(".debrief-head")
    assert "11 by at least 5 states would be enough" in page.inner_text("#d-hypotheses")
    assert page.locator(".forest-row.good, .forest-row.bad").count() == 0
    assert not page.locator("#d-hypotheses .forest-row").first.is_visible()
    page.locator("#d-hypotheses summary", has_text="The scores so far").click()
    assert page.locator("#d-hypotheses .on-wide .forest-row").first.is_visible()
    assert "better than the base rate" not in page.inner_text("main").lower().replace(
        "how much better than the base rate", ""
    )
    page.close()


def test_each_question_of_the_book_has_its_sentence_and_its_table(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]]
) -> None:
    page, report = opened(viewport={"width": 1280, "height": 900}), written[1]
    for part, key in (
        ("d-explained", "alliances_explained"),
        ("d-conditions", "conditions"),
        ("d-consequences", "consequences"),
    ):
        assert report[key]["sentence"] in page.locator(f"#{part}").inner_text()
    explained = report["alliances_explained"]
    tables = page.locator("#d-explained table")
    assert tables.first.locator("tbody tr").count() == len(explained["hypotheses"])
    assert tables.last.locator("tbody tr").count() == explained["n"]
    conditions = page.locator("#d-conditions table")
    assert conditions.locator("tbody tr").count() == len(report["conditions"]["rows"])
    assert conditions.locator("tbody strong").count() == sum(
        cell["ci"] is not None and (cell["ci"][0] > 0 or cell["ci"][1] < 0)
        for row in report["conditions"]["rows"]
        for cell in row["cells"].values()
    )
    assert page.locator("#d-consequences tbody tr").count() == len(report["consequences"]["rows"])


def test_players_statements_appear_beside_the_forecasts(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]]
) -> None:
    page, said = opened(), written[1]["elicitation"]
    panel = page.locator("#d-said")
    assert "Whom they feared" in panel.inner_text()
    row = panel.locator("tr", has_text="Everybody")
    assert str(said["predictions"]["n"]) in row.inner_text()
    assert panel.locator("tr", has_text="diarist").count() == 2
    page.locator(".contents a", has_text="What was written down").click()
    assert page.evaluate("document.activeElement.id") == "d-said-heading"


def test_every_figure_of_the_file_has_a_text_and_a_table_beside_it(opened: Callable[..., Any]) -> None:
    page = opened(viewport={"width": 1280, "height": 900})
    for part in ("timeline", "hypotheses", "matrix", "lanes", "indices"):
        title = page.locator(f"#d-{part} svg title").first.text_content()
        assert len(title or "") > 20
        page.focus(f"#d-{part}-twin")
        page.keyboard.press("Enter")
        page.locator(f"#d-{part} table").first.wait_for()
        assert page.locator(f"#d-{part} tbody tr").count() >= 2


def test_the_file_works_by_keyboard(opened: Callable[..., Any]) -> None:
    page = opened(viewport={"width": 1280, "height": 900})
    page.focus("[data-cell='ARD/BEL']")
    page.keyboard.press("Enter")
    page.locator(".component", has_text="Arden looks at Belmar").wait_for()
    assert page.locator("[data-cell='ARD/BEL']").get_attribute("aria-pressed") == "true"
    page.focus("#ask-help")
    page.keyboard.press("Enter")
    page.locator("#help[open]").wait_for()
    page.keyboard.press("Escape")
    page.locator("#help[open]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "ask-help"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 320])
def test_the_file_fits_a_phone(
    opened: Callable[..., Any], width: int, scheme: str, accessible: Callable[[Any], None]
) -> None:
    page = opened(viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    accessible(page)


def test_the_page_of_several_sessions_lists_them_and_links_only_to_parts_it_has(
    chromium: Any, written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None], tmp_path: Path
) -> None:
    golden = Path(__file__).parents[1] / "golden" / "rules-6"
    file = tmp_path / "pooled.html"
    journals = (golden / "checkerboard.jsonl", golden / "checkerboard-with-messages.jsonl")
    counterpoise("debrief", *journals, "--draws", "0", "--html", file)
    for address in (file.as_uri(), written[0].as_uri()):
        page = chromium.new_page()
        page.goto(address)
        page.wait_for_selector(".debrief")
        links = page.locator(".contents a").evaluate_all("links => links.map((link) => link.hash.slice(1))")
        headings = page.locator("main > section h2").evaluate_all("headings => headings.map((heading) => heading.id)")
        assert links == headings
        accessible(page)
        if address == file.as_uri():
            assert page.locator("#d-sessions tbody tr").count() == 2
            assert "72 decisions, 54 of them under threat" in page.inner_text(".debrief-head")
            assert "undefined" not in page.inner_text("body")
        page.close()


PREDICTIONS = """by = "Ada"
scenario = "checkerboard"
sessions = 2

[[predictions]]
claim = "W3.1"

[[predictions]]
better = "balance_of_threat"
than = "ideology"
"""


def test_the_page_shows_what_was_predicted_and_what_became_of_it(
    chromium: Any, written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None], tmp_path: Path
) -> None:
    predictions, registration, file = (tmp_path / name for name in ("p.toml", "r.toml", "page.html"))
    predictions.write_text(PREDICTIONS)
    counterpoise("register", predictions, "--to", registration, "--draws", "1", "--games", "1")
    journal = written[0].with_name("g.db")
    counterpoise("debrief", journal, "--against", registration, "--draws", "0", "--html", file)
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(file.as_uri())
    page.wait_for_selector("#d-registered-heading")
    page.click("#d-registered > summary")
    panel = page.locator("#d-registered")
    assert "Ada registered 2 predictions on" in panel.inner_text()
    assert "balance_of_threat better than ideology on partners" in panel.inner_text()
    assert panel.locator("tbody tr").count() == 2
    assert panel.locator(".remarks li").inner_text().startswith("The registration plans 2 sessions, and these are 1")
    links = page.locator(".contents a").evaluate_all("links => links.map((link) => link.hash.slice(1))")
    assert "d-registered-heading" in links
    accessible(page)
    page.close()
