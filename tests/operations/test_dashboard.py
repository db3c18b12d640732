"""The dashboard shows metrics that a server has."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from counterpoise.gateway.metrics import Metrics


@pytest.fixture(scope="module")
def dashboard(repository: Path) -> dict[str, Any]:
    """The dashboard for Grafana."""
    text = (repository / "server/operations/grafana-dashboard.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def exported() -> dict[str, set[str]]:
    """The labels of each series that a server exports, by its name; ``le`` of histograms apart."""
    found: dict[str, set[str]] = {}
    for metric in Metrics().registry.collect():
        kind, name = metric.type, metric.name
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(kind, ("",))
        for ending in endings:
            found[f"{name}{ending}"] = set()
    for collector in list(Metrics().registry._collector_to_names):
        labels = set(getattr(collector, "_labelnames", ()))
        for name in found:
            if name.startswith(getattr(collector, "_name", "-")):
                found[name] |= labels
    return found


def test_each_metric_of_the_dashboard_is_exported_and_each_exported_one_is_shown(dashboard: dict[str, Any]) -> None:
    expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    shown = {name for expression in expressions for name in re.findall(r"counterpoise_\w+", expression)}
    known = exported()
    assert shown <= set(known)
    families = {re.sub("_(total|bucket|sum|count)$", "", name) for name in known}
    assert families == {re.sub("_(total|bucket|sum|count)$", "", name) for name in shown}


def test_each_label_of_the_dashboard_is_a_label_of_its_metric(dashboard: dict[str, Any]) -> None:
    known = exported()
    grouped = 0
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            name = re.findall(r"counterpoise_\w+", target["expr"])[0]
            for label in re.findall(r"by \((\w+)\)", target["expr"]):
                assert label in {*known[name], "le"}, target["expr"]
                grouped += 1
    assert grouped > 5


def test_the_panels_do_not_overlap(dashboard: dict[str, Any]) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel["title"]
        taken |= cells
