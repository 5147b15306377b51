"""What the form components need to know of a Django form: its errors and its choices."""


def errors_of(formulier):
    """Yield every error with the label and the id of the element to go to."""
    if not getattr(formulier, "is_bound", False):
        return
    for fout in formulier.non_field_errors():
        yield {"tekst": fout, "label": "", "doel": ""}
    for veld in formulier:
        # A radio group has no element with the id of the field itself; its first choice has.
        doel = veld.id_for_label or (f"{veld.auto_id}_0" if veld.auto_id else "")
        for fout in veld.errors:
            yield {"tekst": fout, "label": veld.label, "doel": "" if veld.is_hidden else doel}


def choices_of(veld, toetsen: str) -> list[dict]:
    """Return the inputs of a radio or checkbox group, the nth with the nth key of `toetsen`."""
    keuzes = []
    for nummer, invoer in enumerate(veld):
        toets = toetsen[nummer] if nummer < len(toetsen) else ""
        if toets:
            invoer.data["attrs"]["data-toets"] = toets
        keuzes.append({"invoer": invoer.tag(), "label": invoer.choice_label, "toets": toets})
    return keuzes
