"""What outlives a process: used tokens, feedback, decision records.

One implementation over SQLAlchemy Core: SQLite files by default, PostgreSQL by URL.
Only plain values come in; nothing here knows what a hook or a rule is.
"""
