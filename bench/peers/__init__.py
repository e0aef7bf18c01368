"""The service against other ways of building one: `make bench-peers`."""
