"""Say loudly when the worked cases of the requirements were not there to be checked."""

from pathlib import Path

import pytest

WERKBANK = Path(__file__).resolve().parents[4] / "shared" / "scenarios" / "triage.json"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not WERKBANK.exists():
        terminalreporter.write_sep("!", "SKIPPED: shared triage scenarios not found", red=True)
        terminalreporter.write_line(f"expected at {WERKBANK}")
