"""Password rules of which Django has no Dutch sentence."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengteValidator(MinimumLengthValidator):
    """The minimum length, told in Dutch."""

    def get_error_message(self):
        return (
            _("Dit wachtwoord is te kort. Neem minstens %d tekens, een zin mag ook.")
            % self.min_length
        )

    def get_help_text(self):
        return _("Je wachtwoord heeft minstens %d tekens.") % self.min_length
