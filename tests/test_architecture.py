"""The layers: imports go downwards, and the pure core touches no world.

The floors, from the top; a module may import its own floor's package and any below.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    (
        "app",
        "cli",
        "server",
        "admission",
        "answering",
        "arrival",
        "held",
        "bare_response",
        "calls",
        # Source attributes are told over HTTP, with what the self-test came to.
        "attributes",
        "cors",
        "counting",
        "overload",
        "plain_request",
        "reach",
        "refusals",
        "sent",
        "settings",
        "settings_table",
        "switches",
        "views",
        "worker",
        "openapi",
        "operations",
        "demo",
        "hooks",
    ),
    ("explain",),
    ("answer", "check", "registry"),
    # What is offered is judged like a draft: above the service, below the answer.
    ("rating",),
    ("service",),
    ("presentation",),
    ("reasoning",),
    ("facts",),
    ("fhir",),
    # The store takes plain values, so it needs nobody and everyone above may use it.
    ("knowledge", "cds_hooks", "security", "site", "store"),
    ("outgoing",),
)
FLOOR = {name: depth for depth, names in enumerate(FLOORS) for name in names}
LEAVES = ("knowledge", "cds_hooks")
PURE = (
    "answer",
    "check",
    "cds_hooks",
    "explain",
    "facts",
    "fhir",
    "hooks",
    "knowledge",
    "presentation",
    "rating",
    "reasoning",
    "service",
    "site",
)
# What may reach the world below the edge: the FHIR client.
WORLDLY = {
    "cds_service/fhir/breaker.py",
    "cds_service/fhir/client.py",
    "cds_service/fhir/transport.py",
}
WORLD = {
    "asyncio",
    "flask",
    "http",
    "logging",
    "os",
    "random",
    "requests",
    "secrets",
    "socket",
    "sqlite3",
    "structlog",
    "subprocess",
    "threading",
    "time",
    "urllib3",
    "werkzeug",
}
CLOCKS = {"now", "today", "utcnow", "uuid1", "uuid4"}
BROAD_EXCEPTS_ALLOWED = 2


def modules(*folders: str) -> list[str]:
    """List the modules of *folders*, relative to the root."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in paths)


def part(module: str) -> str:
    """Name the part a module belongs to: `facts`, `hooks`, `app`, ..."""
    first, second, *_ = [*module.removesuffix(".py").split("/"), ""]
    return "hooks" if first == "hooks" else second


def tree(module: str) -> ast.Module:
    """Parse a module."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """List what a module imports, for typing alone included, by full name."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def ours(module: str) -> set[str]:
    """List the parts of ours that a module imports."""
    names = [name.split(".") for name in imports(module)]
    engine = {name[1] for name in names if name[0] == "cds_service"}
    return engine | {"hooks" for name in names if name[0] == "hooks"}


ALL = modules("cds_service", "hooks")
CORE = [one for one in ALL if part(one) in PURE and one not in WORLDLY]


@pytest.mark.parametrize("module", ALL)
def test_every_module_stands_on_a_floor(module: str) -> None:
    """A new part is given its place in FLOORS first."""
    assert part(module) in {*FLOOR, "__init__"}


@pytest.mark.parametrize("module", ALL)
def test_imports_go_downwards(module: str) -> None:
    """No part imports one above it, or a neighbour below the top floor."""
    here = part(module)
    depth = FLOOR.get(here, 0)
    upward = {
        other
        for other in ours(module) - {here}
        if FLOOR[other] < depth or (FLOOR[other] == depth and depth > 0)
    }

    assert not upward


@pytest.mark.parametrize("module", [one for one in ALL if part(one) in LEAVES])
def test_a_leaf_imports_nothing_of_ours(module: str) -> None:
    """The wire and the vocabulary stand alone."""
    assert ours(module) <= {part(module)}


@pytest.mark.parametrize("module", modules("cds_service"))
def test_the_engine_knows_no_medicine(module: str) -> None:
    """Content is found by the registry, never imported."""
    assert "hooks" not in ours(module)


@pytest.mark.parametrize("module", CORE)
def test_the_core_touches_no_world(module: str) -> None:
    """No web, no network, no files by os, no log, no threads."""
    assert not {name.split(".")[0] for name in imports(module)} & WORLD


@pytest.mark.parametrize("module", CORE)
def test_the_core_reads_no_clock_and_throws_no_dice(module: str) -> None:
    """The instant is passed in, so an answer can be given again."""
    called = {
        node.func.attr
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not called & CLOCKS


def test_fhir_models_are_imported_in_one_module() -> None:
    """fhir.resources is known to cds_service/fhir/resource.py alone."""
    users = {
        one
        for one in ALL
        if any(name.startswith("fhir.resources") for name in imports(one))
    }

    assert users <= {"cds_service/fhir/resource.py"}


def test_flask_is_known_at_the_edge_alone() -> None:
    """The web framework stays in the top floor's modules."""
    users = {
        part(one)
        for one in ALL
        if {name.split(".")[0] for name in imports(one)} & {"flask", "werkzeug"}
    }

    assert users <= {
        "app",
        "attributes",
        "counting",
        "operations",
        "demo",
        "refusals",
        "sent",
        "server",
        "views",
    }


def test_broad_excepts_are_counted() -> None:
    """One guard around a rule, and one that hands all that is raised to Flask."""
    broad = [
        f"{one}:{node.lineno}"
        for one in ALL
        for node in ast.walk(tree(one))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type).endswith("Exception"))
    ]

    assert len(broad) <= BROAD_EXCEPTS_ALLOWED, broad
