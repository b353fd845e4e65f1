"""The tablet: inspections are made here, with or without a network."""

import os

# What Kivy must find in the environment before it is first imported.
# Our programs read their own arguments.
os.environ.setdefault("KIVY_NO_ARGS", "1")
# SDL2 alone reads pictures and draws text: otherwise Kivy imports Pillow at the start, which costs 0.1 s.
os.environ.setdefault("KIVY_IMAGE", "sdl2")
os.environ.setdefault("KIVY_TEXT", "sdl2")
# Windows hides the candidates of a Chinese input method unless this is set before the window exists.
os.environ.setdefault("SDL_IME_SHOW_UI", "1")

APP = "0.1.0"
"""The version that a sealed part and the office are told."""
