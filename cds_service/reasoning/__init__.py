"""What the facts mean: criteria in a few kinds, judged in three-valued logic."""
