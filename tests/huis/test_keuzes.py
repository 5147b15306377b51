"""A group of choices that was left open says what to choose, not that a field is required."""

import importlib
import pkgutil

import pytest
from django import forms

import spoeddienst.settings as house

STANDAARD = str(forms.Field.default_error_messages["required"])
APPS = [name for name in house.INSTALLED_APPS if (house.BASE_DIR / name).is_dir()]


def own_forms() -> set[type[forms.BaseForm]]:
    """Return every form in the `forms` of an app."""
    modules = [
        importlib.import_module(info.name)
        for app in APPS
        for info in pkgutil.walk_packages([str(house.BASE_DIR / app)], f"{app}.")
        if info.name.split(".")[1] == "forms"
    ]
    values = (value for module in modules for value in vars(module).values())
    return {
        value for value in values if isinstance(value, type) and issubclass(value, forms.BaseForm)
    }


@pytest.fixture(scope="module")
def groups() -> dict[str, forms.Field]:
    return {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in own_forms()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.RadioSelect) and field.required
    }


def test_every_group_says_what_to_choose(groups):
    assert {"rechten.forms.VerzoekForm.soort", "rooster.forms.versie.AntwoordForm.akkoord"} <= set(
        groups
    )
    silent = {
        name for name, field in groups.items() if str(field.error_messages["required"]) == STANDAARD
    }
    assert silent == set()
