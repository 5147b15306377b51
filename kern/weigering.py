"""What the database refuses, told as a Dutch sentence at the right field.

The form checks what it can; the constraint also holds when two people press at the same moment.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kern.tijd import db_now, to_local


@contextmanager
def refusing(*modellen: type[models.Model], velden: Mapping[str, str]) -> Iterator[None]:
    """Run the block in a savepoint; a broken constraint becomes a `ValidationError`.

    The sentence is the `violation_error_message` of the constraint on one of `modellen`; `velden`
    says at which form field it belongs. A constraint without a place there is a programming
    error and stays an `IntegrityError`.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if name not in velden:
            raise
        sentence = _sentence(name, modellen)
        raise ValidationError({velden[name] or NON_FIELD_ERRORS: [sentence]}) from error


def _sentence(name: str, modellen: tuple[type[models.Model], ...]) -> str:
    for model in modellen:
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    raise LookupError(name)


def refuse_to_come(**dagen: date) -> None:
    """Refuse a day that is still to come, at its field: what is noted, has happened."""
    today = to_local(db_now()).date()
    for veld, dag in dagen.items():
        if dag > today:
            raise ValidationError(
                {veld: _("Deze dag moet nog komen. Vul een dag in tot en met vandaag.")}
            )
