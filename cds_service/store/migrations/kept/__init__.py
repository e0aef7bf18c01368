"""Steps of the part that may not be lost: feedback and decisions."""
