"""Lesson packs that are written in the office: a draft, a second person who agrees, and then every tablet has it."""
