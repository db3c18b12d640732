"""Metrics for operators. No label names a session or a seat: labels would grow without bound and reveal players."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Metrics:
    """The metrics of one server, in their own registry, so that two servers can run in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        name = "counterpoise"
        self.connections = Gauge(f"{name}_connections", "Open admitted connections", registry=self.registry)
        self.joins = Counter(f"{name}_joins", "Admitted connections", ["resume"], registry=self.registry)
        self.acks = Counter(f"{name}_acks", "Orders and commands acknowledged", registry=self.registry)
        self.answer_seconds = Histogram(
            f"{name}_answer_seconds", "From a frame to its ack or error", buckets=_SECONDS, registry=self.registry
        )
        self.commit_seconds = Histogram(
            f"{name}_commit_seconds", "One journal commit, fsync included", buckets=_SECONDS, registry=self.registry
        )
        self.commit_entries = Histogram(
            f"{name}_commit_entries", "Entries in one journal commit", buckets=_SIZES, registry=self.registry
        )
        self.errors = Counter(
            f"{name}_frame_errors", "Frames answered with a typed error", ["code"], registry=self.registry
        )
        self.closes = Counter(f"{name}_closes", "Connections the server closed", ["code"], registry=self.registry)
        self.bot_failures = Counter(
            f"{name}_bot_failures", "Exceptions raised by in-process bots", registry=self.registry
        )
        self.advance_seconds = Histogram(
            f"{name}_advance_seconds",
            "One step of a session's clock, bots included",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.sessions = Gauge(f"{name}_sessions", "Sessions served", ["phase"], registry=self.registry)

    def committed(self, seconds: float, entries: int) -> None:
        """Count a commit. Writer threads may call this."""
        self.commit_seconds.observe(seconds)
        self.commit_entries.observe(entries)

    def text(self, phases: Mapping[str, int]) -> bytes:
        """Return all metrics in the text format, with the number of sessions in each phase."""
        for phase, count in phases.items():
            self.sessions.labels(phase).set(count)
        return generate_latest(self.registry)
