"""Spine MRI at order entry: is it due, what else does it need."""
