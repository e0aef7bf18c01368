"""One folder for each hook: medicine, and no wire."""
