"""The offline bundle by which an office is installed and upgraded without a network: `make bundle`."""
