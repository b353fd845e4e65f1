"""What each screen does: its events become acts, its state is shown. One module a screen; no Kivy here."""
