"""The report: what was asked, what was advised, what became of it."""
