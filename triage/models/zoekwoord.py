"""A column that follows another one, for looking up."""

from django.db import models

from triage import zoeknaam


class Zoekwoord(models.CharField):
    """A word of the field `van`, made by the function `woord` of `triage.zoeknaam`.

    Filled when the row is saved, also in bulk; `Patient.save` takes it along with the name.
    """

    def __init__(self, *args, van: str, woord: str, **kwargs):
        self.van, self.woord = van, woord
        kwargs |= {"max_length": 120, "editable": False, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "editable", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "van": self.van, "woord": self.woord}

    def pre_save(self, model_instance, add):
        value = getattr(zoeknaam, self.woord)(getattr(model_instance, self.van))
        setattr(model_instance, self.attname, value)
        return value
