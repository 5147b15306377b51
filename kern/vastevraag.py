"""A question that never changes, compiled once for each process.

Django makes the SQL of a queryset anew each time; for the board that is more work than reading
the answer (docs/prestaties.md). Only for a queryset without anything of the moment in it: its
values are kept as they were. Who may see which rows is not in the SQL but in row-level security,
so that is asked each time.
"""

from collections import namedtuple
from collections.abc import Callable
from functools import cached_property

from django.db import connection
from django.db.models import QuerySet


class VasteVraag:
    """The rows of `build()`, a `values_list`, as named tuples."""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build

    @cached_property
    def _compiled(self):
        query = self._build().query
        compiler = query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        converters = compiler.get_converters([expression for expression, *_ in compiler.select])
        return sql, values, compiler, converters, namedtuple("Row", query.selected)

    def rows(self) -> list:
        """Ask it, in one query."""
        sql, values, compiler, converters, row = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = cursor.fetchall()
        return list(map(row._make, compiler.apply_converters(found, converters)))
