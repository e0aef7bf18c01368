"""Steps of the part that knows the used tokens."""
