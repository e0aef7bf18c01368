"""Whom we trust: the clients that may call, and the servers that may be called."""
