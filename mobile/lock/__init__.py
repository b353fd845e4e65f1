"""The vault and its PINs, and what may be seen while the tablet is locked."""
