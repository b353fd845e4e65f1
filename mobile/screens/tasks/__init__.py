"""The screen `tasks`."""
