"""Keeping an office running without an administrator: how it stands, its backups, and bringing one back."""
