"""Access rows of the planted pages."""

from kern.toegang import public

REGELS = [public("lek", methoden="GET POST"), public("lek_taak", methoden="POST")]
