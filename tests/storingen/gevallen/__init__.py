"""Every fault that is put into a running house; importing this fills the list."""

from tests.storingen.gevallen import bezorging, opslag, processen
from tests.storingen.gevallen.register import GEVALLEN, Geval

__all__ = ["GEVALLEN", "Geval", "bezorging", "opslag", "processen"]
