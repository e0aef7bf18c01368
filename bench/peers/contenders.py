"""The four that are compared, and how each is started."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.processes import PATH, Command, free_port

ROOT = Path(__file__).parents[2]
HEALTHCHAIN = ROOT / "build" / "healthchain" / "bin" / "python"
EXPRESS = ROOT / "build" / "express" / "node_modules"
OURS, BARE = "this service", "bare Flask"


def contenders(workers: int) -> tuple[Command, ...]:
    """Give those that can be started on this machine, each with so many workers."""
    made = [_ours(workers), _bare(workers)]
    node = shutil.which("node")
    if HEALTHCHAIN.exists():
        made.append(_healthchain(workers))
    if node and EXPRESS.exists():
        made.append(_express(node, workers))
    return tuple(made)


def _ours(workers: int) -> Command:
    port = free_port()
    settings = {"CDS_PORT": str(port), "CDS_WORKERS": str(workers)}
    serve = ("-c", "from cds_service.cli import main; main()", "serve")
    return Command(OURS, port, (sys.executable, *serve), settings)


def _bare(workers: int) -> Command:
    port = free_port()
    words = (sys.executable, "-m", "bench.bare", str(port), str(workers))
    return Command(BARE, port, words, {})


def _healthchain(workers: int) -> Command:
    port = free_port()
    script = str(ROOT / "bench" / "peers" / "healthchain_app.py")
    words = (str(HEALTHCHAIN), script, str(port), str(workers))
    return Command("HealthChain, ten lines", port, words, {}, f"/cds{PATH}")


def _express(node: str, workers: int) -> Command:
    port = free_port()
    script = str(ROOT / "bench" / "peers" / "express_app.js")
    words = (node, script, str(port), str(workers))
    settings = {"NODE_PATH": str(EXPRESS)}
    return Command("Node Express, ten lines", port, words, settings)
