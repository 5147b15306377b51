"""The project's own PostgreSQL and Valkey, and everything behind `./spoed`.

Standard library only: half of it runs before the first package is installed.
"""
