"""Let a fuzzer look for a request that makes a fault: `make fuzz`.

It is led by which lines a request reaches. What it finds is written beside it by
libFuzzer; it is mended, and becomes a test. The vignettes are the corpus to begin with,
and what is found new is kept in the folder that is named first.

    python -m tests.fuzz.calls FOLDER -max_total_time=300
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "fixtures"
LONGEST = 64 * 1024
# One mutation in so many is of bytes, for the sake of the reader of JSON.
BYTEWISE = 8


def seed(corpus: Path) -> None:
    """Put the requests of the vignettes into the corpus."""
    corpus.mkdir(parents=True, exist_ok=True)
    for path in sorted(FIXTURES.glob("*/*/request.json")):
        (corpus / path.parent.name).write_bytes(path.read_bytes())


def main() -> None:
    """Fuzz until a fault is found or the time is over."""
    seed(Path(sys.argv[1]))
    # No package of ours: `make fuzz` installs it.
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["cds_service", "hooks"]):
        reading = import_module("tests.fuzz.reading")

    def mutate(body: bytes, longest: int, number: int) -> bytes:
        if number % BYTEWISE == 0:
            return bytes(atheris.Mutate(body, longest))
        changed: bytes = reading.mutated(body, longest, number)
        return changed

    options = [f"-max_len={LONGEST}", "-timeout=20"]
    arguments = [*sys.argv[:2], *options, *sys.argv[2:]]
    atheris.Setup(arguments, reading.read, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
