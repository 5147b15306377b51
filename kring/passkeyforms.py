"""The forms of a passkey: those of allauth, with an answer that may be anything at all.

Python refuses to read a number of more than 4,300 digits and lists nested too deep, with errors
that Django's JSON field does not know: a stranger's 500 on the login page.
"""

from allauth.mfa.webauthn import forms as allauth
from django import forms


class AntwoordField(forms.JSONField):
    """The answer of the device, as JSON."""

    def __init__(self):
        super().__init__(required=True, widget=forms.HiddenInput)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class ToevoegForm(allauth.AddWebAuthnForm):
    credential = AntwoordField()


class AanmeldForm(allauth.LoginWebAuthnForm):
    credential = AntwoordField()


class TweedeStapForm(allauth.AuthenticateWebAuthnForm):
    credential = AntwoordField()


class BewijsForm(allauth.ReauthenticateWebAuthnForm):
    credential = AntwoordField()
