"""What a password must be (S25): long and hard to guess, and nothing else."""

import re
import unicodedata

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kern.tenancy import kring_context
from kring.models import Lidmaatschap

MAX_LENGTE = 128
"""More is no safer, and hashing it costs the house."""

EIGEN_LETTERS = 8
"""Signs that must be left when the words that anyone tries first are taken out."""

# What somebody who wants in here tries first: the work, the season, the keyboard.
VOOR_DE_HAND = frozenset(
    "spoeddienst spoedgevallendienst spoed dienst tandartsen tandarts tandheelkunde tand kies "  # noqa: SIM905
    "mondzorg praktijk centrale kring triage assistente assistent weekend avond nacht patient "
    "verslag rooster wachtwoord password passwort welkom welcome geheim inloggen login admin "
    "beheerder gebruiker hallo lente voorjaar zomer herfst najaar winter kerst januari februari "
    "maart april juni juli augustus september oktober november december maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag nederland amsterdam rotterdam utrecht qwertyuiop asdfghjkl "
    "zxcvbnm qwerty qwertz azerty iloveyou "
    "1234567890 123456789 12345678 1234567 123456 12345 1234 123".split()
)


class LengteValidator(MinimumLengthValidator):
    """The minimum and maximum length, told in Dutch."""

    def validate(self, password, user=None):
        super().validate(password, user)
        if len(password) > MAX_LENGTE:
            raise ValidationError(
                _("Dit wachtwoord is te lang. Neem hoogstens %d tekens.") % MAX_LENGTE,
                code="password_too_long",
            )

    def get_error_message(self):
        return (
            _("Dit wachtwoord is te kort. Neem minstens %d tekens, een zin mag ook.")
            % self.min_length
        )

    def get_help_text(self):
        return _("Je wachtwoord heeft minstens %d tekens.") % self.min_length


class RaadbaarValidator:
    """Refuse a password of little more than words of this house, names of its owner, and digits.

    A sentence may hold such a word: what counts is what is left without them.
    """

    def validate(self, password, user=None):
        known = sorted(VOOR_DE_HAND | _own_words(user), key=len, reverse=True)
        left, found = re.subn("|".join(map(re.escape, known)), "", _plain(password))
        # A year or a number behind the name of the kring makes it no harder. Without such a word
        # every sign counts: who lets a machine choose may get hardly a letter.
        left = "".join(filter(str.isalpha, left)) if found else "".join(password.split())
        if len(left) < EIGEN_LETTERS:
            raise ValidationError(
                _(
                    "Dit wachtwoord is te raden: het lijkt op je naam, je e-mailadres, je kring of "
                    "een woord dat iedereen eerst probeert. Neem een zin die alleen jij kent."
                ),
                code="password_guessable",
            )

    def get_help_text(self):
        return _("Je naam, je kring of een bekend woord alleen is niet genoeg.")


def _plain(text: str) -> str:
    """Return the text as whoever guesses it sees it: small, without accents, dots and spaces."""
    signs = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in signs if unicodedata.category(c)[0] not in "MPZ")


def _own_words(user) -> set[str]:
    """Return the words of the name, the address and the kringen of this person."""
    if user is None:
        return set()
    texts = [user.naam, user.email.partition("@")[0], user.email.partition("@")[2]]
    if user.pk:
        with kring_context(gebruiker_id=user.pk):
            rows = Lidmaatschap.objects.filter(gebruiker=user).select_related("kring")
            texts += [text for row in rows for text in (row.kring.naam, row.kring.plaats)]
    words = {_plain(word) for text in texts for word in re.split(r"[\W\d_]+", text)}
    return {word for word in words if len(word) > 2}
