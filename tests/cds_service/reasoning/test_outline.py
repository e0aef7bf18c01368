"""The page a clinician signs off, and the tree that shows how a case was judged."""

from __future__ import annotations

from dataclasses import replace

from cds_service.knowledge.citation import Citation
from cds_service.reasoning.combination import all_of, any_of
from cds_service.reasoning.outline import findings_tree, outline
from tests.cds_service.reasoning.answers import NOBODY, saying

SOURCE = Citation("s", "Source 2020", "https://example.org")


def test_an_outline_is_a_nested_list() -> None:
    """Title, id, condition, and the source where there is one."""
    a, b = saying("yes no")
    criterion = all_of("x", "X", a, any_of("y", "Y", b), citation=SOURCE)

    assert list(outline(criterion)) == [
        "- X (`x`): all of [Source 2020]",
        "  - Is it a? (`a`): says yes",
        "  - Y (`y`): any of",
        "    - Is it b? (`b`): says no",
    ]


def test_a_tree_shows_every_answer() -> None:
    """With the resources beside the leaf they belong to."""
    criterion = all_of("x", "X", *saying("yes no unknown unseen"))

    assert list(findings_tree(criterion.assess(NOBODY), NOBODY)) == [
        "no                X",
        "  yes               Is it a? <- A [Condition/a]",
        "  no                Is it b? <- B [Condition/b]",
        "  unknown           Is it c?",
        "  unknown (unseen)  Is it d?",
    ]


def test_a_combination_leaves_its_resources_to_its_parts() -> None:
    """Or the same resource would stand on every line up to the top."""
    found = any_of("x", "X", *saying("yes")).assess(NOBODY)
    top, leaf = findings_tree(found, NOBODY)

    assert "Condition/a" not in top
    assert "Condition/a" in leaf


def test_an_outline_of_a_changed_criterion_changes() -> None:
    """A site's own wording shows on its page."""
    criterion = any_of("x", "X", *saying("yes"))

    first, *_ = outline(replace(criterion, title="Another"))

    assert first == "- Another (`x`): any of"


def test_a_tree_shows_what_lies_deeper() -> None:
    """Two levels down, and two resources of one leaf side by side."""
    (leaf,) = saying("yes")
    criterion = all_of("x", "X", any_of("y", "Y", leaf))
    *_, last = findings_tree(criterion.assess(NOBODY), NOBODY)
    found = leaf.assess(NOBODY)
    twice = found._replace(basis=(*found.basis, *found.basis))
    (line,) = findings_tree(twice, NOBODY)

    assert last == "    yes               Is it a? <- A [Condition/a]"
    assert line.endswith("<- A [Condition/a]; A [Condition/a]")
