"""A JSON document, one node at a time missing or replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Path: TypeAlias = tuple[str | int, ...]


class Change(NamedTuple):
    """A request with one node missing or replaced by *value*."""

    path: Path
    request: Any
    value: Any = None


def paths(node: Any, here: Path = ()) -> Iterator[Path]:
    """Yield where every node of a document stands, the root excepted."""
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for step, part in parts:
        yield (*here, step)
        if isinstance(part, dict | list):
            yield from paths(part, (*here, step))


def without(node: Any, path: Path) -> Any:
    """Copy a document without the node at *path*; what is not on the way is shared."""
    copy, parent = _copied(node, path)
    del parent[path[-1]]
    return copy


def replaced(node: Any, path: Path, value: Any) -> Any:
    """Copy a document with *value* at *path*; what is not on the way is shared."""
    copy, parent = _copied(node, path)
    parent[path[-1]] = value
    return copy


def _copied(node: Any, path: Path) -> tuple[Any, Any]:
    """Copy the containers on the way to *path*: the root, and the last of them."""
    root = parent = node.copy()
    for step in path[:-1]:
        parent[step] = parent[step].copy()
        parent = parent[step]
    return root, parent


def deletions(request: Any) -> Iterator[Change]:
    """Yield the request without each of its nodes in turn."""
    return (Change(path, without(request, path)) for path in paths(request))


def replacements(request: Any, wrong: Iterable[tuple[Path, Any]]) -> Iterator[Change]:
    """Yield the request with each wrong value at its place."""
    return (
        Change(path, replaced(request, path, value), value) for path, value in wrong
    )


def named(path: Path) -> str:
    """Write *path* as a JSON path."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "$" + "".join(steps)


def shape(path: Path) -> Path:
    """Forget positions: one shape for what stands alike in every entry."""
    return tuple("*" if isinstance(step, int) else step for step in path)
