"""What the marks of codes mean, in words."""

from __future__ import annotations

MARKS = {
    "duration=chronic": "chronic",
    "encounter=sequela": "late effects",
    "encounter=subsequent": "after-care",
    "energy=high": "high energy",
    "energy=low": "low energy",
    "kind=high-sensitivity": "high-sensitivity tests",
    "kind=sepsis": "sepsis",
    "kind=suspicion": "suspicions",
    "kind=vertebral-fracture": "vertebral fractures",
    "limb=arm": "of an arm",
    "limb=leg": "of a leg",
    "subset=cord_sign": "signs of the cord",
    "subset=neutropenia": "neutropenia",
    "subset=sensory": "sensory signs",
    "subset=strong_proxy": "disorders that often mean injecting",
    "subset=weak": "use that seldom means injecting",
}
