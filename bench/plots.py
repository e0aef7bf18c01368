"""Draw what was measured: `make bench-peers` and `make scale` run it.

matplotlib is installed in an environment of its own; from build/peers.json and
build/scale.json it makes bench/peers.svg and bench/scale.svg.
"""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

import matplotlib as mpl
from matplotlib import pyplot as plt

HERE, BUILD = Path(__file__).parent, Path(__file__).parent.parent / "build"
# Neither JSON nor matplotlib has types here.
Measured: TypeAlias = Any
Figure: TypeAlias = Any
OURS, OTHERS, REFUSED = "#1f5fa8", "#9aa5b1", "#c2571a"
mpl.rcParams.update(
    {
        "svg.hashsalt": "spine-mri-cds",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
)


def main() -> None:
    """Draw each that was measured."""
    for name, draw in (("peers", peers), ("scale", scale)):
        measured = BUILD / f"{name}.json"
        if measured.exists():
            figure = draw(json.loads(measured.read_text(encoding="utf-8")))
            figure.savefig(HERE / f"{name}.svg", metadata={"Date": None})
            plt.close(figure)


def peers(told: Measured) -> Figure:
    """Bars of CPU time a request, by what was asked and of whom."""
    figure, axes = plt.subplots(
        1, len(told["parts"]), figsize=(9.5, 2.6), layout="constrained"
    )
    for axis, (part, measured) in zip(axes, told["parts"].items(), strict=True):
        found = sorted(measured, key=lambda one: median(one["costs"]))
        costs = [median(one["costs"]) for one in found]
        around = [
            [cost - min(one["costs"]) for cost, one in zip(costs, found, strict=True)],
            [max(one["costs"]) - cost for cost, one in zip(costs, found, strict=True)],
        ]
        names = [one["name"] for one in found]
        colours = [OURS if one == "this service" else OTHERS for one in names]
        bars = axis.barh(names, costs, color=colours, xerr=around, ecolor="#555")
        axis.bar_label(bars, [f" {cost:,.0f}" for cost in costs], padding=6)
        axis.set_title(part, loc="left")
        axis.set_xlabel("CPU us a request")
        axis.margins(x=0.25)
    return figure


def scale(told: Measured) -> Figure:
    """Latency against load, and throughput against size."""
    figure, (load, size) = plt.subplots(1, 2, figsize=(9.5, 3.2), layout="constrained")
    at = [one["at"] for one in told["load"]]
    for name, style in (("p50", "--"), ("p99", "-")):
        values = [one["values"][name] for one in told["load"]]
        load.plot(at, values, style, color=OURS, label=f"accepted, {name}")
    load.set(xlabel="calls offered a second", ylabel="ms", yscale="log")
    share = load.twinx()
    refused = [one["values"]["refused"] for one in told["load"]]
    share.fill_between(at, refused, color=REFUSED, alpha=0.25, label="told 503")
    share.set(ylabel="of 100 calls told 503", ylim=(0, 100))
    load.legend(loc="upper left", frameon=False)
    load.set_title("one worker, 15 kB", loc="left")
    sizes = [one["at"] / 1000 for one in told["sizes"]]
    size.plot(sizes, [one["values"]["cost"] for one in told["sizes"]], "o-", color=OURS)
    size.set(xlabel="kB a request", ylabel="CPU ms", xscale="log", yscale="log")
    size.set_title("cost by size of the chart", loc="left")
    return figure


if __name__ == "__main__":
    main()
