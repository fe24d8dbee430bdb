"""Use cases: load, ask the domain, write, log. No HTTP, no commit."""
