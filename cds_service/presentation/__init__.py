"""Wording and order changes that every card needs, whatever it is about."""
