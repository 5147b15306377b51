"""Tests of meetings, from plan to minutes."""
